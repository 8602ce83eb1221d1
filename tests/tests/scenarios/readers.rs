//! A list is its readers: what happens to one of them happens to nobody else.

mod files;
mod unclear;

use causeway_tests::{Town, chat, letters};
use conversation::SendError;
use insta::assert_snapshot;

const LIST: &str = "list spring@";

async fn town_of(readers: &[&str]) -> Town {
    Town::build()
        .platform(chat("telegram"))
        .platform(letters("list").read_by(readers))
        .room("general", &["telegram #general", LIST])
        .open()
        .await
}

async fn three() -> Town {
    town_of(&["Ana", "Bo", "Chi"]).await
}

fn full() -> SendError {
    SendError::PutOff("452 4.2.2 mailbox full".to_owned())
}

/// Without the times of what comes late.
fn words(mailbox: &str) -> String {
    mailbox
        .lines()
        .map(|line| match line.split_once(" UTC) ") {
            Some((_, words)) => format!("Dora: {words}\n"),
            None => format!("{line}\n"),
        })
        .collect()
}

async fn says(town: &mut Town, text: &str) {
    town.says("telegram #general", "Dora", text).await;
    town.settle().await;
}

#[tokio::test]
async fn each_reader_gets_each_post_once_and_its_author_not_at_all() {
    let mut town = three().await;
    says(&mut town, "Hello").await;
    town.says(LIST, "Bo", "Hi Dora").await;
    town.settle().await;
    assert_snapshot!(town.mailbox("list", "Ana"), @r"
    Dora: Hello
    Bo: Hi Dora
    ");
    assert_snapshot!(town.mailbox("list", "Bo"), @"Dora: Hello");
    assert!(!town.deliveries().await.contains("to_do"));
}

#[tokio::test]
async fn one_full_mailbox_holds_back_nobody_and_gets_all_in_order_later() {
    let mut town = three().await;
    town.server_says("list", "Bo", full());
    for n in 1..=20 {
        says(&mut town, &format!("message {n}")).await;
        town.seconds_pass(30);
    }
    assert_eq!(town.mailbox("list", "Ana").lines().count(), 20);
    assert_eq!(town.mailbox("list", "Chi"), town.mailbox("list", "Ana"));
    assert_eq!(town.mailbox("list", "Bo"), "");
    town.settle().await;
    assert_snapshot!(town.notices().await, @"reader-trouble list:spring@#2: Bo: what is said in list:spring@ waits, and is tried again by itself: 452 4.2.2 mailbox full");
    town.server_is_well("list", "Bo");
    town.hours_pass(1);
    town.settle().await;
    assert_eq!(
        words(&town.mailbox("list", "Bo")),
        words(&town.mailbox("list", "Ana"))
    );
    assert_eq!(town.notices().await, "");
}

#[tokio::test]
async fn whoever_waits_for_days_is_named_to_staff_and_given_up() {
    let mut town = three().await;
    town.server_says("list", "Bo", full());
    says(&mut town, "Hello").await;
    for _ in 0..12 {
        town.hours_pass(1);
        town.settle().await;
    }
    assert_snapshot!(town.notices().await, @"reader-trouble list:spring@#2: Bo: what is said in list:spring@ waits, and is tried again by itself: 452 4.2.2 mailbox full");
    for _ in 0..13 {
        town.hours_pass(1);
        town.settle().await;
    }
    assert_snapshot!(town.notices().await, @"reader-trouble list:spring@#2: Bo: what is said in list:spring@ was given up: it was tried for 24 hours: 452 4.2.2 mailbox full. If that lasts, ask them for another address, or take them off the list");
    // The next is not given up for that.
    town.server_is_well("list", "Bo");
    says(&mut town, "Bye").await;
    assert_snapshot!(town.mailbox("list", "Bo"), @"Dora: Bye");
    assert_eq!(town.notices().await, "");
}

#[tokio::test]
async fn who_is_refused_is_named_and_the_others_have_it() {
    let mut town = three().await;
    town.server_says(
        "list",
        "Bo",
        SendError::Refused("550 5.1.1 no such user".into()),
    );
    says(&mut town, "Hello").await;
    says(&mut town, "Who comes?").await;
    assert_eq!(town.mailbox("list", "Chi").lines().count(), 2);
    assert_snapshot!(town.notices().await, @"reader-trouble list:spring@#2: Bo: what is said in list:spring@ was given up: 550 5.1.1 no such user. If that lasts, ask them for another address, or take them off the list");
    town.server_is_well("list", "Bo");
    says(&mut town, "Bye").await;
    assert_snapshot!(town.mailbox("list", "Bo"), @"Dora: Bye");
    assert_eq!(town.notices().await, "");
}

#[tokio::test]
async fn what_every_reader_refuses_is_a_dead_letter_that_staff_can_try_again() {
    let mut town = three().await;
    for reader in ["Ana", "Bo", "Chi"] {
        town.server_says("list", reader, SendError::Refused("554 5.7.1 spam".into()));
    }
    says(&mut town, "Hello").await;
    assert_snapshot!(town.deliveries().await, @r#"
    post "Hello" -> list:spring@ dead: the platform refused the message: every reader's server refuses it: 554 5.7.1 spam
    post "(the bridge itself: not-delivered)" -> telegram:#general sent
    "#);
    town.notices().await;
    for reader in ["Ana", "Bo", "Chi"] {
        town.server_is_well("list", reader);
    }
    town.staff_retries_all().await;
    town.settle().await;
    for reader in ["Ana", "Bo", "Chi"] {
        assert_eq!(town.mailbox("list", reader), "Dora: Hello");
    }
    assert_eq!(town.notices().await, "");
}

#[tokio::test]
async fn a_server_that_is_down_keeps_everybodys_place() {
    let mut town = town_of(&["Ana", "Bo", "Chi", "Eve"]).await;
    town.fails_after(
        "list",
        2,
        SendError::Unavailable("452 4.3.1 disk full".into()),
    );
    town.goes_down("list");
    says(&mut town, "Hello").await;
    for _ in 0..10 {
        town.minutes_pass(1);
        town.settle().await;
    }
    assert_snapshot!(town.notices().await, @"channel-fails list:spring@: nothing can be sent to list:spring@, and it is tried again by itself: down");
    town.comes_back("list");
    town.minutes_pass(10);
    town.settle().await;
    for reader in ["Ana", "Bo", "Chi", "Eve"] {
        assert_eq!(
            words(&town.mailbox("list", reader)),
            "Dora: Hello\n",
            "{reader}"
        );
    }
    assert_eq!(town.notices().await, "");
}

fn no_answer() -> SendError {
    SendError::Uncertain("no answer after the mail".to_owned())
}

#[tokio::test]
async fn what_stays_in_doubt_while_others_are_reached_is_sent_once_more_and_not_again() {
    let mut town = three().await;
    town.server_says("list", "Bo", no_answer());
    says(&mut town, "Hello").await;
    town.minutes_pass(1);
    says(&mut town, "Who comes?").await;
    town.minutes_pass(2);
    town.settle().await;
    town.server_is_well("list", "Bo");
    town.minutes_pass(10);
    town.settle().await;
    assert_snapshot!(town.mailbox("list", "Bo"), @r"
    Dora: Hello
    Dora: Hello
    Dora: Who comes?
    Dora: (sent 09:01 UTC) Who comes?
    ");
    assert_eq!(town.notices().await, "");
}

#[tokio::test]
async fn a_doubt_on_a_quiet_list_is_looked_into_a_few_times_and_named() {
    let mut town = three().await;
    town.server_says("list", "Bo", full());
    says(&mut town, "Hello").await;
    town.server_says("list", "Bo", no_answer());
    for _ in 0..24 {
        town.hours_pass(1);
        town.settle().await;
    }
    assert_eq!(town.mailbox("list", "Bo").lines().count(), 5);
    assert_snapshot!(town.notices().await, @"reader-trouble list:spring@#2: Bo: what is said in list:spring@ was given up: nobody knows whether it arrived: no answer after the mail. If that lasts, ask them for another address, or take them off the list");
    town.server_is_well("list", "Bo");
}

#[tokio::test]
async fn what_nobody_answers_is_no_readers_doubt() {
    let mut town = three().await;
    for reader in ["Ana", "Bo", "Chi"] {
        town.server_says("list", reader, no_answer());
    }
    says(&mut town, "Hello").await;
    town.minutes_pass(5);
    town.settle().await;
    for reader in ["Ana", "Bo", "Chi"] {
        town.server_is_well("list", reader);
    }
    town.hours_pass(1);
    town.settle().await;
    for reader in ["Ana", "Bo", "Chi"] {
        assert!(!town.mailbox("list", reader).is_empty(), "{reader}");
    }
    assert_eq!(town.notices().await, "");
}

#[tokio::test]
async fn a_process_that_dies_half_way_goes_on_where_it_stopped() {
    let readers: Vec<String> = (0..40).map(|n| format!("R{n}")).collect();
    let readers: Vec<&str> = readers.iter().map(String::as_str).collect();
    let mut town = town_of(&readers).await;
    town.says("telegram #general", "Dora", "Hello").await;
    town.crashes_after_the_next_post_to(LIST).await;
    town.settle().await;
    let twice = readers
        .iter()
        .filter(|it| town.mailbox("list", it).lines().count() > 1);
    assert!(twice.count() <= 2);
    assert!(
        readers
            .iter()
            .all(|it| !town.mailbox("list", it).is_empty())
    );
}

#[tokio::test]
async fn what_is_too_large_goes_without_its_file() {
    let mut town = three().await;
    town.takes_no_files("list");
    town.shows("telegram #general", "Dora", "The hall", "hall.jpg")
        .await;
    town.settle().await;
    assert_snapshot!(town.mailbox("list", "Chi"), @r"
    Dora: The hall
    [photo: hall.jpg, 9 bytes — larger than can be sent there; it is in Telegram]
    ");
}

#[tokio::test]
async fn whoever_leaves_the_list_gets_nothing_that_waited() {
    let mut town = three().await;
    town.server_says("list", "Bo", full());
    says(&mut town, "Hello").await;
    town.server_is_well("list", "Bo");
    town.readers_become("list", &["Ana", "Chi", "Eve"]);
    town.restarts().await;
    town.hours_pass(1);
    says(&mut town, "Bye").await;
    assert_snapshot!(town.mailbox("list", "Bo"), @"");
    assert_snapshot!(town.mailbox("list", "Eve"), @"Dora: Bye");
    assert_snapshot!(town.mailbox("list", "Ana"), @r"
    Dora: Hello
    Dora: Bye
    ");
}

#[tokio::test]
async fn who_waited_reads_what_was_corrected_meanwhile_as_it_stands() {
    let mut town = three().await;
    town.server_says("list", "Bo", full());
    says(&mut town, "On Thursday").await;
    town.edits("telegram #general", "Dora", "On Thursday", "On Friday")
        .await;
    town.minutes_pass(3);
    town.settle().await;
    town.server_is_well("list", "Bo");
    town.hours_pass(1);
    town.settle().await;
    assert_snapshot!(town.mailbox("list", "Ana"), @r"
    Dora: On Thursday
    Dora: * Friday
    ");
    assert_snapshot!(town.mailbox("list", "Bo"), @"Dora: (sent 09:00 UTC) On Friday");
}

#[tokio::test]
async fn a_correction_that_comes_late_is_said_in_full() {
    let mut town = three().await;
    says(&mut town, "On Thursday").await;
    town.server_says("list", "Bo", full());
    town.edits("telegram #general", "Dora", "On Thursday", "On Friday")
        .await;
    town.minutes_pass(3);
    town.settle().await;
    town.server_is_well("list", "Bo");
    town.hours_pass(1);
    town.settle().await;
    assert_snapshot!(town.mailbox("list", "Bo"), @r"
    Dora: On Thursday
    Dora: (sent 09:00 UTC) On Friday
    ");
}

#[tokio::test]
async fn what_was_deleted_meanwhile_is_not_sent_late() {
    let mut town = three().await;
    town.server_says("list", "Bo", full());
    says(&mut town, "Oops").await;
    town.deletes("telegram #general", "Dora", "Oops").await;
    town.server_is_well("list", "Bo");
    town.hours_pass(1);
    says(&mut town, "Hello").await;
    assert_snapshot!(town.mailbox("list", "Bo"), @"Dora: Hello");
}
