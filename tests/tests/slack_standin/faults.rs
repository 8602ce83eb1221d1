//! What can be made to go wrong.

use std::time::{Duration, Instant};

use sandbox::slack::{Broken, ErrorAnswer, EventFaults, Faults, Odd, RetryAfter, ServerError};
use serde_json::{Value, json};

use super::stage::{Meeting, Stage};

async fn stage() -> (Stage, Meeting) {
    let stage = Stage::open().await;
    let place = stage.place();
    (stage, place)
}

async fn post(stage: &Stage, place: &Meeting) -> reqwest::Response {
    let body = json!({ "channel": place.channel, "text": "x" });
    stage
        .request("chat.postMessage")
        .json(&body)
        .send()
        .await
        .unwrap()
}

#[tokio::test]
async fn a_limit_says_how_long_and_who_comes_early_is_counted() {
    let (stage, place) = stage().await;
    let other = stage.slack.add_channel("other");
    stage.slack.invite_bot(&other).unwrap();
    let limited = Faults {
        rate_limit_s: Some(0.4),
        ..Faults::default()
    };
    stage.slack.set_faults(Some(&place.channel), limited);
    let first = post(&stage, &place).await;
    assert_eq!(first.status(), 429);
    assert_eq!(first.headers()["retry-after"], "1");
    let body: Value = first.json().await.unwrap();
    assert_eq!(body, json!({ "ok": false, "error": "ratelimited" }));
    assert_eq!(post(&stage, &place).await.status(), 429);
    assert_eq!(stage.slack.early_requests(), 1);
    stage.say(&other, "elsewhere is free").await;
    let ended = Instant::now() + Duration::from_millis(450);
    tokio::time::sleep_until(ended.into()).await;
    assert_eq!(post(&stage, &place).await.status(), 200);
    assert_eq!(stage.slack.counters().errors["429"], 2);
}

#[tokio::test]
async fn a_limit_can_be_written_wrongly() {
    let (stage, place) = stage().await;
    let mut seen = Vec::new();
    for retry_after in [
        RetryAfter::Missing,
        RetryAfter::Words,
        RetryAfter::Negative,
        RetryAfter::Huge,
    ] {
        let faults = Faults {
            methods: vec!["chat.postMessage".into()],
            rate_limit_s: Some(60.0),
            retry_after,
            ..Faults::default()
        };
        stage.slack.set_faults(None, faults);
        let response = post(&stage, &place).await;
        assert_eq!(response.status(), 429);
        let header = response.headers().get("retry-after");
        seen.push(header.map_or("none".to_owned(), |it| it.to_str().unwrap().to_owned()));
        stage.call("auth.test", json!({})).await;
    }
    assert_eq!(seen, ["none", "soon", "-60", "315360000"]);
}

#[tokio::test]
async fn the_real_pace_is_a_message_a_second_in_a_channel() {
    let (stage, place) = stage().await;
    let real = Faults {
        real_limits: true,
        ..Faults::default()
    };
    stage.slack.set_faults(None, real);
    let mut answers = Vec::new();
    for _ in 0..4 {
        answers.push(post(&stage, &place).await.status().as_u16());
    }
    assert_eq!(answers, [200, 200, 200, 429]);
    stage.call("auth.test", json!({})).await;
}

#[tokio::test]
async fn servers_fail_with_and_without_having_done_the_work() {
    let (stage, place) = stage().await;
    let next = Some(1);
    let broken = |accepted| {
        Some(Broken {
            accepted,
            for_s: None,
            next,
        })
    };
    let fatal = ErrorAnswer {
        accepted: true,
        next,
        ..ErrorAnswer::default()
    };
    let cases = [
        Faults {
            server_error: Some(ServerError {
                status: 503,
                for_s: None,
                next,
            }),
            ..Faults::default()
        },
        Faults {
            error: Some(fatal),
            ..Faults::default()
        },
        Faults {
            cut: broken(false),
            ..Faults::default()
        },
        Faults {
            cut: broken(true),
            ..Faults::default()
        },
        Faults {
            malformed: broken(true),
            ..Faults::default()
        },
        Faults {
            error: Some(ErrorAnswer {
                error: "token_revoked".into(),
                ..ErrorAnswer::default()
            }),
            ..Faults::default()
        },
    ];
    let mut seen = Vec::new();
    for faults in cases {
        stage.slack.set_faults(Some(&place.channel), faults);
        let before = stage.slack.counters().bot_messages;
        let body = json!({ "channel": place.channel, "text": "x" });
        let sent = stage.request("chat.postMessage").json(&body).send().await;
        let answer = match sent {
            Err(_) => "cut".to_owned(),
            Ok(response) if response.status() != 200 => response.status().as_u16().to_string(),
            Ok(response) => match serde_json::from_str::<Value>(&response.text().await.unwrap()) {
                Ok(body) => body["error"].as_str().unwrap().to_owned(),
                Err(_) => "no JSON".to_owned(),
            },
        };
        seen.push((answer, stage.slack.counters().bot_messages - before));
    }
    let seen: Vec<(&str, u64)> = seen.iter().map(|it| (it.0.as_str(), it.1)).collect();
    assert_eq!(
        seen,
        [
            ("503", 0),
            ("fatal_error", 1),
            ("cut", 0),
            ("cut", 1),
            ("no JSON", 1),
            ("token_revoked", 0)
        ]
    );
}

#[tokio::test]
async fn an_answer_may_be_late_or_never_come() {
    let (stage, place) = stage().await;
    let late = Faults {
        latency_ms: 200,
        ..Faults::default()
    };
    stage.slack.set_faults(None, late);
    let started = Instant::now();
    assert_eq!(post(&stage, &place).await.status(), 200);
    assert!(started.elapsed() >= Duration::from_millis(200));
    let never = Faults {
        never_answer: Some(Broken::default()),
        ..Faults::default()
    };
    stage.slack.set_faults(None, never);
    let waited = tokio::time::timeout(Duration::from_millis(300), post(&stage, &place)).await;
    assert!(waited.is_err());
}

#[tokio::test]
async fn events_come_twice_in_reverse_and_not_at_all() {
    let (stage, place) = stage().await;
    let mut socket = stage.connect().await;
    let twice = EventFaults {
        duplicates: 1,
        ..EventFaults::default()
    };
    stage.slack.set_event_faults(twice);
    stage
        .slack
        .say(&place.channel, &place.ana, "double")
        .unwrap();
    for _ in 0..2 {
        assert_eq!(socket.event_of("message").await["text"], "double");
    }
    let reverse = EventFaults {
        reorder: 3,
        ..EventFaults::default()
    };
    stage.slack.set_event_faults(reverse);
    for text in ["a", "b", "c"] {
        stage.slack.say(&place.channel, &place.ana, text).unwrap();
    }
    let mut texts = String::new();
    while texts.len() < 3 {
        texts.push_str(socket.event_of("message").await["text"].as_str().unwrap());
    }
    assert_eq!(texts, "cba");
    let lossy = EventFaults {
        lose_next: 1,
        ..EventFaults::default()
    };
    stage.slack.set_event_faults(lossy);
    stage.slack.say(&place.channel, &place.ana, "lost").unwrap();
    stage.slack.say(&place.channel, &place.ana, "kept").unwrap();
    assert_eq!(socket.event_of("message").await["text"], "kept");
}

#[tokio::test]
async fn events_come_with_less_and_with_more_than_they_should() {
    let (stage, place) = stage().await;
    let mut socket = stage.connect().await;
    let mut hear = async |odd: Odd, kind: &str| {
        let faults = EventFaults {
            odd: Some(odd),
            ..EventFaults::default()
        };
        stage.slack.set_event_faults(faults);
        stage.slack.say(&place.channel, &place.ana, "odd").unwrap();
        loop {
            let event = socket.event().await;
            let is_said = match odd {
                Odd::MissingEssentials => event.get("text").is_none(),
                _ => kind != "message" || event["text"] == "odd",
            };
            if event["type"] == kind && is_said {
                return event;
            }
        }
    };
    let missing = hear(Odd::MissingFields, "message").await;
    assert!(missing.get("blocks").is_none() && missing.get("client_msg_id").is_none());
    let unknown = hear(Odd::UnknownFields, "message").await;
    assert!(unknown["shimmer"].is_array());
    let odd = hear(Odd::OddTypes, "message").await;
    assert_eq!(odd["metadata"]["event_type"], 7);
    let strange = hear(Odd::UnknownTypes, "message_shimmered").await;
    assert!(strange.get("user").is_none());
    let essentials = hear(Odd::MissingEssentials, "message").await;
    assert!(essentials.get("user").is_none() && essentials.get("channel").is_none());
}

#[tokio::test]
async fn slacks_own_bug_of_replies_can_be_had() {
    let (stage, place) = stage().await;
    let mut socket = stage.connect().await;
    let faults = EventFaults {
        message_replied: true,
        ..EventFaults::default()
    };
    stage.slack.set_event_faults(faults);
    let root = stage.slack.say(&place.channel, &place.ana, "root").unwrap();
    stage
        .slack
        .reply_in_thread(&place.channel, root, &place.ana, "reply")
        .unwrap();
    socket.event_of("message").await;
    assert_eq!(socket.event_of("message").await["text"], "reply");
    let replied = socket.event_of("message").await;
    assert_eq!(replied["message"]["reply_count"], 1);
    assert!(replied.get("subtype").is_none() && replied.get("text").is_none());
}
