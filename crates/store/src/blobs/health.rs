//! Whether the folder can be used: said once when that ends, and once when it is mended.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::Error;

#[derive(Debug, Default)]
pub(super) struct Health {
    is_broken: AtomicBool,
}

impl Health {
    /// Of the disk alone: a file that breaks off or is too large says nothing of the folder.
    pub(super) fn failed(&self, error: &Error) {
        if matches!(error, Error::Io(_)) && !self.is_broken.swap(true, Ordering::Relaxed) {
            tracing::error!(
                %error,
                "files cannot be kept, and words go without them: make the folder engine.blob_dir one that may be \
                 read and written, with room for files"
            );
        }
    }

    /// Only what was written shows it: a full disk can be read.
    pub(super) fn kept(&self) {
        if self.is_broken.swap(false, Ordering::Relaxed) {
            tracing::info!("files can be kept again");
        }
    }
}
