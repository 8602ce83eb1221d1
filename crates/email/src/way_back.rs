//! To whom an answer goes, and to which mail, as it stands in `WayBack`.

use std::time::Duration;

use conversation::{RemoteId, Timestamp, WayBack};
use serde::{Deserialize, Serialize};

/// Nobody looks into their mail at once; whoever hears nothing for a day asks again.
const LIFE: Duration = Duration::from_secs(24 * 60 * 60);

#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Way {
    pub(crate) to: RemoteId,
    /// The id of what is answered.
    pub(crate) re: RemoteId,
}

impl Way {
    pub(crate) fn back(&self, now: Timestamp) -> Option<WayBack> {
        Some(WayBack {
            token: serde_json::to_string(self).ok()?,
            until: now.plus(LIFE),
        })
    }

    /// None of what another version made.
    pub(crate) fn of(way_back: &WayBack) -> Option<Way> {
        serde_json::from_str(&way_back.token).ok()
    }
}
