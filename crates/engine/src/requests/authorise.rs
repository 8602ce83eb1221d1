//! Who may. Pure.
//!
//! **Invariant:** an `Authorised` is made here and nowhere else; what is not allowed by name is refused.

use conversation::{
    Phrase, Timestamp,
    command::{Verb, Who},
};
use serde::Deserialize;
use store::{Button, SaidTo};
use words::{BUTTON_EXPIRED, BUTTON_GONE, BUTTON_OF_ANOTHER, BUTTON_PRESSED, FOR_STAFF};

use super::{Act, Asker, Effect};

/// What was looked at, and may be done.
pub(super) struct Authorised<A>(A);

impl<A> Authorised<A> {
    pub(super) fn get(&self) -> &A {
        &self.0
    }

    /// To be looked at again.
    pub(super) fn into_inner(self) -> A {
        self.0
    }
}

/// What somebody is in a community.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    Anybody,
    Staff,
}

impl Standing {
    /// Of whoever alone hears something.
    pub(crate) fn of(said_to: &SaidTo) -> Standing {
        match said_to.is_staff {
            true => Standing::Staff,
            false => Standing::Anybody,
        }
    }

    /// The one gate: what somebody may say, and what help tells them of.
    pub(crate) fn may(self, who: Who) -> bool {
        match who {
            Who::Anybody => true,
            Who::Staff => self == Standing::Staff,
            // At the terminal alone.
            Who::Operator => false,
        }
    }
}

/// Why nothing is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refused {
    /// A program, or somebody who may be anybody.
    NoPerson,
    /// There is no such button, or not here, or it asks for what nobody knows any more.
    Gone,
    OfAnother,
    NotStaff,
    Done,
    TooLate,
}

impl Refused {
    pub(super) fn effect(self) -> Effect {
        self.phrase().map_or_else(Effect::default, Effect::says)
    }

    /// Programs that answer each other never stop.
    fn phrase(self) -> Option<Phrase> {
        Some(Phrase::of(match self {
            Refused::NoPerson => return None,
            Refused::Gone => BUTTON_GONE,
            Refused::OfAnother => BUTTON_OF_ANOTHER,
            Refused::NotStaff => FOR_STAFF,
            Refused::Done => BUTTON_PRESSED,
            Refused::TooLate => BUTTON_EXPIRED,
        }))
    }
}

pub(super) fn authorise(
    asker: &Asker<'_>,
    standing: Standing,
    act: Act,
) -> Result<Authorised<Act>, Refused> {
    let event = asker.event;
    if !event.is_of_a_person() {
        return Err(Refused::NoPerson);
    }
    let is_allowed = match &act {
        Act::Help | Act::Unknown(_) | Act::Unclear => true,
        // Of what cannot be done anybody may hear that.
        Act::Command(it) if it.verb().cannot().is_some() => true,
        Act::Command(it) | Act::Undo(it) | Act::Sure { command: it, .. } => {
            match standing.may(it.verb().who) {
                true => true,
                false => return Err(Refused::NotStaff),
            }
        }
        Act::Mean(community) => asker
            .chats
            .iter()
            .any(|it| it.entry.community == *community),
        Act::Open(_) => false,
    };
    match is_allowed {
        true => Ok(Authorised(act)),
        false => Err(Refused::Gone),
    }
}

impl Asker<'_> {
    /// Of a command that nobody gave yet: nothing of it is shown to whom it is not theirs to give.
    pub(super) fn may_be_shown(&self, standing: Standing, verb: &Verb) -> bool {
        let is_person = authorise(self, standing, Act::Unclear).is_ok();
        is_person && verb.is_told() && standing.may(verb.who)
    }
}

/// A press counts from when it was made, however late it is heard, and never from a time that is to come.
pub(super) fn authorise_press(
    asker: &Asker<'_>,
    standing: Standing,
    button: Option<&Button>,
    now: Timestamp,
) -> Result<Authorised<Act>, Refused> {
    let allowed = |button: &Button| {
        let act = Act::deserialize(&button.act).map_err(|_| Refused::Gone)?;
        authorise(asker, standing, act)
    };
    let button = match button {
        Some(button) => button,
        // Of a program as well: it hears nothing.
        None => return authorise(asker, standing, Act::Unclear).and(Err(Refused::Gone)),
    };
    let act = allowed(button)?;
    let is_theirs = button
        .for_identity
        .as_ref()
        .is_none_or(|it| asker.is_known_as(it));
    if !is_theirs {
        return Err(Refused::OfAnother);
    }
    if button.is_done {
        return Err(Refused::Done);
    }
    match button.until {
        Some(until) if until < asker.event.at.min(now) => Err(Refused::TooLate),
        _ => Ok(act),
    }
}
