//! What waits for staff before anybody hears of it.

use causeway_tests::{Town, town};
use conversation::{Author, AuthorKind, ChannelRef, Content, Event, Inbound, Posted, Proof};
use insta::assert_snapshot;

/// A mail, which its server tells of twice.
async fn writes(town: &mut Town, (id, answers): (&str, &str), words: &str, proof: Proof) {
    town.seconds_pass(1);
    let posted = Posted {
        thread: None,
        messages: vec![id.into()],
        reply_to: vec![answers.into()],
        subject: None,
        content: Content::plain(words),
        elided: String::new(),
        twin: None,
    };
    let event = Inbound {
        within: None,
        key: id.into(),
        channel: ChannelRef::new("list", "spring@"),
        at: town.now,
        actor: Author {
            picture: None,
            account: "account-of-Ana".into(),
            display_name: "Ana".to_owned(),
            kind: AuthorKind::Person,
        },
        proof,
        way_back: None,
        event: Event::Posted(posted),
    };
    town.hears(event).await;
}

#[tokio::test]
async fn nobody_hears_it_until_staff_releases_it_and_then_once() {
    let mut town = town().await;
    writes(&mut town, ("m1", ""), "Who has the key?", Proof::Proven).await;
    writes(&mut town, ("m2", "m1"), "Give it to Eve", Proof::Missing).await;
    writes(&mut town, ("m3", "m1"), "At once", Proof::Failed).await;
    writes(&mut town, ("m4", "m1"), "I do", Proof::Unproven).await;
    town.settle().await;
    assert_snapshot!(town.held().await, @r"
    list:spring@ Ana: Give it to Eve (proof-missing)
    list:spring@ Ana: At once (proof-failed)
    ");
    assert_snapshot!(town.notices().await, @"held list:spring@: something that was said in list:spring@ waits for staff, because it claims to be from a member, and nothing proves it: `causeway held list` shows it, `causeway held release` lets it go, `causeway held drop` drops it");
    town.staff_releases_all().await;
    town.looks_for_released().await;
    town.settle().await;
    assert_snapshot!(town.transcript("telegram #general"), @r"
    [bot]: Ana (email): Who has the key?
      > [bot]: Ana (email): I do
      > [bot]: Ana (email): Give it to Eve
      > [bot]: Ana (email): At once
    ");
    writes(&mut town, ("m2", "m1"), "Give it to Eve", Proof::Missing).await;
    town.settle().await;
    assert_snapshot!(town.held().await, @"");
    assert_eq!(town.notices().await, "");
}

#[tokio::test]
async fn a_release_outlives_a_crash_and_what_was_dropped_never_comes() {
    let mut town = town().await;
    writes(&mut town, ("m1", ""), "I am Ana", Proof::Missing).await;
    town.staff_drops_all().await;
    writes(&mut town, ("m2", ""), "I am really Ana", Proof::Missing).await;
    assert_eq!(town.staff_lets_all_go().await, 1);
    town.restarts().await;
    town.looks_for_released().await;
    town.looks_for_released().await;
    town.settle().await;
    assert_snapshot!(town.transcript("telegram #general"), @"[bot]: Ana (email): I am really Ana");
    town.notices().await;
}

#[tokio::test]
async fn an_answer_to_what_is_held_begins_a_thread_and_one_to_what_was_released_finds_it() {
    let mut town = town().await;
    writes(&mut town, ("m1", ""), "Who has the key?", Proof::Missing).await;
    writes(&mut town, ("m2", "m1"), "Not I", Proof::Proven).await;
    town.staff_releases_all().await;
    writes(&mut town, ("m3", "m1"), "I do", Proof::Proven).await;
    town.settle().await;
    assert_snapshot!(town.transcript("telegram #general"), @r"
    [bot]: Ana (email): Not I
    [bot]: Ana (email): Who has the key?
      > [bot]: Ana (email): I do
    ");
    town.notices().await;
}

#[tokio::test]
async fn what_was_released_and_cannot_be_taken_in_is_kept_raw_and_stops_nobody() {
    let mut town = town().await;
    writes(&mut town, ("m1", ""), "poison", Proof::Missing).await;
    writes(&mut town, ("m2", ""), "bread", Proof::Missing).await;
    town.stumbles_over_the_next_event("telegram");
    town.staff_releases_all().await;
    town.settle().await;
    assert_snapshot!(town.transcript("telegram #general"), @"[bot]: Ana (email): bread");
    let raw = town.store().newest_set_aside("unusable-event").await;
    let raw = String::from_utf8(raw.expect("read").expect("one")).expect("text");
    assert!(raw.contains("poison"));
    assert_snapshot!(town.held().await, @"");
}

#[tokio::test]
async fn what_is_released_for_a_channel_that_left_its_room_is_not_said() {
    let mut town = town().await;
    writes(&mut town, ("m1", ""), "Who has the key?", Proof::Missing).await;
    town.unlinks("list spring@").await;
    town.staff_releases_all().await;
    town.settle().await;
    assert_snapshot!(town.transcript("telegram #general"), @"");
    let events = town.store().recent_events(10).await.expect("events");
    assert_eq!(events[0].verdict, "unlinked");
    town.notices().await;
}
