//! What the app may ask about itself, the workspace and its channels.

use serde_json::json;

use super::stage::{BOT, Stage};

#[tokio::test]
async fn the_app_learns_who_it_is() {
    let stage = Stage::open().await;
    let me = stage.call("auth.test", json!({})).await;
    let app = stage.slack.app();
    assert_eq!(me["user_id"], app.bot_user_id.as_str());
    assert_eq!(me["bot_id"], app.bot_id.as_str());
    assert_eq!(me["team"], "Spring");
    let team = stage.read("team.info", &[]).await;
    assert_eq!(team["team"]["id"], app.team_id.as_str());
    let bot = stage.read("bots.info", &[("bot", &app.bot_id)]).await;
    assert_eq!(bot["bot"]["name"], "Causeway");
    let echo = stage.call("api.test", json!({ "foo": "bar" })).await;
    assert_eq!(echo["args"]["foo"], "bar");
    stage.assert_legal();
}

#[tokio::test]
async fn scopes_stand_in_the_headers_and_gets_are_taken() {
    let stage = Stage::open().await;
    let url = format!("{}/api/auth.test", stage.base);
    let response = stage.http.get(url).bearer_auth(BOT).send().await.unwrap();
    let scopes = response.headers()["x-oauth-scopes"]
        .to_str()
        .unwrap()
        .to_owned();
    assert!(scopes.contains("chat:write.customize"), "{scopes}");
}

#[tokio::test]
async fn channels_come_page_by_page_and_private_ones_only_to_members() {
    let stage = Stage::open().await;
    for number in 0..5 {
        stage.slack.add_channel(&format!("room-{number}"));
    }
    let hidden = stage.slack.add_private_channel("hidden");
    let mut names = Vec::new();
    let mut cursor = String::new();
    loop {
        let fields = [
            ("types", "public_channel,private_channel"),
            ("limit", "2"),
            ("cursor", cursor.as_str()),
        ];
        let page = stage.read("conversations.list", &fields).await;
        let channels = page["channels"].as_array().unwrap();
        assert!(channels.len() <= 2);
        names.extend(
            channels
                .iter()
                .map(|it| it["name"].as_str().unwrap().to_owned()),
        );
        cursor = page["response_metadata"]["next_cursor"]
            .as_str()
            .unwrap()
            .to_owned();
        if cursor.is_empty() {
            break;
        }
    }
    assert_eq!(names, ["room-0", "room-1", "room-2", "room-3", "room-4"]);
    let refused = stage
        .refused_form("conversations.info", &[("channel", &hidden.0)])
        .await;
    assert_eq!(refused, "channel_not_found");
    stage.slack.invite_bot(&hidden).unwrap();
    let info = stage
        .read("conversations.info", &[("channel", &hidden.0)])
        .await;
    assert_eq!(info["channel"]["is_private"], true);
    assert_eq!(info["channel"]["is_member"], true);
}

#[tokio::test]
async fn the_bot_joins_by_itself_and_leaves() {
    let stage = Stage::open().await;
    let channel = stage.slack.add_channel("open");
    let answer = stage
        .call("conversations.join", json!({ "channel": channel }))
        .await;
    assert_eq!(answer["channel"]["is_member"], true);
    let again = stage
        .call("conversations.join", json!({ "channel": channel }))
        .await;
    assert_eq!(again["warning"], "already_in_channel");
    let members = stage
        .read("conversations.members", &[("channel", &channel.0)])
        .await;
    assert_eq!(members["members"], json!([stage.slack.bot()]));
    stage
        .call("conversations.leave", json!({ "channel": channel }))
        .await;
    assert!(!stage.slack.view_channel(&channel, 9).unwrap().bot_is_member);
}

#[tokio::test]
async fn people_and_their_groups_are_known_by_id() {
    let stage = Stage::open().await;
    let ana = stage.slack.add_person("Ana Ruiz");
    stage.slack.set_names(&ana, "ana", "Ana Ruiz").unwrap();
    let group = stage
        .slack
        .add_user_group("stewards", std::slice::from_ref(&ana));
    let user = stage.read("users.info", &[("user", &ana.0)]).await;
    let profile = &user["user"]["profile"];
    assert_eq!(profile["display_name"], "ana");
    assert!(profile["image_192"].as_str().unwrap().ends_with("_192.png"));
    let same = stage.read("users.profile.get", &[("user", &ana.0)]).await;
    assert_eq!(same["profile"]["real_name"], "Ana Ruiz");
    let all = stage.read("users.list", &[("limit", "100")]).await;
    assert_eq!(all["members"].as_array().unwrap().len(), 2);
    let groups = stage
        .read("usergroups.list", &[("include_users", "true")])
        .await;
    assert_eq!(groups["usergroups"][0]["id"], group.0.as_str());
    assert_eq!(groups["usergroups"][0]["users"], json!([ana]));
    assert_eq!(
        stage
            .refused_form("users.info", &[("user", "U000000000")])
            .await,
        "user_not_found"
    );
}

#[tokio::test]
async fn a_direct_message_is_opened_once() {
    let stage = Stage::open().await;
    let ana = stage.slack.add_person("Ana");
    let open = json!({ "users": ana });
    let first = stage.call("conversations.open", open.clone()).await;
    let again = stage.call("conversations.open", open).await;
    assert_eq!(first["channel"]["id"], again["channel"]["id"]);
    let channel = stage.slack.direct_message(&ana).unwrap();
    assert_eq!(first["channel"]["id"], channel.0.as_str());
    stage
        .call(
            "chat.postMessage",
            json!({ "channel": ana, "text": "Hello, Ana" }),
        )
        .await;
    let seen = stage.slack.view_channel(&channel, 9).unwrap();
    assert_eq!(
        (seen.kind, seen.messages[0].text.as_str()),
        ("im", "Hello, Ana")
    );
}
