//! An answer that may be about one reader or about all: whoever comes next tells.

use causeway_tests::Town;
use conversation::SendError;
use insta::assert_snapshot;

use super::{says, three, town_of, words};

fn unclear(said: &str, is_final: bool) -> SendError {
    SendError::Unclear {
        said: said.to_owned(),
        is_final,
    }
}

fn for_all(town: &Town, readers: &[&str], error: &SendError) {
    for reader in readers {
        town.server_says("list", reader, error.clone());
    }
}

#[tokio::test]
async fn where_others_are_reached_it_is_one_readers_and_stops_nobody() {
    let mut town = three().await;
    town.server_says("list", "Ana", unclear("421 4.7.0 TLS required", false));
    town.server_says("list", "Bo", unclear("550 5.7.1 not from strangers", true));
    says(&mut town, "Hello").await;
    says(&mut town, "Who comes?").await;
    assert_eq!(town.mailbox("list", "Chi").lines().count(), 2);
    assert_snapshot!(town.notices().await, @"reader-trouble list:spring@#2: Bo: what is said in list:spring@ was given up: 550 5.7.1 not from strangers. If that lasts, ask them for another address, or take them off the list");
    town.server_is_well("list", "Ana");
    town.server_is_well("list", "Bo");
    town.minutes_pass(10);
    says(&mut town, "Bye").await;
    assert_eq!(
        words(&town.mailbox("list", "Ana")),
        "Dora: Hello\nDora: Who comes?\nDora: Bye\n"
    );
    assert_snapshot!(town.mailbox("list", "Bo"), @"Dora: Bye");
}

#[tokio::test]
async fn where_nobody_is_reached_it_is_everybodys_and_no_reader_is_named() {
    let readers = ["Ana", "Bo", "Chi", "Eve", "Flo"];
    let mut town = town_of(&readers).await;
    for_all(
        &town,
        &readers,
        &unclear("451 4.7.1 try again later", false),
    );
    says(&mut town, "Hello").await;
    for _ in 0..10 {
        town.minutes_pass(1);
        town.settle().await;
    }
    assert_snapshot!(town.notices().await, @"channel-fails list:spring@: nothing can be sent to list:spring@, and it is tried again by itself: 451 4.7.1 try again later");
    readers
        .iter()
        .for_each(|it| town.server_is_well("list", it));
    town.minutes_pass(30);
    town.settle().await;
    for reader in readers {
        assert_eq!(words(&town.mailbox("list", reader)), "Dora: Hello\n");
    }
    assert_eq!(town.notices().await, "");
}

/// As where the operator's account may not send any more today.
#[tokio::test]
async fn what_is_refused_to_all_for_good_waits_for_the_operator() {
    let readers: Vec<String> = (0..30).map(|it| format!("R{it}")).collect();
    let readers: Vec<&str> = readers.iter().map(String::as_str).collect();
    let mut town = town_of(&readers).await;
    for_all(&town, &readers, &unclear("550 5.7.708 access denied", true));
    says(&mut town, "Hello").await;
    assert!(town.deliveries().await.contains("to_do"));
    readers
        .iter()
        .for_each(|it| town.server_is_well("list", it));
    town.minutes_pass(10);
    town.settle().await;
    assert!(
        readers
            .iter()
            .all(|it| town.mailbox("list", it).lines().count() == 1)
    );
    assert_eq!(town.notices().await, "");
}
