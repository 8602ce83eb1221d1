//! A server that means ill, or somebody in its place.

use std::time::{Duration, Instant};

use axum::body::Body;
use axum::http::header::{CONTENT_ENCODING, LOCATION};
use axum::response::Response;
use conversation::{Adapter, Attachment, AttachmentKind, AttachmentSource, ChannelRef, SendError};
use serde_json::json;
use telegram::Telegram;

use crate::support::{Memory, Reply, Server, TOKEN, collect, says, settings, telegram};

fn http(status: u16, headers: &[(&str, &str)], body: impl Into<Body>) -> Reply {
    let mut response = Response::builder().status(status);
    for (name, value) in headers {
        response = response.header(*name, *value);
    }
    Reply::Http(Box::new(response.body(body.into()).unwrap()))
}

fn a_file() -> Attachment {
    Attachment {
        kind: AttachmentKind::Document,
        name: None,
        mime: None,
        size: None,
        alt: None,
        source: AttachmentSource::Remote {
            channel: ChannelRef::new("telegram", "-100"),
            file: "FILE".into(),
        },
    }
}

fn lies_at(path: &str) -> Reply {
    Reply::Result(json!({"file_id": "FILE", "file_path": path}))
}

/// S41, S42: the token is in the address, so an address that somebody else chooses would give it away.
#[tokio::test]
async fn no_redirect_is_followed() {
    let (server, elsewhere) = (Server::start().await, Server::start().await);
    let telegram = telegram(&server);
    let there = format!("{}/bot{TOKEN}/sendMessage", elsewhere.url);
    for (status, to) in [
        (301, there.as_str()),
        (302, "file:///etc/passwd"),
        (307, &there),
        (308, &there),
    ] {
        let redirect = || http(status, &[(LOCATION.as_str(), to)], "");
        server.answers("sendMessage", redirect());
        let sent = telegram.send(&says("-100", "hello")).await;
        let expected = SendError::Unavailable(format!("HTTP status {status}"));
        assert_eq!(sent, Err(expected));
        server.answers("getFile", lies_at("x"));
        server.answers("file x", redirect());
        assert!(telegram.fetch(&a_file()).await.is_err());
    }
    assert!(elsewhere.calls("sendMessage").is_empty());
}

/// S17: nothing is unpacked, so nothing grows.
#[tokio::test]
async fn what_comes_packed_stays_packed() {
    let server = Server::start().await;
    let telegram = telegram(&server);
    let packed = || http(200, &[(CONTENT_ENCODING.as_str(), "gzip")], "\u{1f}packed");
    server.answers("sendMessage", packed());
    let sent = telegram.send(&says("-100", "hello")).await;
    assert!(matches!(sent, Err(SendError::Uncertain(_))), "{sent:?}");
    server.answers("getFile", lies_at("x"));
    server.answers("file x", packed());
    let stream = telegram.fetch(&a_file()).await.unwrap();
    assert_eq!(collect(stream).await.unwrap(), "\u{1f}packed".as_bytes());
}

/// S43.
#[tokio::test]
async fn an_answer_without_end_is_given_up() {
    let server = Server::start().await;
    server.answers("sendMessage", Reply::Endless);
    let sent = telegram(&server).send(&says("-100", "hello")).await;
    let expected = SendError::Uncertain("the answer has no end".to_owned());
    assert_eq!(sent, Err(expected));
}

/// S45: by the HTTP library's own rules `%2e` is a dot and `\\` a slash.
#[tokio::test]
async fn a_path_leads_nowhere_but_into_the_folder_of_files() {
    let server = Server::start().await;
    let telegram = telegram(&server);
    for (path, asked) in [
        ("../../etc/passwd", "etc/passwd"),
        ("a/%2e%2e/%2E./b", "a/%2e%2e/%2E./b"),
        ("..\\..\\x", "..\\..\\x"),
        ("x?y#z", "x?y#z"),
        ("//evil.example/x", "//evil.example/x"),
        ("http://evil.example/x", "http://evil.example/x"),
        ("a b\u{e9}c", "a b\u{e9}c"),
    ] {
        server.answers("getFile", lies_at(path));
        server.answers(&format!("file {asked}"), Reply::Bytes(b"inside".to_vec()));
        let stream = telegram.fetch(&a_file()).await;
        let stream = stream.map_err(|error| format!("{path}: {error}")).unwrap();
        assert_eq!(collect(stream).await.unwrap(), b"inside", "{path}");
    }
}

fn tells_nothing(error: &SendError) {
    let told = format!("{error} {error:?}");
    assert!(!told.contains("CANARY"), "{told}");
    assert!(!told.contains(['\n', '\u{1b}']), "{told:?}");
    assert!(told.len() < 2_000, "{} bytes", told.len());
}

/// S35, S75: the token in an error would be in the log; a line break would be a line of its own there.
#[tokio::test]
async fn no_error_holds_the_token_or_a_line_of_its_own() {
    let server = Server::start().await;
    let telegram = telegram(&server);
    let encoded = TOKEN.replace(':', "%3A");
    for description in [
        format!("Not Found: /bot{TOKEN}/sendMessage"),
        format!("at /bot{encoded}/sendMessage"),
        "x\n2026-01-01 ERROR all is lost \u{1b}[31m".to_owned(),
        "long ".repeat(1_000_000),
    ] {
        for status in [400, 403, 404, 500] {
            let rest = json!({"description": description});
            server.answers("sendMessage", Reply::Failure(status, rest));
            let error = telegram.send(&says("-100", "hello")).await.unwrap_err();
            tells_nothing(&error);
        }
    }
    for reply in [Reply::CutOff, Reply::Text(502, "<html>Oh no.</html>")] {
        server.answers("sendMessage", reply);
        tells_nothing(&telegram.send(&says("-100", "hello")).await.unwrap_err());
    }
    server.answers("getFile", lies_at("x"));
    server.answers("file x", Reply::CutOff);
    let stream = telegram.fetch(&a_file()).await.unwrap();
    let broken = collect(stream).await.unwrap_err();
    assert!(!broken.contains("CANARY"), "{broken}");
    // Nobody listens, nobody has that name, nobody speaks TLS there.
    let tls = server.url.replace("http:", "https:");
    for url in ["http://127.0.0.1:1", "http://nobody.invalid", &tls] {
        let telegram = Telegram::new(settings(url)).unwrap();
        let error = telegram.send(&says("-100", "hello")).await.unwrap_err();
        assert!(matches!(error, SendError::Unavailable(_)), "{error}");
        tells_nothing(&error);
    }
    assert!(!format!("{telegram:?}").contains("CANARY"));
}

/// S6: a server that forgets what was confirmed is not asked in a circle, and nothing is taken in twice.
#[tokio::test]
async fn updates_that_come_again_are_neither_heard_twice_nor_asked_for_at_once() {
    let server = Server::start().await;
    let last = json!([{"update_id": i32::MAX, "message": {
        "message_id": 5, "date": 1, "text": "hello", "chat": {"id": -100, "type": "supergroup"},
        "from": {"id": 7, "is_bot": false, "first_name": "Ana"}
    }}]);
    for _ in 0..2 {
        server.answers("getUpdates", Reply::Result(last.clone()));
    }
    let telegram = telegram(&server);
    let (intake, mut taken) = Memory::new();
    tokio::spawn(async move { telegram.receive(&*intake).await });
    server.call("getUpdates", 2).await;
    let began = Instant::now();
    server.call("getUpdates", 3).await;
    assert!(began.elapsed() > Duration::from_millis(500));
    assert!(taken.recv().await.is_some());
    assert!(taken.try_recv().is_err());
}
