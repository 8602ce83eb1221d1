//! What a session brings, and how far it was taken in.

use std::sync::Arc;

use parking_lot::Mutex;

/// A dispatch on its way to the intake.
#[derive(Debug)]
pub(crate) struct Heard {
    pub(crate) session: Arc<str>,
    pub(crate) seq: u64,
    pub(crate) kind: String,
    pub(crate) data: String,
}

/// How far the intake has come, in which session.
#[derive(Debug, Default)]
pub(crate) struct Accepted(Mutex<Option<(Arc<str>, u64)>>);

impl Accepted {
    pub(crate) fn advance(&self, session: &Arc<str>, seq: u64) {
        *self.0.lock() = Some((Arc::clone(session), seq));
    }

    pub(super) fn of(&self, session: &str) -> Option<u64> {
        let accepted = self.0.lock();
        let (_, seq) = accepted.as_ref().filter(|it| *it.0 == *session)?;
        Some(*seq)
    }
}

/// What READY gave, good for one RESUME after the other.
#[derive(Debug, Clone)]
pub(super) struct Session {
    pub(super) id: Arc<str>,
    pub(super) url: Option<String>,
    /// The number of READY, which is queued here and never sent again.
    pub(super) begins: u64,
}
