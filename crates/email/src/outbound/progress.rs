//! Which members a post has reached, carried from one attempt to the next.
//!
//! **Invariant:** no address stands in it: members are known by a hash.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::id;

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Progress {
    done: BTreeSet<String>,
    /// Their servers said no for good.
    refused: BTreeSet<String>,
}

impl Progress {
    /// What cannot be read counts as nothing done: a mail twice is better than none.
    pub(crate) fn read(text: Option<&str>) -> Progress {
        let read = text.and_then(|it| serde_json::from_str(it).ok());
        read.unwrap_or_default()
    }

    pub(crate) fn write(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    pub(crate) fn is_settled(&self, member: &str) -> bool {
        let hash = hash(member);
        self.done.contains(&hash) || self.refused.contains(&hash)
    }

    pub(crate) fn done(&mut self, member: &str) {
        self.done.insert(hash(member));
    }

    pub(crate) fn refused(&mut self, member: &str) {
        self.refused.insert(hash(member));
    }

    pub(crate) fn has_reached_anybody(&self) -> bool {
        !self.done.is_empty()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.done.is_empty() && self.refused.is_empty()
    }
}

/// Short, and of no use without the list of members at hand.
pub(crate) fn hash(member: &str) -> String {
    id::fingerprint(&[member.as_bytes()])[..16].to_owned()
}
