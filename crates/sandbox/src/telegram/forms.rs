//! Reads the parameters out of an HTTP request.

use axum::body::Body;
use axum::extract::Request;
use bytes::Bytes;
use serde_json::Value;

use super::answer::ApiError;
use super::params::{Param, Params, Upload};
use crate::forms::{Unreadable, content_type, fields, pairs};

/// Bots upload at most 50 MB; some room is for the other fields.
const LARGEST_BODY: usize = 50 * 1024 * 1024 + 64 * 1024;

pub(super) async fn read(request: Request) -> Result<Params, ApiError> {
    let mut params = Params::default();
    if let Some(query) = request.uri().query() {
        read_form(query.as_bytes(), &mut params);
    }
    let kind = content_type(&request);
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
    for (name, value) in pairs(body) {
        params.push(name, Param::Text(value));
    }
}

async fn read_multipart(request: Request, params: &mut Params) -> Result<(), ApiError> {
    let fields = fields(request, LARGEST_BODY).await;
    let fields = fields.map_err(|it| match it {
        Unreadable::NoBoundary => ApiError::bad("can't find the boundary of multipart form data"),
        Unreadable::Broken => ApiError::bad("can't parse multipart form data"),
        Unreadable::TooLarge => ApiError::too_large(),
    })?;
    for it in fields {
        params.push(it.name, part_value(it.file_name, it.mime, it.bytes));
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
