//! What somebody asks of the bridge: it is understood, authorised, done and answered, within one transaction.
//!
//! **Invariant:** nothing is done but what `authorise` let pass, which is told by its type; who asked is known from the
//! platform alone; an answer goes to them alone, and no program is ever answered.

use conversation::{
    AccountRef, ChannelId, ChannelRef, CommunityId, Distribution, Event, IdentityId, Inbound,
    Phrase, Timestamp,
};
use store::{Button, Choice, Entry, PrivateChat, Result, Tx};
use words::{MYDATA_ALONE, TALK_ALONE, TALK_ALONE_DONE};

use crate::adapters::Adapters;

mod act;
mod agreement;
mod answer;
mod authorise;
mod change;
mod connect;
mod guesses;
mod links_itself;
mod mydata;
mod often;
mod reach;
mod rights;
mod stray;
mod suggest;
mod understand;
mod who_can_see;

pub(crate) use agreement::yes_or_no;
pub(crate) use answer::say_in_private;
pub(crate) use links_itself::links_itself;
pub(crate) use often::Asked;
pub(crate) use reach::reach;
pub(crate) use rights::Rights;
pub(crate) use stray::{Stray, Strays, leave_unanswered};
pub(crate) use suggest::{fitting_things, shown};
pub(crate) use understand::{Act, has_words, opens};
pub(crate) use who_can_see::House;
pub(crate) use who_can_see::{counted, places};

use answer::Way;
use authorise::{Authorised, authorise, authorise_press};
pub(crate) use authorise::{Standing, is_for};
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
    pub(crate) house: &'a House,
    /// A channel that they administer, as its platform said a moment ago.
    pub(crate) administers: Option<ChannelRef>,
}

/// What came of it.
#[derive(Default)]
pub(crate) struct Effect {
    pub(crate) answer: Option<Reply>,
    /// Where something else is to be said or changed.
    pub(crate) woken: Vec<ChannelId>,
}

/// What whoever asked is told.
pub(crate) struct Reply {
    pub(crate) phrase: Phrase,
    /// Below it, for so long.
    pub(crate) buttons: Vec<Choice>,
    pub(crate) until: Option<Timestamp>,
}

impl Reply {
    pub(crate) fn plain(phrase: Phrase) -> Reply {
        Reply {
            phrase,
            buttons: Vec::new(),
            until: None,
        }
    }
}

impl Effect {
    pub(crate) fn says(phrase: Phrase) -> Effect {
        Effect {
            answer: Some(Reply::plain(phrase)),
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
        let pressed = self.pressed(tx).await?;
        let pressed = pressed.as_ref();
        let whose = pressed.map_or(&self.entry.community, |it| &it.community);
        let asker = self.in_community(whose);
        let standing = asker.standing(tx).await?;
        let turn = self.turn(standing, now);
        let authorised = match &self.event.event {
            Event::Pressed { .. } => authorise_press(&asker, standing, pressed, now),
            event => authorise(&asker, standing, Act::of(event, self.chats)),
        };
        if let Ok(act) = &authorised
            && turn != Turn::Free
            && act.get().is_stricter()
        {
            // Whoever steps back does so, however often they asked for something else.
            let done = asker.perform(tx, (act, standing), pressed, now).await?;
            return Ok(Told::openly(done.woken));
        }
        if turn == Turn::Silent {
            return Ok(Told::default());
        }
        let in_files = matches!(&authorised, Ok(it) if it.get().is_answered_by_files());
        let way = asker.way(tx, in_files, now).await?;
        let effect = match (turn, &way, authorised) {
            (turn, Way::Door, authorised) if pressed.is_none() => {
                let at_once = authorised
                    .as_ref()
                    .ok()
                    .filter(|it| turn == Turn::Free && it.get().is_done_at_once());
                let done = match at_once {
                    Some(act) => asker.perform(tx, (act, standing), None, now).await?,
                    None => Effect::default(),
                };
                let says = match at_once {
                    Some(_) => TALK_ALONE_DONE,
                    None => TALK_ALONE,
                };
                let mut told = asker.show_the_door(tx, (says, authorised), now).await?;
                told.woken.extend(done.woken);
                return Ok(told);
            }
            (Turn::Free, Way::WordsAlone, Ok(_)) => Effect::says(Phrase::of(MYDATA_ALONE)),
            (Turn::Free, _, Ok(act)) => asker.perform(tx, (&act, standing), pressed, now).await?,
            (Turn::Free, _, Err(refused)) => refused.effect(),
            (over, _, _) => over.phrase().map_or_else(Effect::default, Effect::says),
        };
        let mut told = match effect.answer {
            Some(reply) => asker.answer(tx, reply, &way, now).await?,
            None => Told::default(),
        };
        told.woken.extend(effect.woken);
        Ok(told)
    }

    fn turn(&self, standing: Standing, now: Timestamp) -> Turn {
        match self.is_person() {
            true => (self.asked).turn((&self.who(), standing), &self.event.key, now),
            false => Turn::Free,
        }
    }

    /// As the community knows them; staff may not have been heard there before.
    async fn identity(&self, tx: &mut Tx, now: Timestamp) -> Result<IdentityId> {
        if let Some(known) = &self.identity {
            return Ok(known.clone());
        }
        let mut speakers = tx.speakers(self.entry);
        speakers.introduce(&self.event.actor, now).await?;
        let account = self.event.actor.account.as_str();
        let known = speakers.identity_of(account).await?;
        known.ok_or(store::Error::Closed)
    }

    /// The same person, as that community knows them.
    fn in_community(&self, community: &CommunityId) -> Asker<'_> {
        let chat = self
            .chats
            .iter()
            .find(|it| it.entry.community == *community);
        Asker {
            entry: chat.map_or(self.entry, |it| &it.entry),
            identity: chat.map_or(&self.identity, |it| &it.identity).clone(),
            administers: self.administers.clone(),
            ..*self
        }
    }

    /// Of programs, and of who may be anybody, nothing is looked up.
    async fn standing(&self, tx: &mut Tx) -> Result<Standing> {
        let account = AccountRef {
            platform: self.event.channel.platform.clone(),
            account: self.event.actor.account.clone(),
        };
        if !self.is_person() {
            return Ok(Standing::default());
        }
        let mut people = tx.people(&self.entry.community);
        let offices = people.offices(&account).await?;
        Ok(Standing {
            offices,
            is_member: self.is_member(tx).await?,
            administers: self.administers.is_some(),
        })
    }

    /// Whoever writes a mail may be a stranger to all lists; elsewhere nobody speaks in a room whom its platform does not let in.
    async fn is_member(&self, tx: &mut Tx) -> Result<bool> {
        let can = self.adapters.capabilities(&self.event.channel);
        if can.is_some_and(|it| it.distribution != Distribution::ByUs) {
            return Ok(true);
        }
        let community = &self.entry.community;
        let rooms = tx.directory().rooms_of(community).await?;
        let platform = &self.event.channel.platform;
        let Some(adapter) = self.adapters.get(platform) else {
            return Ok(false);
        };
        let account = &self.event.actor.account;
        let mut theirs = rooms.channels().filter(|it| {
            it.community == *community
                && it.channel.at.platform == *platform
                && !it.channel.has_left()
        });
        Ok(theirs.any(|it| {
            let readers = adapter.readers(&it.channel.at);
            readers.is_some_and(|it| it.all.iter().any(|it| it.account == *account))
        }))
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
        authorise(self, Standing::default(), Act::Unclear).is_ok()
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
