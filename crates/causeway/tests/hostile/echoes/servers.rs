//! The servers that repeat everything.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::body::to_bytes;
use axum::extract::Request;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Json, Router};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::WEBHOOK;

/// As it is, for an address, in base64 of two kinds, over two lines, and a redirect with it.
pub(super) const SPELLINGS: usize = 6;

/// A port that nobody may call.
pub(super) struct Elsewhere {
    pub(super) address: SocketAddr,
    callers: Arc<AtomicUsize>,
}

impl Elsewhere {
    pub(super) async fn open() -> Elsewhere {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (address, callers) = (
            listener.local_addr().unwrap(),
            Arc::<AtomicUsize>::default(),
        );
        let counted = callers.clone();
        tokio::spawn(async move {
            while listener.accept().await.is_ok() {
                counted.fetch_add(1, Ordering::Relaxed);
            }
        });
        Elsewhere { address, callers }
    }

    pub(super) fn callers(&self) -> usize {
        self.callers.load(Ordering::Relaxed)
    }
}

/// Telegram, Discord and Slack, as far as it takes to be told a post.
pub(super) async fn echo(elsewhere: SocketAddr) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let posts = Arc::new([const { AtomicUsize::new(0) }; 3]);
    let router = Router::new().fallback(move |request: Request| {
        let posts = posts.clone();
        async move { answer(request, elsewhere, &posts).await }
    });
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}

async fn answer(request: Request, elsewhere: SocketAddr, posts: &[AtomicUsize; 3]) -> Response {
    let path = request.uri().path().to_owned();
    let method = request.method().to_string();
    if let Some(answer) = known(&method, &path, elsewhere) {
        return Json(answer).into_response();
    }
    let platform = ["/telegram", "/discord", "/slack"]
        .iter()
        .position(|it| path.starts_with(it));
    let platform = platform.unwrap_or_default();
    let is_post = ["SendMessage", WEBHOOK, "chat.postMessage"]
        .iter()
        .any(|it| path.ends_with(it));
    let number = posts[platform].fetch_add(usize::from(is_post), Ordering::Relaxed);
    let secrets = sent(request).await;
    if is_post && number == SPELLINGS - 1 {
        let to = format!("http://{elsewhere}{path}?echo={secrets}");
        return (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, to)]).into_response();
    }
    let words = format!("you sent {}", spelled(&secrets, number));
    match platform {
        0 => {
            let body = json!({"ok": false, "error_code": 400, "description": words});
            (StatusCode::BAD_REQUEST, Json(body)).into_response()
        }
        1 => {
            let body = json!({"code": 50035, "message": words, "errors": {"content": words}});
            (StatusCode::BAD_REQUEST, Json(body)).into_response()
        }
        _ => {
            let metadata = json!({"messages": [words]});
            let error = format!("invalid_arguments {words}");
            let body = json!({"ok": false, "error": error, "needed": words, "response_metadata": metadata});
            Json(body).into_response()
        }
    }
}

/// What has to go well before there is a post.
fn known(method: &str, path: &str, elsewhere: SocketAddr) -> Option<Value> {
    let bot = json!({"id": "1", "username": "causeway", "bot": true});
    Some(match (method, path) {
        ("GET", "/discord/api/v10/users/@me") => bot,
        ("GET", "/discord/api/v10/channels/2001") => {
            json!({"id": "2001", "type": 0, "name": "spring"})
        }
        ("GET", "/discord/api/v10/channels/2001/webhooks") => json!([{
            "id": "3001", "type": 1, "channel_id": "2001", "token": WEBHOOK, "user": bot,
        }]),
        ("GET", "/discord/api/v10/gateway/bot") => json!({
            "url": format!("ws://{elsewhere}"), "shards": 1,
            "session_start_limit": {"total": 1, "remaining": 1, "reset_after": 1, "max_concurrency": 1},
        }),
        (_, "/slack/api/auth.test") => json!({
            "ok": true, "url": "https://x.example/", "team": "x", "team_id": "T1", "user": "x", "user_id": "U1",
            "bot_id": "B1",
        }),
        (_, "/slack/api/apps.connections.open") => {
            json!({"ok": true, "url": format!("ws://{elsewhere}/link?ticket=CANARY-of-a-ticket")})
        }
        _ => return None,
    })
}

/// The address, which holds some of them, and the headers, which hold the others.
async fn sent(request: Request) -> String {
    let (head, body) = request.into_parts();
    let _ = to_bytes(body, 1 << 20).await;
    let authorization = head.headers.get(header::AUTHORIZATION);
    let authorization = authorization.map_or("", |it| it.to_str().unwrap());
    match authorization {
        "" => head.uri.path().to_owned(),
        header => header.rsplit(' ').next().unwrap_or_default().to_owned(),
    }
}

fn spelled(secrets: &str, number: usize) -> String {
    match number % SPELLINGS {
        0 => secrets.to_owned(),
        1 => secrets.bytes().map(|it| format!("%{it:02x}")).collect(),
        2 => STANDARD.encode(format!("x{secrets}")),
        3 => URL_SAFE_NO_PAD.encode(format!("xy{secrets}")),
        _ => {
            let (first, second) = secrets.split_at(secrets.len() - 4);
            format!("{first}\r\n {second}")
        }
    }
}

/// Waits until the bridge listens, and hands it a mail.
pub(super) async fn hand_in(lmtp: SocketAddr, mail: &str) {
    let mut stream = TcpStream::connect(lmtp).await;
    while stream.is_err() {
        tokio::time::sleep(Duration::from_millis(20)).await;
        stream = TcpStream::connect(lmtp).await;
    }
    let mut stream = stream.unwrap();
    let dialogue = format!(
        "LHLO here\r\nMAIL FROM:<bo@people.example>\r\nRCPT TO:<spring@lists.example>\r\nDATA\r\n{mail}.\r\nQUIT\r\n"
    );
    stream.write_all(dialogue.as_bytes()).await.unwrap();
    let mut answers = String::new();
    stream.read_to_string(&mut answers).await.unwrap();
    assert!(
        answers.lines().any(|it| it.starts_with("250 2.")),
        "{answers}"
    );
}
