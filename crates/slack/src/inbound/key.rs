//! Keys under which an event is accepted once and for ever. **Invariant:** made from what the event says and
//! nothing else, so that the socket, Slack's retries and history agree.

use conversation::EventKey;
use sha2::{Digest, Sha256};

pub(super) fn of(parts: &[&str]) -> EventKey {
    EventKey(parts.join("/"))
}

/// 16 hex digits of SHA-256.
pub(crate) fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
