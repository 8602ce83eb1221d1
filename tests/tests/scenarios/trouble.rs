//! What people see when a platform fails.

use std::time::Duration;

use causeway_tests::{Town, chat, larger_town, list, town};
use conversation::{SendError, StormLimits, Timestamp};
use engine::status::{Health, Status, Surroundings};
use insta::assert_snapshot;
use store::{INSTALLATION, Notice, NoticeKind};

#[tokio::test]
async fn a_channel_keeps_its_order_while_its_platform_is_down() {
    let mut town = town().await;
    town.next_send_fails("list", SendError::Unavailable("maintenance".into()));
    town.says("telegram #general", "Ana", "one").await;
    town.says("telegram #general", "Ana", "two").await;
    town.settle().await;
    assert_snapshot!(town.transcript("list spring@"), @"");
    town.seconds_pass(2);
    town.settle().await;
    assert_snapshot!(town.transcript("list spring@"), @r"
    Ana: one
    Ana: two
    ");
}

#[tokio::test]
async fn one_slow_channel_holds_nobody_else_back() {
    let mut town = larger_town().await;
    town.next_send_fails(
        "discord",
        SendError::RateLimited {
            wait: Duration::from_secs(60),
        },
    );
    town.says("telegram #general", "Ana", "one").await;
    town.settle().await;
    assert_snapshot!(town.transcript("list spring@"), @"Ana: one");
    assert_snapshot!(town.transcript("discord #lobby"), @"");
    town.seconds_pass(60);
    town.settle().await;
    assert_snapshot!(town.transcript("discord #lobby"), @"[bot]: Ana (Telegram): one");
}

#[tokio::test]
async fn nothing_is_sent_before_the_wait_that_the_platform_asked_for_ends() {
    let mut town = town().await;
    town.next_send_fails(
        "list",
        SendError::RateLimited {
            wait: Duration::from_secs(600),
        },
    );
    town.says("telegram #general", "Ana", "one").await;
    town.settle().await;
    for _ in 0..9 {
        town.minutes_pass(1);
        town.settle().await;
    }
    assert_eq!(town.n_sends("list"), 1);
    town.minutes_pass(1);
    town.settle().await;
    assert_eq!(town.n_sends("list"), 2);
}

#[tokio::test]
async fn a_refused_message_goes_to_the_dead_letters_and_the_channel_goes_on() {
    let mut town = town().await;
    town.next_send_fails("list", SendError::Refused("too spicy".into()));
    town.says("telegram #general", "Ana", "one").await;
    town.says("telegram #general", "Ana", "two").await;
    town.settle().await;
    assert_snapshot!(town.transcript("list spring@"), @"Ana: two");
    assert_snapshot!(town.deliveries().await, @r#"
    post "one" -> list:spring@ dead: the platform refused the message: too spicy
    post "two" -> list:spring@ sent
    post "(the bridge itself: not-delivered)" -> telegram:#general sent
    "#);
    assert_snapshot!(town.notices().await, @"dead-letter list:spring@: some messages could not be delivered: `causeway dead list` says which and why");
    town.staff_retries_all().await;
    town.settle().await;
    assert_snapshot!(town.transcript("list spring@"), @r"
    Ana: two
    Ana: one
    ");
}

#[tokio::test]
async fn a_platform_that_is_down_for_more_than_a_day_costs_what_is_older_than_a_day() {
    let mut town = town().await;
    town.goes_down("list");
    town.says("telegram #general", "Ana", "on Monday").await;
    hours_pass(&mut town, 20).await;
    town.says("telegram #general", "Ana", "on Tuesday").await;
    hours_pass(&mut town, 10).await;
    town.comes_back("list");
    hours_pass(&mut town, 2).await;
    assert_snapshot!(town.deliveries().await, @r#"
    post "on Monday" -> list:spring@ dead: the platform cannot be reached: down
    post "(the bridge itself: not-yet-for)" -> telegram:#general sent
    post "on Tuesday" -> list:spring@ sent
    post "(the bridge itself: not-yet-for)" -> telegram:#general sent
    post "(the bridge itself: not-delivered)" -> telegram:#general sent
    "#);
}

#[tokio::test]
async fn a_message_over_which_the_adapter_stumbles_is_set_aside_after_three_tries() {
    let mut town = town().await;
    town.stumbles_over("telegram", "poison");
    town.says("list spring@", "Bo", "this is poison").await;
    town.says("list spring@", "Bo", "this is bread").await;
    for _ in 0..10 {
        town.settle().await;
        town.seconds_pass(1);
    }
    assert_snapshot!(town.transcript("telegram #general"), @"[bot]: Bo (email): this is bread");
    assert_snapshot!(town.deliveries().await, @r#"
    post "this is poison" -> telegram:#general dead: sending it fails in the same unexpected way each time
    post "this is poison" -> list:spring@ sent
    post "this is bread" -> telegram:#general sent
    post "this is bread" -> list:spring@ sent
    post "(the bridge itself: perhaps-not-delivered)" -> list:spring@ suppressed: for-the-author-alone
    "#);
}

#[tokio::test]
async fn refused_credentials_stop_one_platform_and_tell_staff_once() {
    let mut town = town().await;
    town.next_send_fails(
        "telegram",
        SendError::Unauthorised("the token was revoked".into()),
    );
    town.says("list spring@", "Bo", "one").await;
    town.says("list spring@", "Bo", "two").await;
    town.settle().await;
    town.minutes_pass(5);
    town.settle().await;
    assert_eq!(town.n_sends("telegram"), 1, "no hot retry");
    assert_snapshot!(town.notices().await, @"account-refused telegram: the account cannot be used: the token was revoked. Nothing is sent to telegram or heard from there until that is mended and Causeway is started again.");
    town.restarts().await;
    town.settle().await;
    assert_snapshot!(town.transcript("telegram #general"), @r"
    [bot]: Bo (email): one
    [bot]: Bo (email): two
    ");
    town.notices().await;
}

#[tokio::test]
async fn a_clock_that_goes_back_holds_nothing_back() {
    let mut town = Town::build()
        .platform(chat("telegram"))
        .platform(list("list"))
        .room("general", &["telegram #general", "list spring@"])
        .braked_at(StormLimits {
            per_room: 2,
            ..StormLimits::default()
        })
        .open()
        .await;
    town.says("telegram #general", "Ana", "one").await;
    town.says("telegram #general", "Ana", "two").await;
    town.clock_goes_back(1);
    town.says("telegram #general", "Ana", "three").await;
    town.settle().await;
    assert_snapshot!(town.transcript("list spring@"), @r"
    Ana: one
    Ana: two
    Ana: three
    ");
}

#[tokio::test]
async fn credentials_that_are_refused_again_after_a_new_start_are_news_again() {
    let mut town = town().await;
    let refused = || SendError::Unauthorised("the token was revoked".into());
    town.next_send_fails("telegram", refused());
    town.says("list spring@", "Bo", "one").await;
    town.settle().await;
    assert!(town.notices().await.contains("account-refused"));
    town.restarts().await;
    assert_eq!(town.notices().await, "");
    town.next_send_fails("telegram", refused());
    town.settle().await;
    assert!(town.notices().await.contains("account-refused"));
    town.restarts().await;
    town.settle().await;
}

async fn hours_pass(town: &mut Town, hours: u64) {
    for _ in 0..hours {
        town.settle().await;
        town.hours_pass(1);
    }
    town.settle().await;
}

#[tokio::test]
async fn a_channel_that_left_while_it_failed_is_nobodys_trouble() {
    let mut town = town().await;
    town.goes_down("list");
    town.says("telegram #general", "Ana", "one").await;
    town.settle().await;
    town.minutes_pass(1);
    // The attempt is made, and what came of it is not written down yet.
    town.step_once().await;
    town.unlinks("list spring@").await;
    town.settle().await;
    assert_eq!(town.notices().await, "");
    town.comes_back("list");
}

#[tokio::test]
async fn a_channel_that_left_and_came_back_is_told_of_anew() {
    let mut town = town().await;
    town.goes_down("list");
    fails_for_minutes(&mut town, "one").await;
    assert_snapshot!(town.notices().await, @"channel-fails list:spring@: nothing can be sent to list:spring@, and it is tried again by itself: down");
    town.unlinks("list spring@").await;
    town.links("general", "list spring@").await;
    assert_eq!(town.notices().await, "");
    fails_for_minutes(&mut town, "two").await;
    assert_snapshot!(town.notices().await, @"channel-fails list:spring@: nothing can be sent to list:spring@, and it is tried again by itself: down");
    town.comes_back("list");
    town.hours_pass(1);
    town.settle().await;
    assert_eq!(town.notices().await, "");
}

async fn fails_for_minutes(town: &mut Town, words: &str) {
    town.says("telegram #general", "Ana", words).await;
    for _ in 0..10 {
        town.settle().await;
        town.minutes_pass(1);
    }
    town.settle().await;
}

/// Two thousand readers in trouble are newer, and not as bad.
#[tokio::test]
async fn what_is_broken_is_told_however_much_else_is_open() {
    let town = town().await;
    let told = town.store().write(|tx| {
        Box::pin(async move {
            let notice = |kind, about, at| Notice::new(kind, about, "oh".into(), Timestamp(at));
            for number in 0..2_000 {
                let about = format!("list:spring@#{number}");
                let reader = notice(NoticeKind::ReaderTrouble, about, 1 + number);
                tx.notices(&INSTALLATION).tell_once(&reader).await?;
            }
            let refused = notice(NoticeKind::AccountRefused, "telegram".into(), 0);
            tx.notices(&INSTALLATION).tell_once(&refused).await
        })
    });
    told.await.expect("written");
    let around = Surroundings {
        community: None,
        version: "0",
        platforms: Vec::new(),
        storage: Vec::new(),
    };
    let status = Status::of(town.store(), around, Timestamp(3_000));
    let troubles = status.await.expect("told").troubles;
    let worst = troubles.iter().filter(|it| it.health == Health::Broken);
    assert!(worst.into_iter().any(|it| it.about == "telegram"));
    let of_notices = troubles.iter().filter(|it| it.kind != "not-at-work");
    assert_eq!(of_notices.count(), 2_001);
}

#[tokio::test]
async fn a_channel_for_which_nothing_waits_any_more_is_not_said_to_fail() {
    let mut town = town().await;
    town.goes_down("telegram");
    town.says("list spring@", "Bo", "Hello").await;
    town.settle().await;
    town.seconds_pass(60);
    town.settle().await;
    assert_snapshot!(town.notices().await, @"channel-fails telegram:#general: nothing can be sent to telegram:#general, and it is tried again by itself: down");
    for _ in 0..3 {
        town.hours_pass(24);
        town.settle().await;
    }
    assert_snapshot!(town.notices().await, @"dead-letter telegram:#general: some messages could not be delivered: `causeway dead list` says which and why");
    town.comes_back("telegram");
}
