//! Whether something that fails for a while is broken now: said once when that begins, and once when it is over.

use std::sync::atomic::{AtomicBool, Ordering};

#[derive(Debug, Default)]
pub struct Health {
    is_broken: AtomicBool,
}

impl Health {
    /// Whether that is news.
    pub fn breaks(&self) -> bool {
        !self.is_broken.swap(true, Ordering::Relaxed)
    }

    /// Whether that is news.
    pub fn works(&self) -> bool {
        self.is_broken.swap(false, Ordering::Relaxed)
    }
}
