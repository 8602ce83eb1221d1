//! What hangs on messages, for the browser. Only pictures are shown in place; anything else is a download.

use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderName, StatusCode};
use axum::response::{IntoResponse, Response};

use bytes::Bytes;

use super::{Refusal, Shared};
use crate::mail::MailId;

/// Types that run no script wherever they are shown. SVG is not one of them.
const SHOWN: [&str; 5] = [
    "image/png",
    "image/jpeg",
    "image/gif",
    "image/webp",
    "image/avif",
];

pub(super) async fn of_mail(
    State(shared): State<Shared>,
    Path((mail, index)): Path<(u64, usize)>,
) -> Result<Response, Refusal> {
    let file = shared.town.mail.attachment(MailId(mail), index);
    let (name, mime, bytes) = file.ok_or_else(|| Refusal::gone("That mail has no such file."))?;
    Ok(served(&name, &mime, bytes.into()))
}

pub(super) async fn of_telegram(
    State(shared): State<Shared>,
    Path(path): Path<String>,
) -> Result<Response, Refusal> {
    let file = shared.town.telegram.file(&path);
    let (mime, bytes) = file.ok_or_else(|| Refusal::gone("Telegram has no such file."))?;
    let name = path.rsplit('/').next().unwrap_or_default();
    Ok(served(name, &mime, bytes))
}

pub(super) async fn of_discord(
    State(shared): State<Shared>,
    Path(path): Path<String>,
) -> Result<Response, Refusal> {
    let file = shared.town.discord.file(&path);
    let (mime, bytes) = file.ok_or_else(|| Refusal::gone("Discord has no such file."))?;
    let name = path.rsplit('/').next().unwrap_or_default();
    Ok(served(name, &mime, bytes))
}

pub(super) async fn of_slack(
    State(shared): State<Shared>,
    Path((id, name)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let file = shared.town.slack.file(&id);
    let (mime, bytes) = file.ok_or_else(|| Refusal::gone("Slack has no such file."))?;
    Ok(served(&name, &mime, bytes))
}

pub(super) async fn source(
    State(shared): State<Shared>,
    Path(mail): Path<u64>,
) -> Result<Response, Refusal> {
    let source = shared.town.mail.source(MailId(mail));
    let source = source.ok_or_else(|| Refusal::gone("There is no such mail."))?;
    let text = String::from_utf8_lossy(&source).into_owned();
    Ok(([(CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response())
}

fn served(name: &str, mime: &str, bytes: Bytes) -> Response {
    let mime = mime.to_ascii_lowercase();
    let (mime, how) = match SHOWN.iter().find(|it| **it == mime) {
        Some(shown) => (*shown, "inline"),
        None => ("application/octet-stream", "attachment"),
    };
    let headers: [(HeaderName, String); 3] = [
        (CONTENT_TYPE, mime.to_owned()),
        (
            CONTENT_DISPOSITION,
            format!("{how}; filename*=UTF-8''{}", percent(name)),
        ),
        (
            CONTENT_SECURITY_POLICY,
            "default-src 'none'; sandbox".to_owned(),
        ),
    ];
    (StatusCode::OK, headers, bytes).into_response()
}

fn percent(name: &str) -> String {
    let byte = |it: u8| match it {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => char::from(it).to_string(),
        _ => format!("%{it:02X}"),
    };
    name.bytes().map(byte).collect()
}
