//! Buttons and commands: how they reach the bot, and the ways to answer.

use sandbox::discord::{ChannelId, InteractionId, Misuse, UserId};
use serde_json::{Value, json};

use crate::socket::{EVERYTHING, Socket};
use crate::stage::{BOT, Stage, text};

fn buttons() -> Value {
    json!([{ "type": 1, "components": [
        { "type": 2, "style": 1, "label": "Yes", "custom_id": "yes" },
        { "type": 2, "style": 4, "label": "No", "custom_id": "no", "disabled": true },
    ] }])
}

async fn offer(stage: &Stage) -> Value {
    let name = json!({ "type": 3, "name": "name", "description": "Which one" });
    let rooms = json!({ "name": "rooms", "description": "Lists rooms", "options": [name] });
    let guild = stage.discord.guild_id();
    let commands = format!("PUT /applications/{BOT}/guilds/{guild}/commands");
    stage.done(&commands, json!([rooms])).await
}

async fn command(stage: &Stage, channel: ChannelId, ana: UserId) -> InteractionId {
    offer(stage).await;
    let spring = [("name", "spring")];
    stage
        .discord
        .slash_command(channel, ana, "rooms", &spring)
        .unwrap()
}

async fn callback(socket: &mut Socket) -> (String, String) {
    let event = socket.event("INTERACTION_CREATE").await;
    let (id, token) = (text(&event["id"]), text(&event["token"]));
    (
        format!("POST /interactions/{id}/{token}/callback"),
        format!("/webhooks/{BOT}/{token}"),
    )
}

#[tokio::test]
async fn a_pressed_button_changes_its_message() {
    let stage = Stage::open().await;
    let (channel, ana) = stage.channel_with("Ana");
    let mut socket = stage.identified(EVERYTHING).await;
    let body = json!({ "content": "Ready?", "components": buttons() });
    let said = stage
        .done(&format!("POST /channels/{channel}/messages"), body)
        .await;
    socket.event("MESSAGE_CREATE").await;
    let message = sandbox::discord::MessageId(text(&said["id"]).parse().unwrap());
    for custom_id in ["no", "maybe"] {
        let refused = stage.discord.press_button(channel, message, ana, custom_id);
        assert_eq!(refused, Err(Misuse::NoButton(custom_id.to_owned())));
    }
    let id = stage
        .discord
        .press_button(channel, message, ana, "yes")
        .unwrap();
    let event = socket.event("INTERACTION_CREATE").await;
    assert_eq!(
        (&event["type"], text(&event["data"]["custom_id"])),
        (&json!(3), "yes")
    );
    assert_eq!(event["message"]["content"], "Ready?");
    assert_eq!(event["member"]["user"]["id"], ana.to_string());
    let callback = format!(
        "POST /interactions/{}/{}/callback",
        text(&event["id"]),
        text(&event["token"])
    );
    let changed = json!({ "type": 7, "data": { "content": "Done.", "components": [] } });
    stage.done(&callback, changed.clone()).await;
    assert_eq!(socket.event("MESSAGE_UPDATE").await["content"], "Done.");
    assert_eq!(stage.discord.interaction(id).unwrap().answered, Some(7));
    let again = stage.refused(&callback, changed).await;
    assert_eq!(
        again,
        "400 40060 Interaction has already been acknowledged."
    );
    stage.assert_legal();
}

#[tokio::test]
async fn a_command_is_answered_at_once_and_then_more() {
    let stage = Stage::open().await;
    let (channel, ana) = stage.channel_with("Ana");
    let registered = offer(&stage).await;
    assert_eq!(
        stage.get(&format!("/applications/{BOT}/commands")).await,
        registered
    );
    let mut socket = stage.identified(EVERYTHING).await;
    let id = command(&stage, channel, ana).await;
    let (answer, webhook) = callback(&mut socket).await;
    let hidden = json!({ "type": 4, "data": { "content": "for you", "flags": 64 } });
    let response = stage
        .done(&format!("{answer}?with_response=true"), hidden)
        .await;
    assert_eq!(response["resource"]["message"]["content"], "for you");
    stage
        .done(
            &format!("PATCH {webhook}/messages/@original"),
            json!({ "content": "only for you" }),
        )
        .await;
    assert_eq!(
        stage.get(&format!("{webhook}/messages/@original")).await["content"],
        "only for you"
    );
    let more = stage
        .done(&format!("POST {webhook}"), json!({ "content": "for all" }))
        .await;
    assert_eq!(socket.event("MESSAGE_CREATE").await["content"], "for all");
    let view = stage.discord.interaction(id).unwrap();
    assert_eq!(
        (view.hidden.as_slice(), view.shown.as_slice()),
        (
            ["only for you".to_owned()].as_slice(),
            ["for all".to_owned()].as_slice()
        )
    );
    let message = format!("{webhook}/messages/{}", text(&more["id"]));
    stage
        .done(
            &format!("PATCH {message}"),
            json!({ "content": "for us all" }),
        )
        .await;
    stage.done(&format!("DELETE {message}"), Value::Null).await;
    assert_eq!(
        stage
            .discord
            .view_channel(channel, 9)
            .unwrap()
            .messages
            .len(),
        0
    );
    stage.assert_legal();
}

#[tokio::test]
async fn an_answer_may_come_later() {
    let stage = Stage::open().await;
    let (channel, ana) = stage.channel_with("Ana");
    let mut socket = stage.identified(EVERYTHING).await;
    let id = command(&stage, channel, ana).await;
    let (answer, webhook) = callback(&mut socket).await;
    stage.done(&answer, json!({ "type": 5 })).await;
    assert_eq!(socket.event("MESSAGE_CREATE").await["flags"], 128);
    stage
        .done(
            &format!("PATCH {webhook}/messages/@original"),
            json!({ "content": "found" }),
        )
        .await;
    let event = socket.event("MESSAGE_UPDATE").await;
    assert_eq!(
        (text(&event["content"]), &event["flags"]),
        ("found", &json!(0))
    );
    assert_eq!(stage.discord.interaction(id).unwrap().shown, ["found"]);
    stage
        .done(&format!("DELETE {webhook}/messages/@original"), Value::Null)
        .await;
    socket.event("MESSAGE_DELETE").await;
    let wrong = stage
        .refused(
            &format!("POST /webhooks/{BOT}/wrong"),
            json!({ "content": "a" }),
        )
        .await;
    assert_eq!(wrong, "401 50027 Invalid Webhook Token");
    let unknown = stage
        .refused("POST /interactions/5/x/callback", json!({ "type": 6 }))
        .await;
    assert_eq!(unknown, "404 10062 Unknown interaction");
    stage.assert_legal();
}

#[tokio::test]
async fn a_command_works_in_a_private_channel_too() {
    let stage = Stage::open().await;
    let ana = stage.discord.add_member("Ana");
    let mut socket = stage.identified(EVERYTHING).await;
    let channel = stage.discord.open_dm(ana).unwrap();
    command(&stage, channel, ana).await;
    let event = socket.event("INTERACTION_CREATE").await;
    assert_eq!(event["user"]["id"], ana.to_string());
    assert!(event.get("member").is_none() && event.get("guild_id").is_none());
    assert_eq!(event["data"]["options"][0]["value"], "spring");
}
