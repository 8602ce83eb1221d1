//! What somebody asks of the bridge: it is understood, authorised, done and answered, within one transaction.
//!
//! **Invariant:** nothing is done but what `authorise` let pass, which is told by its type; who asked is known from the
//! platform alone; an answer goes to them alone, and no program is ever answered.

use conversation::{ChannelId, Event, IdentityId, Inbound, Phrase, Timestamp};
use store::{Button, Entry, PrivateChat, Result, Tx};

use crate::adapters::Adapters;

mod act;
mod answer;
mod authorise;
mod often;
mod stray;
mod suggest;
mod understand;
mod who_can_see;

pub(crate) use answer::say_in_private;
pub(crate) use often::Asked;
pub(crate) use stray::{Stray, Strays, leave_unanswered};
pub(crate) use suggest::{fitting_things, shown};
pub(crate) use understand::{Act, opens};

use authorise::{Authorised, authorise, authorise_press};
use often::Turn;

/// Who asks, where, and in whose name they are answered.
pub(crate) struct Asker<'a> {
    pub(crate) event: &'a Inbound,
    pub(crate) entry: &'a Entry,
    /// Of an account that the community knows.
    pub(crate) identity: Option<IdentityId>,
    /// With each community that they may mean, where they and the bridge are alone.
    pub(crate) chats: &'a [PrivateChat],
    pub(crate) adapters: &'a Adapters,
    pub(crate) asked: &'a Asked,
}

/// What came of it.
#[derive(Default)]
pub(crate) struct Effect {
    pub(crate) answer: Option<Phrase>,
    /// Where something else is to be said or changed.
    pub(crate) woken: Vec<ChannelId>,
}

impl Effect {
    pub(crate) fn says(phrase: Phrase) -> Effect {
        Effect {
            answer: Some(phrase),
            ..Effect::default()
        }
    }
}

/// What follows from a request.
#[derive(Default)]
pub(crate) struct Told {
    /// Where there is something to say then.
    pub(crate) woken: Vec<ChannelId>,
    /// Whoever asked hears of it by the way that came with it.
    pub(crate) by_way_back: bool,
}

impl Told {
    /// Where it stands, or nothing.
    pub(crate) fn openly(woken: Vec<ChannelId>) -> Told {
        Told {
            woken,
            by_way_back: false,
        }
    }
}

pub(crate) fn is_request(event: &Event) -> bool {
    matches!(
        event,
        Event::Commanded { .. } | Event::Pressed { .. } | Event::Answered { .. }
    )
}

/// By a person, or by what they do.
pub(crate) fn is_said(event: &Event) -> bool {
    is_request(event) || matches!(event, Event::Posted(_))
}

impl Asker<'_> {
    pub(crate) async fn take_in(&self, tx: &mut Tx, now: Timestamp) -> Result<Told> {
        let turn = match self.is_person() {
            true => self.asked.turn(&self.who(), &self.event.key, now),
            false => Turn::Free,
        };
        if turn != Turn::Free {
            return match turn.phrase() {
                Some(phrase) => self.answer(tx, phrase, now).await,
                None => Ok(Told::default()),
            };
        }
        let pressed = self.pressed(tx).await?;
        let authorised = match &self.event.event {
            Event::Pressed { .. } => authorise_press(self, pressed.as_ref(), now),
            event => authorise(self, Act::of(event, self.chats)),
        };
        let effect = match authorised {
            Ok(act) => self.perform(tx, &act, pressed.as_ref(), now).await?,
            Err(refused) => refused.phrase().map_or_else(Effect::default, Effect::says),
        };
        let mut told = match effect.answer {
            Some(phrase) => self.answer(tx, phrase, now).await?,
            None => Told::default(),
        };
        told.woken.extend(effect.woken);
        Ok(told)
    }

    /// As it stands with the community whose it is.
    async fn pressed(&self, tx: &mut Tx) -> Result<Option<Button>> {
        let Event::Pressed { button, .. } = &self.event.event else {
            return Ok(None);
        };
        let chats = self.chats.iter().map(|it| &it.entry);
        for entry in std::iter::once(self.entry).chain(chats) {
            if let Some(found) = tx.requests().button(entry, button).await? {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    /// Of programs nothing is counted: they are never answered.
    fn is_person(&self) -> bool {
        authorise(self, Act::Unclear).is_ok()
    }

    /// Of a button's question and of a program nothing else is to be known first.
    pub(crate) fn may_be_asked(&self) -> bool {
        let is_press = matches!(self.event.event, Event::Pressed { .. });
        !is_press && self.is_person()
    }

    /// Whose account it is with each community.
    fn is_known_as(&self, identity: &IdentityId) -> bool {
        let own = self.chats.iter().filter_map(|it| it.identity.as_ref());
        own.chain(&self.identity).any(|it| it == identity)
    }
}
