//! What people do reaches the app as Slack's own programs write it.

use insta::assert_snapshot;
use sandbox::slack::{Misuse, Said, SaidFile};
use serde_json::{Value, json};

use super::stage::Stage;

#[tokio::test]
async fn words_come_with_the_block_that_slack_makes_of_them() {
    let stage = Stage::open().await;
    let place = stage.place();
    let bo = stage.slack.add_person("Bo Lind");
    let group = stage.slack.add_user_group("stewards", &[]);
    let mut socket = stage.connect().await;
    let typed = "Hi @Bo Lind and @stewards, see #spring :tada: *now* _or_ ~never~ `x = 1 & 2`\n> quoted\n- one\n- two\n1. first\n```let a = 1;```\nhttps://example.org/a?b=1&c=2 [here](https://example.org) @here";
    stage.slack.say(&place.channel, &place.ana, typed).unwrap();
    let event = socket.event_of("message").await;
    assert_eq!(event["channel_type"], "channel");
    assert_eq!(event["user"], place.ana.0.as_str());
    assert!(event["client_msg_id"].is_string());
    assert_eq!(event["event_ts"], event["ts"]);
    let text = event["text"].as_str().unwrap();
    let text = text
        .replace(&bo.0, "BO")
        .replace(&group.0, "GROUP")
        .replace(&place.channel.0, "CHANNEL");
    assert_snapshot!(text, @r"
    Hi <@BO> and <!subteam^GROUP>, see <#CHANNEL> :tada: *now* _or_ ~never~ `x = 1 &amp; 2`
    &gt; quoted
    • one
    • two
    1. first
    ```let a = 1;```
    <https://example.org/a?b=1&c=2> <https://example.org|here> <!here>
    ");
    let elements = event["blocks"][0]["elements"].as_array().unwrap();
    let kinds: Vec<&str> = elements
        .iter()
        .map(|it| it["type"].as_str().unwrap())
        .collect();
    assert_eq!(
        kinds,
        [
            "rich_text_section",
            "rich_text_quote",
            "rich_text_list",
            "rich_text_list",
            "rich_text_preformatted",
            "rich_text_section"
        ]
    );
    assert_eq!(
        elements[0]["elements"][1],
        json!({ "type": "user", "user_id": bo.0 })
    );
    let blocks = json!({ "channel": place.channel, "text": "x", "blocks": event["blocks"] });
    stage.call("chat.postMessage", blocks).await;
}

#[tokio::test]
async fn a_conversation_is_told_in_order() {
    let stage = Stage::open().await;
    let place = stage.place();
    let slack = &stage.slack;
    let mut socket = stage.connect().await;
    let root = slack.say(&place.channel, &place.ana, "root").unwrap();
    let reply = slack
        .reply_in_thread(&place.channel, root, &place.ana, "reply")
        .unwrap();
    let aloud = slack
        .reply_and_broadcast(&place.channel, reply, &place.ana, "aloud")
        .unwrap();
    slack
        .edit(&place.channel, reply, &place.ana, "better")
        .unwrap();
    slack.delete(&place.channel, aloud, &place.ana).unwrap();
    slack.delete(&place.channel, root, &place.ana).unwrap();
    slack
        .say(&place.channel, &place.ana, Said::me("waves"))
        .unwrap();
    slack
        .react(&place.channel, reply, &place.ana, "wave::skin-tone-3")
        .unwrap();
    slack
        .unreact(&place.channel, reply, &place.ana, "wave::skin-tone-3")
        .unwrap();
    slack
        .set_topic(&place.channel, &place.ana, "bread")
        .unwrap();
    let mut lines = Vec::new();
    while lines.len() < 10 {
        let event = socket.event().await;
        let named = |value: &Value| value["text"].as_str().unwrap_or("").to_owned();
        let text = match event["message"].is_object() {
            true => format!(
                "{} <- {}",
                named(&event["message"]),
                named(&event["previous_message"])
            ),
            false if event["previous_message"].is_object() => named(&event["previous_message"]),
            false => named(&event),
        };
        let thread = event["thread_ts"]
            .as_str()
            .map(|_| "in thread ")
            .unwrap_or("");
        let kind = event["type"].as_str().unwrap();
        let subtype = event["subtype"].as_str().unwrap_or("");
        if kind.starts_with("message") || kind.starts_with("reaction") {
            let name = event["reaction"].as_str().unwrap_or("");
            lines.push(
                format!("{kind} {subtype} {thread}{text}{name}").replace(&place.ana.0, "ANA"),
            );
        }
    }
    assert_snapshot!(lines.join("\n"), @r"
    message  root
    message  in thread reply
    message thread_broadcast in thread aloud
    message message_changed better <- reply
    message message_deleted aloud
    message message_changed This message was deleted. <- root
    message me_message waves
    reaction_added  wave::skin-tone-3
    reaction_removed  wave::skin-tone-3
    message channel_topic <@ANA> set the channel topic: bread
    ");
}

#[tokio::test]
async fn comings_and_goings_are_told() {
    let stage = Stage::open().await;
    let place = stage.place();
    let slack = &stage.slack;
    let mut socket = stage.connect().await;
    let bo = slack.add_person("Bo");
    slack.join(&place.channel, &bo).unwrap();
    let joined = socket.event_of("member_joined_channel").await;
    assert_eq!(joined["user"], bo.0.as_str());
    let said = socket.event_of("message.channel_join").await;
    assert_eq!(said["text"], format!("<@{bo}> has joined the channel"));
    slack.leave(&place.channel, &bo).unwrap();
    assert_eq!(
        socket.event_of("member_left_channel").await["user"],
        bo.0.as_str()
    );
    slack.set_names(&bo, "", "Bo Lind").unwrap();
    let changed = socket.event_of("user_change").await;
    assert_eq!(changed["user"]["profile"]["real_name"], "Bo Lind");
    slack.rename(&place.channel, "summer").unwrap();
    assert_eq!(
        socket.event_of("channel_rename").await["channel"]["name"],
        "summer"
    );
    slack.archive(&place.channel, &place.ana).unwrap();
    assert_eq!(
        socket.event_of("channel_archive").await["user"],
        place.ana.0.as_str()
    );
    slack.unarchive(&place.channel, &place.ana).unwrap();
    socket.event_of("channel_unarchive").await;
    slack.remove_bot(&place.channel).unwrap();
    assert_eq!(
        socket.event_of("channel_left").await["channel"],
        place.channel.0.as_str()
    );
    slack.invite_bot(&place.channel).unwrap();
    assert_eq!(
        socket.event_of("member_joined_channel").await["inviter"],
        place.ana.0.as_str()
    );
    slack.delete_channel(&place.channel, &place.ana).unwrap();
    socket.event_of("channel_deleted").await;
    slack.uninstall();
    socket.event_of("app_uninstalled").await;
    socket.event_of("tokens_revoked").await;
    assert!(socket.try_next().await.is_none());
}

#[tokio::test]
async fn the_bot_hears_only_where_it_is_and_may() {
    let stage = Stage::open().await;
    let place = stage.place();
    let strange = stage.slack.add_channel("strange");
    stage.slack.join(&strange, &place.ana).unwrap();
    let mut socket = stage.connect().await;
    stage.slack.say(&strange, &place.ana, "unheard").unwrap();
    stage.slack.take_scope("channels:history");
    stage
        .slack
        .say(&place.channel, &place.ana, "unheard too")
        .unwrap();
    stage.slack.say_to_bot(&place.ana, "in private").unwrap();
    let event = socket.event_of("message").await;
    assert_eq!(
        (event["text"].as_str(), event["channel_type"].as_str()),
        (Some("in private"), Some("im"))
    );
}

#[tokio::test]
async fn own_messages_and_those_of_other_apps_come_back() {
    let stage = Stage::open().await;
    let place = stage.place();
    let other = stage.slack.add_other_bot("Weather");
    stage.slack.join(&place.channel, &other).unwrap();
    let mut socket = stage.connect().await;
    let body = json!({ "channel": place.channel, "text": "hi", "username": "Bo" });
    stage.call("chat.postMessage", body).await;
    let echo = socket.event_of("message.bot_message").await;
    assert_eq!(echo["bot_id"], stage.slack.app().bot_id.as_str());
    assert_eq!(echo["username"], "Bo");
    stage.say(&place.channel, "as myself").await;
    let echo = socket.event_of("message").await;
    assert_eq!(echo["user"], stage.slack.bot().0.as_str());
    stage.slack.say(&place.channel, &other, "Rain").unwrap();
    let rain = socket.event_of("message").await;
    assert_ne!(rain["bot_id"], echo["bot_id"]);
    assert_eq!(rain["text"], "Rain");
}

#[tokio::test]
async fn files_come_with_where_to_fetch_them() {
    let stage = Stage::open().await;
    let place = stage.place();
    let mut socket = stage.connect().await;
    let mut file = SaidFile::new("bread plan.png", &b"\x89PNG..."[..]);
    file.alt_text = Some("A plan of bread".into());
    let said = Said::from("See").with_file(file);
    stage.slack.say(&place.channel, &place.ana, said).unwrap();
    socket.event_of("file_shared").await;
    let event = socket.event_of("message.file_share").await;
    let shown = &event["files"][0];
    assert_eq!(
        (shown["mimetype"].as_str(), shown["alt_txt"].as_str()),
        (Some("image/png"), Some("A plan of bread"))
    );
    let url = shown["url_private"].as_str().unwrap();
    let bytes = stage
        .http
        .get(url)
        .bearer_auth(super::stage::BOT)
        .send()
        .await
        .unwrap();
    assert_eq!(bytes.bytes().await.unwrap(), &b"\x89PNG..."[..]);
}

#[tokio::test]
async fn people_cannot_do_everything() {
    let stage = Stage::open().await;
    let place = stage.place();
    let bo = stage.slack.add_person("Bo");
    let ts = stage.slack.say(&place.channel, &place.ana, "Mine").unwrap();
    let slack = &stage.slack;
    let not_there = Misuse::NotAMember(bo.clone(), place.channel.clone());
    assert_eq!(slack.say(&place.channel, &bo, "x"), Err(not_there));
    slack.join(&place.channel, &bo).unwrap();
    assert_eq!(
        slack.edit(&place.channel, ts, &bo, "x"),
        Err(Misuse::NotTheAuthor(ts))
    );
    assert_eq!(slack.say(&place.channel, &bo, " "), Err(Misuse::Nothing));
    let no_emoji = Misuse::NoEmoji("thinking".into());
    assert_eq!(
        slack.react(&place.channel, ts, &bo, "thinking"),
        Err(no_emoji)
    );
    let odd = Said::rich(json!({ "type": "rich_text", "elements": [{ "type": "poem" }] }));
    assert!(matches!(
        slack.say(&place.channel, &bo, odd),
        Err(Misuse::NotRichText(_))
    ));
    slack.archive(&place.channel, &place.ana).unwrap();
    let archived = Misuse::Archived(place.channel.clone());
    assert_eq!(slack.say(&place.channel, &bo, "x"), Err(archived));
}
