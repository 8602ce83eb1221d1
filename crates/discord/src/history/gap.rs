//! What is to be read.

use conversation::{Intake, Timestamp};

use crate::bot::Discord;
use crate::id::Snowflake;

/// One channel and the time since when something may have been missed there.
pub(super) struct Gap<'a> {
    pub(super) discord: &'a Discord,
    pub(super) intake: &'a dyn Intake,
    pub(super) channel: Snowflake,
    pub(super) since: Timestamp,
}
