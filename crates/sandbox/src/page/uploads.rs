//! Files that were chosen on the page and wait for the message that carries them. Held in memory, the oldest go first.

use std::collections::VecDeque;

use bytes::Bytes;
use serde::Serialize;

/// What Telegram's bots may download; in bytes.
pub(super) const LARGEST: usize = 20 * 1024 * 1024;
const MOST_TOGETHER: usize = 10 * LARGEST;

#[derive(Default)]
pub(super) struct Uploads {
    waiting: VecDeque<Upload>,
    last: u64,
}

#[derive(Clone)]
pub(super) struct Upload {
    id: u64,
    pub(super) name: String,
    pub(super) mime: String,
    pub(super) bytes: Bytes,
}

#[derive(Serialize)]
pub(super) struct Uploaded {
    id: u64,
    name: String,
    size: usize,
}

impl Uploads {
    pub(super) fn add(&mut self, name: String, mime: String, bytes: Bytes) -> Uploaded {
        self.last += 1;
        let uploaded = Uploaded {
            id: self.last,
            name: name.clone(),
            size: bytes.len(),
        };
        self.waiting.push_back(Upload {
            id: self.last,
            name,
            mime,
            bytes,
        });
        while self.waiting.iter().map(|it| it.bytes.len()).sum::<usize>() > MOST_TOGETHER {
            self.waiting.pop_front();
        }
        uploaded
    }

    /// All of them or none: a message must not lose a file silently.
    pub(super) fn take(&mut self, ids: &[u64]) -> Option<Vec<Upload>> {
        let find = |id: &u64| self.waiting.iter().find(|it| it.id == *id).cloned();
        let found = ids.iter().map(find).collect::<Option<_>>()?;
        self.waiting.retain(|it| !ids.contains(&it.id));
        Some(found)
    }
}
