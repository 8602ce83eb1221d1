//! What is handed in, understood or not.

use conversation::{
    Author, ChannelRef, Event, EventKey, Inbound, Intake, IntakeError, Proof, RawEvent, Timestamp,
};
use sha2::{Digest, Sha256};

/// As a platform tells it, who vouches for the actor.
pub fn happened(
    key: EventKey,
    channel: ChannelRef,
    at: Timestamp,
    actor: Author,
    event: Event,
) -> Inbound {
    Inbound {
        key,
        channel,
        within: None,
        at,
        actor,
        proof: Proof::OfPlatform,
        event,
        way_back: None,
    }
}

pub async fn set_aside(raw: RawEvent, intake: &dyn Intake) -> Result<(), IntakeError> {
    tracing::warn!(
        raw.platform = %raw.platform,
        raw.key = %raw.key,
        raw.reason = raw.reason,
        raw.size_bytes = raw.body.len(),
        "an event cannot be understood"
    );
    intake.set_aside(raw).await
}

/// 16 hex digits of SHA-256: enough to tell the revisions of one message apart.
pub fn hash(bytes: &[u8]) -> String {
    hex::encode(&Sha256::digest(bytes)[..8])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Keys are made of it, and stand in databases.
    #[test]
    fn the_hash_is_the_same_for_ever() {
        assert_eq!(hash(b"hello"), "2cf24dba5fb0a30e");
    }
}
