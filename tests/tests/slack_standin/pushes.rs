//! The Events API: a signed request for each event, verified first, repeated until it is answered.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use hmac::{Hmac, Mac};
use sandbox::slack::{RequestUrls, UrlState, Waits};
use serde_json::Value;
use sha2::Sha256;
use tokio::net::TcpListener;

use super::stage::{SECRET, Stage};

/// What the app's server does with the next pushes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mood {
    Fine,
    Fails,
    FailsForGood,
    Sleeps,
}

#[derive(Clone)]
struct Server {
    url: String,
    seen: Arc<Mutex<Vec<(HeaderMap, String)>>>,
    mood: Arc<Mutex<Mood>>,
}

async fn take(
    State(server): State<Server>,
    headers: HeaderMap,
    body: String,
) -> (StatusCode, HeaderMap, String) {
    let challenge = serde_json::from_str::<Value>(&body).unwrap()["challenge"].clone();
    let mood = *server.mood.lock().unwrap();
    server.seen.lock().unwrap().push((headers, body));
    let mut headers = HeaderMap::new();
    let status = match mood {
        Mood::Fine => StatusCode::OK,
        Mood::Fails => StatusCode::INTERNAL_SERVER_ERROR,
        Mood::FailsForGood => {
            headers.insert("x-slack-no-retry", "1".parse().unwrap());
            StatusCode::BAD_REQUEST
        }
        Mood::Sleeps => {
            tokio::time::sleep(Duration::from_secs(60)).await;
            StatusCode::OK
        }
    };
    (status, headers, challenge.as_str().unwrap_or("").to_owned())
}

impl Server {
    async fn open() -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = Server {
            url: format!("http://{}/events", listener.local_addr().unwrap()),
            seen: Arc::default(),
            mood: Arc::new(Mutex::new(Mood::Fine)),
        };
        let router = Router::new()
            .route("/events", post(take))
            .with_state(server.clone());
        tokio::spawn(async { axum::serve(listener, router).await });
        server
    }

    fn urls(&self) -> RequestUrls {
        RequestUrls {
            events: Some(self.url.clone()),
            ..RequestUrls::default()
        }
    }

    /// Headers and body of those pushes that tell of this text.
    fn about(&self, text: &str) -> Vec<(HeaderMap, String)> {
        let seen = self.seen.lock().unwrap();
        let about = seen.iter().filter(|(_, body)| body.contains(text));
        about.cloned().collect()
    }
}

fn is_signed((headers, body): &(HeaderMap, String)) -> bool {
    let header = |name: &str| headers[name].to_str().unwrap().to_owned();
    let mut mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).unwrap();
    mac.update(format!("v0:{}:{body}", header("x-slack-request-timestamp")).as_bytes());
    let hex: String = mac
        .finalize()
        .into_bytes()
        .iter()
        .map(|it| format!("{it:02x}"))
        .collect();
    header("x-slack-signature") == format!("v0={hex}")
}

#[tokio::test]
async fn the_address_is_verified_first_and_pushes_are_signed() {
    let stage = Stage::open().await;
    let server = Server::open().await;
    let place = stage.place();
    stage.slack.set_request_urls(server.urls());
    stage
        .slack
        .say(&place.channel, &place.ana, "bread & salt")
        .unwrap();
    stage.settle().await;
    assert_eq!(stage.slack.url_state(), UrlState::Verified);
    let seen = server.seen.lock().unwrap().clone();
    assert!(seen[0].1.contains("url_verification"));
    assert!(seen.iter().all(is_signed));
    let said: Value = serde_json::from_str(&server.about("bread").pop().unwrap().1).unwrap();
    assert_eq!(said["type"], "event_callback");
    assert_eq!(said["api_app_id"], stage.slack.app().app_id.as_str());
    assert_eq!(said["authorizations"][0]["is_bot"], true);
    assert_eq!(stage.slack.counters().lost_events, 0);
}

#[tokio::test]
async fn an_address_that_does_not_answer_the_challenge_gets_nothing() {
    let stage = Stage::open().await;
    let server = Server::open().await;
    *server.mood.lock().unwrap() = Mood::Fails;
    let place = stage.place();
    stage.slack.set_request_urls(server.urls());
    stage.slack.say(&place.channel, &place.ana, "lost").unwrap();
    stage.settle().await;
    assert!(matches!(stage.slack.url_state(), UrlState::Refused(_)));
    assert!(server.about("lost").is_empty());
    assert!(stage.slack.counters().lost_events > 0);
}

#[tokio::test]
async fn a_failed_push_is_repeated_three_times_with_its_number_and_reason() {
    let stage = Stage::open().await;
    stage.slack.set_waits(Waits {
        ack: Duration::from_secs(5),
        ..Waits::scaled(0.005)
    });
    let server = Server::open().await;
    let place = stage.place();
    stage.slack.set_request_urls(server.urls());
    stage.settle().await;
    *server.mood.lock().unwrap() = Mood::Fails;
    stage
        .slack
        .say(&place.channel, &place.ana, "stubborn")
        .unwrap();
    stage.until(|it| it.counters().lost_events == 1).await;
    let tries = server.about("stubborn");
    let numbers: Vec<&str> = tries
        .iter()
        .filter_map(|(headers, _)| headers.get("x-slack-retry-num")?.to_str().ok())
        .collect();
    assert_eq!(numbers, ["1", "2", "3"]);
    assert_eq!(tries[1].0["x-slack-retry-reason"], "http_error");
    assert_eq!(stage.slack.counters().redeliveries, 3);
}

#[tokio::test]
async fn who_sleeps_too_long_is_asked_again_and_who_forbids_it_is_not() {
    let stage = Stage::open().await;
    stage.slack.set_waits(Waits::scaled(0.05));
    let server = Server::open().await;
    let place = stage.place();
    stage.slack.set_request_urls(server.urls());
    stage.settle().await;
    *server.mood.lock().unwrap() = Mood::Sleeps;
    stage
        .slack
        .say(&place.channel, &place.ana, "sleepy")
        .unwrap();
    stage.until(|_| server.about("sleepy").len() > 1).await;
    assert_eq!(
        server.about("sleepy")[1].0["x-slack-retry-reason"],
        "http_timeout"
    );
    *server.mood.lock().unwrap() = Mood::Fine;
    stage.settle().await;
    *server.mood.lock().unwrap() = Mood::FailsForGood;
    let lost = stage.slack.counters().lost_events;
    stage
        .slack
        .say(&place.channel, &place.ana, "forbidden")
        .unwrap();
    stage
        .until(|it| it.counters().lost_events == lost + 1)
        .await;
    assert_eq!(server.about("forbidden").len(), 1);
}

#[tokio::test]
async fn events_of_one_channel_are_pushed_one_after_another() {
    let stage = Stage::open().await;
    let server = Server::open().await;
    let place = stage.place();
    stage.slack.set_request_urls(server.urls());
    for number in 0..30 {
        stage
            .slack
            .say(&place.channel, &place.ana, format!("nr {number}"))
            .unwrap();
    }
    stage.settle().await;
    let seen = server.seen.lock().unwrap().clone();
    let numbers: Vec<u32> = seen
        .iter()
        .filter_map(|(_, body)| {
            let event: Value = serde_json::from_str(body).unwrap();
            event["event"]["text"]
                .as_str()?
                .strip_prefix("nr ")?
                .parse()
                .ok()
        })
        .collect();
    assert_eq!(numbers, (0..30).collect::<Vec<_>>());
}

/// The form fields of a push, decoded.
pub(crate) fn fields(body: &Bytes) -> Vec<(String, String)> {
    let url = format!("http://x/?{}", String::from_utf8_lossy(body));
    let url = reqwest::Url::parse(&url).unwrap();
    url.query_pairs().into_owned().collect()
}
