//! What is said while a channel is closed to us waits, however it was closed: it goes in order once the channel is open again,
//! or stands in `dead list` after a day.

use std::time::Duration;

use conversation::OperationKind;
use sandbox::discord::{self, Permission};
use sandbox::{slack, telegram};
use store::DeliveryLine;

use super::dead::dead;
use crate::support::{Corner, ROOM, Square};

/// How a channel is closed to us, and opened again.
struct Closing {
    corner: Corner,
    close: fn(&Square),
    open: fn(&Square),
}

const HOUR: Duration = Duration::from_secs(3600);
const CAUSE: &str = "stayed closed";

/// Somebody whose channel stays open.
#[derive(Clone, Copy)]
enum Voice {
    Sia(slack::Ts),
    Dov(discord::MessageId),
}

fn says(square: &Square, closed: Corner, words: &str) -> Voice {
    let discord = &square.town.rig.discord;
    match closed {
        Corner::Slack => Voice::Dov(discord.say(square.discord, square.dov, words).unwrap()),
        _ => Voice::Sia(square.sia_says(words)),
    }
}

impl Voice {
    fn edits(self, square: &Square, words: &str) {
        let rig = &square.town.rig;
        match self {
            Voice::Sia(ts) => rig
                .slack
                .edit(&square.slack, ts, &square.sia, words)
                .unwrap(),
            Voice::Dov(id) => {
                let discord = &rig.discord;
                discord.edit(square.discord, id, square.dov, words).unwrap();
            }
        }
    }

    fn deletes(self, square: &Square) {
        let rig = &square.town.rig;
        match self {
            Voice::Sia(ts) => rig.slack.delete(&square.slack, ts, &square.sia).unwrap(),
            Voice::Dov(id) => rig.discord.delete(square.discord, id, square.dov).unwrap(),
        }
    }

    fn reacts(self, square: &Square) {
        let rig = &square.town.rig;
        match self {
            Voice::Sia(ts) => {
                let slack = &rig.slack;
                slack
                    .react(&square.slack, ts, &square.sia, "thumbsup")
                    .unwrap();
            }
            Voice::Dov(id) => {
                let discord = &rig.discord;
                discord.react(square.discord, id, square.dov, "👍").unwrap();
            }
        }
    }
}

/// Waits until all that was said so far is planned for the closed channel, and the channel is known to be closed.
async fn until_it_waits(square: &Square, corner: Corner, operations: &[(OperationKind, &str)]) {
    let to = square.channel(corner);
    for (operation, words) in operations {
        let is_it = |it: &DeliveryLine| {
            it.to == to && it.operation == *operation && it.message_excerpt == *words
        };
        square.town.until_delivery(words, is_it).await;
    }
    let closed = || {
        let rooms = square.town.causeway(&["room", "list"]).out;
        let mut lines = rooms.lines();
        lines.any(|it| it.contains(&to) && it.contains("closed to the bridge"))
    };
    square.town.until("it is known to be closed", closed).await;
    let deliveries = square.town.deliveries().await;
    let is_lost = |it: &DeliveryLine| it.reason.as_deref() == Some("link-suspended");
    assert!(!deliveries.iter().any(is_lost));
}

async fn starts_anew_after(square: &Square, by: Duration) {
    assert!(square.town.stop().success(), "{}", square.town.log());
    square.town.ages(by).await;
    square.town.begin().await;
}

fn has_a_reaction(square: &Square, corner: Corner, words: &str) -> bool {
    let rig = &square.town.rig;
    match corner {
        Corner::Telegram => {
            let messages = square.town.messages(square.telegram);
            let mut meant = messages.iter().filter(|it| it.text.contains(words));
            meant.any(|it| !it.reactions.is_empty())
        }
        Corner::Discord => {
            let channel = rig.discord.view_channel(square.discord, 100).unwrap();
            let mut meant = channel.messages.iter().filter(|it| it.text.contains(words));
            meant.any(|it| !it.reactions.is_empty())
        }
        Corner::Slack => {
            let channel = rig.slack.view_channel(&square.slack, 100).unwrap();
            let mut meant = channel.messages.iter().filter(|it| it.text.contains(words));
            meant.any(|it| !it.reactions.is_empty())
        }
        Corner::Mail => false,
    }
}

async fn opens_in_time(square: &Square, closing: &Closing) {
    let corner = closing.corner;
    let [kept, edited, deleted] =
        ["kept", "edited", "deleted"].map(|it| says(square, corner, &format!("is {it}")));
    square.until_at(corner, "is deleted").await;
    (closing.close)(square);
    says(square, corner, "wait 1");
    edited.edits(square, "is changed");
    deleted.deletes(square);
    kept.reacts(square);
    says(square, corner, "wait 2");
    let expected = [
        (OperationKind::Post, "wait 1"),
        (OperationKind::Edit, "is changed"),
        (OperationKind::Delete, "(its words were erased)"),
        (OperationKind::React, "is kept"),
        (OperationKind::Post, "wait 2"),
    ];
    until_it_waits(square, corner, &expected).await;
    starts_anew_after(square, 23 * HOUR).await;
    (closing.open)(square);
    square.until_at(corner, "wait 2").await;
    for (words, times) in [("is deleted", 0), ("is changed", 1), ("wait 1", 1)] {
        let seen = square.texts_with(corner, words).len();
        let deliveries = square.town.deliveries().await;
        assert_eq!(seen, times, "{words}: {deliveries:?}");
    }
    assert!(has_a_reaction(square, corner, "is kept"));
    assert_eq!(dead(&square.town).len(), 0);
}

async fn opens_too_late(square: &Square, closing: &Closing) {
    let corner = closing.corner;
    (closing.close)(square);
    for words in ["late 1", "late 2"] {
        says(square, corner, words);
    }
    let expected = [
        (OperationKind::Post, "late 1"),
        (OperationKind::Post, "late 2"),
    ];
    until_it_waits(square, corner, &expected).await;
    starts_anew_after(square, 25 * HOUR).await;
    let town = &square.town;
    town.until("both are given up", || dead(town).len() == 2)
        .await;
    for line in dead(town) {
        assert_eq!(line["to"], square.channel(corner));
        assert!(line["reason"].as_str().unwrap().contains(CAUSE), "{line}");
    }
    let home = match corner {
        Corner::Slack => Corner::Discord,
        _ => Corner::Slack,
    };
    square.until_at(home, CAUSE).await;
    (closing.open)(square);
    says(square, corner, "after");
    square.until_at(corner, "after").await;
    let answer = town.causeway(&["dead", "retry", "--all"]);
    assert_eq!(answer.code, 0, "{}", answer.err);
    square.until_at(corner, "late 2").await;
    let texts = square.texts_with(corner, "late ").into_iter();
    let texts: Vec<_> = texts.map(|it| it.contains("late 1")).collect();
    assert_eq!(texts, [true, false]);
    assert_eq!(square.texts_with(home, CAUSE).len(), 1);
}

async fn waits(corner: Corner, close: fn(&Square), open: fn(&Square)) {
    let square = Square::open().await;
    square.town.begin().await;
    let closing = Closing {
        corner,
        close,
        open,
    };
    opens_in_time(&square, &closing).await;
    opens_too_late(&square, &closing).await;
    square.town.end();
}

fn link_again(square: &Square, corner: Corner) {
    let link = ["room", "link", ROOM, &square.channel(corner)];
    let answer = square.town.causeway(&link);
    assert_eq!(answer.code, 0, "{}", answer.err);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_said_while_the_bot_is_kicked_from_a_group_waits() {
    let close = |square: &Square| {
        let telegram = &square.town.rig.telegram;
        telegram.kick_bot(square.telegram, square.town.ana).unwrap();
    };
    let open = |square: &Square| {
        let telegram = &square.town.rig.telegram;
        telegram
            .add_bot_back(square.telegram, square.town.ana)
            .unwrap();
    };
    waits(Corner::Telegram, close, open).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_said_while_a_group_refuses_the_bot_unheard_waits() {
    let close = |square: &Square| {
        let faults = telegram::Faults {
            forbidden: Some(telegram::Forbidden::Kicked),
            ..telegram::Faults::default()
        };
        let telegram = &square.town.rig.telegram;
        telegram.set_faults(Some(square.telegram), faults);
    };
    let open = |square: &Square| {
        let telegram = &square.town.rig.telegram;
        telegram.set_faults(Some(square.telegram), telegram::Faults::default());
        link_again(square, Corner::Telegram);
    };
    waits(Corner::Telegram, close, open).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_said_while_discord_puts_the_bot_out_waits() {
    let close = |square: &Square| square.town.rig.discord.kick_bot();
    let open = |square: &Square| square.town.rig.discord.add_bot_back();
    waits(Corner::Discord, close, open).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_said_while_a_permission_of_discord_is_missing_waits() {
    const TAKEN: [Permission; 2] = [Permission::ManageWebhooks, Permission::SendMessages];
    let close = |square: &Square| {
        let discord = &square.town.rig.discord;
        for permission in TAKEN {
            discord.deny(square.discord, permission).unwrap();
        }
        for webhook in discord.webhooks(square.discord) {
            discord.delete_webhook(webhook.id);
        }
    };
    let open = |square: &Square| {
        let discord = &square.town.rig.discord;
        for permission in TAKEN {
            discord.allow(square.discord, permission).unwrap();
        }
    };
    let square = Square::open().await;
    square.town.begin().await;
    let closing = Closing {
        corner: Corner::Discord,
        close,
        open,
    };
    // Without its webhook nobody can change what stood there before.
    opens_too_late(&square, &closing).await;
    square.town.end();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_said_while_a_channel_of_slack_is_archived_waits() {
    let close = |square: &Square| {
        let slack = &square.town.rig.slack;
        slack.archive(&square.slack, &square.sia).unwrap();
    };
    let open = |square: &Square| {
        let slack = &square.town.rig.slack;
        slack.unarchive(&square.slack, &square.sia).unwrap();
    };
    waits(Corner::Slack, close, open).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_said_while_slack_misses_a_scope_waits() {
    let close = |square: &Square| square.town.rig.slack.take_scope("chat:write");
    let open = |square: &Square| {
        square.town.rig.slack.grant_scope("chat:write");
        link_again(square, Corner::Slack);
    };
    waits(Corner::Slack, close, open).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_channel_that_was_opened_while_the_bridge_was_stopped_is_found_open() {
    let square = Square::open().await;
    square.town.begin().await;
    let slack = &square.town.rig.slack;
    slack.archive(&square.slack, &square.sia).unwrap();
    says(&square, Corner::Slack, "wait");
    until_it_waits(&square, Corner::Slack, &[(OperationKind::Post, "wait")]).await;
    assert!(square.town.stop().success());
    slack.unarchive(&square.slack, &square.sia).unwrap();
    square.town.begin().await;
    square.until_at(Corner::Slack, "wait").await;
    square.town.end();
}
