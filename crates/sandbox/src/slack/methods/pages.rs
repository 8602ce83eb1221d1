//! Pages of a longer list, by cursors that mean nothing to their readers.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::slack::answer::{ApiError, Checked};
use crate::slack::params::Params;

pub(super) fn cursor(text: &str) -> String {
    STANDARD.encode(text)
}

/// What `cursor` was made of.
pub(super) fn read_cursor(params: &Params, name: &str) -> Checked<Option<String>> {
    let Some(cursor) = params.text("cursor") else {
        return Ok(None);
    };
    let bytes = STANDARD.decode(cursor).ok();
    let text = bytes.and_then(|it| String::from_utf8(it).ok());
    let value = text.and_then(|it| it.strip_prefix(name)?.strip_prefix(':').map(str::to_owned));
    value.map(Some).ok_or(ApiError::of("invalid_cursor"))
}

/// How many a page holds.
pub(super) fn limit(params: &Params, usual: usize, most: usize) -> Checked<usize> {
    let Some(text) = params.text("limit") else {
        return Ok(usual);
    };
    match text.parse() {
        Ok(0) => Ok(usual),
        Ok(limit) if limit <= most => Ok(limit),
        _ => Err(ApiError::of("invalid_limit")),
    }
}

/// One page of a list that is at hand, under the name of its field.
pub(super) fn page(params: &Params, field: &str, all: Vec<Value>, usual: usize) -> Checked<Value> {
    let limit = limit(params, usual, 1000)?;
    let start = match read_cursor(params, "from")? {
        Some(start) => start.parse().map_err(|_| "invalid_cursor")?,
        None => 0,
    };
    let count = all.len();
    let items: Vec<Value> = all.into_iter().skip(start).take(limit).collect();
    let next = match start + limit < count {
        true => cursor(&format!("from:{}", start + limit)),
        false => String::new(),
    };
    Ok(json!({ field: items, "response_metadata": { "next_cursor": next } }))
}
