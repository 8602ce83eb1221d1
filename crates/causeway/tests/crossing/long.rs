//! Texts longer than one message takes: in parts, whole, in order, and in bounded memory.

use sandbox::mail::Draft;
use sandbox::telegram::{Faults, Said};

use crate::support::{BO, Corner, EVA, ROOM, Shape, Square, Town};

/// So many words that each is another, and can be told from all others.
fn words(bytes: usize) -> String {
    let mut text = String::with_capacity(bytes + 64);
    let mut number = 0;
    while text.len() < bytes {
        let end = if number % 12 == 11 { "\n" } else { " " };
        text += &format!("word{number}é{end}");
        number += 1;
    }
    text.trim_end().to_owned()
}

/// As long as a person's message can be.
fn full_message() -> String {
    let mut text = words(5_000);
    while text.encode_utf16().count() > 4_096 {
        text.pop();
    }
    let text = text.trim_end().to_owned();
    text.clone() + &".".repeat(4_096 - text.encode_utf16().count())
}

/// What the parts say, each of which names its author.
fn said_in<'a>(parts: impl IntoIterator<Item = &'a str>, author: &str) -> String {
    let words = parts.into_iter().map(|part| {
        let words = part
            .strip_prefix(author)
            .expect("each part names its author");
        words.strip_prefix("…\n").unwrap_or(words)
    });
    words.collect()
}

fn without_whitespace(text: &str) -> String {
    text.split_whitespace().collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_telegram_message_goes_on_with_its_author_and_nothing_is_lost() {
    let town = Town::open(2, &[BO]).await;
    town.start();
    let said = full_message();
    let id = town.says(0, said.as_str());
    town.until("both parts", || town.messages(town.groups[1]).len() == 2)
        .await;
    let parts = town.messages(town.groups[1]);
    let all = said_in(parts.iter().map(|it| it.text.as_str()), "Ana (Telegram): ");
    assert_eq!(without_whitespace(&all), without_whitespace(&said));
    let mail = town.gets(BO, "word0").await;
    assert_eq!(mail.text, said);
    // Whoever answers the second part answers the message.
    town.says(1, Said::from("So long!").in_reply_to(parts[1].id));
    let answer = town.sees_copy(0, "So long!").await;
    assert_eq!(answer.reply_to.unwrap().id, id);
    town.end();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_text_that_is_edited_between_its_parts_ends_up_whole_and_new() {
    let town = Town::open(2, &[]).await;
    let telegram = &town.rig.telegram;
    town.begin().await;
    // One message a second in a chat: the second part has to wait for its turn.
    let limited = Faults {
        real_limits: true,
        ..Faults::default()
    };
    telegram.set_faults(Some(town.groups[1]), limited);
    let said = full_message();
    let id = town.says(0, said.as_str());
    town.sees_copy(1, "word0é").await;
    let edited = said.replace("word", "Wort");
    telegram
        .edit(town.groups[0], id, town.ana, &edited)
        .unwrap();
    let all = || {
        let parts = town.messages(town.groups[1]);
        said_in(parts.iter().map(|it| it.text.as_str()), "Ana (Telegram): ")
    };
    let expected = without_whitespace(&edited);
    town.until("every part is edited", || {
        without_whitespace(&all()) == expected
    })
    .await;
    town.end();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mail_of_twenty_megabytes_holds_up_nobody_and_its_text_is_a_file() {
    let town = Town::open(1, &[BO, EVA]).await;
    town.start();
    let text = words(LONG);
    town.writes(BO, Draft::new("A very long mail", &text)).await;
    town.writes(EVA, Draft::new("Cake", "Who brings the cake?"))
        .await;
    let start = std::time::Instant::now();
    town.sees_copy(0, "Who brings the cake?").await;
    println!(
        "behind {} MB in {:?}, {} MiB",
        LONG / 1_000_000,
        start.elapsed(),
        town.peak_memory_mib()
    );
    let posts = town.messages(town.groups[0]);
    assert_eq!(posts.len(), 3, "{posts:?}");
    let opening = "Bo (email): A very long mail\nword0é word1é ";
    assert!(posts[0].text.starts_with(opening), "{}", posts[0].text);
    assert_eq!(posts[1].attachments[0].name, "A very long mail.txt");
    assert!(
        town.file_of(&posts[1]) == as_file(&text).as_bytes(),
        "something is missing"
    );
    // Members get a mail that their programs can show, with the same file.
    let mail = town.gets(EVA, "word0é word1é ").await;
    assert!(mail.text.ends_with("pages, is in the file below)"));
    assert!(
        town.files_of(&mail)[0].1 == as_file(&text).as_bytes(),
        "something is missing"
    );
    // Most of it while the mail is taken in.
    assert!(town.peak_memory_mib() < 480);
    town.end();
}

const LONG: usize = 20_000_000;

fn as_file(text: &str) -> String {
    format!("\u{FEFF}{}", text.replace('\n', "\r\n"))
}

/// Name and text of what stands there as a file, and did not go while we looked.
fn files_at(square: &Square, corner: Corner) -> Vec<(String, String)> {
    let rig = &square.town.rig;
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    match corner {
        Corner::Discord => {
            let view = rig.discord.view_channel(square.discord, usize::MAX);
            let messages = view.into_iter().flat_map(|it| it.messages);
            let files = messages.flat_map(|it| it.attachments).filter_map(|it| {
                let path = it.url.split_once("/files/discord/").unwrap().1;
                // So Discord writes names.
                let name = it.name.replace('_', " ");
                Some((name, text(&rig.discord.file(path)?.1)))
            });
            files.collect()
        }
        Corner::Telegram => {
            let messages = square.town.messages(square.telegram).into_iter();
            let with_files = messages.filter(|it| !it.attachments.is_empty());
            let files = with_files.map(|it| {
                let name = it.attachments[0].name.clone();
                (name, text(&square.town.file_of(&it)))
            });
            files.collect()
        }
        Corner::Slack => {
            let view = rig.slack.view_channel(&square.slack, usize::MAX);
            let messages = view.into_iter().flat_map(|it| it.messages);
            let files = messages.flat_map(|it| it.files);
            files
                .filter_map(|it| Some((it.name, text(&rig.slack.file(&it.id)?.1))))
                .collect()
        }
        Corner::Mail => unreachable!("nobody looks there"),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_long_mail_is_a_file_on_every_platform() {
    let square = Square::begin(Shape::Channels).await;
    let text = words(50_000);
    square
        .town
        .writes(EVA, Draft::new("Minutes: 3/4", &text))
        .await;
    let expected = [("Minutes 3 4.txt".to_owned(), as_file(&text))];
    for corner in [Corner::Telegram, Corner::Discord, Corner::Slack] {
        let has_it = || files_at(&square, corner) == expected;
        square
            .town
            .until(&format!("the file at {corner:?}"), has_it)
            .await;
        square.until_at(corner, "pages, is in the file below").await;
    }
    square.town.end();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_long_text_that_is_edited_and_deleted_takes_its_file_along_on_every_platform() {
    let square = Square::begin(Shape::Channels).await;
    let (town, slack) = (&square.town, &square.town.rig.slack);
    let set = ["room", "set", ROOM, "--most-parts", "1"];
    let answer = town.causeway(&set);
    assert_eq!(answer.code, 0, "{}", answer.err);
    let corners = [Corner::Telegram, Corner::Discord];
    let until_all_have = async |text: &str, is_long: bool| {
        let file = ("From Sia.txt".to_owned(), as_file(text));
        let expected: Vec<_> = is_long.then_some(file).into_iter().collect();
        for corner in corners {
            let has_it = || files_at(&square, corner) == expected;
            town.until(&format!("the file at {corner:?}"), has_it).await;
            square
                .until_at(corner, text.split(' ').next().unwrap())
                .await;
        }
    };
    let said = letters("𝔴𝔬𝔯𝔡");
    let ts = square.sia_says(&said);
    until_all_have(&said, true).await;
    for (text, is_long) in [
        (letters("𝔚𝔬𝔯𝔱"), true),
        ("Never mind.".to_owned(), false),
        (said, true),
    ] {
        slack
            .edit(&square.slack, ts, &square.sia, text.as_str())
            .unwrap();
        until_all_have(&text, is_long).await;
    }
    slack.delete(&square.slack, ts, &square.sia).unwrap();
    for corner in corners {
        let is_gone = || files_at(&square, corner).is_empty() && square.texts(corner).is_empty();
        town.until(&format!("nothing at {corner:?}"), is_gone).await;
    }
    town.end();
}

/// Slack counts letters, and Telegram twice what it needs two units for.
fn letters(word: &str) -> String {
    let words = (0..440).map(|number| format!("{word}{number}"));
    words.collect::<Vec<_>>().join(" ")
}
