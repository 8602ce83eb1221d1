//! How the page says why something cannot be done.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use crate::mail::MailError;
use crate::{discord, slack, telegram};

/// Why something cannot be done, in words that the page shows as they are.
pub(super) struct Refusal {
    status: StatusCode,
    why: String,
}

impl Refusal {
    pub(super) fn of(status: StatusCode, why: &str) -> Refusal {
        let why = why.to_owned();
        Refusal { status, why }
    }

    pub(super) fn bad(why: &str) -> Refusal {
        Refusal::of(StatusCode::BAD_REQUEST, why)
    }

    pub(super) fn gone(why: &str) -> Refusal {
        Refusal::of(StatusCode::NOT_FOUND, why)
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (self.status, self.why).into_response()
    }
}

macro_rules! refused {
    ($($why:ty)*) => {$(
        impl From<$why> for Refusal {
            fn from(why: $why) -> Refusal {
                Refusal::bad(&why.to_string())
            }
        }
    )*};
}

refused!(telegram::Misuse discord::Misuse slack::Misuse MailError);
