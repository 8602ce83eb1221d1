//! Texts longer than one message takes: in parts, whole, in order, and in bounded memory.

use sandbox::mail::Draft;
use sandbox::telegram::{Faults, Said};

use crate::support::{BO, EVA, Town};

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
async fn a_mail_of_ten_megabytes_arrives_whole_in_bounded_memory() {
    let town = Town::open(1, &[BO, EVA]).await;
    town.start();
    let text = words(LONG);
    town.writes(BO, Draft::new("A very long mail", &text)).await;
    let parts = text.encode_utf16().count() / 4_096;
    let group = town.groups[0];
    let start = std::time::Instant::now();
    town.until("all parts", || {
        let count = town.rig.telegram.log_len(group);
        count > parts
            && town.rig.telegram.log_since(group, count - 1)[0]
                .text
                .ends_with(text.rsplit_once(' ').unwrap().1)
    })
    .await;
    println!(
        "{} parts in {:?}, {} MiB",
        town.rig.telegram.log_len(group),
        start.elapsed(),
        town.peak_memory_mib()
    );
    let log = town.rig.telegram.log_of(group);
    let all = said_in(log.iter().map(|it| it.text.as_str()), "Bo (email): ");
    let all = all.strip_prefix("A very long mail\n").unwrap();
    assert!(
        without_whitespace(all) == without_whitespace(&text),
        "something is missing"
    );
    assert!(town.peak_memory_mib() < 400);
    town.end();
}

const LONG: usize = 10_000_000;
