//! Ids of ours: UUIDv7 text, so that rows of one time lie together.

use conversation::Timestamp;
use uuid::{ContextV7, Uuid};

/// Made from the time that was handed in, never from a clock.
pub(crate) fn new_id(now: Timestamp) -> String {
    static CONTEXT: std::sync::LazyLock<std::sync::Mutex<ContextV7>> =
        std::sync::LazyLock::new(|| std::sync::Mutex::new(ContextV7::new()));
    let millis = u64::try_from(now.0).unwrap_or(0);
    let nanos = u32::try_from(millis % 1000).unwrap_or(0) * 1_000_000;
    Uuid::new_v7(uuid::Timestamp::from_unix(&*CONTEXT, millis / 1000, nanos)).to_string()
}

/// For signing: 244 bits of chance.
pub fn fresh_key() -> String {
    format!("{}{}", Uuid::new_v4().simple(), Uuid::new_v4().simple())
}
