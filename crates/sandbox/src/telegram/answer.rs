//! What a method answers: a result, or an error in the words of the real server, on which clients rely.

use serde_json::{Value, json};

pub(crate) type Checked<T = ()> = Result<T, ApiError>;
pub(crate) type Answer = Checked<Value>;

#[derive(Debug, Clone, PartialEq)]
pub struct ApiError {
    pub(crate) code: u16,
    pub(crate) description: String,
    parameters: Option<Value>,
}

/// Almost all that is refused is a bad request.
impl<S: AsRef<str>> From<S> for ApiError {
    fn from(why: S) -> ApiError {
        ApiError::bad(why)
    }
}

impl ApiError {
    fn new(code: u16, description: impl Into<String>) -> ApiError {
        ApiError {
            code,
            description: description.into(),
            parameters: None,
        }
    }

    pub(crate) fn bad(why: impl AsRef<str>) -> ApiError {
        ApiError::new(400, format!("Bad Request: {}", why.as_ref()))
    }

    pub(crate) fn forbidden(why: impl AsRef<str>) -> ApiError {
        ApiError::new(403, format!("Forbidden: {}", why.as_ref()))
    }

    pub(crate) fn conflict(why: &str) -> ApiError {
        ApiError::new(409, format!("Conflict: {why}"))
    }

    pub(crate) fn not_found() -> ApiError {
        ApiError::new(404, "Not Found")
    }

    pub(crate) fn unauthorized() -> ApiError {
        ApiError::new(401, "Unauthorized")
    }

    pub(crate) fn too_large() -> ApiError {
        ApiError::new(413, "Request Entity Too Large")
    }

    pub(crate) fn server(status: u16) -> ApiError {
        let reason = match status {
            502 => "Bad Gateway",
            503 => "Service Unavailable",
            504 => "Gateway Timeout",
            _ => "Internal Server Error",
        };
        ApiError::new(status, reason)
    }

    pub(crate) fn too_many(seconds: u64) -> ApiError {
        ApiError {
            parameters: Some(json!({ "retry_after": seconds })),
            ..ApiError::new(429, format!("Too Many Requests: retry after {seconds}"))
        }
    }

    pub(crate) fn migrated(to: i64) -> ApiError {
        ApiError {
            parameters: Some(json!({ "migrate_to_chat_id": to })),
            ..ApiError::bad("group chat was upgraded to a supergroup chat")
        }
    }

    pub(crate) fn body(&self) -> Value {
        let mut body = json!({
            "ok": false, "error_code": self.code, "description": self.description,
        });
        if let Some(parameters) = &self.parameters {
            body["parameters"] = parameters.clone();
        }
        body
    }
}
