//! One request, taken apart: the numbers in its path, its query, its JSON and its files.

use bytes::Bytes;
use serde_json::Value;

use super::answer::ApiError;

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
    pub(crate) fn text(&self, name: &str) -> &str {
        let found = self.captured.iter().find(|(it, _)| *it == name);
        found.map_or("", |(_, value)| value)
    }

    pub(crate) fn id(&self, name: &str) -> Result<u64, ApiError> {
        let text = self.text(name);
        text.parse().map_err(|_| ApiError::no_snowflake(name, text))
    }

    pub(crate) fn asked(&self, name: &str) -> Option<&str> {
        let found = self.query.iter().find(|(it, _)| it == name);
        found.map(|(_, value)| value.as_str())
    }

    pub(crate) fn asked_id(&self, name: &str) -> Result<Option<u64>, ApiError> {
        let Some(text) = self.asked(name) else {
            return Ok(None);
        };
        match text.parse() {
            Ok(id) => Ok(Some(id)),
            Err(_) => Err(ApiError::no_snowflake(name, text)),
        }
    }

    pub(crate) fn flag(&self, name: &str) -> bool {
        matches!(self.asked(name), Some("true" | "True" | "1"))
    }

    /// `limit`, within its bounds.
    pub(crate) fn limit(&self, usual: usize, most: usize) -> Result<usize, ApiError> {
        let Some(text) = self.asked("limit") else {
            return Ok(usual);
        };
        let number = text.parse::<usize>();
        number
            .ok()
            .filter(|it| (1..=most).contains(it))
            .ok_or_else(|| {
                let message = format!("int value should be between 1 and {most}.");
                ApiError::form("limit", "NUMBER_TYPE_RANGE", &message)
            })
    }
}

/// An optional text of a body; anything else than a text or null is refused.
pub(crate) fn text_in<'a>(body: &'a Value, name: &str) -> Result<Option<&'a str>, ApiError> {
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
