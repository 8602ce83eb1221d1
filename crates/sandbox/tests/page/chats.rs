//! Discord and Slack on the page: what people do there, what cannot be done, and what goes wrong.

use reqwest::StatusCode;
use reqwest::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use serde_json::{Value, json};

use super::{Page, SCRIPT, page};

impl Page {
    fn kofi(&self) -> String {
        self.sandbox.town.cast.guild.members[0].1.to_string()
    }

    fn priya(&self) -> String {
        self.sandbox.town.cast.workspace.members[0].1.to_string()
    }

    /// Carries the act out as Kofi in the Discord channel, or as Priya in the Slack channel.
    async fn act_in(&self, platform: &str, act: &str, more: Value) -> (StatusCode, String) {
        let cast = &self.sandbox.town.cast;
        let (channel, person) = match platform {
            "discord" => (cast.guild.channel.to_string(), self.kofi()),
            _ => (cast.workspace.channel.to_string(), self.priya()),
        };
        let mut body =
            json!({ "act": format!("{platform}_{act}"), "channel": channel, "person": person });
        let fields = body.as_object_mut().unwrap();
        fields.extend(more.as_object().unwrap().clone());
        self.post("/api/act", body).await
    }

    async fn says_in(&self, platform: &str, more: Value) -> Value {
        let (status, text) = self.act_in(platform, "say", more).await;
        assert_eq!(status, StatusCode::OK, "{text}");
        serde_json::from_str(&text).unwrap()
    }

    async fn upload_photo(&self) -> Value {
        let photo: &[u8] = include_bytes!("../../src/town/room.jpg");
        let (_, text) = self.upload("room.jpg", "image/jpeg", photo).await;
        serde_json::from_str::<Value>(&text).unwrap()["id"].clone()
    }
}

/// Of the channel whose name people see.
fn messages_of(state: &Value, platform: &str) -> Vec<Value> {
    let channel = match platform {
        "discord" => &state[platform]["channels"][0],
        _ => &state[platform]["channel"],
    };
    channel["messages"].as_array().unwrap().clone()
}

#[tokio::test]
async fn on_discord_a_thread_begins_below_the_message_that_it_answers() {
    let page = page().await;
    let root = page
        .says_in("discord", json!({ "text": "Who has a *van*?\nA big one" }))
        .await;
    let root = root["message"].clone();
    let answer = page
        .says_in("discord", json!({ "text": "We do", "reply_to": root }))
        .await;
    let first = page
        .says_in("discord", json!({ "text": "The red one", "below": root }))
        .await;
    let second = page
        .says_in("discord", json!({ "text": "Full tank", "below": root }))
        .await;
    assert_eq!((&first["channel"], &second["channel"]), (&root, &root));
    let state = page.state().await;
    let messages = messages_of(&state, "discord");
    let said: Vec<&Value> = messages.iter().map(|it| &it["text"]).collect();
    assert_eq!(
        said,
        [&json!("Who has a *van*?\nA big one"), &json!("We do")]
    );
    assert_eq!(messages[0]["thread"], root);
    assert_eq!(messages[1]["id"], answer["message"]);
    assert_eq!(messages[1]["reply_to"]["id"], root);
    let channels = state["discord"]["channels"].as_array().unwrap();
    let thread = channels.iter().find(|it| it["id"] == root).unwrap();
    assert_eq!(thread["name"], "Who has a *van*?");
    let below = thread["messages"].as_array().unwrap().iter();
    let below: Vec<&Value> = below
        .filter(|it| it["is_system"] == false)
        .map(|it| &it["text"])
        .collect();
    assert_eq!(below, [&json!("The red one"), &json!("Full tank")]);
}

#[tokio::test]
async fn on_slack_replies_stand_below_their_root() {
    let page = page().await;
    let root = page
        .says_in("slack", json!({ "text": "Who has a *van*?" }))
        .await["message"]
        .clone();
    page.says_in("slack", json!({ "text": "We do", "thread": root }))
        .await;
    let state = page.state().await;
    let message = messages_of(&state, "slack").pop().unwrap();
    assert_eq!(
        (&message["ts"], &message["author"]),
        (&root, &json!("Priya Nair"))
    );
    assert_eq!(message["body"][0]["spans"][1]["bold"], true);
    assert_eq!(
        (&message["replies"][0]["text"], &message["reply_count"]),
        (&json!("We do"), &json!(1))
    );
}

#[tokio::test]
async fn on_discord_and_slack_people_edit_react_and_delete() {
    let page = page().await;
    for (platform, id, emoji) in [("discord", "id", "👏"), ("slack", "ts", "clap")] {
        let message = page.says_in(platform, json!({ "text": SCRIPT })).await["message"].clone();
        let gone = page.says_in(platform, json!({ "text": "gone" })).await["message"].clone();
        for (act, more) in [
            ("edit", json!({ "message": message, "text": "calmer" })),
            (
                "react",
                json!({ "message": message, "emoji": emoji, "on": true }),
            ),
            ("delete", json!({ "message": gone })),
        ] {
            let (status, text) = page.act_in(platform, act, more).await;
            assert_eq!(status, StatusCode::OK, "{platform} {act}: {text}");
        }
        let state = page.state().await;
        let last = messages_of(&state, platform).pop().unwrap();
        assert_eq!(
            (&last[id], &last["text"], &last["edited"]),
            (&message, &json!("calmer"), &json!(true))
        );
        assert_eq!(last["reactions"].as_array().unwrap().len(), 1, "{platform}");
        page.act_in(
            platform,
            "react",
            json!({ "message": message, "emoji": emoji, "on": false }),
        )
        .await;
        let last = messages_of(&page.state().await, platform).pop().unwrap();
        assert_eq!(last["reactions"], json!([]), "{platform}");
        if platform == "slack" {
            assert_eq!(state["slack"]["emoji"]["clap"], "👏");
        }
    }
}

#[tokio::test]
async fn a_picture_on_discord_and_slack_keeps_what_it_shows_in_words() {
    let page = page().await;
    for (platform, files, words) in [
        ("discord", "attachments", "description"),
        ("slack", "files", "alt_text"),
    ] {
        let file = json!({ "id": page.upload_photo().await, "description": " The room, swept " });
        page.says_in(platform, json!({ "text": "", "files": [file] }))
            .await;
        let message = messages_of(&page.state().await, platform).pop().unwrap();
        let shown = &message[files][0];
        assert_eq!(shown[words], "The room, swept", "{platform}");
        let answer = page.get(shown["url"].as_str().unwrap()).await;
        assert_eq!(answer.headers()[CONTENT_TYPE], "image/jpeg", "{platform}");
        assert!(
            answer.headers()[CONTENT_SECURITY_POLICY]
                .to_str()
                .unwrap()
                .ends_with("sandbox")
        );
    }
    let state = page.state().await;
    let picture = messages_of(&state, "discord").pop().unwrap()["picture"].clone();
    let answer = page.get(picture.as_str().unwrap()).await;
    assert_eq!(answer.headers()[CONTENT_TYPE], "image/png");
}

#[tokio::test]
async fn what_cannot_be_done_on_discord_and_slack_is_answered_in_words() {
    let page = page().await;
    let root = page.says_in("discord", json!({ "text": "Mine" })).await["message"].clone();
    let own = page.says_in("slack", json!({ "text": "Mine" })).await["message"].clone();
    let lena = page.sandbox.town.cast.guild.members[1].1.to_string();
    let jonas = page.sandbox.town.cast.workspace.members[1].1.to_string();
    let nobody = json!({ "text": "x", "person": "1" });
    let bad = [
        ("discord", "say", nobody.clone(), "there is no person 1"),
        (
            "discord",
            "say",
            json!({ "text": " ", "below": root }),
            "there is nothing to say",
        ),
        (
            "discord",
            "delete",
            json!({ "message": root, "person": lena }),
            "only its author can change message",
        ),
        (
            "discord",
            "react",
            json!({ "message": root, "emoji": "clap", "on": true }),
            "Discord has no emoji clap",
        ),
        (
            "discord",
            "press",
            json!({ "message": root, "button": "b" }),
            "no button of the message says b",
        ),
        ("slack", "say", nobody, "there is nobody with the id 1"),
        (
            "slack",
            "say",
            json!({ "text": "" }),
            "there is nothing to say",
        ),
        (
            "slack",
            "say",
            json!({ "text": "x", "files": [{ "id": 9 }] }),
            "A file is no longer here",
        ),
        (
            "slack",
            "edit",
            json!({ "message": own, "text": "x", "person": jonas }),
            "only its author can change message",
        ),
        (
            "slack",
            "react",
            json!({ "message": own, "emoji": "👏", "on": true }),
            "Slack has no emoji of the name 👏",
        ),
        (
            "slack",
            "say",
            json!({ "text": "x", "channel": "C0" }),
            "there is no channel C0",
        ),
    ];
    for (platform, act, more, why) in bad {
        let (status, text) = page.act_in(platform, act, more).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{platform} {act}: {text}");
        assert!(text.starts_with(why), "{platform} {act}: {text}");
    }
    let broken = page
        .act_in("slack", "edit", json!({ "message": "soon", "text": "x" }))
        .await;
    assert_eq!(broken.0, StatusCode::UNPROCESSABLE_ENTITY);
    // Nothing was begun by what was refused.
    assert_eq!(
        messages_of(&page.state().await, "discord").pop().unwrap()["thread"],
        Value::Null
    );
    for path in [
        "/files/discord/attachments/1/2/x.png",
        "/files/slack/F0/x.png",
    ] {
        assert_eq!(page.get(path).await.status(), StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn the_switches_of_discord_and_slack_go_back_too() {
    let page = page().await;
    let town = page.sandbox.town.clone();
    let (guild, workspace) = (town.cast.guild.clone(), town.cast.workspace.clone());
    for fault in [
        json!({ "fault": "discord_rate_limit", "seconds": 60 }),
        json!({ "fault": "discord_latency", "ms": 5 }),
        json!({ "fault": "discord_silent", "on": true }),
        json!({ "fault": "discord_refuse_resume", "on": true }),
        json!({ "fault": "discord_permission", "on": true }),
        json!({ "fault": "discord_kick", "on": true }),
        json!({ "fault": "slack_server_error", "seconds": 60 }),
        json!({ "fault": "slack_scope", "on": true }),
        json!({ "fault": "slack_remove", "on": true }),
        json!({ "fault": "slack_archive", "on": true }),
    ] {
        let (status, text) = page.post("/api/faults", fault).await;
        assert_eq!(status, StatusCode::OK, "{text}");
    }
    let limit = town.discord.faults(None).rate_limit.unwrap();
    assert!(limit.for_s > 50.0 && town.discord.gateway_faults().silent);
    assert!(!town.discord.view().has_bot);
    assert!(town.slack.faults(None).server_error.is_some());
    let channel = town.slack.view_channel(&workspace.channel, 0).unwrap();
    assert!(channel.archived && !channel.bot_is_member);
    assert_eq!(page.state().await["switches"]["slack"]["archive"], true);

    page.post("/api/faults", json!({ "fault": "all_well" }))
        .await;
    assert_eq!(town.discord.faults(None), Default::default());
    assert_eq!(town.discord.gateway_faults(), Default::default());
    assert!(town.discord.view().has_bot);
    assert_eq!(town.slack.faults(None), Default::default());
    let channel = town.slack.view_channel(&workspace.channel, 0).unwrap();
    assert!(!channel.archived && channel.bot_is_member);
    assert!(town.slack.app().scopes.contains("chat:write"));
    let switches = page.state().await["switches"].clone();
    assert!(!switches.to_string().contains("true"), "{switches}");

    town.discord
        .add_webhook(guild.channel, "Bridge", guild.members[0].1)
        .unwrap();
    page.post("/api/faults", json!({ "fault": "discord_webhook_deleted" }))
        .await;
    assert_eq!(town.discord.webhooks(guild.channel), []);
}
