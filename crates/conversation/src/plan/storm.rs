//! The storm brake: what comes too fast waits until staff has looked at it. One person is braked before their channel, and a
//! channel before its room, so that whoever floods silences nobody else.

use super::Facts;

/// Messages that came within the minute before this one, without those that a narrower brake stopped.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Recent {
    pub of_author: u32,
    pub in_channel: u32,
    pub in_room: u32,
}

/// The most that may come in a minute; 0 is no limit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct StormLimits {
    /// Of one person in one room.
    pub per_author: u32,
    pub per_channel: u32,
    pub per_room: u32,
}

/// Whom the brake stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Brake {
    Author,
    Channel,
    Room,
}

impl Brake {
    /// As it stands with each delivery that is held.
    pub fn rule(self) -> &'static str {
        match self {
            Brake::Author => "author-brake",
            Brake::Channel => "channel-brake",
            Brake::Room => "storm-brake",
        }
    }
}

impl Recent {
    fn of(&self, brake: Brake) -> u32 {
        match brake {
            Brake::Author => self.of_author,
            Brake::Channel => self.in_channel,
            Brake::Room => self.in_room,
        }
    }
}

impl StormLimits {
    pub fn of(&self, brake: Brake) -> u32 {
        match brake {
            Brake::Author => self.per_author,
            Brake::Channel => self.per_channel,
            Brake::Room => self.per_room,
        }
    }
}

/// The narrowest that applies.
pub(super) fn brake(facts: &Facts, limits: &StormLimits) -> Option<Brake> {
    let is_full = |it: &Brake| limits.of(*it) > 0 && facts.recent.of(*it) >= limits.of(*it);
    let brakes = [Brake::Author, Brake::Channel, Brake::Room];
    brakes.into_iter().find(is_full)
}
