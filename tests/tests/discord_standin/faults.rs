//! Faults of requests on purpose: each breaks what it says and nothing else, and goes when it is switched off.

use std::time::Duration;

use sandbox::discord::{Broken, ChannelId, Faults, Forbidden, RateLimit, ServerError};
use serde_json::{Value, json};

use crate::stage::Stage;

fn route(channel: ChannelId) -> String {
    format!("POST /channels/{channel}/messages")
}

fn hello() -> Value {
    json!({ "content": "hello" })
}

fn limit(for_s: f64) -> RateLimit {
    RateLimit {
        for_s,
        ..RateLimit::default()
    }
}

fn limited(limit: RateLimit) -> Faults {
    Faults {
        rate_limit: Some(limit),
        ..Faults::default()
    }
}

#[tokio::test]
async fn a_rate_limit_names_the_rest_and_counts_who_comes_early() {
    let stage = Stage::open().await;
    let (channel, _) = stage.channel_with("Ana");
    let other = stage.discord.add_text_channel("other");
    stage
        .discord
        .set_faults(Some(channel), limited(limit(30.0)));
    let answer = stage.send(&route(channel), hello()).await.unwrap();
    assert_eq!(answer.status(), 429);
    assert_eq!(answer.headers()["retry-after"], "30");
    assert_eq!(answer.headers()["x-ratelimit-scope"], "user");
    assert!(answer.headers().contains_key("x-ratelimit-bucket"));
    let body: Value = answer.json().await.unwrap();
    assert!(
        body["retry_after"].as_f64().unwrap() > 29.0 && body["global"] == false,
        "{body}"
    );
    assert_eq!(stage.discord.early_requests(), 0);
    stage.refused(&route(channel), hello()).await;
    assert_eq!(stage.discord.early_requests(), 1);
    stage.done(&route(other), hello()).await;
    stage.discord.set_faults(Some(channel), Faults::default());
    stage.done(&route(channel), hello()).await;
    assert_eq!(stage.discord.early_requests(), 1);
}

#[tokio::test]
async fn a_rate_limit_may_be_global_or_say_nonsense_or_come_from_the_proxy() {
    let stage = Stage::open().await;
    let (channel, _) = stage.channel_with("Ana");
    let global = RateLimit {
        global: true,
        ..limit(30.0)
    };
    stage.discord.set_faults(None, limited(global));
    let answer = stage.send("GET /users/@me", Value::Null).await.unwrap();
    assert_eq!(answer.headers()["x-ratelimit-global"], "true");
    stage.refused(&route(channel), hello()).await;
    assert_eq!(stage.discord.early_requests(), 1);
    for (says, in_body) in [
        ("soon", json!("soon")),
        ("-1", json!(-1.0)),
        ("1e99", json!(1e99)),
    ] {
        let nonsense = RateLimit {
            says: Some(says.to_owned()),
            ..limit(30.0)
        };
        stage.discord.set_faults(None, limited(nonsense));
        let answer = stage.send(&route(channel), hello()).await.unwrap();
        assert_eq!(answer.headers()["retry-after"], says);
        assert_eq!(
            answer.json::<Value>().await.unwrap()["retry_after"],
            in_body
        );
    }
    let proxy = RateLimit {
        from_proxy: true,
        says: Some(String::new()),
        ..limit(30.0)
    };
    stage.discord.set_faults(None, limited(proxy));
    let answer = stage.send(&route(channel), hello()).await.unwrap();
    assert_eq!(
        (
            answer.status().as_u16(),
            answer.headers().get("retry-after")
        ),
        (429, None)
    );
    assert!(!answer.headers().contains_key("x-ratelimit-bucket"));
    assert!(answer.text().await.unwrap().starts_with("<html>"));
}

#[tokio::test]
async fn the_real_limits_are_told_by_headers_and_kept() {
    let stage = Stage::open().await;
    let (channel, _) = stage.channel_with("Ana");
    let real = Faults {
        real_limits: true,
        ..Faults::default()
    };
    let free = stage.send(&route(channel), hello()).await.unwrap();
    assert_eq!(free.headers()["x-ratelimit-remaining"], "9999");
    stage.discord.set_faults(None, real);
    for left in ["4", "3", "2", "1", "0"] {
        let answer = stage.send(&route(channel), hello()).await.unwrap();
        assert_eq!(answer.status(), 200);
        assert_eq!(answer.headers()["x-ratelimit-limit"], "5");
        assert_eq!(answer.headers()["x-ratelimit-remaining"], left);
    }
    let answer = stage.send(&route(channel), hello()).await.unwrap();
    assert_eq!(answer.status(), 429);
    let after: f64 = answer.headers()["x-ratelimit-reset-after"]
        .to_str()
        .unwrap()
        .parse()
        .unwrap();
    assert!(after > 3.0 && after <= 5.0, "{after}");
    stage.get("/users/@me").await;
    stage.discord.set_faults(None, Faults::default());
    stage.done(&route(channel), hello()).await;
}

#[tokio::test]
async fn server_errors_last_for_so_many_requests_of_the_named_routes() {
    let stage = Stage::open().await;
    let (channel, _) = stage.channel_with("Ana");
    let broken = Faults {
        routes: vec!["POST /channels/{channel_id}/messages".into()],
        server_error: Some(ServerError {
            status: 502,
            next: Some(2),
            for_s: None,
        }),
        ..Faults::default()
    };
    stage.discord.set_faults(None, broken);
    assert_eq!(
        stage.refused(&route(channel), hello()).await,
        "502 0 502: Bad Gateway"
    );
    stage.get("/users/@me").await;
    assert_eq!(
        stage.discord.faults(None).server_error.unwrap().next,
        Some(1)
    );
    stage.refused(&route(channel), hello()).await;
    stage.done(&route(channel), hello()).await;
    let counters = stage.discord.counters();
    assert_eq!(counters.errors[&502], 2);
    assert_eq!(counters.by_route["POST /channels/{channel_id}/messages"], 3);
}

#[tokio::test]
async fn a_cut_connection_leaves_the_caller_in_doubt() {
    let stage = Stage::open().await;
    let (channel, _) = stage.channel_with("Ana");
    for (accepted, expected) in [(false, 0), (true, 1)] {
        let cut = Faults {
            cut: Some(Broken {
                accepted,
                next: Some(1),
                for_s: None,
            }),
            ..Faults::default()
        };
        stage.discord.set_faults(Some(channel), cut);
        let error = stage.send(&route(channel), hello()).await.unwrap_err();
        assert!(
            error.status().is_none() && !error.is_timeout() && !error.is_connect(),
            "{error:?}"
        );
        assert_eq!(stage.discord.counters().bot_messages, expected);
    }
    stage.done(&route(channel), hello()).await;
}

#[tokio::test]
async fn a_half_open_connection_never_answers() {
    let stage = Stage::open().await;
    let (channel, _) = stage.channel_with("Ana");
    let silence = Faults {
        never_answer: Some(Broken {
            accepted: true,
            ..Broken::default()
        }),
        ..Faults::default()
    };
    stage.discord.set_faults(Some(channel), silence);
    let mut changes = stage.discord.changes();
    changes.mark_unchanged();
    let request = stage.request(&route(channel)).json(&hello()).send();
    let request = tokio::spawn(request);
    changes.changed().await.unwrap();
    assert_eq!(stage.discord.counters().bot_messages, 1);
    let answer = tokio::time::timeout(Duration::from_millis(100), request).await;
    assert!(answer.is_err(), "{answer:?}");
}

#[tokio::test]
async fn answers_may_be_late_garbled_or_forbidden() {
    let stage = Stage::open().await;
    let (channel, ana) = stage.channel_with("Ana");
    let said = stage.discord.say(channel, ana, "hello").unwrap();
    let thread = stage
        .discord
        .start_thread(channel, ana, said, "Plans")
        .unwrap();
    let late = Faults {
        latency_ms: 80,
        ..Faults::default()
    };
    stage.discord.set_faults(None, late);
    let start = std::time::Instant::now();
    stage.get("/users/@me").await;
    assert!(start.elapsed() >= Duration::from_millis(80));
    let garbled = Faults {
        malformed: Some(Broken::default()),
        ..Faults::default()
    };
    stage.discord.set_faults(None, garbled);
    let answer = stage.send(&route(channel), hello()).await.unwrap();
    assert_eq!(answer.status(), 200);
    assert!(answer.json::<Value>().await.is_err());
    stage.discord.set_faults(None, Faults::default());
    for (forbidden, code) in [
        (Forbidden::MissingAccess, "403 50001"),
        (Forbidden::MissingPermissions, "403 50013"),
    ] {
        let faults = Faults {
            forbidden: Some(forbidden),
            ..Faults::default()
        };
        stage.discord.set_faults(Some(channel), faults);
        // A channel's faults hold in its threads and for its webhooks.
        assert!(
            stage
                .refused(&route(thread), hello())
                .await
                .starts_with(code)
        );
    }
    stage.discord.set_faults(Some(channel), Faults::default());
    let path = stage.webhook(channel).await;
    let unauthorised = Faults {
        unauthorised: true,
        ..Faults::default()
    };
    stage.discord.set_faults(Some(channel), unauthorised);
    assert_eq!(
        stage.refused(&format!("POST {path}"), hello()).await,
        "401 0 401: Unauthorized"
    );
}

#[tokio::test]
async fn faults_can_be_written_as_json() {
    let text = r#"{"routes":["reactions"],"rate_limit":{"for_s":2.5,"says":"soon"},"forbidden":"missing_access"}"#;
    let faults: Faults = serde_json::from_str(text).unwrap();
    assert_eq!(faults.rate_limit.unwrap().says.as_deref(), Some("soon"));
    assert_eq!(faults.forbidden, Some(Forbidden::MissingAccess));
    assert!(serde_json::from_str::<Faults>(r#"{"rate_limits":1}"#).is_err());
}
