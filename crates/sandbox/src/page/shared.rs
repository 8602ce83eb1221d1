//! What all of the page shares: the town and what waits.

use std::ops::Deref;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::refusal::Refusal;
use super::requests::Switches;
use super::uploads::{Upload, Uploads};
use crate::town::Town;

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
