//! By which way one person is answered alone, as it stands in `WayBack`.

use std::time::Duration;

use conversation::{Timestamp, WayBack};
use serde::{Deserialize, Serialize};

/// "Up to 5 times within 30 minutes".
const LIFE: Duration = Duration::from_secs(30 * 60);

#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Way {
    Address(String),
    /// By which what bears the button can be changed as well; by a command's address nothing can.
    OfPress(String),
    Person {
        user: String,
        thread: Option<String>,
    },
}

pub(crate) fn by_address(address: &str, now: Timestamp) -> Option<WayBack> {
    way_back(&Way::Address(address.to_owned()), now)
}

pub(crate) fn by_press(address: &str, now: Timestamp) -> Option<WayBack> {
    way_back(&Way::OfPress(address.to_owned()), now)
}

/// Of whoever wrote to us where others read it.
pub(crate) fn to_person(user: &str, thread: Option<&str>, now: Timestamp) -> Option<WayBack> {
    let way = Way::Person {
        user: user.to_owned(),
        thread: thread.map(str::to_owned),
    };
    way_back(&way, now)
}

fn way_back(way: &Way, now: Timestamp) -> Option<WayBack> {
    Some(WayBack {
        token: serde_json::to_string(way).ok()?,
        until: now.plus(LIFE),
    })
}
