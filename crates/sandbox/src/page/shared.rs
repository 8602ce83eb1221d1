//! What all of the page shares: the town, what waits, and how something is refused.

use std::ops::Deref;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::requests::Switches;
use super::uploads::{Upload, Uploads};
use crate::mail::MailError;
use crate::town::Town;
use crate::{discord, slack, telegram};

#[derive(Clone)]
pub(super) struct Shared(Arc<Inner>);

pub(super) struct Inner {
    pub(super) town: Town,
    uploads: Mutex<Uploads>,
    switches: Mutex<Switches>,
}

impl Deref for Shared {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl Shared {
    pub(super) fn of(town: &Town) -> Shared {
        Shared(Arc::new(Inner {
            town: town.clone(),
            uploads: Mutex::default(),
            switches: Mutex::default(),
        }))
    }
}

impl Inner {
    pub(super) fn uploads(&self) -> MutexGuard<'_, Uploads> {
        self.uploads.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn taken(&self, ids: &[u64]) -> Result<Vec<Upload>, Refusal> {
        let taken = self.uploads().take(ids);
        taken.ok_or_else(|| Refusal::bad("A file is no longer here: choose it once more."))
    }

    pub(super) fn switches(&self) -> MutexGuard<'_, Switches> {
        self.switches.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Why something cannot be done, in words that the page shows as they are.
pub(super) struct Refusal {
    pub(super) status: StatusCode,
    pub(super) why: String,
}

impl Refusal {
    pub(super) fn bad(why: &str) -> Refusal {
        Refusal {
            status: StatusCode::BAD_REQUEST,
            why: why.to_owned(),
        }
    }

    pub(super) fn gone(why: &str) -> Refusal {
        Refusal {
            status: StatusCode::NOT_FOUND,
            why: why.to_owned(),
        }
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
