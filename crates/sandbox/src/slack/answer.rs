//! What a method answers: fields beside `ok`, or an error in Slack's own words, on which clients rely.

use std::borrow::Cow;

use serde_json::{Value, json};

use crate::kit::Fields;

pub(crate) type Checked<T = ()> = Result<T, ApiError>;
pub(crate) type Answer = Checked<Value>;

/// Almost always with HTTP status 200: Slack says what is wrong in the body.
#[derive(Debug, Clone, PartialEq)]
pub struct ApiError {
    pub(crate) error: Cow<'static, str>,
    pub(crate) status: u16,
    pub(crate) retry_after: Option<String>,
    extra: Option<Box<Value>>,
}

impl From<&'static str> for ApiError {
    fn from(error: &'static str) -> ApiError {
        ApiError::of(error)
    }
}

impl ApiError {
    pub(crate) const CHANNEL_NOT_FOUND: ApiError = ApiError::of("channel_not_found");

    pub(crate) const fn of(error: &'static str) -> ApiError {
        ApiError {
            error: Cow::Borrowed(error),
            status: 200,
            retry_after: None,
            extra: None,
        }
    }

    pub(crate) fn named(error: &str) -> ApiError {
        ApiError {
            error: Cow::Owned(error.to_owned()),
            ..ApiError::of("")
        }
    }

    pub(crate) fn missing_scope(needed: &str, provided: String) -> ApiError {
        ApiError {
            extra: Some(Box::new(json!({ "needed": needed, "provided": provided }))),
            ..ApiError::of("missing_scope")
        }
    }

    /// With the sentences that say what is wrong, as Slack lists them.
    pub(crate) fn with_messages(error: &'static str, messages: &[String]) -> ApiError {
        let messages: Vec<String> = messages.iter().map(|it| format!("[ERROR] {it}")).collect();
        ApiError {
            extra: Some(Box::new(
                json!({ "response_metadata": { "messages": messages } }),
            )),
            ..ApiError::of(error)
        }
    }

    pub(crate) fn server(status: u16) -> ApiError {
        ApiError {
            status,
            ..ApiError::of("internal_error")
        }
    }

    pub(crate) fn too_many(retry_after: Option<String>) -> ApiError {
        ApiError {
            status: 429,
            retry_after,
            ..ApiError::of("ratelimited")
        }
    }

    pub(crate) fn body(&self) -> Value {
        let mut body = json!({ "ok": false, "error": self.error });
        body.lay_over(self.extra.as_deref().cloned().unwrap_or_default());
        body
    }
}
