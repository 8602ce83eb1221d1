//! Reads the arguments out of an HTTP request.

use axum::body::Body;
use axum::extract::Request;
use bytes::Bytes;
use serde_json::Value;

use super::answer::ApiError;
use super::params::{Format, Param, Params};
use crate::kit::forms::{content_type, fields, pairs};

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

async fn read_multipart(request: Request, params: &mut Params) -> Result<(), ApiError> {
    let fields = fields(request, LARGEST_FILE).await;
    let fields = fields.map_err(|_| ApiError::of("invalid_form_data"))?;
    for it in fields {
        let text = String::from_utf8_lossy(&it.bytes).into_owned();
        params.push(it.name, Param::Text(text));
    }
    Ok(())
}

/// The bytes of a file that is uploaded, as the body itself or as the only part of a form.
pub(super) async fn read_file(request: Request) -> Option<Bytes> {
    if content_type(&request).starts_with("multipart/form-data") {
        let mut fields = fields(request, LARGEST_FILE).await.ok()?;
        return fields.pop().map(|it| it.bytes);
    }
    whole(request.into_body(), LARGEST_FILE).await
}
