//! The page's door and its API, over real HTTP.
#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use axum::Router;
use axum::routing::get;
use reqwest::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HOST, ORIGIN};
use reqwest::multipart::{Form, Part};
use reqwest::{Client, Response, StatusCode};
use sandbox::town::{Town, open_town};
use sandbox::{Ports, Sandbox};
use serde_json::{Value, json};

const SCRIPT: &str = "<script>alert(1)</script>";

struct Page {
    sandbox: Sandbox,
    client: Client,
    url: String,
}

async fn page_of(town: Town) -> Page {
    let mut sandbox = Sandbox::start(town, Ports::default()).await.unwrap();
    sandbox.serve_page(Router::new().route("/api/deliveries", get(|| async { "[]" })));
    Page {
        url: format!("http://{}", sandbox.addresses.page),
        client: Client::new(),
        sandbox,
    }
}

async fn page() -> Page {
    page_of(open_town()).await
}

impl Page {
    async fn get(&self, path: &str) -> Response {
        self.client
            .get(self.url.clone() + path)
            .send()
            .await
            .unwrap()
    }

    async fn post(&self, path: &str, body: Value) -> (StatusCode, String) {
        let request = self.client.post(self.url.clone() + path).json(&body);
        let answer = request.send().await.unwrap();
        (answer.status(), answer.text().await.unwrap())
    }

    async fn act(&self, body: Value) -> Value {
        let (status, text) = self.post("/api/act", body).await;
        assert_eq!(status, StatusCode::OK, "{text}");
        serde_json::from_str(&text).unwrap()
    }

    async fn upload(&self, name: &str, mime: &str, bytes: &'static [u8]) -> (StatusCode, String) {
        let part = Part::bytes(bytes)
            .file_name(name.to_owned())
            .mime_str(mime)
            .unwrap();
        let form = Form::new().part("file", part);
        let request = self
            .client
            .post(self.url.clone() + "/api/upload")
            .multipart(form);
        let answer = request.send().await.unwrap();
        (answer.status(), answer.text().await.unwrap())
    }

    async fn state(&self) -> Value {
        self.get("/api/state").await.json().await.unwrap()
    }

    fn group(&self) -> i64 {
        self.sandbox.town.cast.group.0
    }

    fn ana(&self) -> i64 {
        self.sandbox.town.cast.neighbours[0].id.0
    }
}

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
        let photo: &[u8] = include_bytes!("../src/town/room.jpg");
        let (_, text) = self.upload("room.jpg", "image/jpeg", photo).await;
        serde_json::from_str::<Value>(&text).unwrap()["id"].clone()
    }
}

/// Of the channel whose name people see.
fn messages_of(state: &Value, platform: &str) -> Vec<Value> {
    let channels = state[platform]["channels"].as_array().unwrap();
    let named = |it: &&Value| it["name"] == "spring-gathering";
    let channel = channels.iter().find(named).unwrap();
    channel["messages"].as_array().unwrap().clone()
}

fn last_message(state: &Value) -> Value {
    let messages = state["telegram"]["chats"][0]["messages"].as_array();
    messages.unwrap().last().unwrap().clone()
}

#[tokio::test]
async fn only_local_names_reach_the_page() {
    let page = page().await;
    for (host, expected) in [
        ("localhost", StatusCode::OK),
        ("localhost:8123", StatusCode::OK),
        ("127.0.0.1", StatusCode::OK),
        ("[::1]:80", StatusCode::OK),
        ("evil.example", StatusCode::FORBIDDEN),
        ("127.0.0.1.evil.example", StatusCode::FORBIDDEN),
        ("localhost.evil.example:80", StatusCode::FORBIDDEN),
        ("", StatusCode::FORBIDDEN),
    ] {
        for path in ["/", "/api/state", "/api/deliveries"] {
            let request = page.client.get(page.url.clone() + path).header(HOST, host);
            let status = request.send().await.unwrap().status();
            assert_eq!(status, expected, "{host} {path}");
        }
    }
}

#[tokio::test]
async fn another_site_cannot_act() {
    let page = page().await;
    let body = json!({ "fault": "all_well" });
    for (origin, expected) in [
        (page.url.as_str(), StatusCode::OK),
        ("http://evil.example", StatusCode::FORBIDDEN),
        ("http://127.0.0.1:1", StatusCode::FORBIDDEN),
        ("null", StatusCode::FORBIDDEN),
    ] {
        let request = page
            .client
            .post(page.url.clone() + "/api/faults")
            .json(&body);
        let status = request
            .header(ORIGIN, origin)
            .send()
            .await
            .unwrap()
            .status();
        assert_eq!(status, expected, "{origin}");
    }
    let plain = page
        .client
        .post(page.url.clone() + "/api/faults")
        .body(body.to_string());
    let plain = plain
        .header(CONTENT_TYPE, "text/plain")
        .send()
        .await
        .unwrap();
    assert_eq!(plain.status(), StatusCode::UNSUPPORTED_MEDIA_TYPE);
}

#[tokio::test]
async fn the_shell_escapes_and_allows_no_foreign_source() {
    let mut town = open_town();
    Arc::make_mut(&mut town.cast).community = SCRIPT.to_owned();
    let page = page_of(town).await;
    let answer = page.get("/").await;
    let policy = answer.headers()[CONTENT_SECURITY_POLICY].to_str().unwrap();
    assert!(policy.starts_with("default-src 'self';") && !policy.contains("unsafe"));
    let html = answer.text().await.unwrap();
    assert!(!html.contains(SCRIPT) && html.contains("&lt;script&gt;"));
    assert!(!html.contains("style=\"") && !html.contains("onclick"));
    let addresses = html.split(['"', '\'']).filter(|it| it.contains("//"));
    assert_eq!(addresses.collect::<Vec<_>>(), Vec::<&str>::new());
    for asset in [
        "page.css",
        "page.js",
        "dom.js",
        "chat.js",
        "message.js",
        "markup.js",
        "markdown.js",
        "telegram.js",
        "discord.js",
        "slack.js",
        "mail.js",
        "deliveries.js",
        "faults.js",
    ] {
        let text = page
            .get(&format!("/assets/{asset}"))
            .await
            .text()
            .await
            .unwrap();
        assert!(!text.is_empty() && !text.contains("innerHTML"), "{asset}");
    }
}

#[tokio::test]
async fn a_person_speaks_edits_and_reacts() {
    let page = page().await;
    let (chat, person) = (page.group(), page.ana());
    let said = json!({ "act": "say", "chat": chat, "person": person, "text": SCRIPT });
    let message = page.act(said).await["messages"][0].clone();
    page.act(json!({ "act": "react", "chat": chat, "person": person, "message": message, "emoji": "👍" })).await;
    page.act(json!({ "act": "edit", "chat": chat, "person": person, "message": message, "text": "calmer" })).await;
    let answer =
        json!({ "act": "say", "chat": chat, "person": person, "text": "and", "reply_to": message });
    page.act(answer).await;
    let state = page.state().await;
    let messages = state["telegram"]["chats"][0]["messages"]
        .as_array()
        .unwrap();
    let [.., first, second] = messages.as_slice() else {
        panic!("{messages:?}")
    };
    assert_eq!(
        (&first["text"], &first["edited"]),
        (&json!("calmer"), &json!(true))
    );
    assert_eq!(
        first["reactions"],
        json!([{ "emoji": "👍", "by": ["Ana Sol"] }])
    );
    assert_eq!(second["reply_to"]["id"], message);
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
async fn what_cannot_be_done_is_answered_in_words() {
    let page = page().await;
    let (chat, person) = (page.group(), page.ana());
    let bad = [
        (
            json!({ "act": "say", "chat": chat, "person": 1, "text": "x" }),
            "there is no person 1",
        ),
        (
            json!({ "act": "say", "chat": chat, "person": person, "text": "" }),
            "there is nothing to say",
        ),
        (
            json!({ "act": "say", "chat": chat, "person": person, "text": "x", "files": [9] }),
            "A file is no longer here: choose it once more.",
        ),
        (
            json!({ "act": "write_mail", "person": "eve@x.example", "to": "a@b.example", "subject": "", "text": "" }),
            "nobody here has the address eve@x.example: add the person first",
        ),
        (
            json!({ "act": "reply_mail", "person": "ines@townhall.example", "to": "a@b.example", "mail": 99, "text": "" }),
            "there is no mail 99 in that person's mailbox",
        ),
    ];
    for (act, why) in bad {
        let answer = page.post("/api/act", act).await;
        assert_eq!(answer, (StatusCode::BAD_REQUEST, why.to_owned()));
    }
    let (status, _) = page.post("/api/act", json!({ "act": "dance" })).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        page.get("/files/mail/99/0").await.status(),
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        page.get("/files/telegram/../secret").await.status(),
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn a_picture_is_shown_and_a_script_is_only_downloaded() {
    let page = page().await;
    let mut urls = Vec::new();
    for (name, mime) in [
        ("a.png", "image/png"),
        ("é.html", "text/html"),
        ("a.svg", "image/svg+xml"),
    ] {
        let (status, text) = page.upload(name, mime, b"<script>").await;
        assert_eq!(status, StatusCode::OK, "{text}");
        let id = serde_json::from_str::<Value>(&text).unwrap()["id"].clone();
        let person = "ines@townhall.example";
        let mail = json!({ "act": "write_mail", "person": person, "to": "tomasz@slow-capital.example", "subject": "A file", "text": "Here", "files": [id] });
        let mail = page.act(mail).await["mail"].clone();
        urls.push(format!("/files/mail/{mail}/0"));
    }
    let mut shown = Vec::new();
    for url in urls {
        let answer = page.get(&url).await;
        let header = |name| answer.headers()[name].to_str().unwrap().to_owned();
        assert_eq!(header("x-content-type-options"), "nosniff");
        assert_eq!(
            header("content-security-policy"),
            "default-src 'none'; sandbox"
        );
        shown.push((
            header(CONTENT_TYPE.as_str()),
            header(CONTENT_DISPOSITION.as_str()),
        ));
    }
    let expected = [
        ("image/png", "inline; filename*=UTF-8''a.png"),
        (
            "application/octet-stream",
            "attachment; filename*=UTF-8''%C3%A9.html",
        ),
        (
            "application/octet-stream",
            "attachment; filename*=UTF-8''a.svg",
        ),
    ];
    let expected = expected.map(|(mime, how)| (mime.to_owned(), how.to_owned()));
    assert_eq!(shown, expected);
}

#[tokio::test]
async fn a_file_in_the_group_is_served_from_the_page_itself() {
    let page = page().await;
    let photo: &[u8] = include_bytes!("../src/town/room.jpg");
    let (_, text) = page.upload("room.jpg", "image/jpeg", photo).await;
    let id = serde_json::from_str::<Value>(&text).unwrap()["id"].clone();
    page.act(json!({ "act": "say", "chat": page.group(), "person": page.ana(), "text": "", "files": [id] })).await;
    let message = last_message(&page.state().await);
    let url = message["attachments"][0]["url"]
        .as_str()
        .unwrap()
        .to_owned();
    let answer = page.get(&url).await;
    assert_eq!(answer.headers()[CONTENT_TYPE], "image/jpeg");
    assert_eq!(answer.bytes().await.unwrap(), photo);
}

#[tokio::test]
async fn a_file_over_the_limit_is_refused() {
    let page = page().await;
    let bytes: &'static [u8] = Box::leak(vec![0; 21 * 1024 * 1024].into_boxed_slice());
    let (status, why) = page
        .upload("big.bin", "application/octet-stream", bytes)
        .await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert!(why.contains("larger than 20 MB"), "{why}");
}

#[tokio::test]
async fn the_switches_reach_both_platforms_and_go_back() {
    let page = page().await;
    let town = page.sandbox.town.clone();
    for fault in [
        json!({ "fault": "telegram_rate_limit", "seconds": 60 }),
        json!({ "fault": "telegram_conflict", "on": true }),
        json!({ "fault": "telegram_kick", "on": true }),
        json!({ "fault": "mail_closed", "seconds": 30 }),
        json!({ "fault": "mail_refuse", "address": "ines@townhall.example", "on": true }),
        json!({ "fault": "mail_cut", "kept": true }),
    ] {
        let (status, text) = page.post("/api/faults", fault).await;
        assert_eq!(status, StatusCode::OK, "{text}");
    }
    let telegram = town.telegram.faults(None);
    assert!(telegram.rate_limit_s.unwrap() > 50.0 && telegram.conflict);
    assert_eq!(
        town.telegram.view_chat(town.group(), 0).unwrap().bot,
        "kicked"
    );
    let mail = town.mail.faults();
    assert_eq!((mail.refused.len(), mail.cut_after_keeping), (1, 1));
    assert!(
        page.state().await["mail"]["faults"]["closed_until_ms"]
            .as_i64()
            .unwrap()
            > 0
    );
    page.post("/api/faults", json!({ "fault": "all_well" }))
        .await;
    assert_eq!(town.telegram.faults(None), Default::default());
    assert_eq!(town.mail.faults(), Default::default());
    assert_eq!(
        town.telegram.view_chat(town.group(), 0).unwrap().bot,
        "administrator"
    );
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

#[tokio::test]
async fn a_change_is_announced_to_an_open_page() {
    let page = page().await;
    let mut events = page.get("/api/events").await;
    assert_eq!(events.headers()[CONTENT_TYPE], "text/event-stream");
    assert!(
        events
            .chunk()
            .await
            .unwrap()
            .unwrap()
            .starts_with(b"event: change")
    );
    page.act(json!({ "act": "say", "chat": page.group(), "person": page.ana(), "text": "Hello" }))
        .await;
    assert!(
        events
            .chunk()
            .await
            .unwrap()
            .unwrap()
            .starts_with(b"event: change")
    );
}
