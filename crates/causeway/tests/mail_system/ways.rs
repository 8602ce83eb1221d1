//! From a mailbox through Postfix to other mailboxes and to a chat, and back, in one thread everywhere.

use sandbox::telegram::{FileKind, Said, SaidFile};
use store::DeliveryLine;

use super::circle::{ANA, Circle};
use super::sheet::Sheet;

const READERS: [&str; 3] = ["ana", "bo", "chi"];
const SUBJECT: &str = "Frühlingsfest im Grünen 🌷";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_begins_in_a_mailbox_is_one_thread_for_everybody() {
    let Some(circle) = Circle::open(&READERS, "OUT").await else {
        return;
    };
    let town = &circle.town;
    town.begin().await;
    circle.writes(&Sheet::new(SUBJECT, "Who brings the drums? 🥁"));
    for person in ["bo", "chi"] {
        let mail = circle.gets(person, "Who brings the drums? 🥁").await;
        assert_eq!(mail.subject, SUBJECT);
        assert_eq!(mail.from, format!("{ANA} via Rig <{}>", circle.list));
    }
    let copy = town.sees(0, "Who brings the drums? 🥁").await;
    let question = circle.gets("bo", "drums").await;
    circle.writes_as(("Bo", "bo"), &Sheet::reply(&question, "I do."));
    let answer = town.sees(0, "I do.").await;
    assert_eq!(answer.reply_to.unwrap().id, copy.id);
    // Nobody answers before the bridge has even heard that its message arrived.
    let is_known = |it: &DeliveryLine| {
        it.to.starts_with("telegram") && it.message_excerpt == "I do." && it.sent_at_ms.is_some()
    };
    town.until_delivery("it is known there", is_known).await;
    town.says(0, Said::from("Thank you, Bo!").in_reply_to(answer.id));
    for person in ["bo", "chi"] {
        let thanks = circle.gets(person, "Thank you, Bo!").await;
        assert_eq!(thanks.subject, format!("Re: {SUBJECT}"));
    }
    let thanks = circle.gets("chi", "Thank you, Bo!").await;
    circle.writes_as(("Chi", "chi"), &Sheet::reply(&thanks, "And I sing."));
    circle.gets("bo", "And I sing.").await;
    // Nobody was sent what they wrote themselves.
    assert_eq!(circle.threads("chi"), "(1 2 3)");
    assert_eq!(circle.threads("bo"), "(1 2 3)");
    let own = circle.count("ana", "drums");
    assert_eq!(own, 0);
    circle.end();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_begins_in_a_chat_is_one_thread_in_the_mailboxes() {
    let Some(circle) = Circle::open(&READERS, "OUT").await else {
        return;
    };
    let town = &circle.town;
    town.begin().await;
    let asked = town.says(0, "Wer hat Käse? 🧀");
    let question = circle.gets("bo", "Wer hat Käse? 🧀").await;
    circle.writes_as(("Bo", "bo"), &Sheet::reply(&question, "Ich."));
    let answer = town.sees(0, "Ich.").await;
    assert_eq!(answer.reply_to.unwrap().id, asked);
    circle.gets("chi", "Ich.").await;
    let other = town.says(0, "Something else.");
    circle.gets("chi", "Something else.").await;
    town.says(0, Said::from("And more of it.").in_reply_to(other));
    circle.gets("chi", "And more of it.").await;
    assert_eq!(circle.threads("chi"), "(1 2)(3 4)");
    circle.end();
}

/// Looks like nothing, and has every byte in it.
fn bytes(length: usize) -> Vec<u8> {
    (0..length)
        .map(|it| (it % 251) as u8 ^ (it / 251) as u8)
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn files_of_some_megabytes_cross_both_ways_byte_by_byte() {
    let Some(circle) = Circle::open(&READERS, "OUT").await else {
        return;
    };
    let town = &circle.town;
    town.begin().await;
    let plan = bytes(5_000_000);
    circle.writes(&Sheet::new("The plan", "Here it is.").attach("plan.pdf", plan.clone()));
    let mail = circle.gets("bo", "Here it is.").await;
    assert!(mail.files == [("plan.pdf".to_owned(), plan.clone())]);
    let copy = town.sees(0, "Here it is.").await;
    assert!(town.file_of(&copy) == plan);
    let film = bytes(6_000_000);
    let file = SaidFile::new(FileKind::Document, "Übersicht.pdf", film.clone());
    town.says(0, Said::from("And the film.").with_file(file));
    let mail = circle.gets("chi", "And the film.").await;
    assert!(mail.files == [("Übersicht.pdf".to_owned(), film)]);
    circle.end();
}
