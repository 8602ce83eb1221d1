//! What staff changes by commands: each is done within one transaction, and says what it comes to.
//!
//! **Invariant:** what is refused, or only rehearsed, leaves no trace; who may do it was settled before.

use conversation::{
    CommunityId, Phrase, Timestamp,
    command::{Command, Name},
};
use store::{Error, Refusal, Result, Thing, Tx};
use words::{
    CLOSED_ALREADY, COMMUNITY_EXISTS, IN_ANOTHER_ROOM, NO_ACCOUNT, NO_CHANNEL, NO_COMMUNITY,
    NO_ROOM, NOT_SERVED, NOTHING_DEAD, NOTHING_HELD, OF_ANOTHER_COMMUNITY, ONE_ALREADY,
    OPEN_ALREADY, ROOM_EXISTS, STILL_LINKED, Sentence,
};

use crate::adapters::Adapters;

mod community;
mod link;
mod member;
mod room;
mod stopped;

/// What a command came to, or would.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Done {
    pub(crate) effect: Phrase,
    /// What takes it back.
    pub(crate) undo: Option<Command>,
    /// Whoever says it is told of its effect first.
    pub(crate) asks_first: bool,
}

/// Whether what is done stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Manner {
    InEarnest,
    /// To see what it would come to.
    Rehearsed,
}

/// Who does something, and for whom.
pub(crate) struct Doer<'t> {
    pub(crate) tx: &'t mut Tx,
    pub(crate) community: &'t CommunityId,
    pub(crate) adapters: &'t Adapters,
    pub(crate) now: Timestamp,
}

impl Done {
    /// Nothing can go wrong with it.
    fn at_once(effect: Phrase) -> Done {
        Done {
            effect,
            undo: None,
            asks_first: false,
        }
    }

    fn if_wanted(effect: Phrase) -> Done {
        Done {
            asks_first: true,
            ..Done::at_once(effect)
        }
    }

    #[must_use]
    fn undone_by(self, command: impl Into<Option<Command>>) -> Done {
        Done {
            undo: command.into(),
            ..self
        }
    }
}

impl Doer<'_> {
    /// Or why it is refused.
    pub(crate) async fn does(
        &mut self,
        command: &Command,
        manner: Manner,
    ) -> Result<Result<Done, Sentence>> {
        let mark = self.tx.mark().await?;
        let outcome = match self.tries(command).await {
            Ok(done) => Ok(done),
            Err(error) => Err(why_refused(&error).ok_or(error)?),
        };
        match outcome.is_ok() && manner == Manner::InEarnest {
            true => self.tx.go_on_from(mark).await?,
            false => self.tx.go_back_to(mark).await?,
        }
        Ok(outcome)
    }

    async fn tries(&mut self, command: &Command) -> Result<Done> {
        match command {
            Command::Room(it) => self.room(it).await,
            Command::Link(it) => self.link(it).await,
            Command::Member(it) => self.member(it).await,
            Command::Held(it) => self.held(it).await,
            Command::Dead(it) => self.dead(it).await,
            Command::Community(it) => self.community(it).await,
            Command::Everyday(_)
            | Command::Status(_)
            | Command::Thread(_)
            | Command::Role(_)
            | Command::Config(_) => Err(changes_nothing(command)),
        }
    }
}

/// It was handed to the wrong place.
fn changes_nothing(command: &Command) -> Error {
    let words = command.verb().words;
    Error::Unreadable(format!("`{words}` as something that changes"))
}

/// As a command takes it; none that no command could hold.
fn named(name: &str) -> Option<Name> {
    Name::of(name).filter(|it| it.as_str() == name)
}

/// None of what is no refusal.
fn why_refused(error: &Error) -> Option<Sentence> {
    Some(match error {
        Error::Unknown { what, .. } => match what {
            Thing::Room => NO_ROOM,
            Thing::LinkedChannel => NO_CHANNEL,
            Thing::Account => NO_ACCOUNT,
            Thing::Community => NO_COMMUNITY,
        },
        Error::Refused(why) => sentence(why),
        _ => return None,
    })
}

fn sentence(why: &Refusal) -> Sentence {
    match why {
        Refusal::RoomExists { .. } => ROOM_EXISTS,
        Refusal::CommunityExists { .. } => COMMUNITY_EXISTS,
        Refusal::StillLinked { .. } => STILL_LINKED,
        Refusal::InAnotherRoom { .. } => IN_ANOTHER_ROOM,
        Refusal::OfAnotherCommunity { .. } => OF_ANOTHER_COMMUNITY,
        Refusal::OneAlready => ONE_ALREADY,
        Refusal::NothingHeld => NOTHING_HELD,
        Refusal::NothingDead => NOTHING_DEAD,
        Refusal::OpenAlready => OPEN_ALREADY,
        Refusal::RestsAlready => CLOSED_ALREADY,
        Refusal::NotServed => NOT_SERVED,
        Refusal::OfRoom { why, .. } => sentence(why),
    }
}
