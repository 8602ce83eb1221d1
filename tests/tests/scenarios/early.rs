//! Platforms tell of things in another order than they happened; people see the same in the end.

use causeway_tests::{Town, chat, larger_town, letters, town};
use conversation::{ChannelRef, Event, Inbound};
use insta::assert_snapshot;

#[tokio::test]
async fn an_edit_that_comes_before_its_message_is_what_is_posted() {
    let mut town = larger_town().await;
    let said = town.will_say("telegram #general", "Ana", "See you on Firday");
    let edited = town.will_edit("telegram #general", "Ana", "Firday", "See you on Friday");
    town.hears(edited).await;
    town.settle().await;
    town.restarts().await;
    assert_snapshot!(town.verdicts().await, @"event-2: came-early");
    town.minutes_pass(59);
    town.hears(said).await;
    town.settle().await;
    assert_snapshot!(town.transcript("discord #lobby"), @"[bot]: Ana (Telegram, sent 09:00 UTC): See you on Friday");
    assert_snapshot!(town.verdicts().await, @r"
    discord: own-words
    list: own-copy
    ");
}

#[tokio::test]
async fn what_was_deleted_before_it_came_never_goes_out() {
    let mut town = larger_town().await;
    let said = town.will_say("telegram #general", "Ana", "Oops");
    let deleted = town.will_delete("telegram #general", "Ana", "Oops");
    town.hears(deleted).await;
    town.hears(said).await;
    town.settle().await;
    assert_snapshot!(town.transcript("discord #lobby"), @"");
    assert_snapshot!(town.deliveries().await, @r#"
    post "(its words were erased)" -> discord:#lobby suppressed: deleted-before-sent
    post "(its words were erased)" -> list:spring@ suppressed: deleted-before-sent
    delete "(its words were erased)" -> discord:#lobby suppressed: never-posted
    delete "(its words were erased)" -> list:spring@ suppressed: deletes-unsupported
    "#);
}

#[tokio::test]
async fn a_change_waits_an_hour_for_its_message_and_no_longer() {
    let mut town = town().await;
    let said = town.will_say("telegram #general", "Ana", "Oops");
    let deleted = town.will_delete("telegram #general", "Ana", "Oops");
    town.hears(deleted).await;
    town.minutes_pass(61);
    town.settle().await;
    assert_snapshot!(town.verdicts().await, @"event-2: unknown-target");
    town.hears(said).await;
    town.settle().await;
    assert_snapshot!(town.transcript("list spring@"), @"Ana: (sent 09:00 UTC) Oops");
}

/// The platform tells of a reaction to our copy before it answers us.
#[tokio::test]
async fn a_reaction_that_overtakes_the_receipt_of_a_copy_is_not_lost() {
    let mut town = larger_town().await;
    town.says("telegram #general", "Ana", "We have a hall!")
        .await;
    town.step_once().await;
    town.reacts("discord #lobby", "Bo", "a hall", "🎉").await;
    town.settle().await;
    assert_snapshot!(town.transcript("telegram #general"), @"Ana: We have a hall! [🎉]");
}

/// People see our copy before its receipt is on disk.
#[tokio::test]
async fn an_answer_that_overtakes_the_receipt_of_a_copy_stands_below_it() {
    let mut town = larger_town().await;
    town.says("telegram #general", "Ana", "We have a hall!")
        .await;
    town.step_once().await;
    let answer = town.will_reply("discord #lobby", "Bo", "a hall", "Where?");
    let behind = town.will_say("discord #lobby", "Cy", "And when?");
    town.hears_while_it_delivers([answer, behind]).await;
    town.settle().await;
    assert_snapshot!(town.transcript("telegram #general"), @r"
    Ana: We have a hall!
      > [bot]: Bo (Discord): Where?
    [bot]: Cy (Discord): And when?
    ");
}

#[tokio::test]
async fn an_older_edit_that_comes_late_changes_nothing() {
    let mut town = larger_town().await;
    town.says("telegram #general", "Ana", "one").await;
    town.settle().await;
    let older = town.will_edit("telegram #general", "Ana", "one", "two");
    town.seconds_pass(5);
    let newer = town.will_edit("telegram #general", "Ana", "two", "three");
    town.hears(newer).await;
    town.hears(older).await;
    town.settle().await;
    assert_snapshot!(town.transcript("discord #lobby"), @"[bot]: Ana (Telegram): three (edited)");
}

/// Two messages and all that happens to them.
fn story(town: &mut Town) -> Vec<Inbound> {
    let at = "telegram #general";
    let mut events = vec![
        town.will_say(at, "Ana", "Bread on Firday"),
        town.will_say(at, "Bo", "Tea is redy"),
    ];
    for (who, words, text) in [
        ("Ana", "Bread", "Bread on Friday"),
        ("Bo", "Tea", "Tea is ready"),
        ("Ana", "Bread", "Bread on Friday at five"),
        ("Bo", "Tea", "Tea is ready now"),
    ] {
        town.seconds_pass(5);
        events.push(town.will_edit(at, who, words, text));
    }
    for words in ["Bread", "Tea"] {
        town.seconds_pass(5);
        events.push(town.will_react(at, "Cy", words, "👍"));
    }
    town.seconds_pass(5);
    events.push(town.will_delete(at, "Bo", "Tea"));
    events
}

/// The same for the same seed.
fn shuffled<T>(mut items: Vec<T>, mut seed: u64) -> Vec<T> {
    for n in (1..items.len()).rev() {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        items.swap(n, usize::try_from(seed >> 33).expect("31 bits") % (n + 1));
    }
    items
}

#[tokio::test]
async fn a_hundred_orders_end_in_the_same_state() {
    for seed in 0..100 {
        let mut town = Town::build()
            .platform(chat("telegram"))
            .platform(chat("discord"))
            .room("general", &["telegram #general", "discord #lobby"])
            .open()
            .await;
        let events = story(&mut town);
        for (n, event) in shuffled(events, seed).into_iter().enumerate() {
            town.hears(event).await;
            // Now and then, what is known already goes out in between.
            if (seed + n as u64).is_multiple_of(3) {
                town.settle().await;
            }
        }
        town.settle().await;
        let seen = town.transcript("discord #lobby").replace(" (edited)", "");
        assert_eq!(
            seen, "[bot]: Ana (Telegram): Bread on Friday at five [👍]",
            "seed {seed}"
        );
    }
}

#[tokio::test]
async fn no_more_than_a_thousand_changes_of_a_channel_wait() {
    let mut town = Town::build()
        .platform(chat("telegram"))
        .platform(letters("list"))
        .room("general", &["telegram #general", "list spring@"])
        .open()
        .await;
    let at = ChannelRef::new("telegram", "#general");
    for n in 0..1001 {
        let messages = vec![format!("unknown-{n}").into()];
        town.happens(&at, "Ana", Event::Deleted { messages }).await;
    }
    let verdicts = town.verdicts().await;
    assert_eq!(verdicts.matches("came-early").count(), 1000);
    assert_eq!(verdicts.matches("unknown-target").count(), 1);
}
