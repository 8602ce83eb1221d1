//! What a route answers: a body, or an error in the words and with the codes of the real server, on which
//! clients rely.

use serde_json::{Value, json};

pub(crate) type Answer = Result<Reply, ApiError>;

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) body: Option<Value>,
}

pub(crate) fn ok(body: Value) -> Answer {
    Ok(Reply {
        status: 200,
        body: Some(body),
    })
}

pub(crate) fn created(body: Value) -> Answer {
    Ok(Reply {
        status: 201,
        body: Some(body),
    })
}

pub(crate) fn nothing() -> Answer {
    Ok(Reply {
        status: 204,
        body: None,
    })
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ApiError {
    pub(crate) status: u16,
    code: u32,
    message: String,
    errors: Option<Value>,
}

impl ApiError {
    pub(crate) fn new(status: u16, code: u32, message: &str) -> ApiError {
        ApiError {
            status,
            code,
            message: message.to_owned(),
            errors: None,
        }
    }

    pub(crate) fn unauthorized() -> ApiError {
        ApiError::new(401, 0, "401: Unauthorized")
    }

    pub(crate) fn not_found() -> ApiError {
        ApiError::new(404, 0, "404: Not Found")
    }

    pub(crate) fn wrong_method() -> ApiError {
        ApiError::new(405, 0, "405: Method Not Allowed")
    }

    pub(crate) fn unknown_channel() -> ApiError {
        ApiError::new(404, 10003, "Unknown Channel")
    }

    pub(crate) fn unknown_guild() -> ApiError {
        ApiError::new(404, 10004, "Unknown Guild")
    }

    pub(crate) fn unknown_member() -> ApiError {
        ApiError::new(404, 10007, "Unknown Member")
    }

    pub(crate) fn unknown_message() -> ApiError {
        ApiError::new(404, 10008, "Unknown Message")
    }

    pub(crate) fn unknown_user() -> ApiError {
        ApiError::new(404, 10013, "Unknown User")
    }

    pub(crate) fn unknown_emoji() -> ApiError {
        ApiError::new(400, 10014, "Unknown Emoji")
    }

    pub(crate) fn unknown_webhook() -> ApiError {
        ApiError::new(404, 10015, "Unknown Webhook")
    }

    pub(crate) fn unknown_interaction() -> ApiError {
        ApiError::new(404, 10062, "Unknown interaction")
    }

    pub(crate) fn too_large() -> ApiError {
        ApiError::new(413, 40005, "Request entity too large")
    }

    pub(crate) fn missing_access() -> ApiError {
        ApiError::new(403, 50001, "Missing Access")
    }

    pub(crate) fn not_the_author() -> ApiError {
        ApiError::new(403, 50005, "Cannot edit a message authored by another user")
    }

    pub(crate) fn empty_message() -> ApiError {
        ApiError::new(400, 50006, "Cannot send an empty message")
    }

    pub(crate) fn closed_to_messages() -> ApiError {
        ApiError::new(403, 50007, "Cannot send messages to this user")
    }

    pub(crate) fn no_text_channel() -> ApiError {
        ApiError::new(400, 50008, "Cannot send messages in a non-text channel")
    }

    pub(crate) fn missing_permissions() -> ApiError {
        ApiError::new(403, 50013, "Missing Permissions")
    }

    pub(crate) fn wrong_channel_type() -> ApiError {
        ApiError::new(400, 50024, "Cannot execute action on this channel type")
    }

    pub(crate) fn invalid_webhook_token() -> ApiError {
        ApiError::new(401, 50027, "Invalid Webhook Token")
    }

    pub(crate) fn archived() -> ApiError {
        ApiError::new(400, 50083, "Thread is archived")
    }

    pub(crate) fn no_json() -> ApiError {
        ApiError::new(400, 50109, "The request body contains invalid JSON.")
    }

    pub(crate) fn thread_exists() -> ApiError {
        let why = "A thread has already been created for this message";
        ApiError::new(400, 160004, why)
    }

    pub(crate) fn locked() -> ApiError {
        ApiError::new(400, 160005, "Thread is locked")
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
        if let Some(errors) = &self.errors {
            body["errors"] = errors.clone();
        }
        body
    }
}
