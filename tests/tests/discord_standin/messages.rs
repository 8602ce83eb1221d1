//! What a bot does with messages: it reads, says, answers, changes and takes back, with files and reactions.

use reqwest::multipart::{Form, Part};
use sandbox::discord::{ChannelId, Said};
use serde_json::{Value, json};

use crate::stage::{BOT, Stage, picture, text};

fn ids(list: &Value) -> Vec<&str> {
    list.as_array()
        .unwrap()
        .iter()
        .map(|it| text(&it["id"]))
        .collect()
}

#[tokio::test]
async fn the_bot_knows_itself_and_where_the_gateway_is() {
    let stage = Stage::open().await;
    let (channel, ana) = stage.channel_with("Ana");
    let guild = stage.discord.guild_id();
    assert_eq!(stage.get("/users/@me").await["id"], BOT);
    assert_eq!(stage.get("/applications/@me").await["bot"]["id"], BOT);
    assert_eq!(stage.get("/oauth2/applications/@me").await["id"], BOT);
    let gateway = stage.base.replace("http", "ws");
    assert_eq!(stage.get("/gateway").await["url"], gateway);
    assert_eq!(
        stage.get("/gateway/bot").await["session_start_limit"]["remaining"],
        1_000
    );
    assert_eq!(
        stage.get("/users/@me/guilds").await[0]["id"],
        guild.to_string()
    );
    assert_eq!(
        stage.get(&format!("/guilds/{guild}")).await["name"],
        "Neighbours"
    );
    assert_eq!(
        stage.get(&format!("/guilds/{guild}/channels")).await[0]["name"],
        "spring"
    );
    assert_eq!(
        stage.get(&format!("/guilds/{guild}/roles")).await[0]["name"],
        "@everyone"
    );
    assert_eq!(
        stage.get(&format!("/guilds/{guild}/members/{ana}")).await["user"]["global_name"],
        "Ana"
    );
    assert_eq!(stage.get(&format!("/users/{ana}")).await["username"], "ana");
    assert_eq!(stage.get(&format!("/channels/{channel}")).await["type"], 0);
    stage
        .done(&format!("POST /channels/{channel}/typing"), Value::Null)
        .await;
    stage.assert_legal();
}

#[tokio::test]
async fn history_is_read_in_pages_newest_first() {
    let stage = Stage::open().await;
    let (channel, ana) = stage.channel_with("Ana");
    let said: Vec<String> = (0..7)
        .map(|it| {
            stage
                .discord
                .say(channel, ana, format!("no. {it}").as_str())
                .unwrap()
                .to_string()
        })
        .collect();
    let page = async |query: &str| {
        let page = stage
            .get(&format!("/channels/{channel}/messages?{query}"))
            .await;
        let place = |id: &&str| said.iter().position(|it| it == id).unwrap();
        ids(&page).iter().map(place).collect::<Vec<_>>()
    };
    assert_eq!(page("limit=3").await, [6, 5, 4]);
    assert_eq!(page(&format!("limit=2&before={}", said[4])).await, [3, 2]);
    assert_eq!(page(&format!("limit=2&after={}", said[1])).await, [3, 2]);
    assert_eq!(
        page(&format!("limit=3&around={}", said[3])).await,
        [4, 3, 2]
    );
    assert_eq!(page("").await.len(), 7);
    stage.assert_legal();
}

#[tokio::test]
async fn a_message_is_said_answered_changed_and_taken_back() {
    let stage = Stage::open().await;
    let (channel, ana) = stage.channel_with("Ana");
    let question = stage.discord.say(channel, ana, "Who comes?").unwrap();
    let body = json!({
        "content": "Bo: me",
        "message_reference": { "message_id": question.to_string() },
        "allowed_mentions": { "parse": [] },
    });
    let route = format!("POST /channels/{channel}/messages");
    let answer = stage.done(&route, body).await;
    assert_eq!(answer["type"], 19);
    assert_eq!(answer["referenced_message"]["content"], "Who comes?");
    let path = format!("/channels/{channel}/messages/{}", text(&answer["id"]));
    assert_eq!(answer["edited_timestamp"], Value::Null);
    let changed = stage
        .done(&format!("PATCH {path}"), json!({ "content": "Bo: not me" }))
        .await;
    assert_eq!(changed["content"], "Bo: not me");
    assert!(changed["edited_timestamp"].is_string());
    assert_eq!(stage.get(&path).await, changed);
    stage.done(&format!("DELETE {path}"), Value::Null).await;
    assert_eq!(
        stage.refused(&format!("GET {path}"), Value::Null).await,
        "404 10008 Unknown Message"
    );
    stage.assert_legal();
}

#[tokio::test]
async fn a_nonce_that_is_enforced_makes_one_message() {
    let stage = Stage::open().await;
    let (channel, _) = stage.channel_with("Ana");
    let route = format!("POST /channels/{channel}/messages");
    let body = json!({ "content": "once", "nonce": "d1/0", "enforce_nonce": true });
    let first = stage.done(&route, body.clone()).await;
    let again = stage.done(&route, body).await;
    assert_eq!(first, again);
    assert_eq!(first["nonce"], "d1/0");
    // Without the rule a nonce is only a label.
    stage
        .done(&route, json!({ "content": "once", "nonce": "d1/0" }))
        .await;
    assert_eq!(stage.discord.counters().bot_messages, 2);
    assert_eq!(stage.discord.counters().known_nonces, 1);
    stage.assert_legal();
}

async fn with_files(stage: &Stage, channel: ChannelId) -> Value {
    let about = json!({
        "content": "two files",
        "attachments": [
            { "id": "0", "description": "a hill", "filename": "hill 1.png" },
            { "id": "1" },
        ],
    });
    let form = Form::new()
        .text("payload_json", about.to_string())
        .part("files[0]", Part::bytes(picture()).file_name("x.png"))
        .part(
            "files[1]",
            Part::bytes(b"plan".to_vec()).file_name("plan.txt"),
        );
    let (status, message) = stage
        .upload(&format!("POST /channels/{channel}/messages"), form)
        .await;
    assert_eq!(status, 200, "{message}");
    message
}

#[tokio::test]
async fn files_lie_behind_links_that_are_signed_and_expire() {
    let stage = Stage::open().await;
    let (channel, _) = stage.channel_with("Ana");
    let message = with_files(&stage, channel).await;
    let [hill, plan] = message["attachments"].as_array().unwrap().as_slice() else {
        panic!("{message}");
    };
    assert_eq!(
        (text(&hill["filename"]), text(&hill["description"])),
        ("hill_1.png", "a hill")
    );
    assert_eq!(
        (hill["width"].as_u64(), hill["height"].as_u64()),
        (Some(400), Some(300))
    );
    let fetch = async |url: &str| {
        let answer = stage.http.get(url).send().await.unwrap();
        (answer.status().as_u16(), answer.bytes().await.unwrap())
    };
    let url = text(&plan["url"]);
    assert_eq!(fetch(url).await, (200, "plan".into()));
    assert_eq!(fetch(url.split('?').next().unwrap()).await.0, 404);
    assert_eq!(fetch(&url.replace("hm=", "hm=0")).await.0, 404);
    stage.discord.expire_links_after(std::time::Duration::ZERO);
    let again = stage.get(&format!("/channels/{channel}/messages")).await;
    let expired = text(&again[0]["attachments"][1]["url"]).to_owned();
    assert_eq!(fetch(&expired).await.0, 404);
    // The old link still lives: each has its own time.
    assert_eq!(fetch(url).await.0, 200);
    let path = format!("/channels/{channel}/messages/{}", text(&message["id"]));
    let kept = json!({ "attachments": [{ "id": hill["id"] }] });
    let changed = stage.done(&format!("PATCH {path}"), kept).await;
    assert_eq!(changed["attachments"].as_array().unwrap().len(), 1);
    stage.done(&format!("DELETE {path}"), Value::Null).await;
    assert_eq!(fetch(url).await.0, 404);
    stage.assert_legal();
}

#[tokio::test]
async fn pictures_of_people_can_be_fetched() {
    let stage = Stage::open().await;
    let ana = stage.discord.add_member("Ana");
    let user = stage.get(&format!("/users/{ana}")).await;
    let hash = text(&user["avatar"]).to_owned();
    for (path, status) in [
        (format!("/avatars/{ana}/{hash}.png"), 200),
        ("/embed/avatars/3.png".to_owned(), 200),
        (format!("/avatars/77/{hash}.png"), 404),
        ("/nothing/here.png".to_owned(), 404),
    ] {
        let answer = stage
            .http
            .get(format!("{}{path}", stage.base))
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status().as_u16(), status, "{path}");
        assert_eq!(
            answer.bytes().await.unwrap().starts_with(b"\x89PNG"),
            status == 200
        );
    }
    stage.discord.set_picture(ana, false).unwrap();
    assert_eq!(
        stage.get(&format!("/users/{ana}")).await["avatar"],
        Value::Null
    );
    stage.assert_legal();
}

#[tokio::test]
async fn reactions_are_given_listed_and_taken() {
    let stage = Stage::open().await;
    let (channel, ana) = stage.channel_with("Ana");
    let custom = stage.discord.add_emoji("causeway");
    let custom = custom.trim_matches(['<', '>', ':']).replace(':', "%3A");
    let message = stage.discord.say(channel, ana, "hello").unwrap();
    let path = format!("/channels/{channel}/messages/{message}");
    let thumb = format!("{path}/reactions/%F0%9F%91%8D");
    stage.done(&format!("PUT {thumb}/@me"), Value::Null).await;
    stage.done(&format!("PUT {thumb}/@me"), Value::Null).await;
    stage
        .done(&format!("PUT {path}/reactions/{custom}/@me"), Value::Null)
        .await;
    stage.discord.react(channel, message, ana, "👍").unwrap();
    let shown = stage.get(&path).await;
    assert_eq!(shown["reactions"][0]["count"], 2);
    assert_eq!(shown["reactions"][0]["me"], true);
    assert_eq!(shown["reactions"][1]["emoji"]["name"], "causeway");
    assert_eq!(stage.get(&thumb).await.as_array().unwrap().len(), 2);
    stage
        .done(&format!("DELETE {thumb}/@me"), Value::Null)
        .await;
    stage
        .done(&format!("DELETE {thumb}/{ana}"), Value::Null)
        .await;
    stage
        .done(&format!("DELETE {path}/reactions/{custom}"), Value::Null)
        .await;
    assert!(stage.get(&path).await.get("reactions").is_none());
    stage.discord.react(channel, message, ana, "🎉").unwrap();
    stage
        .done(&format!("DELETE {path}/reactions"), Value::Null)
        .await;
    assert!(stage.get(&path).await.get("reactions").is_none());
    stage.assert_legal();
}

#[tokio::test]
async fn whom_a_message_rings_at_is_as_its_sender_allows() {
    let stage = Stage::open().await;
    let (channel, ana) = stage.channel_with("Ana");
    let bo = stage.discord.add_member("Bo");
    let role = stage.discord.add_role("helpers");
    let text = format!("<@{ana}> <@!{bo}> <@&{role}> @everyone `<@{ana}>`");
    let route = format!("POST /channels/{channel}/messages");
    let body = json!({ "content": text, "allowed_mentions": { "parse": [] } });
    let silent = stage.done(&route, body).await;
    assert_eq!(silent["mentions"], json!([]));
    assert_eq!(stage.discord.pings(), 0);
    let body = json!({ "content": text, "allowed_mentions": { "users": [ana.to_string()] } });
    let one = stage.done(&route, body).await;
    assert_eq!(ids(&one["mentions"]), [ana.to_string()]);
    let loud = stage.done(&route, json!({ "content": text })).await;
    assert_eq!(loud["mention_everyone"], true);
    assert_eq!(stage.discord.pings(), 1 + 4);
    let view = stage.discord.view_channel(channel, 1).unwrap();
    assert_eq!(
        view.messages[0].pings,
        ["Ana", "Bo", "@helpers", "@everyone"]
    );
    let question = stage.discord.say(channel, ana, Said::from("Who?")).unwrap();
    let reference = json!({ "message_id": question.to_string() });
    let reply = json!({ "content": "me", "message_reference": reference });
    assert_eq!(
        ids(&stage.done(&route, reply.clone()).await["mentions"]),
        [ana.to_string()]
    );
    let mut quiet = reply;
    quiet["allowed_mentions"] = json!({ "parse": ["users"], "replied_user": false });
    assert_eq!(stage.done(&route, quiet).await["mentions"], json!([]));
    stage.assert_legal();
}

#[tokio::test]
async fn a_private_channel_is_opened_once_and_may_be_shut() {
    let stage = Stage::open().await;
    let ana = stage.discord.add_member("Ana");
    let body = json!({ "recipient_id": ana.to_string() });
    let channel = stage.done("POST /users/@me/channels", body.clone()).await;
    assert_eq!(stage.done("POST /users/@me/channels", body).await, channel);
    let route = format!("POST /channels/{}/messages", text(&channel["id"]));
    stage.done(&route, json!({ "content": "hello" })).await;
    stage.discord.set_dms_open(ana, false).unwrap();
    let refused = stage.refused(&route, json!({ "content": "hello?" })).await;
    assert_eq!(refused, "403 50007 Cannot send messages to this user");
    let nobody = json!({ "recipient_id": "5" });
    assert_eq!(
        stage.refused("POST /users/@me/channels", nobody).await,
        "400 50033 Invalid Recipient(s)"
    );
    stage.assert_legal();
}

#[tokio::test]
async fn many_messages_go_at_once() {
    let stage = Stage::open().await;
    let (channel, ana) = stage.channel_with("Ana");
    let said: Vec<String> = (0..3)
        .map(|_| stage.discord.say(channel, ana, "spam").unwrap().to_string())
        .collect();
    let route = format!("POST /channels/{channel}/messages/bulk-delete");
    stage.done(&route, json!({ "messages": said[..2] })).await;
    let left = stage.get(&format!("/channels/{channel}/messages")).await;
    assert_eq!(ids(&left), [&said[2]]);
    stage.assert_legal();
}
