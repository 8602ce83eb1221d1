//! Which files somebody waits for: those that are still to be delivered, those that a link leads to, and those that
//! came with what staff has not looked at yet.

use std::{collections::HashSet, error::Error, time::SystemTime};

use async_trait::async_trait;

use crate::folder::Kept;

/// In the order in which files go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Need {
    Nobody,
    /// Last among what somebody waits for: strangers can have much held.
    Staff,
    Link,
    Delivery,
}

impl Need {
    /// The limit holds all the same: whoever comes for the file is told that it is gone.
    pub(crate) fn tell(self, bytes: u64, limit: u64) {
        let why = match self {
            Need::Nobody => return,
            Need::Staff => "it came with something that is held for staff",
            Need::Link => "a link that is still good led to it",
            Need::Delivery => "it was still to be delivered",
        };
        tracing::warn!(
            file.bytes = bytes,
            files.limit_bytes = limit,
            why,
            "a file had to go to make room; engine.blob_max_mib gives more"
        );
    }
}

/// The hashes of files that came with messages. What lies on a platform can be fetched again.
#[derive(Debug, Default)]
pub struct Wanted {
    pub on_their_way: HashSet<String>,
    pub held: HashSet<String>,
}

impl Wanted {
    pub(crate) fn need(&self, file: &Kept, now: SystemTime) -> Need {
        match file.needed_until > now {
            _ if self.on_their_way.contains(&file.hash) => Need::Delivery,
            true => Need::Link,
            false if self.held.contains(&file.hash) => Need::Staff,
            false => Need::Nobody,
        }
    }
}

/// Who knows which files somebody waits for.
#[async_trait]
pub trait Wants: Send + Sync {
    async fn wanted(&self) -> Result<Wanted, Box<dyn Error + Send + Sync>>;
}
