//! The arguments of one call, and how they are read out of it.

use axum::extract::Request;
use bytes::Bytes;
use serde_json::Value;

use super::answer::{ApiError, Checked};
use super::ids::Ts;
use crate::kit::forms::{self, Body, Unreadable};
use crate::kit::params;
pub(crate) use crate::kit::params::Param;

/// How the body was written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Format {
    #[default]
    Form,
    Json,
    /// JSON that does not say in which character set, which Slack warns about.
    JsonWithoutCharset,
}

#[derive(Debug, Clone, Default)]
pub(crate) struct Params {
    fields: params::Params,
    pub(crate) format: Format,
    /// Arguments in the address: a token there is written down in logs.
    pub(crate) token_in_query: bool,
}

const LARGEST_CALL: usize = 4 * 1024 * 1024;
/// Slack takes files of 1 GB; what is held here lies in memory.
const LARGEST_FILE: usize = 256 * 1024 * 1024;

pub(super) async fn read(request: Request) -> Checked<Params> {
    let read = forms::read(request, LARGEST_FILE, LARGEST_CALL).await;
    let read = read.map_err(|it| match it {
        Unreadable::TooLarge => ApiError::of("request_too_large"),
        Unreadable::NoBoundary | Unreadable::Broken => ApiError::of("invalid_form_data"),
    })?;
    let mut fields = params::Params::default();
    fields.push_form(read.query.as_bytes());
    let token_in_query = fields.get("token").is_some();
    let mut format = Format::Form;
    match read.body {
        Body::Parts(parts) => {
            for it in parts {
                let text = String::from_utf8_lossy(&it.bytes).into_owned();
                fields.push(it.name, Param::Text(text));
            }
        }
        Body::Whole(body) if read.kind.starts_with("application/json") => {
            format = match read.kind.contains("charset") {
                true => Format::Json,
                false => Format::JsonWithoutCharset,
            };
            read_json(&body, &mut fields)?;
        }
        Body::Whole(body) => {
            let is_form = read.kind.starts_with("application/x-www-form-urlencoded");
            refuse!(!body.is_empty() && !is_form => "invalid_post_type");
            fields.push_form(&body);
        }
    }
    Ok(Params {
        fields,
        format,
        token_in_query,
    })
}

fn read_json(body: &[u8], fields: &mut params::Params) -> Checked {
    if body.is_empty() {
        return Ok(());
    }
    let read = fields.push_json(body);
    let read = read.map_err(|_| "invalid_json")?;
    read.ok_or(ApiError::of("json_not_object"))
}

/// The bytes of a file that is uploaded, as the body itself or as the only part of a form.
pub(super) async fn read_file(request: Request) -> Option<Bytes> {
    let read = forms::read(request, LARGEST_FILE, LARGEST_FILE)
        .await
        .ok()?;
    match read.body {
        Body::Parts(mut parts) => parts.pop().map(|it| it.bytes),
        Body::Whole(bytes) => Some(bytes),
    }
}

impl Params {
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &Param)> {
        self.fields.iter()
    }

    /// None too where it is empty: Slack sees no difference.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        self.fields.text(name).filter(|it| !it.is_empty())
    }

    pub(crate) fn channel(&self) -> Checked<String> {
        self.text("channel").ok_or(ApiError::CHANNEL_NOT_FOUND)
    }

    pub(crate) fn integer(&self, name: &str) -> Option<i64> {
        self.text(name)?.trim().parse().ok()
    }

    pub(crate) fn flag(&self, name: &str) -> bool {
        matches!(self.text(name).as_deref(), Some("true" | "1"))
    }

    pub(crate) fn ts(&self, name: &str, wrong: &'static str) -> Checked<Option<u64>> {
        let ts = self.text(name).map(|it| it.parse::<Ts>()).transpose();
        let ts = ts.map_err(|_| ApiError::of(wrong))?;
        Ok(ts.map(|it| it.0))
    }

    /// A structured argument.
    pub(crate) fn json(&self, name: &str, wrong: &'static str) -> Checked<Option<Value>> {
        let value = self.fields.json(name);
        value.map_err(|_| ApiError::of(wrong))
    }
}
