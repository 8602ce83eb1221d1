//! The page's door and its API, over real HTTP.
#![allow(clippy::unwrap_used)]

mod chats;
mod files;
mod places;
#[path = "../support/mod.rs"]
mod support;

use std::sync::Arc;

use axum::Router;
use axum::routing::get;
use reqwest::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE, HOST, ORIGIN};
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
        url: format!("http://{}", sandbox.page_at),
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

    /// The Telegram group, the Discord channel and the Slack channel, with what an open page is told at once.
    async fn state(&self) -> Value {
        let cast = &self.sandbox.town.cast;
        let mut state = told(&mut self.get("/api/events").await).await;
        state["telegram"] = self.place(format!("telegram:{}", cast.group)).await;
        state["discord"] = self.place(format!("discord:{}", cast.guild.channel)).await;
        state["slack"] = self
            .place(format!("slack:{}", cast.workspace.channel))
            .await;
        state
    }

    async fn place(&self, at: String) -> Value {
        let answer = self.get(&format!("/api/places/{at}")).await;
        answer.json().await.unwrap()
    }

    fn group(&self) -> i64 {
        self.sandbox.town.cast.group.0
    }

    fn ana(&self) -> i64 {
        self.sandbox.town.cast.neighbours[0].id.0
    }
}

/// The next change that the page is told of.
async fn told(events: &mut Response) -> Value {
    let mut text = String::new();
    loop {
        let piece = events.chunk().await.unwrap().unwrap();
        text += std::str::from_utf8(&piece).unwrap();
        if let Some(change) = text.strip_prefix("event: change\ndata: ")
            && let Some(change) = change.strip_suffix("\n\n")
        {
            return serde_json::from_str(change).unwrap();
        }
    }
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
        for path in ["/", "/api/events", "/api/deliveries"] {
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

/// All that the page is made of.
fn assets() -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/page/assets");
    let files = std::fs::read_dir(folder).unwrap();
    let names = files.map(|it| it.unwrap().file_name().into_string().unwrap());
    names.collect()
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
    for asset in assets() {
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
        page.state().await["mail"]["closed_until_ms"]
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
async fn a_change_is_announced_to_an_open_page() {
    let page = page().await;
    let mut events = page.get("/api/events").await;
    assert_eq!(events.headers()[CONTENT_TYPE], "text/event-stream");
    let all = told(&mut events).await;
    assert_eq!(all["platforms"].as_array().unwrap().len(), 4);
    page.act(json!({ "act": "say", "chat": page.group(), "person": page.ana(), "text": "Hello" }))
        .await;
    let change = told(&mut events).await;
    assert_eq!(change["platforms"], json!(["telegram"]));
    let at = format!("telegram:{}", page.group());
    // Nothing is said again of places in which nothing came.
    assert_eq!(change["shelf"].as_array().unwrap().len(), 1);
    assert_eq!(change["shelf"][0]["at"], at);
}
