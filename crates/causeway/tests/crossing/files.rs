//! Files cross byte by byte, and what cannot cross is named in words.

use std::time::{Duration, Instant};

use sandbox::FileFault;
use sandbox::mail::Draft;
use sandbox::telegram::{FileKind, Said, SaidFile};

use crate::support::{BO, EVA, JPEG, LIST, Town};

/// Looks like nothing, and has every byte in it.
pub(super) fn bytes(length: usize) -> Vec<u8> {
    (0..length)
        .map(|it| (it % 251) as u8 ^ (it / 251) as u8)
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_telegram_file_reaches_mail_and_another_group_byte_by_byte() {
    let town = Town::open(2, &[BO]).await;
    town.start();
    let cases = [
        (FileKind::Photo, "mill.jpg", JPEG.to_vec(), "photo"),
        (
            FileKind::Document,
            "Übersicht – März.pdf",
            bytes(100_000),
            "document",
        ),
        (FileKind::Video, "walk.mp4", bytes(70_000), "video"),
        (FileKind::Audio, "song.mp3", bytes(30_000), "audio"),
    ];
    for (kind, name, content, shown_as) in cases {
        let file = SaidFile::new(kind, name, content.clone());
        let words = format!("see {shown_as}");
        town.says(0, Said::from(words.as_str()).with_file(file));
        let copy = town.sees_copy(1, &words).await;
        assert_eq!(copy.text, format!("Ana (Telegram): {words}"));
        assert_eq!(copy.attachments[0].kind, shown_as);
        assert_eq!(town.file_of(&copy), content);
        let mail = town.gets(BO, &words).await;
        let files = town.files_of(&mail);
        assert_eq!(files.len(), 1);
        assert_eq!(files[0].1, content);
        if kind == FileKind::Document {
            assert_eq!(files[0].0, name);
            assert_eq!(copy.attachments[0].name, name);
        }
    }
    town.end();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn voices_and_stickers_cross_without_words() {
    let town = Town::open(2, &[BO]).await;
    let telegram = &town.rig.telegram;
    town.start();
    let voice = bytes(20_000);
    telegram
        .send_voice(town.groups[0], None, town.ana, voice.clone())
        .unwrap();
    let copy = town.sees_copy(1, "Ana (Telegram):").await;
    assert_eq!(
        (copy.attachments[0].kind, town.file_of(&copy)),
        ("voice", voice.clone())
    );
    telegram
        .send_sticker(town.groups[0], None, town.ana, "🎉")
        .unwrap();
    // A sticker takes no words, so its author is named before it.
    town.until("the sticker", || town.messages(town.groups[1]).len() == 3)
        .await;
    let messages = town.messages(town.groups[1]);
    assert_eq!(messages[1].text, "Ana (Telegram):");
    assert_eq!(messages[2].attachments[0].kind, "sticker");
    town.gets(BO, "[sticker: 🎉]").await;
    town.until("both mails", || town.inbox(BO).len() == 2).await;
    let mails = town.inbox(BO);
    assert!(mails.iter().any(|it| town.files_of(it)[0].1 == voice));
    assert!(
        mails
            .iter()
            .all(|it| it.attachments.len() == 1 && it.from_name == "Ana (Telegram) via Rig"),
        "{mails:?}"
    );
    town.end();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_album_is_one_mail_and_one_album_elsewhere() {
    let town = Town::open(2, &[BO]).await;
    town.start();
    let picture = |number: u8| {
        let content = [JPEG, &[number]].concat();
        SaidFile::new(FileKind::Photo, &format!("{number}.jpg"), content)
    };
    let mut album = Said::from("Our walk");
    album.album = true;
    album.files = (1..=4).map(picture).collect();
    town.says_all(0, album);
    town.says(0, "Nice, no?");
    town.sees_copy(1, "Nice, no?").await;
    let copies = town.messages(town.groups[1]);
    let parts: Vec<_> = copies.iter().filter(|it| it.album.is_some()).collect();
    assert_eq!(parts.len(), 4, "{copies:?}");
    assert!(parts.iter().all(|it| it.album == parts[0].album));
    assert_eq!(parts[0].text, "Ana (Telegram): Our walk");
    for (number, part) in (1..).zip(&parts) {
        assert_eq!(town.file_of(part).last(), Some(&number));
    }
    let mail = town.gets(BO, "Our walk").await;
    let last: Vec<u8> = town
        .files_of(&mail)
        .iter()
        .map(|it| *it.1.last().unwrap())
        .collect();
    assert_eq!(last, [1, 2, 3, 4]);
    town.gets(BO, "Nice, no?").await;
    assert_eq!(town.inbox(BO).len(), 2);
    town.end();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn places_and_polls_cross_as_words() {
    let town = Town::open(2, &[BO]).await;
    let telegram = &town.rig.telegram;
    town.start();
    telegram
        .send_location(town.groups[0], None, town.ana, 48.5, 2.25)
        .unwrap();
    telegram
        .send_poll(
            town.groups[0],
            None,
            town.ana,
            "Which day?",
            &["Friday", "Saturday"],
        )
        .unwrap();
    let place = town.gets(BO, "📍").await;
    assert!(place.text.contains("mlat=48.5&mlon=2.25"), "{}", place.text);
    let poll = town.gets(BO, "📊 Which day?").await;
    for option in ["Friday", "Saturday"] {
        assert!(poll.text.contains(option), "{}", poll.text);
    }
    let copy = town.sees_copy(1, "Which day?").await;
    assert_eq!(
        copy.text,
        "Ana (Telegram): 📊 Which day?\n• Friday\n• Saturday"
    );
    town.end();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_attached_to_a_mail_reaches_telegram_and_the_other_members() {
    let town = Town::open(1, &[BO, EVA]).await;
    town.start();
    let (plan, sheet) = (bytes(50_000), bytes(333));
    let name = "Übersicht für den Frühling – Entwurf mit einem langen Namen.pdf";
    let draft = Draft::new("Plans", "two plans")
        .attach(name, "application/pdf", &plan)
        .attach("sheet.csv", "text/csv", &sheet);
    town.writes(BO, draft).await;
    let mail = town.gets(EVA, "two plans").await;
    let expected = [
        (name.to_owned(), plan.clone()),
        ("sheet.csv".to_owned(), sheet.clone()),
    ];
    assert_eq!(town.files_of(&mail), expected);
    town.until("both files", || town.messages(town.groups[0]).len() == 2)
        .await;
    let messages = town.messages(town.groups[0]);
    assert_eq!(messages[0].text, "Bo (email): Plans\ntwo plans");
    for (message, (name, content)) in messages.iter().zip(expected) {
        assert_eq!(message.attachments[0].name, name);
        assert!(town.file_of(message) == content, "{name} is another");
    }
    town.end();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_picture_in_the_middle_of_a_mail_reaches_telegram() {
    let town = Town::open(1, &[BO, EVA]).await;
    town.begin().await;
    let picture = base64(JPEG);
    let mail = format!(
        "From: Bo <{BO}>\r\nTo: {LIST}\r\nSubject: Look\r\nMessage-ID: <inline@people.example>\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/related; boundary=\"r\"\r\n\r\n\
         --r\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>The mill:</p><img src=\"cid:mill\" alt=\"a mill at dusk\">\r\n\
         --r\r\nContent-Type: image/jpeg\r\nContent-ID: <mill>\r\n\
         Content-Disposition: inline; filename*0*=utf-8''M%C3%BCh; filename*1*=le.jpg\r\n\
         Content-Transfer-Encoding: base64\r\n\r\n{picture}\r\n--r--\r\n"
    );
    let answers = town
        .rig
        .mail
        .raw(BO, &[LIST], mail.as_bytes())
        .await
        .unwrap();
    assert_eq!(answers[0].code, 250);
    let copy = town.sees_copy(0, "The mill:").await;
    assert_eq!(
        (copy.attachments[0].kind, town.file_of(&copy)),
        ("photo", JPEG.to_vec())
    );
    let mail = town.gets(EVA, "The mill:").await;
    assert_eq!(
        town.files_of(&mail),
        [("Mühle.jpg".to_owned(), JPEG.to_vec())]
    );
    town.end();
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let group = |chunk: &[u8]| {
        let number =
            chunk.iter().fold(0, |sum, it| sum << 8 | u32::from(*it)) << (8 * (3 - chunk.len()));
        let letter = |place: usize| match place <= chunk.len() {
            true => LETTERS[(number >> (18 - 6 * place)) as usize & 63] as char,
            false => '=',
        };
        [0, 1, 2, 3].map(letter).into_iter().collect::<String>()
    };
    bytes.chunks(3).map(group).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_over_the_limit_is_named_in_words() {
    let town = Town::open(2, &[BO])
        .await
        .with("CAUSEWAY__TELEGRAM__MAX_DOWNLOAD_BYTES", "100000")
        .with("CAUSEWAY__TELEGRAM__MAX_UPLOAD_BYTES", "50000");
    town.start();
    let large = SaidFile::new(FileKind::Document, "film.bin", bytes(100_001));
    town.says(0, Said::from("too large to fetch").with_file(large));
    let mail = town.gets(BO, "too large to fetch").await;
    assert!(
        mail.text.contains("film.bin, 101 kB — ")
            && mail.text.contains("it is in Telegram]")
            && mail.attachments.is_empty(),
        "{}",
        mail.text
    );
    let copy = town.sees_copy(1, "too large to fetch").await;
    assert!(
        copy.text.contains("film.bin") && copy.attachments.is_empty(),
        "{}",
        copy.text
    );
    let draft =
        Draft::new("Film", "too large to send").attach("walk.bin", "video/mp4", &bytes(60_000));
    town.writes(BO, draft).await;
    let copy = town.sees_copy(0, "too large to send").await;
    let line = "walk.bin, 60 kB — too large for this channel; it is in email]";
    assert!(copy.text.contains(line), "{}", copy.text);
    town.end();
}

pub(super) fn picture(words: &str) -> Said {
    let photo = SaidFile::new(FileKind::Photo, "mill.jpg", JPEG.to_vec());
    Said::from(words).with_file(photo)
}

/// The words are there, with a line for their file, and the next text behind them.
pub(super) async fn sees_words(town: &Town, words: &str) -> sandbox::telegram::MessageView {
    let next = words.to_uppercase();
    town.says(0, next.as_str());
    let copy = town.sees_copy(1, words).await;
    assert!(copy.text.contains("[photo, "), "{}", copy.text);
    assert!(copy.attachments.is_empty());
    town.sees_copy(1, &next).await;
    town.gets(BO, words).await;
    copy
}

pub(super) async fn sees_words_then_file(town: &Town, words: &str, mend: impl FnOnce()) {
    let copy = sees_words(town, words).await;
    mend();
    let followed = |it: &sandbox::telegram::MessageView| {
        it.reply_to.as_ref().is_some_and(|to| to.id == copy.id) && !it.attachments.is_empty()
    };
    let file = town.find("the file", || {
        town.messages(town.groups[1]).into_iter().find(followed)
    });
    assert_eq!(town.file_of(&file.await), JPEG);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn words_wait_for_no_download_and_the_file_follows() {
    let town = Town::open(2, &[BO]).await;
    let telegram = &town.rig.telegram;
    town.start();
    for fault in [
        FileFault::Redirect("http://127.0.0.1:9/elsewhere".to_owned()),
        FileFault::Page,
    ] {
        telegram.set_file_fault(Some(fault.clone()));
        let words = format!("{fault:?}").replace("127.0.0.1", "nowhere");
        let words = words.split('(').next().unwrap();
        town.says(0, picture(words));
        sees_words_then_file(&town, words, || telegram.set_file_fault(None)).await;
    }
    for (fault, words) in [(FileFault::Trickle, "slow"), (FileFault::Silence, "silent")] {
        telegram.set_file_fault(Some(fault));
        let start = Instant::now();
        town.says(0, picture(words));
        sees_words(&town, words).await;
        assert!(start.elapsed() < Duration::from_secs(20), "{words}");
    }
    assert!(town.log().contains("words go without a file"));
    town.end();
}
