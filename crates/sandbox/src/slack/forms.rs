//! Reads the arguments out of an HTTP request.

use axum::body::Body;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::header::CONTENT_TYPE;
use bytes::{Bytes, BytesMut};
use serde_json::Value;

use super::answer::ApiError;
use super::params::{Format, Param, Params};

const LARGEST_CALL: usize = 4 * 1024 * 1024;
/// Slack takes files of 1 GB; what is held here lies in memory.
const LARGEST_FILE: usize = 256 * 1024 * 1024;

pub(super) async fn read(request: Request) -> Result<Params, ApiError> {
    let mut params = Params::default();
    if let Some(query) = request.uri().query() {
        read_form(query.as_bytes(), &mut params);
        params.token_in_query = params.get("token").is_some();
    }
    let kind = content_type(&request);
    if kind.starts_with("multipart/form-data") {
        read_multipart(request, &mut params).await?;
        return Ok(params);
    }
    let body = whole(request.into_body(), LARGEST_CALL).await;
    let body = body.ok_or(ApiError::of("request_too_large"))?;
    if kind.starts_with("application/json") {
        params.format = match kind.contains("charset") {
            true => Format::Json,
            false => Format::JsonWithoutCharset,
        };
        read_json(&body, &mut params)?;
    } else if !body.is_empty() && !kind.starts_with("application/x-www-form-urlencoded") {
        return Err(ApiError::of("invalid_post_type"));
    } else {
        read_form(&body, &mut params);
    }
    Ok(params)
}

fn content_type(request: &Request) -> String {
    let kind = request.headers().get(CONTENT_TYPE);
    let kind = kind.and_then(|it| it.to_str().ok()).unwrap_or("");
    kind.to_ascii_lowercase()
}

async fn whole(body: Body, most: usize) -> Option<Bytes> {
    axum::body::to_bytes(body, most).await.ok()
}

fn read_json(body: &[u8], params: &mut Params) -> Result<(), ApiError> {
    if body.is_empty() {
        return Ok(());
    }
    let value = serde_json::from_slice(body).map_err(|_| ApiError::of("invalid_json"))?;
    let Value::Object(fields) = value else {
        return Err(ApiError::of("json_not_object"));
    };
    for (name, value) in fields {
        params.push(name, Param::Json(value));
    }
    Ok(())
}

fn read_form(body: &[u8], params: &mut Params) {
    for (name, value) in pairs(body) {
        params.push(name, Param::Text(value));
    }
}

/// Names and values of a form, in their order.
pub(super) fn pairs(body: &[u8]) -> impl Iterator<Item = (String, String)> {
    body.split(|it| *it == b'&')
        .filter(|it| !it.is_empty())
        .map(|pair| {
            let mut sides = pair.splitn(2, |it| *it == b'=');
            let name = sides.next().map(percent_decoded).unwrap_or_default();
            let value = sides.next().map(percent_decoded).unwrap_or_default();
            (name, value)
        })
}

pub(super) fn percent_decoded(text: &[u8]) -> String {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let [first, tail @ ..] = rest {
        rest = tail;
        let hex = tail.get(..2).and_then(|it| std::str::from_utf8(it).ok());
        match (first, hex.and_then(|it| u8::from_str_radix(it, 16).ok())) {
            (b'%', Some(byte)) => {
                out.push(byte);
                rest = &tail[2..];
            }
            (b'+', _) => out.push(b' '),
            (byte, _) => out.push(*byte),
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

async fn read_multipart(request: Request, params: &mut Params) -> Result<(), ApiError> {
    for (name, bytes) in parts(request)
        .await
        .ok_or(ApiError::of("invalid_form_data"))?
    {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        params.push(name, Param::Text(text));
    }
    Ok(())
}

async fn parts(request: Request) -> Option<Vec<(String, Bytes)>> {
    let mut parts = Multipart::from_request(request, &()).await.ok()?;
    let mut room = LARGEST_FILE;
    let mut all = Vec::new();
    while let Some(mut part) = parts.next_field().await.ok()? {
        let name = part.name().unwrap_or_default().to_owned();
        let mut bytes = BytesMut::new();
        while let Some(chunk) = part.chunk().await.ok()? {
            room = room.checked_sub(chunk.len())?;
            bytes.extend_from_slice(&chunk);
        }
        all.push((name, bytes.freeze()));
    }
    Some(all)
}

/// The bytes of a file that is uploaded, as the body itself or as the only part of a form.
pub(super) async fn read_file(request: Request) -> Option<Bytes> {
    if content_type(&request).starts_with("multipart/form-data") {
        let mut parts = parts(request).await?;
        return parts.pop().map(|(_, bytes)| bytes);
    }
    whole(request.into_body(), LARGEST_FILE).await
}
