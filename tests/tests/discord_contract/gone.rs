//! What is closed to us, and how staff can open it.

use conversation::SendError;
use insta::assert_snapshot;
use sandbox::discord::Permission;

use crate::bridge::{Bridge, post, words};
use crate::intake::Ears;

#[tokio::test]
async fn a_deleted_webhook_is_made_anew() {
    let bridge = Bridge::open().await;
    let (channel, _) = bridge.channel_with("Ana");
    let old = bridge.post(channel, words("one")).await.remote_ids;
    let webhook = bridge.stand_in.webhooks(channel)[0].id;
    bridge.stand_in.delete_webhook(webhook);
    bridge.post(channel, words("two")).await;
    assert_snapshot!(bridge.seen(channel), @r"
    Bo (email): one
    Bo (email): two
    ");
    let edit = conversation::Operation::Edit {
        targets: old.clone(),
        post: Box::new(words("one!")),
    };
    assert_snapshot!(bridge.fails(channel, edit).await, @"the platform refused the message: it was posted through a webhook that is deleted, so nobody can change it");
    let delete = conversation::Operation::Delete { targets: old };
    bridge.send(channel, delete).await.unwrap();
    assert_snapshot!(bridge.seen(channel), @"Bo (email): two");
}

#[tokio::test]
async fn a_webhook_that_was_moved_speaks_in_no_wrong_channel() {
    let mut api = String::new();
    let bridge = Bridge::open_with(|it| api = it.api_url.clone()).await;
    let (channel, _) = bridge.channel_with("Ana");
    let other = bridge.stand_in.add_text_channel("other");
    bridge.post(channel, words("one")).await;
    let webhook = bridge.stand_in.webhooks(channel)[0].id;
    let moved = reqwest::Client::new()
        .patch(format!("{api}/webhooks/{webhook}"))
        .header("authorization", format!("Bot {}", crate::bridge::TOKEN))
        .json(&serde_json::json!({ "channel_id": other.to_string() }));
    assert!(moved.send().await.unwrap().status().is_success());
    bridge.post(channel, words("two")).await;
    assert_snapshot!(bridge.seen(channel), @r"
    Bo (email): one
    Bo (email): two
    ");
    assert_eq!(bridge.seen(other), "");
}

#[tokio::test]
async fn what_is_not_allowed_says_what_to_allow() {
    let bridge = Bridge::open().await;
    let (channel, _) = bridge.channel_with("Ana");
    bridge
        .stand_in
        .deny(channel, Permission::ManageWebhooks)
        .unwrap();
    let error = bridge.fails(channel, post(words("one"))).await;
    let SendError::ChannelGone(cure) = error else {
        panic!("{error:?}");
    };
    assert!(cure.contains("Manage Webhooks"), "{cure}");
    bridge
        .stand_in
        .allow(channel, Permission::ManageWebhooks)
        .unwrap();
    bridge.post(channel, words("one")).await;
}

#[tokio::test]
async fn a_deleted_channel_and_a_revoked_token_are_named() {
    let bridge = Bridge::open().await;
    let (channel, _) = bridge.channel_with("Ana");
    bridge.post(channel, words("one")).await;
    bridge.stand_in.delete_channel(channel).unwrap();
    let error = bridge.fails(channel, post(words("two"))).await;
    assert!(matches!(error, SendError::ChannelGone(_)), "{error:?}");
    bridge.stand_in.revoke_token();
    let other = bridge.stand_in.add_text_channel("other");
    let error = bridge.fails(other, post(words("two"))).await;
    assert!(matches!(error, SendError::Unauthorised(_)), "{error:?}");
}

#[tokio::test]
async fn being_put_out_and_let_in_again_is_heard() {
    let bridge = Bridge::open().await;
    let (_channel, _) = bridge.channel_with("Ana");
    let (mut ears, _receiving) = Ears::listen(&bridge).await;
    bridge.stand_in.set_outage(true);
    bridge.stand_in.set_outage(false);
    bridge.stand_in.kick_bot();
    assert_snapshot!(ears.next_lines(1).await, @r#"Somebody {"closed":{"why":"the bot was put out of the server: invite it again"}}"#);
    bridge.stand_in.add_bot_back();
    assert_snapshot!(ears.next_lines(1).await, @r#"Somebody "opened""#);
    bridge.stand_in.delete_channel(_channel).unwrap();
    assert_snapshot!(ears.next_lines(1).await, @r#"Somebody {"closed":{"why":"it is deleted: take it out of its room with `causeway room unlink`, and link another"}}"#);
}
