//! One request, taken apart: the numbers in its path, its query, its JSON and its files.

use axum::extract::Request;
use bytes::Bytes;
use serde_json::{Map, Value};

use super::answer::{ApiError, Checked};
use crate::kit::forms::{self, Body, Field, Unreadable};

/// Ten files of the largest size that boosted guilds have would not fit; nobody needs them here.
const LARGEST_BODY: usize = 110 * 1024 * 1024;

#[derive(Debug, Clone, Default)]
pub(crate) struct Call {
    /// What stood in the braces of the template, percent-decoded.
    pub(crate) captured: Vec<(&'static str, String)>,
    pub(crate) query: Vec<(String, String)>,
    /// Null where there was none.
    pub(crate) body: Value,
    pub(crate) files: Vec<Upload>,
}

#[derive(Debug, Clone)]
pub(crate) struct Upload {
    /// The n of `files[n]`.
    pub(crate) number: String,
    pub(crate) name: String,
    pub(crate) mime: Option<String>,
    pub(crate) bytes: Bytes,
}

impl Call {
    pub(super) async fn read(&mut self, request: Request) -> Checked {
        let read = forms::read(request, LARGEST_BODY, LARGEST_BODY).await;
        let read = read.map_err(|it| match it {
            Unreadable::TooLarge => ApiError::TOO_LARGE,
            Unreadable::NoBoundary | Unreadable::Broken => ApiError::NO_JSON,
        })?;
        self.query = forms::pairs(read.query.as_bytes()).collect();
        match read.body {
            Body::Parts(parts) => self.read_parts(parts)?,
            Body::Whole(body) if body.is_empty() => {}
            Body::Whole(body) if read.kind.starts_with("application/x-www-form-urlencoded") => {
                let fields = forms::pairs(&body).map(|(name, it)| (name, it.into()));
                self.body = Value::Object(fields.collect());
            }
            Body::Whole(body) => self.read_json(&body)?,
        }
        Ok(())
    }

    fn read_json(&mut self, body: &[u8]) -> Checked {
        self.body = serde_json::from_slice(body).map_err(|_| ApiError::NO_JSON)?;
        Ok(())
    }

    fn read_parts(&mut self, parts: Vec<Field>) -> Checked {
        let mut fields = Map::new();
        for it in parts {
            match it.file_name {
                Some(file) => self.files.push(Upload {
                    number: number(&it.name),
                    name: file,
                    mime: it.mime,
                    bytes: it.bytes,
                }),
                None if it.name == "payload_json" => self.read_json(&it.bytes)?,
                None => {
                    let text = String::from_utf8_lossy(&it.bytes).into_owned();
                    fields.insert(it.name, text.into());
                }
            }
        }
        // Fields beside `payload_json` count only where there is none.
        if self.body.is_null() {
            self.body = Value::Object(fields);
        }
        Ok(())
    }

    pub(crate) fn text(&self, name: &str) -> &str {
        let found = self.captured.iter().find(|(it, _)| *it == name);
        found.map_or("", |(_, value)| value)
    }

    pub(crate) fn id(&self, name: &str) -> Checked<u64> {
        snowflake(name, self.text(name))
    }

    /// The channel and the message that the path names.
    pub(crate) fn message(&self) -> Checked<(u64, u64)> {
        Ok((self.id("channel_id")?, self.id("message_id")?))
    }

    pub(crate) fn asked(&self, name: &str) -> Option<&str> {
        let found = self.query.iter().find(|(it, _)| it == name);
        found.map(|(_, value)| value.as_str())
    }

    pub(crate) fn asked_id(&self, name: &str) -> Checked<Option<u64>> {
        let asked = self.asked(name);
        asked.map(|text| snowflake(name, text)).transpose()
    }

    pub(crate) fn flag(&self, name: &str) -> bool {
        matches!(self.asked(name), Some("true" | "True" | "1"))
    }

    /// `limit`, within its bounds.
    pub(crate) fn limit(&self, usual: usize, most: usize) -> Checked<usize> {
        let Some(text) = self.asked("limit") else {
            return Ok(usual);
        };
        let number = text.parse().ok().filter(|it| (1..=most).contains(it));
        number.ok_or_else(|| {
            let message = format!("int value should be between 1 and {most}.");
            ApiError::form("limit", "NUMBER_TYPE_RANGE", &message)
        })
    }
}

fn snowflake(name: &str, text: &str) -> Checked<u64> {
    let number = text.parse();
    number.map_err(|_| ApiError::no_snowflake(name, text))
}

/// An optional text of a body; anything else than a text or null is refused.
pub(crate) fn text_in<'a>(body: &'a Value, name: &str) -> Checked<Option<&'a str>> {
    match body.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => {
            let message = "Could not interpret value as string.";
            Err(ApiError::form(name, "STRING_TYPE_CONVERT", message))
        }
    }
}

/// A snowflake in a body, as text or as a number.
pub(crate) fn id_in(value: &Value) -> Option<u64> {
    match value {
        Value::String(text) => text.parse().ok(),
        other => other.as_u64(),
    }
}

/// `files[3]` gives `3`; a part of any other name is the first file.
fn number(name: &str) -> String {
    let inside = name.strip_prefix("files[");
    let inside = inside.and_then(|it| it.strip_suffix(']'));
    inside.unwrap_or("0").to_owned()
}
