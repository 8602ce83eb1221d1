//! Faults on purpose: each breaks what it says and nothing else, and goes when it is switched off.

use std::time::Duration;

use sandbox::telegram::{Broken, ChatId, Faults, Forbidden, ServerError, Telegram};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::stage::{Stage, TOKEN};

fn hello(chat: ChatId) -> Value {
    json!({ "chat_id": chat.0, "text": "hello" })
}

fn said(stage: &Stage, chat: ChatId) -> usize {
    let view = stage.telegram.view_chat(chat, usize::MAX).unwrap();
    view.messages
        .iter()
        .filter(|it| it.is_bot && !it.is_service)
        .count()
}

#[tokio::test]
async fn a_rate_limit_names_the_rest_and_counts_who_comes_early() {
    let stage = Stage::open().await;
    let (chat, _) = stage.group_with("Ana");
    let (other, _) = stage.group_with("Bo");
    let limit = Faults {
        rate_limit_s: Some(30.0),
        ..Faults::default()
    };
    stage.telegram.set_faults(Some(chat), limit);
    let first = stage.refused("sendMessage", hello(chat)).await;
    assert_eq!(
        first,
        r#"429 Too Many Requests: retry after 30 {"retry_after":30}"#
    );
    assert_eq!(stage.telegram.early_requests(), 0);
    stage.refused("sendMessage", hello(chat)).await;
    assert_eq!(stage.telegram.early_requests(), 1);
    stage.call("sendMessage", hello(other)).await;
    stage.telegram.set_faults(Some(chat), Faults::default());
    stage.call("sendMessage", hello(chat)).await;
    assert_eq!(stage.telegram.early_requests(), 1);
    assert_eq!(said(&stage, chat), 1);
}

#[tokio::test]
async fn the_real_limits_take_one_message_a_second_in_a_chat() {
    let stage = Stage::open().await;
    let (chat, _) = stage.group_with("Ana");
    let limits = Faults {
        real_limits: true,
        ..Faults::default()
    };
    stage.telegram.set_faults(None, limits);
    let send = || stage.post("sendMessage", hello(chat));
    let (first, second, third) = tokio::join!(send(), send(), send());
    let answers = [first.unwrap(), second.unwrap(), third.unwrap()];
    let late = answers.iter().find(|it| it["ok"] == false).unwrap();
    assert_eq!(late["description"], "Too Many Requests: retry after 1");
    assert_eq!(late["parameters"], json!({ "retry_after": 1 }));
    stage.call("getChat", json!({ "chat_id": chat.0 })).await;
}

#[tokio::test]
async fn server_errors_last_for_so_many_requests() {
    let stage = Stage::open().await;
    let (chat, _) = stage.group_with("Ana");
    let broken = Faults {
        methods: vec!["sendMessage".into()],
        server_error: Some(ServerError {
            status: 502,
            next: Some(2),
            for_s: None,
        }),
        ..Faults::default()
    };
    stage.telegram.set_faults(None, broken);
    assert_eq!(
        stage.refused("sendMessage", hello(chat)).await,
        "502 Bad Gateway"
    );
    stage.call("getMe", json!({})).await;
    assert_eq!(
        stage.telegram.faults(None).server_error.unwrap().next,
        Some(1)
    );
    stage.refused("sendMessage", hello(chat)).await;
    stage.call("sendMessage", hello(chat)).await;
    assert_eq!(stage.telegram.counters().errors[&502], 2);
}

#[tokio::test]
async fn a_cut_connection_leaves_the_caller_in_doubt() {
    let stage = Stage::open().await;
    let (chat, _) = stage.group_with("Ana");
    for (accepted, expected) in [(false, 0), (true, 1)] {
        let cut = Faults {
            cut: Some(Broken {
                accepted,
                next: Some(1),
                for_s: None,
            }),
            ..Faults::default()
        };
        stage.telegram.set_faults(Some(chat), cut);
        let error = stage.post("sendMessage", hello(chat)).await.unwrap_err();
        assert!(
            error.status().is_none() && !error.is_timeout() && !error.is_connect(),
            "{error:?}"
        );
        assert_eq!(said(&stage, chat), expected);
    }
    stage.call("sendMessage", hello(chat)).await;
}

#[tokio::test]
async fn a_half_open_connection_never_answers() {
    let stage = Stage::open().await;
    let (chat, _) = stage.group_with("Ana");
    let silence = Faults {
        never_answer: Some(Broken {
            accepted: true,
            ..Broken::default()
        }),
        ..Faults::default()
    };
    stage.telegram.set_faults(Some(chat), silence);
    let mut changes = stage.telegram.changes();
    changes.mark_unchanged();
    let http = stage.http.clone();
    let request = http
        .post(stage.url("sendMessage"))
        .json(&hello(chat))
        .send();
    let request = tokio::spawn(request);
    changes.changed().await.unwrap();
    assert_eq!(said(&stage, chat), 1);
    let answer = tokio::time::timeout(Duration::from_millis(100), request).await;
    assert!(answer.is_err(), "{answer:?}");
}

#[tokio::test]
async fn a_cut_connection_is_an_error_under_any_server() {
    let telegram = Telegram::new(TOKEN);
    let cut = Faults {
        cut: Some(Broken::default()),
        ..Faults::default()
    };
    telegram.set_faults(None, cut);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/bot{TOKEN}/getMe", listener.local_addr().unwrap());
    let router = telegram.router();
    tokio::spawn(async move { axum::serve(listener, router).await });
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let answer = http.get(url).send().await;
    assert!(match answer {
        Ok(answer) => answer.bytes().await.is_err(),
        Err(_) => true,
    });
}

#[tokio::test]
async fn refusals_and_nonsense_come_as_ordered() {
    let stage = Stage::open().await;
    let (chat, _) = stage.group_with("Ana");
    let set = |faults: Value| {
        let faults = serde_json::from_value(faults).unwrap();
        stage.telegram.set_faults(None, faults);
    };
    set(json!({ "forbidden": "kicked" }));
    let kicked = stage.refused("sendMessage", hello(chat)).await;
    assert_eq!(
        kicked,
        "403 Forbidden: bot was kicked from the supergroup chat"
    );
    stage.call("getMe", json!({})).await;
    set(json!({ "forbidden": Forbidden::Blocked }));
    let blocked = stage.refused("sendMessage", hello(chat)).await;
    assert_eq!(blocked, "403 Forbidden: bot was blocked by the user");
    set(json!({ "conflict": true }));
    assert!(
        stage
            .refused("getUpdates", json!({}))
            .await
            .starts_with("409 Conflict: ")
    );
    set(json!({ "unauthorised": true }));
    assert_eq!(stage.refused("getMe", json!({})).await, "401 Unauthorized");
    set(json!({ "malformed": { "next": 1 } }));
    assert!(
        stage
            .post("getMe", json!({}))
            .await
            .unwrap_err()
            .is_decode()
    );
    stage.call("getMe", json!({})).await;
    assert!(serde_json::from_value::<Faults>(json!({ "gremlins": true })).is_err());
}

#[tokio::test]
async fn latency_delays_all_answers_at_once() {
    let stage = Stage::open().await;
    let (chat, _) = stage.group_with("Ana");
    let slow = Faults {
        latency_ms: 200,
        ..Faults::default()
    };
    stage.telegram.set_faults(Some(chat), slow);
    let start = std::time::Instant::now();
    let both = tokio::join!(
        stage.call("sendMessage", hello(chat)),
        stage.call("sendMessage", hello(chat))
    );
    assert_ne!(both.0["message_id"], both.1["message_id"]);
    let took = start.elapsed();
    assert!(took >= Duration::from_millis(200), "{took:?}");
}
