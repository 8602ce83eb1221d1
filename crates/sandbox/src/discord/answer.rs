//! What a route answers: a body, or an error in the words and with the codes of the real server, on which
//! clients rely.

use serde_json::{Value, json};

use crate::kit::Fields;

pub(crate) type Checked<T = ()> = Result<T, ApiError>;
pub(crate) type Answer = Checked<Reply>;

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) body: Option<Value>,
}

pub(crate) fn ok(body: Value) -> Answer {
    reply(200, Some(body))
}

pub(crate) fn created(body: Value) -> Answer {
    reply(201, Some(body))
}

pub(crate) fn nothing() -> Answer {
    reply(204, None)
}

fn reply(status: u16, body: Option<Value>) -> Answer {
    Ok(Reply { status, body })
}

#[derive(Debug, Clone, PartialEq)]
pub struct ApiError {
    pub(crate) status: u16,
    code: u32,
    pub(super) message: &'static str,
    errors: Option<Value>,
}

impl ApiError {
    pub(crate) const UNAUTHORIZED: ApiError = ApiError::new(401, 0, "401: Unauthorized");
    pub(crate) const NOT_FOUND: ApiError = ApiError::new(404, 0, "404: Not Found");
    pub(crate) const WRONG_METHOD: ApiError = ApiError::new(405, 0, "405: Method Not Allowed");
    pub(crate) const UNKNOWN_CHANNEL: ApiError = ApiError::new(404, 10003, "Unknown Channel");
    pub(crate) const UNKNOWN_GUILD: ApiError = ApiError::new(404, 10004, "Unknown Guild");
    pub(crate) const UNKNOWN_MEMBER: ApiError = ApiError::new(404, 10007, "Unknown Member");
    pub(crate) const UNKNOWN_MESSAGE: ApiError = ApiError::new(404, 10008, "Unknown Message");
    pub(crate) const UNKNOWN_USER: ApiError = ApiError::new(404, 10013, "Unknown User");
    pub(crate) const UNKNOWN_EMOJI: ApiError = ApiError::new(400, 10014, "Unknown Emoji");
    pub(crate) const UNKNOWN_WEBHOOK: ApiError = ApiError::new(404, 10015, "Unknown Webhook");
    pub(crate) const UNKNOWN_INTERACTION: ApiError =
        ApiError::new(404, 10062, "Unknown interaction");
    pub(crate) const TOO_LARGE: ApiError = ApiError::new(413, 40005, "Request entity too large");
    pub(crate) const MISSING_ACCESS: ApiError = ApiError::new(403, 50001, "Missing Access");
    pub(crate) const NOT_THE_AUTHOR: ApiError =
        ApiError::new(403, 50005, "Cannot edit a message authored by another user");
    pub(crate) const EMPTY_MESSAGE: ApiError =
        ApiError::new(400, 50006, "Cannot send an empty message");
    pub(crate) const CLOSED_TO_MESSAGES: ApiError =
        ApiError::new(403, 50007, "Cannot send messages to this user");
    pub(crate) const NO_TEXT_CHANNEL: ApiError =
        ApiError::new(400, 50008, "Cannot send messages in a non-text channel");
    pub(crate) const MISSING_PERMISSIONS: ApiError =
        ApiError::new(403, 50013, "Missing Permissions");
    pub(crate) const WRONG_CHANNEL_TYPE: ApiError =
        ApiError::new(400, 50024, "Cannot execute action on this channel type");
    pub(crate) const INVALID_WEBHOOK_TOKEN: ApiError =
        ApiError::new(401, 50027, "Invalid Webhook Token");
    pub(crate) const ARCHIVED: ApiError = ApiError::new(400, 50083, "Thread is archived");
    pub(crate) const NO_JSON: ApiError =
        ApiError::new(400, 50109, "The request body contains invalid JSON.");
    pub(crate) const THREAD_EXISTS: ApiError = ApiError::new(
        400,
        160004,
        "A thread has already been created for this message",
    );
    pub(crate) const LOCKED: ApiError = ApiError::new(400, 160005, "Thread is locked");

    pub(crate) const fn new(status: u16, code: u32, message: &'static str) -> ApiError {
        ApiError {
            status,
            code,
            message,
            errors: None,
        }
    }

    pub(crate) fn server(status: u16) -> ApiError {
        let reason = match status {
            502 => "502: Bad Gateway",
            503 => "503: Service Unavailable",
            504 => "504: Gateway Timeout",
            _ => "500: Internal Server Error",
        };
        ApiError::new(status, 0, reason)
    }

    /// 50035 for one field. Dots in `field` go down into what the field holds.
    pub(crate) fn form(field: &str, code: &str, message: &str) -> ApiError {
        let leaf = json!({ "_errors": [{ "code": code, "message": message }] });
        let nested = field
            .rsplit('.')
            .fold(leaf, |inside, name| json!({ name: inside }));
        ApiError {
            errors: Some(nested),
            ..ApiError::new(400, 50035, "Invalid Form Body")
        }
    }

    pub(crate) fn too_long(field: &str, most: usize) -> ApiError {
        let message = format!("Must be {most} or fewer in length.");
        ApiError::form(field, "BASE_TYPE_MAX_LENGTH", &message)
    }

    pub(crate) fn required(field: &str) -> ApiError {
        ApiError::form(field, "BASE_TYPE_REQUIRED", "This field is required")
    }

    pub(crate) fn no_snowflake(field: &str, value: &str) -> ApiError {
        let message = format!("Value \"{value}\" is not snowflake.");
        ApiError::form(field, "NUMBER_TYPE_COERCE", &message)
    }

    pub(crate) fn body(&self) -> Value {
        let mut body = json!({ "message": self.message, "code": self.code });
        body.put("errors", self.errors.clone());
        body
    }
}
