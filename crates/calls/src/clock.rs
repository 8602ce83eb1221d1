//! The clock of this machine, for what bears no time of its own.

use std::time::{SystemTime, UNIX_EPOCH};

use conversation::Timestamp;

pub fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    let millis = since.map_or(0, |it| it.as_millis());
    Timestamp(i64::try_from(millis).unwrap_or(i64::MAX))
}
