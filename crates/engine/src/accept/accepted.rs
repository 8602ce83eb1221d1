//! What became of an event.

use conversation::{RoomId, Verdict};
use store::Recorded;

use crate::requests::Stray;

#[derive(Debug, Clone)]
pub struct Accepted {
    pub verdict: Verdict,
    pub recorded: Recorded,
    /// Of the channel that it counted for.
    pub(super) room: Option<RoomId>,
    /// It asks for something, and is no community's.
    pub(super) stray: Option<Stray>,
    /// Nothing goes by the way back that may have come with it.
    pub(super) is_unanswered: bool,
}

impl Accepted {
    pub(super) fn dropped(rule: &'static str) -> Accepted {
        Accepted {
            verdict: Verdict::Drop(rule),
            recorded: Recorded::default(),
            room: None,
            stray: None,
            is_unanswered: false,
        }
    }
}
