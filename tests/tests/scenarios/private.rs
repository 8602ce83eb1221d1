//! What somebody and the bridge say to each other alone is no room's, whatever becomes of rooms, platforms and the process.

use causeway_tests::{Town, town};
use conversation::{ChannelRef, Event, SendError};
use insta::assert_snapshot;

/// Where Ana takes part in the community's room.
async fn where_ana_is_known() -> Town {
    let mut town = town().await;
    town.says("telegram #general", "Ana", "Hello").await;
    town.settle().await;
    town
}

/// Deliveries and notices, with the names that private chats have within the bridge left out.
fn unnamed(lines: &str) -> String {
    let words = lines.split(' ').map(|it| match it.split_once("direct:") {
        Some((before, id)) => {
            let rest = id.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '-');
            format!("{before}direct:…{rest}")
        }
        None => it.to_owned(),
    });
    words.collect::<Vec<_>>().join(" ")
}

/// On SQLite, whose files can be looked through.
fn is_kept(town: &Town, words: &str) -> bool {
    let Some(file) = town.store().file() else {
        return false;
    };
    [file.to_owned(), file.with_extension("db-wal")]
        .iter()
        .filter_map(|it| std::fs::read(it).ok())
        .any(|it| it.windows(words.len()).any(|it| it == words.as_bytes()))
}

#[tokio::test]
async fn a_direct_channel_is_nobodys_room() {
    let mut town = where_ana_is_known().await;
    town.says("telegram @Ana", "Ana", "This is between us")
        .await;
    town.goes_down("telegram");
    town.bridge_says("telegram @Ana", "Welcome").await;
    town.settle().await;
    for channel in ["telegram #general", "list spring@"] {
        town.unlinks(channel).await;
    }
    town.restarts().await;
    town.minutes_pass(60);
    town.settle().await;
    town.comes_back("telegram");
    town.minutes_pass(60);
    town.settle().await;
    assert_snapshot!(town.transcript("telegram @Ana"), @r"
    Ana: This is between us
    [bot]: I do not understand that. It goes to nobody and is not kept. Perhaps you mean one of these:
    [bot]: Spring Gathering
    ");
    assert_snapshot!(town.transcript("telegram #general"), @"Ana: Hello");
    assert_snapshot!(town.transcript("list spring@"), @"Ana: Hello");
    assert_snapshot!(unnamed(&town.deliveries().await), @r#"
    post "Hello" -> list:spring@ sent
    post "(the bridge itself: not-understood-near)" -> direct:… sent
    post "(the bridge itself: community-name)" -> direct:… sent
    "#);
    assert_snapshot!(town.notices().await, @"");
    assert_snapshot!(town.heard().await, @"");
    assert!(is_kept(&town, "Hello") || town.store().file().is_none());
    assert!(!is_kept(&town, "between us"));
}

#[tokio::test]
async fn a_room_that_goes_takes_no_private_word_along() {
    let mut town = where_ana_is_known().await;
    town.says("telegram @Ana", "Ana", "Are you there?").await;
    town.bridge_says("telegram @Ana", "I am").await;
    town.unlinks("telegram #general").await;
    town.settle().await;
    assert_snapshot!(town.transcript("telegram @Ana"), @r"
    Ana: Are you there?
    [bot]: I do not understand that. It goes to nobody and is not kept. Perhaps you mean one of these:
    [bot]: Spring Gathering
    ");
}

#[tokio::test]
async fn who_takes_part_in_two_communities_is_asked_once_which_they_mean() {
    let mut town = where_ana_is_known().await;
    town.seconds_pass(1);
    town.links_in(("Hill Farm", "fields"), "telegram #fields")
        .await;
    town.says("telegram @Ana", "Ana", "Nobody asks me yet")
        .await;
    town.settle().await;
    town.says("telegram #fields", "Ana", "Here I am").await;
    town.says("telegram @Ana", "Ana", "2").await;
    town.settle().await;
    for said in [
        "What do you mean?",
        "3",
        "0",
        " 2. ",
        "hill  FARM",
        "2",
        "Spring gathering .",
        "So be it",
    ] {
        town.says("telegram @Ana", "Ana", said).await;
        town.settle().await;
        town.restarts().await;
    }
    assert_snapshot!(town.transcript("telegram @Ana"), @r"
    Ana: Nobody asks me yet
    [bot]: I do not understand that. It goes to nobody and is not kept. Perhaps you mean one of these:
    Ana: 2
    [bot]: To mean another community later, write its name. (edited)
    Ana: What do you mean?
    [bot]: I do not understand that. It goes to nobody and is not kept. Perhaps you mean one of these:
    Ana: 3
    Ana: 0
    Ana:  2. 
    [bot]: What you write here is for Hill Farm from now on.
    Ana: hill  FARM
    [bot]: What you write here is for Hill Farm from now on.
    Ana: 2
    Ana: Spring gathering .
    [bot]: What you write here is for Spring Gathering from now on.
    Ana: So be it
    [bot]: I do not understand that. It goes to nobody and is not kept. Perhaps you mean one of these:
    ");
    assert!(!is_kept(&town, "What do you mean?"));
}

#[tokio::test]
async fn whoever_shuts_the_bridge_out_hears_nothing_until_they_speak_again() {
    let mut town = where_ana_is_known().await;
    let ana = ChannelRef::new("telegram", "@Ana");
    for by_event in [false, true] {
        let n = if by_event { "more" } else { "first" };
        town.says("telegram @Ana", "Ana", n).await;
        match by_event {
            true => {
                let why = "they blocked it".to_owned();
                town.happens(&ana, "Ana", Event::Closed { why }).await;
            }
            false => {
                let gone = SendError::ChannelGone("blocked".to_owned());
                town.next_send_fails("telegram", gone);
            }
        }
        for word in ["one", "two"] {
            town.bridge_says("telegram @Ana", &format!("{n} {word}"))
                .await;
        }
        town.settle().await;
        town.bridge_says("telegram @Ana", &format!("{n} three"))
            .await;
        town.settle().await;
        assert_eq!(town.notices().await, "");
    }
    town.says("telegram @Ana", "Ana", "Here I am again").await;
    town.bridge_says("telegram @Ana", "Welcome").await;
    town.settle().await;
    assert_snapshot!(town.transcript("telegram @Ana"), @r"
    Ana: first
    Ana: more
    Ana: Here I am again
    [bot]: I do not understand that. It goes to nobody and is not kept. Perhaps you mean one of these:
    [bot]: Spring Gathering
    ");
    assert_snapshot!(unnamed(&town.deliveries().await), @r#"
    post "Hello" -> list:spring@ sent
    post "(the bridge itself: not-understood-near)" -> direct:… suppressed: shut-out
    post "(the bridge itself: community-name)" -> direct:… suppressed: shut-out
    post "(the bridge itself: community-name)" -> direct:… suppressed: shut-out
    post "(the bridge itself: community-name)" -> direct:… suppressed: shut-out
    post "(the bridge itself: not-understood-near)" -> direct:… suppressed: shut-out
    post "(the bridge itself: community-name)" -> direct:… suppressed: shut-out
    post "(the bridge itself: community-name)" -> direct:… suppressed: shut-out
    post "(the bridge itself: community-name)" -> direct:… suppressed: shut-out
    post "(the bridge itself: not-understood-near)" -> direct:… sent
    post "(the bridge itself: community-name)" -> direct:… sent
    "#);
}

#[tokio::test]
async fn staff_is_told_of_a_private_word_that_is_given_up_and_not_whose_it_was() {
    let mut town = where_ana_is_known().await;
    town.says("telegram @Ana", "Ana", "Hello").await;
    town.next_send_fails("telegram", SendError::Refused("no".to_owned()));
    town.bridge_says("telegram @Ana", "Welcome").await;
    town.settle().await;
    assert_snapshot!(unnamed(&town.notices().await), @"dead-letter direct:…: some messages could not be delivered: `causeway dead list` says which and why");
    town.staff_retries_all().await;
    town.settle().await;
    assert_snapshot!(town.transcript("telegram @Ana"), @r"
    Ana: Hello
    [bot]: Spring Gathering
    [bot]: I do not understand that. It goes to nobody and is not kept. Perhaps you mean one of these:
    ");
}

#[tokio::test]
async fn whom_no_community_knows_leaves_a_count() {
    let mut town = where_ana_is_known().await;
    town.says("telegram @Cy", "Cy", "Let me in").await;
    town.settle().await;
    assert_snapshot!(town.transcript("telegram @Cy"), @r"
    Cy: Let me in
    [bot]: I know you from none of my rooms, so I keep nothing of what you write and can do nothing for you here. Write in a room that I carry first, and then to me again.
    ");
    assert_snapshot!(town.heard().await, @"");
    assert_snapshot!(town.verdicts().await.contains("unknown-channel"), @"true");
    assert!(!is_kept(&town, "Let me in"));
}

#[tokio::test]
async fn a_private_chat_that_was_linked_and_left_is_private_again() {
    let mut town = where_ana_is_known().await;
    town.links("general", "telegram @Ana").await;
    town.says("telegram @Ana", "Ana", "To all of you").await;
    town.settle().await;
    town.unlinks("telegram @Ana").await;
    town.says("telegram @Ana", "Ana", "To you alone").await;
    town.bridge_says("telegram @Ana", "I hear you").await;
    town.settle().await;
    assert_snapshot!(town.transcript("telegram #general"), @r"
    Ana: Hello
    [bot]: Ana (Telegram): To all of you
    ");
    assert_snapshot!(town.transcript("telegram @Ana"), @r"
    Ana: To all of you
    Ana: To you alone
    [bot]: I do not understand that. It goes to nobody and is not kept. Perhaps you mean one of these:
    [bot]: Spring Gathering
    ");
    assert!(!is_kept(&town, "To you alone"));
}
