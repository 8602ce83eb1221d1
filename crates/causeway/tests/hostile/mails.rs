//! Mails that no person writes.

use std::time::Instant;

use sandbox::mail::Draft;

use crate::support::{BO, EVA, LIST, Town};

fn from_bo(rest: &str) -> Vec<u8> {
    format!("From: Bo <{BO}>\r\nTo: {LIST}\r\n{rest}").into_bytes()
}

/// The code that the mail server is answered, and its words.
async fn answered(town: &Town, mail: &[u8]) -> String {
    let answers = town.rig.mail.raw(BO, &[LIST], mail).await.unwrap();
    format!("{} {}", answers[0].code, answers[0].text)
}

/// After whatever came before.
async fn the_next_message_crosses(town: &Town, words: &str) {
    town.writes(BO, Draft::new("Friday", words)).await;
    town.sees_copy(0, words).await;
    town.says(0, format!("{words}, says Ana").as_str());
    town.gets(BO, &format!("{words}, says Ana")).await;
}

/// S32, S48, R21: refused in words, kept raw, in bounded memory.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_thousand_parts_and_a_thousand_files_are_refused_in_words() {
    let town = Town::open(1, &[BO, EVA]).await;
    town.begin().await;
    let before = town.peak_memory_mib();
    let head = "Content-Type: multipart/mixed; boundary=b\r\n\r\n";
    let parts = "--b\r\nContent-Type: text/plain\r\n\r\na\r\n".repeat(10_000);
    let file = "--b\r\nContent-Type: image/png; name=x.png\r\n\r\na\r\n";
    let nested: String = (0..1_000)
        .map(|level| {
            format!("Content-Type: multipart/mixed; boundary=c{level}\r\n\r\n--c{level}\r\n")
        })
        .collect();
    let large = format!(
        "--b\r\n\r\n{}\r\n",
        "a long line of words\r\n".repeat(1_000)
    )
    .repeat(1_000);
    for (mail, why) in [
        (format!("{head}{parts}"), "it has more than 200 parts"),
        (
            format!("{head}{}", file.repeat(1_000)),
            "it has more than 200 parts",
        ),
        (format!("{head}{large}"), "it has more than 200 parts"),
        (nested, "its parts nest more than 50 deep"),
    ] {
        let answer = answered(&town, &from_bo(&mail)).await;
        assert_eq!(
            answer,
            format!("554 5.6.0 the mail cannot be relayed: {why}")
        );
    }
    let grown = town.peak_memory_mib() - before;
    println!("from {before} MiB by {grown} MiB");
    assert!(grown < 300, "{grown} MiB");
    the_next_message_crosses(&town, "still here").await;
    let kept = town.set_aside().await;
    for reason in ["too-many-parts", "too-deep"] {
        assert!(kept.contains(&reason.to_owned()), "{kept:?}");
    }
    town.end();
}

/// S18, S32, S38: read with patience, and what nests too deep for the store is read all the same.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn html_that_is_deep_wide_or_without_end_crosses_quickly() {
    let town = Town::open(1, &[BO, EVA]).await;
    town.begin().await;
    let attributes: String = (0..200_000).map(|number| format!(" a{number}")).collect();
    let began = Instant::now();
    for (html, words) in [
        ("<ul><li>".repeat(80) + "lists", "lists"),
        ("<div><blockquote>".repeat(20_000) + "quotes", "quotes"),
        (
            "<b><i><a href=http://x.org>".repeat(20_000) + "styles",
            "styles",
        ),
        (format!("<p{attributes}>attributes"), "attributes"),
        (
            "<p>hidden <!-- -- <!-- words".to_owned() + &"<".repeat(100_000),
            "hidden",
        ),
    ] {
        let mail = format!("Content-Type: text/html\r\n\r\n{html}\r\n");
        assert_eq!(
            answered(&town, &from_bo(&mail)).await,
            "250 2.6.0 taken in",
            "{words}"
        );
        town.sees_copy(0, words).await;
        town.gets(EVA, words).await;
    }
    println!("in {:?}", began.elapsed());
    the_next_message_crosses(&town, "still here").await;
    town.end();
}

/// S26, S27, S37, S47: no script, no remote content, no address behind other words, and templates are words.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn markup_of_strangers_is_words_and_safe_links() {
    let town = Town::open(1, &[BO, EVA]).await;
    town.begin().await;
    let html = "<p onclick=alert(1)>Hello {{7*7}} ${7*7}<script>alert(2)</script><style>@import 'http://t.example'</style>\
        <img src=http://t.example/pixel.gif onerror=alert(3)><a href='javascript:alert(4)'>press</a> \
        <a href='data:text/html,x'>data</a> <a href='http://evil.example/x'>bank.example</a>\
        <svg onload=alert(5)></svg><iframe src=http://t.example></iframe> &lt;script&gt;alert(6)&lt;/script&gt;";
    let mail = format!("Content-Type: text/html\r\n\r\n{html}\r\n");
    answered(&town, &from_bo(&mail)).await;
    let copy = town.sees_copy(0, "Hello {{7*7}} ${7*7}").await;
    assert!(
        copy.text.contains("press data bank.example"),
        "{}",
        copy.text
    );
    assert!(
        copy.text.contains("<script>alert(6)</script>"),
        "{}",
        copy.text
    );
    for hidden in ["alert(2)", "alert(3)", "import", "pixel"] {
        assert!(!copy.text.contains(hidden), "{}", copy.text);
    }
    let links = copy.entities.iter().filter(|it| it["type"] == "text_link");
    let links: Vec<&str> = links.map(|it| it["url"].as_str().unwrap()).collect();
    assert_eq!(links, ["http://evil.example/x"]);
    assert!(
        copy.text.contains("bank.example (http://evil.example/x)"),
        "{}",
        copy.text
    );
    let mail = town.gets(EVA, "Hello").await;
    let page = town.rig.mail.html(mail.id).unwrap();
    for dangerous in [
        "<script",
        "<img",
        "<svg",
        "<iframe",
        "javascript:",
        "data:",
        "onclick",
        "onerror",
        "t.example",
    ] {
        assert!(!page.contains(dangerous), "{dangerous}: {page}");
    }
    // Where the words promise another place, the true one stands beside them.
    assert!(
        mail.text.contains("bank.example (http://evil.example/x)"),
        "{}",
        mail.text
    );
    assert!(
        page.contains(">bank.example</a> (<a href=\"http://evil.example/x\">"),
        "{page}"
    );
    town.end();
}

/// S45: a name is one line without folders, and shows the ending that it has.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn names_of_files_lead_nowhere() {
    let town = Town::open(1, &[BO, EVA]).await;
    town.begin().await;
    let long = format!("{}.pdf", "x".repeat(4_096));
    let names = [
        ("../../etc/passwd", "passwd"),
        ("C:\\\\windows\\\\evil.dll", "evil.dll"),
        ("photo_\u{202e}gpj.exe", "photo_gpj.exe"),
        ("a\u{0}b.txt", "a b.txt"),
        ("two\r\n lines.txt", "two lines.txt"),
        ("..", "file.bin"),
    ];
    for (number, (given, shown)) in names
        .iter()
        .copied()
        .chain([(long.as_str(), "")])
        .enumerate()
    {
        let words = format!("file {number}.");
        let mail = format!(
            "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n{words}\r\n--b\r\n\
             Content-Type: application/x-thing\r\nContent-Disposition: attachment; filename=\"{given}\"\r\n\r\nbytes\r\n--b--\r\n"
        );
        answered(&town, &from_bo(&mail)).await;
        let copy = town.sees_copy(0, &words).await;
        let arrived = town.gets(EVA, &words).await;
        for name in [&copy.attachments[0].name, &town.files_of(&arrived)[0].0] {
            match shown {
                "" => assert!(name.len() <= 120 && name.ends_with(".pdf"), "{name}"),
                shown => assert_eq!(name, shown, "{given:?}"),
            }
        }
    }
    let kept = std::fs::read_dir(town.rig.dir().join("files")).unwrap();
    for file in kept {
        let name = file.unwrap().file_name().into_string().unwrap();
        assert!(
            name.len() == 64 && name.bytes().all(|it| it.is_ascii_hexdigit()),
            "{name}"
        );
    }
    town.end();
}

/// S29, S30: nothing that a person writes becomes a header of its own.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn line_breaks_in_headers_make_no_headers() {
    let town = Town::open(1, &[BO, EVA]).await;
    town.begin().await;
    let mail = format!(
        "From: =?utf-8?Q?Bo=0D=0ABcc=3A_evil=40x.org?= <{BO}>\r\n\
         Subject: =?utf-8?B?{}?=\r\nMessage-ID: <a@x.org\r\n Bcc:evil@x.org>\r\nReferences: <b@x.org>\r\n\tX-Evil: 1\r\n\r\nHello\r\n",
        "SGkNClgtRXZpbDogMQ0KDQpib2R5"
    );
    let answers = town
        .rig
        .mail
        .raw(BO, &[LIST], mail.as_bytes())
        .await
        .unwrap();
    assert_eq!(answers[0].code, 250);
    town.gets(EVA, "Hello").await;
    for raw in town.rig.mail.raw_of(EVA) {
        let text = String::from_utf8_lossy(&raw);
        let (head, _) = text.split_once("\r\n\r\n").unwrap();
        for line in head.lines() {
            let name = line.split(':').next().unwrap_or_default();
            assert!(!["Bcc", "X-Evil", "body"].contains(&name), "{head}");
        }
    }
    town.end();
}
