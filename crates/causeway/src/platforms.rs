//! The platforms that this build knows, by name.

use conversation::Capabilities;

pub(crate) const NAMES: [&str; 2] = ["telegram", "email"];

/// What `causeway debug render` reads and writes.
pub(crate) const MARKUPS: [&str; 3] = ["telegram", "email", "plain"];

pub(crate) fn capabilities() -> Vec<Capabilities> {
    vec![]
}
