//! A channel or an account that is closed to us: its link rests, staff is told once and with the cure, and everybody else
//! goes on.

use std::time::Instant;

use sandbox::discord::Permission;
use store::{Notice, NoticeKind, Role, Store};

use crate::support::{EVA, PATIENCE, ROOM, Square};

/// But for what may have been missed: a channel that closes while its history is still read is told of so, too.
async fn notices(square: &Square) -> Vec<Notice> {
    let url = square.town.store_url();
    let store = Store::open(&url, Role::Visitor, engine::system_now());
    let store = store.await.unwrap();
    let mut notices = store.notices(100).await.unwrap();
    store.close().await;
    notices.retain(|it| it.kind != NoticeKind::WordsMissed);
    notices
}

/// What staff is told, in words; and nothing more, whatever is said now.
async fn told(square: &Square) -> String {
    let start = Instant::now();
    let mut told = notices(square).await;
    while told.is_empty() {
        assert!(start.elapsed() < PATIENCE, "{}", square.town.picture());
        told = notices(square).await;
    }
    for number in 0..3 {
        let words = format!("word {number}");
        square.town.says(0, words.as_str());
        square.town.gets(EVA, &words).await;
    }
    assert_eq!(notices(square).await, told);
    let line = |it: &Notice| format!("{} {}: {}", it.kind, it.about, it.text);
    told.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// The notice goes with its reason.
async fn until_open(square: &Square) {
    let start = Instant::now();
    while !notices(square).await.is_empty() {
        assert!(start.elapsed() < PATIENCE, "{}", square.town.picture());
    }
}

async fn until_on_discord(square: &Square, words: &str) {
    let discord = &square.town.rig.discord;
    let has_come = || {
        let channel = discord.view_channel(square.discord, 50);
        channel.is_some_and(|it| it.messages.iter().any(|it| it.text.contains(words)))
    };
    square.town.until(words, has_come).await;
}

async fn until_on_slack(square: &Square, words: &str) {
    let slack = &square.town.rig.slack;
    let has_come = || {
        let channel = slack.view_channel(&square.slack, 50);
        channel.is_some_and(|it| it.messages.iter().any(|it| it.text.contains(words)))
    };
    square.town.until(words, has_come).await;
}

async fn begun() -> Square {
    let square = Square::open().await;
    square.town.begin().await;
    square.town.says(0, "before");
    until_on_discord(&square, "before").await;
    until_on_slack(&square, "before").await;
    square
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_archived_channel_of_slack_rests_until_it_is_opened_again() {
    let square = begun().await;
    let slack = &square.town.rig.slack;
    slack.archive(&square.slack, &square.sia).unwrap();
    let said = told(&square).await;
    assert!(said.contains("channel-closed slack:"), "{said}");
    until_on_discord(&square, "word 2").await;
    slack.unarchive(&square.slack, &square.sia).unwrap();
    until_open(&square).await;
    square.town.says(0, "after");
    until_on_slack(&square, "after").await;
    square.town.end();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bot_that_was_put_out_of_a_channel_of_slack_says_how_to_be_let_in() {
    let square = begun().await;
    let slack = &square.town.rig.slack;
    slack.remove_bot(&square.slack).unwrap();
    let said = told(&square).await;
    assert!(said.contains("slack:"), "{said}");
    until_on_discord(&square, "word 2").await;
    slack.invite_bot(&square.slack).unwrap();
    until_open(&square).await;
    square.town.says(0, "after");
    until_on_slack(&square, "after").await;
    square.town.end();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_missing_scope_is_named() {
    let square = begun().await;
    square.town.rig.slack.take_scope("chat:write");
    square.town.says(0, "unheard");
    let said = told(&square).await;
    assert!(said.contains("chat:write"), "{said}");
    until_on_discord(&square, "word 2").await;
    // Slack does not tell that it has the scope again.
    square.town.rig.slack.grant_scope("chat:write");
    let channel = format!("slack:{}", square.slack);
    assert_eq!(
        square.town.causeway(&["room", "link", ROOM, &channel]).code,
        0
    );
    until_open(&square).await;
    square.town.says(0, "after");
    until_on_slack(&square, "after").await;
    square.town.end();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_revoked_token_stops_its_platform_alone() {
    let square = begun().await;
    square.town.rig.slack.revoke_tokens();
    let said = told(&square).await;
    assert!(said.contains("slack"), "{said}");
    square.town.rig.discord.revoke_token();
    square.town.says(0, "only mail");
    square.town.gets(EVA, "only mail").await;
    square.town.end();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_of_discord_that_puts_us_out_is_told_and_taken_up_again() {
    let square = begun().await;
    let discord = &square.town.rig.discord;
    discord.kick_bot();
    let said = told(&square).await;
    assert!(said.contains("channel-closed discord:"), "{said}");
    until_on_slack(&square, "word 2").await;
    discord.add_bot_back();
    until_open(&square).await;
    square.town.says(0, "after");
    until_on_discord(&square, "after").await;
    square.town.end();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_missing_permission_of_discord_is_named_and_noticed_when_it_is_given() {
    let square = begun().await;
    let discord = &square.town.rig.discord;
    for permission in [Permission::ManageWebhooks, Permission::SendMessages] {
        discord.deny(square.discord, permission).unwrap();
    }
    for webhook in discord.webhooks(square.discord) {
        discord.delete_webhook(webhook.id);
    }
    square.town.says(0, "unheard");
    let said = told(&square).await;
    assert!(said.contains("Manage Webhooks"), "{said}");
    until_on_slack(&square, "word 2").await;
    for permission in [Permission::ManageWebhooks, Permission::SendMessages] {
        discord.allow(square.discord, permission).unwrap();
    }
    until_open(&square).await;
    square.town.says(0, "after");
    until_on_discord(&square, "after").await;
    square.town.end();
}
