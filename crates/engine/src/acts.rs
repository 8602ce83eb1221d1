//! What staff changes by commands: each is done within one transaction, and says what it comes to.
//!
//! **Invariant:** what is refused, or only rehearsed, leaves no trace; who may do it was settled before.

use std::sync::Arc;

use conversation::{
    ChannelId, CommunityId, IdentityId, Language, PersonId, Phrase, Timestamp,
    command::{Command, Name, Verb, Who},
};
use store::{Error, Refusal, Result, Store, Thing, Tx};
use words::{
    ABOVE_THEM, ALONE_ALREADY, CLOSED_ALREADY, COMMUNITY_EXISTS, DAY_OVER, GRANTED_ALREADY,
    IN_ANOTHER_ROOM, LAST_OWNER, NO_ACCOUNT, NO_CHANNEL, NO_CODE, NO_COMMUNITY, NO_ROOM,
    NOT_ANNOUNCED, NOT_GRANTED, NOT_SERVED, NOTHING_DEAD, NOTHING_HELD, NOTHING_TO_SET,
    OF_ANOTHER_COMMUNITY, ONE_ALREADY, OPEN_ALREADY, OWNED_ALREADY, PERHAPS_ANOTHERS, PRIVATE_CHAT,
    ROOM_EXISTS, STILL_LINKED, Sentence,
};

use crate::{adapters::Adapters, wording::Wording};

mod agreement;
mod apart;
mod community;
mod counted;
mod forget_me;
mod here;
mod link;
mod me;
mod member;
mod named;
mod oneself;
mod owner;
mod private;
mod rest;
mod role;
mod room;
mod room_set;
mod stopped;

/// What a command came to, or would.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Done {
    pub(crate) effect: Phrase,
    /// What takes it back.
    pub(crate) undo: Option<Command>,
    /// Whoever says it is told of its effect first.
    pub(crate) asks_first: bool,
    /// Who is forgotten, once it is wanted: too much to be done only to be told of.
    pub(crate) forgets: Option<PersonId>,
    /// Where something is to be said or changed beside it.
    pub(crate) woken: Vec<ChannelId>,
}

/// Who does something, and for whom.
pub(crate) struct Doer<'t> {
    pub(crate) tx: &'t mut Tx,
    pub(crate) community: &'t CommunityId,
    /// The account that says it; nobody's at the terminal.
    pub(crate) by: Option<&'t IdentityId>,
    /// Of the platforms that a channel may be on; any, where nobody knows.
    pub(crate) adapters: Option<&'t Adapters>,
    pub(crate) now: Timestamp,
}

impl Done {
    /// Nothing can go wrong with it.
    fn at_once(effect: Phrase) -> Done {
        Done {
            effect,
            undo: None,
            asks_first: false,
            woken: Vec::new(),
            forgets: None,
        }
    }

    fn if_wanted(effect: Phrase) -> Done {
        Done {
            asks_first: true,
            ..Done::at_once(effect)
        }
    }

    #[must_use]
    pub(crate) fn undone_by(self, command: impl Into<Option<Command>>) -> Done {
        Done {
            undo: command.into(),
            ..self
        }
    }
}

impl Doer<'_> {
    /// What it comes to, or why it is refused. It stays done if that is what is wanted, and leaves no trace if not.
    pub(crate) async fn does(
        &mut self,
        command: &Command,
        is_wanted: impl Fn(&Done) -> bool,
    ) -> Result<Result<Done, Sentence>> {
        let outcome = self.settles(command, &is_wanted).await?;
        if let Ok(done) = outcome.as_ref()
            && is_wanted(done)
        {
            self.note(command, done).await?;
        }
        Ok(outcome)
    }

    /// Without a word in the audit log.
    pub(crate) async fn settles(
        &mut self,
        command: &Command,
        is_wanted: impl Fn(&Done) -> bool,
    ) -> Result<Result<Done, Sentence>> {
        let mark = self.tx.mark().await?;
        let outcome = match self.tries(command).await {
            Ok(done) => Ok(done),
            Err(error) => Err(why_refused(&error).ok_or(error)?),
        };
        let is_done = outcome.as_ref().is_ok_and(is_wanted);
        match is_done {
            true => self.tx.go_on_from(mark).await?,
            false => self.tx.go_back_to(mark).await?,
        }
        if let Ok(Done {
            forgets: Some(person),
            ..
        }) = &outcome
            && is_done
        {
            self.forget(person).await?;
        }
        Ok(outcome)
    }

    /// What stays done stands in the audit log, but for what people do for themselves.
    pub(crate) async fn note(&mut self, command: &Command, done: &Done) -> Result<()> {
        let verb = command.verb();
        if !is_in_the_log(verb) {
            return Ok(());
        }
        let mut people = self.tx.people(self.community);
        people
            .note_done((verb.words, &done.effect), self.by, self.now)
            .await
    }

    async fn tries(&mut self, command: &Command) -> Result<Done> {
        match command {
            Command::Room(it) => self.room(it).await,
            Command::Link(it) => self.link(it).await,
            Command::Member(it) => self.member(it).await,
            Command::Held(it) => self.held(it).await,
            Command::Dead(it) => self.dead(it).await,
            Command::Community(it) => self.community(it).await,
            Command::Everyday(it) => self.oneself(it).await,
            Command::Me(it) => self.me(it).await,
            Command::Role(it) => self.role(it).await,
            Command::Status(_) | Command::Thread(_) | Command::Audit(_) | Command::Config(_) => {
                Err(changes_nothing(command))
            }
        }
    }
}

pub use owner::owner_code;

/// At once, as whoever runs the program wants it, also while a bridge is at work on the store. What it comes to.
pub async fn run(
    store: &Store,
    community: &str,
    command: &Command,
    now: Timestamp,
) -> Result<String> {
    let case = Arc::new((community.to_owned(), command.clone()));
    let done = store.write(move |tx| {
        let case = case.clone();
        Box::pin(async move {
            let (name, command) = &*case;
            let mut communities = tx.communities();
            let community = match command {
                Command::Room(_) | Command::Member(_) | Command::Role(_) => {
                    communities.add(name, now).await?
                }
                _ => communities.known(name).await?,
            };
            let mut doer = Doer {
                tx,
                community: &community,
                by: None,
                adapters: None,
                now,
            };
            let done = doer.tries(command).await?;
            doer.note(command, &done).await?;
            Ok(done)
        })
    });
    let done = done.await?;
    let wording = Wording {
        adapters: Adapters::default(),
        language: Language::ENGLISH,
    };
    Ok(wording.plain(&done.effect).unwrap_or_default())
}

/// Who owns the community is everybody's matter, whoever may say the code.
pub(crate) fn is_in_the_log(verb: &Verb) -> bool {
    verb.who != Who::Anybody || verb.words == "owner"
}

/// It was handed to the wrong place.
fn changes_nothing(command: &Command) -> Error {
    let words = command.verb().words;
    Error::Unreadable(format!("`{words}` as something that changes"))
}

/// As a command takes it; none that no command could hold.
fn named(name: &str) -> Option<Name> {
    let named = name.parse::<Name>().ok();
    named.filter(|it| it.as_str() == name)
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
        Refusal::NothingToSet => NOTHING_TO_SET,
        Refusal::NotAnnounced => NOT_ANNOUNCED,
        Refusal::NothingHeld => NOTHING_HELD,
        Refusal::NothingDead => NOTHING_DEAD,
        Refusal::OpenAlready => OPEN_ALREADY,
        Refusal::RestsAlready => CLOSED_ALREADY,
        Refusal::NotServed => NOT_SERVED,
        Refusal::Private => PRIVATE_CHAT,
        Refusal::PerhapsAnothers => PERHAPS_ANOTHERS,
        Refusal::DayOver => DAY_OVER,
        Refusal::AboveThem => ABOVE_THEM,
        Refusal::GrantedAlready => GRANTED_ALREADY,
        Refusal::NotGranted => NOT_GRANTED,
        Refusal::LastOwner => LAST_OWNER,
        Refusal::OwnedAlready => OWNED_ALREADY,
        Refusal::NoCode => NO_CODE,
        Refusal::AloneAlready => ALONE_ALREADY,
        Refusal::OfRoom { why, .. } => sentence(why),
    }
}
