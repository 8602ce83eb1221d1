//! Reads query, JSON and files out of an HTTP request.

use axum::extract::{FromRequest, Multipart, Request};
use axum::http::header::CONTENT_TYPE;
use bytes::BytesMut;
use serde_json::{Map, Value};

use super::answer::ApiError;
use super::call::{Call, Upload};

/// Ten files of the largest size that boosted guilds have would not fit; nobody needs them here.
const LARGEST_BODY: usize = 110 * 1024 * 1024;

pub(super) async fn read(request: Request, call: &mut Call) -> Result<(), ApiError> {
    if let Some(query) = request.uri().query() {
        call.query = pairs(query);
    }
    let kind = request.headers().get(CONTENT_TYPE);
    let kind = kind.and_then(|it| it.to_str().ok()).unwrap_or("");
    let kind = kind.to_ascii_lowercase();
    if kind.starts_with("multipart/form-data") {
        return read_multipart(request, call).await;
    }
    let body = axum::body::to_bytes(request.into_body(), LARGEST_BODY).await;
    let body = body.map_err(|_| ApiError::too_large())?;
    if body.is_empty() {
        return Ok(());
    }
    if kind.starts_with("application/x-www-form-urlencoded") {
        let text = String::from_utf8_lossy(&body).into_owned();
        let fields = pairs(&text).into_iter().map(|(name, it)| (name, it.into()));
        call.body = Value::Object(fields.collect());
        return Ok(());
    }
    call.body = serde_json::from_slice(&body).map_err(|_| ApiError::no_json())?;
    Ok(())
}

fn pairs(text: &str) -> Vec<(String, String)> {
    let pair = |it: &str| {
        let (name, value) = it.split_once('=').unwrap_or((it, ""));
        (
            decoded(&name.replace('+', " ")),
            decoded(&value.replace('+', " ")),
        )
    };
    text.split('&')
        .filter(|it| !it.is_empty())
        .map(pair)
        .collect()
}

/// Percent-decoded; what is no escape stays as it is.
pub(super) fn decoded(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        rest = tail;
        let hex = tail.get(..2).and_then(|it| std::str::from_utf8(it).ok());
        match hex.and_then(|it| u8::from_str_radix(it, 16).ok()) {
            Some(byte) if *first == b'%' => {
                out.push(byte);
                rest = &tail[2..];
            }
            _ => out.push(*first),
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

async fn read_multipart(request: Request, call: &mut Call) -> Result<(), ApiError> {
    let broken = |_| ApiError::no_json();
    let parts = Multipart::from_request(request, &()).await;
    let mut parts = parts.map_err(|_| ApiError::no_json())?;
    let mut room = LARGEST_BODY;
    let mut fields = Map::new();
    while let Some(mut part) = parts.next_field().await.map_err(broken)? {
        let name = part.name().unwrap_or_default().to_owned();
        let file = part.file_name().map(str::to_owned);
        let mime = part.content_type().map(str::to_owned);
        let mut bytes = BytesMut::new();
        while let Some(chunk) = part.chunk().await.map_err(broken)? {
            room = room
                .checked_sub(chunk.len())
                .ok_or_else(ApiError::too_large)?;
            bytes.extend_from_slice(&chunk);
        }
        match file {
            Some(file) => call.files.push(Upload {
                number: number(&name),
                name: file,
                mime,
                bytes: bytes.freeze(),
            }),
            None if name == "payload_json" => {
                call.body = serde_json::from_slice(&bytes).map_err(|_| ApiError::no_json())?;
            }
            None => {
                let text = String::from_utf8_lossy(&bytes).into_owned();
                fields.insert(name, text.into());
            }
        }
    }
    // Fields beside `payload_json` count only where there is none.
    if call.body.is_null() {
        call.body = Value::Object(fields);
    }
    Ok(())
}

/// `files[3]` gives `3`; a part of any other name is the first file.
fn number(name: &str) -> String {
    let inside = name
        .strip_prefix("files[")
        .and_then(|it| it.strip_suffix(']'));
    inside.unwrap_or("0").to_owned()
}
