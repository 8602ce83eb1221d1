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

/// Status, code and words of an error that says all by itself.
macro_rules! errors {
    ($($name:ident $status:literal $code:literal $message:literal)*) => {
        impl ApiError {$(
            pub(crate) const $name: ApiError = ApiError::new($status, $code, $message);
        )*}
    };
}

errors! {
    UNAUTHORIZED 401 0 "401: Unauthorized"
    NOT_FOUND 404 0 "404: Not Found"
    WRONG_METHOD 405 0 "405: Method Not Allowed"
    UNKNOWN_CHANNEL 404 10003 "Unknown Channel"
    UNKNOWN_GUILD 404 10004 "Unknown Guild"
    UNKNOWN_MEMBER 404 10007 "Unknown Member"
    UNKNOWN_MESSAGE 404 10008 "Unknown Message"
    UNKNOWN_USER 404 10013 "Unknown User"
    UNKNOWN_EMOJI 400 10014 "Unknown Emoji"
    UNKNOWN_WEBHOOK 404 10015 "Unknown Webhook"
    UNKNOWN_STICKER 400 10060 "Unknown sticker"
    UNKNOWN_INTERACTION 404 10062 "Unknown interaction"
    NOT_THE_APPLICATION 403 20012 "You are not authorized to perform this action on this application"
    MANY_WEBHOOKS 400 30007 "Maximum number of webhooks reached (15)"
    MANY_REACTIONS 400 30010 "Maximum number of reactions reached (20)"
    TOO_LARGE 413 40005 "Request entity too large"
    ACKNOWLEDGED 400 40060 "Interaction has already been acknowledged."
    MISSING_ACCESS 403 50001 "Missing Access"
    NOT_IN_PRIVATE 403 50003 "Cannot execute action on a DM channel"
    NOT_THE_AUTHOR 403 50005 "Cannot edit a message authored by another user"
    EMPTY_MESSAGE 400 50006 "Cannot send an empty message"
    CLOSED_TO_MESSAGES 403 50007 "Cannot send messages to this user"
    NO_TEXT_CHANNEL 400 50008 "Cannot send messages in a non-text channel"
    MISSING_PERMISSIONS 403 50013 "Missing Permissions"
    NOT_SO_MANY 400 50016 "You can only delete between 2 and 100 messages at a time."
    OF_THE_SYSTEM 403 50021 "Cannot execute action on a system message"
    WRONG_CHANNEL_TYPE 400 50024 "Cannot execute action on this channel type"
    INVALID_WEBHOOK_TOKEN 401 50027 "Invalid Webhook Token"
    INVALID_RECIPIENT 400 50033 "Invalid Recipient(s)"
    ARCHIVED 400 50083 "Thread is archived"
    NO_JSON 400 50109 "The request body contains invalid JSON."
    THREAD_EXISTS 400 160004 "A thread has already been created for this message"
    LOCKED 400 160005 "Thread is locked"
    NO_THREAD_NAMED 400 220001 "Webhooks posted to forum channels must have a thread_name or thread_id"
    ONE_THREAD_ONLY 400 220002 "Webhook can only have one of thread_name or thread_id"
    NO_FORUM 400 220003 "Webhooks can only create threads in forum channels"
}

impl ApiError {
    const fn new(status: u16, code: u32, message: &'static str) -> ApiError {
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

    pub(crate) fn bad_length(field: &str, most: usize) -> ApiError {
        let message = format!("Must be between 1 and {most} in length.");
        ApiError::form(field, "BASE_TYPE_BAD_LENGTH", &message)
    }

    pub(crate) fn choices(field: &str, choices: &str) -> ApiError {
        let message = format!("Value must be one of ({choices}).");
        ApiError::form(field, "BASE_TYPE_CHOICES", &message)
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
