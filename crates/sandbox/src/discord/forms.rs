//! Reads query, JSON and files out of an HTTP request.

use axum::extract::Request;
use serde_json::{Map, Value};

use super::answer::ApiError;
use super::call::{Call, Upload};
use crate::kit::forms::{Unreadable, content_type, fields, pairs};

/// Ten files of the largest size that boosted guilds have would not fit; nobody needs them here.
const LARGEST_BODY: usize = 110 * 1024 * 1024;

pub(super) async fn read(request: Request, call: &mut Call) -> Result<(), ApiError> {
    if let Some(query) = request.uri().query() {
        call.query = pairs(query.as_bytes()).collect();
    }
    let kind = content_type(&request);
    if kind.starts_with("multipart/form-data") {
        return read_multipart(request, call).await;
    }
    let body = axum::body::to_bytes(request.into_body(), LARGEST_BODY).await;
    let body = body.map_err(|_| ApiError::too_large())?;
    if body.is_empty() {
        return Ok(());
    }
    if kind.starts_with("application/x-www-form-urlencoded") {
        let fields = pairs(&body).map(|(name, it)| (name, it.into()));
        call.body = Value::Object(fields.collect());
        return Ok(());
    }
    call.body = serde_json::from_slice(&body).map_err(|_| ApiError::no_json())?;
    Ok(())
}

async fn read_multipart(request: Request, call: &mut Call) -> Result<(), ApiError> {
    let read = fields(request, LARGEST_BODY).await;
    let read = read.map_err(|it| match it {
        Unreadable::TooLarge => ApiError::too_large(),
        Unreadable::NoBoundary | Unreadable::Broken => ApiError::no_json(),
    })?;
    let mut fields = Map::new();
    for it in read {
        match it.file_name {
            Some(file) => call.files.push(Upload {
                number: number(&it.name),
                name: file,
                mime: it.mime,
                bytes: it.bytes,
            }),
            None if it.name == "payload_json" => {
                call.body = serde_json::from_slice(&it.bytes).map_err(|_| ApiError::no_json())?;
            }
            None => {
                let text = String::from_utf8_lossy(&it.bytes).into_owned();
                fields.insert(it.name, text.into());
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
