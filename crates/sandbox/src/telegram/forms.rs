//! Reads the parameters out of an HTTP request.

use axum::body::Body;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::header::CONTENT_TYPE;
use bytes::{Bytes, BytesMut};
use serde_json::Value;

use super::answer::ApiError;
use super::params::{Param, Params, Upload};

/// Bots upload at most 50 MB; some room is for the other fields.
const LARGEST_BODY: usize = 50 * 1024 * 1024 + 64 * 1024;

pub(super) async fn read(request: Request) -> Result<Params, ApiError> {
    let mut params = Params::default();
    if let Some(query) = request.uri().query() {
        read_form(query.as_bytes(), &mut params);
    }
    let kind = request.headers().get(CONTENT_TYPE);
    let kind = kind.and_then(|it| it.to_str().ok()).unwrap_or("");
    let kind = kind.to_ascii_lowercase();
    if kind.starts_with("multipart/form-data") {
        read_multipart(request, &mut params).await?;
    } else {
        let body = whole(request.into_body()).await?;
        read_body(&kind, &body, &mut params)?;
    }
    Ok(params)
}

async fn whole(body: Body) -> Result<Bytes, ApiError> {
    axum::body::to_bytes(body, LARGEST_BODY)
        .await
        .map_err(|_| ApiError::too_large())
}

fn read_body(kind: &str, body: &[u8], params: &mut Params) -> Result<(), ApiError> {
    if body.is_empty() {
        return Ok(());
    }
    if kind.starts_with("application/json") {
        return read_json(body, params);
    }
    read_form(body, params);
    Ok(())
}

fn read_json(body: &[u8], params: &mut Params) -> Result<(), ApiError> {
    let Ok(Value::Object(fields)) = serde_json::from_slice(body) else {
        return Err(ApiError::bad("can't parse JSON object"));
    };
    for (name, value) in fields {
        params.push(name, Param::Json(value));
    }
    Ok(())
}

fn read_form(body: &[u8], params: &mut Params) {
    for pair in body.split(|it| *it == b'&').filter(|it| !it.is_empty()) {
        let mut sides = pair.splitn(2, |it| *it == b'=');
        let name = sides.next().map(percent_decoded).unwrap_or_default();
        let value = sides.next().map(percent_decoded).unwrap_or_default();
        params.push(name, Param::Text(value));
    }
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
    let broken = |_| ApiError::bad("can't parse multipart form data");
    let mut parts = Multipart::from_request(request, &())
        .await
        .map_err(|_| ApiError::bad("can't find the boundary of multipart form data"))?;
    let mut room = LARGEST_BODY;
    while let Some(mut part) = parts.next_field().await.map_err(broken)? {
        let name = part.name().unwrap_or_default().to_owned();
        let file_name = part.file_name().map(str::to_owned);
        let mime = part.content_type().map(str::to_owned);
        let mut bytes = BytesMut::new();
        while let Some(chunk) = part.chunk().await.map_err(broken)? {
            room = room
                .checked_sub(chunk.len())
                .ok_or_else(ApiError::too_large)?;
            bytes.extend_from_slice(&chunk);
        }
        params.push(name, part_value(file_name, mime, bytes.freeze()));
    }
    Ok(())
}

/// A part with a file name is a file, and one without is a text.
fn part_value(name: Option<String>, mime: Option<String>, bytes: Bytes) -> Param {
    if name.is_some() {
        return Param::File(Upload { name, mime, bytes });
    }
    match String::from_utf8(bytes.to_vec()) {
        Ok(text) => Param::Text(text),
        Err(_) => Param::File(Upload { name, mime, bytes }),
    }
}
