//! Who may. Pure.
//!
//! **Invariant:** an `Authorised` is made here and nowhere else; what is not allowed by name is refused.

use conversation::{
    Phrase, Timestamp,
    command::{Command, Offices, Verb, Who},
};
use serde::Deserialize;
use store::{Button, SaidTo};
use words::{
    BUTTON_EXPIRED, BUTTON_GONE, BUTTON_OF_ANOTHER, BUTTON_PRESSED, FOR_ADMINS, FOR_MEMBERS,
    FOR_STAFF, Sentence,
};

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

/// What somebody is in a community, and where they ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Standing {
    pub(super) offices: Offices,
    /// The community knows them, or their platform lets them into one of its rooms.
    pub(super) is_member: bool,
    /// A channel of their platform, as that said a moment ago.
    pub(super) administers: bool,
}

impl Standing {
    /// Of whoever alone hears something.
    pub(crate) fn of(said_to: &SaidTo) -> Standing {
        Standing {
            offices: said_to.offices,
            is_member: said_to.identity.is_some(),
            administers: false,
        }
    }

    pub(crate) fn is_staff(self) -> bool {
        self.offices.is_of_staff()
    }

    /// The one gate: what somebody may say, and what help tells them of.
    pub(crate) fn may(self, who: Who) -> bool {
        match who {
            Who::Anybody => true,
            Who::Member => self.is_member || self.is_staff(),
            Who::Admin => self.administers || self.is_staff(),
            Who::Staff => self.is_staff(),
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
    /// It is for these.
    NotTheirs(Who),
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
            Refused::NotTheirs(who) => is_for(who),
            Refused::Done => BUTTON_PRESSED,
            Refused::TooLate => BUTTON_EXPIRED,
        }))
    }
}

/// Whom it is for, told to whoever it is not.
pub(crate) fn is_for(who: Who) -> Sentence {
    match who {
        Who::Member => FOR_MEMBERS,
        Who::Admin => FOR_ADMINS,
        Who::Anybody | Who::Staff | Who::Operator => FOR_STAFF,
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
        // Offered to one account, which is looked at with the press.
        Act::Help | Act::Unknown(_) | Act::Unclear | Act::Join { .. } | Act::Apart { .. } => true,
        // Of what cannot be done anybody may hear that.
        Act::Command(it) if it.verb().cannot().is_some() => true,
        Act::Command(it) | Act::Undo(it) | Act::Sure { command: it, .. } => {
            let who = it.verb().who;
            match standing.may(who) && (who != Who::Admin || asker.may_link(standing, it)) {
                true => true,
                false => return Err(Refused::NotTheirs(who)),
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
    /// Who administers one channel may nothing in another.
    fn may_link(&self, standing: Standing, command: &Command) -> bool {
        let named = match command {
            Command::Link(it) => it.administered(),
            _ => None,
        };
        let here = &self.entry.channel.at;
        standing.is_staff() || self.administers.as_ref() == Some(named.unwrap_or(here))
    }

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
