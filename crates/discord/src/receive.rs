//! From the gateway's queue into the intake, in order. **Invariant:** a dispatch counts as accepted only when all
//! before it were, and it was taken in, kept raw, or is of no use.

use std::collections::HashSet;
use std::time::Duration;

use calls::Backoff;
use conversation::{EventKey, Inbound, Intake, IntakeError, RawEvent, SendError};
use futures::future::join_all;
use tokio::sync::mpsc;

use crate::adapter::Discord;
use crate::errors::CallError;
use crate::gateway::{Accepted, Heard};
use crate::history;
use crate::id::{PLATFORM, Snowflake};
use crate::inbound::{Dispatch, Normalised, nobody, normalise, seen_reaction};
use crate::interactions;
use crate::known::Place;
use crate::rest::Call;
use crate::wire::{Channel, HasId, Ready};

/// As many as one commit of the intake may carry.
const MOST_AT_ONCE: usize = 64;

/// A session begins with a word about each server: who comes late is not waited for any longer.
const SERVERS_COME_WITHIN: Duration = Duration::from_secs(5);

/// How often a question that Discord breaks down over is asked: for about eight minutes.
const MOST_TROUBLES: u32 = 20;

/// Never ends but with the account.
pub(crate) async fn take_in(
    discord: &Discord,
    intake: &dyn Intake,
    mut queue: mpsc::Receiver<Heard>,
    accepted: &Accepted,
) -> SendError {
    let mut taker = Taker {
        discord,
        intake,
        accepted,
        expected: None,
    };
    loop {
        let mut batch = Vec::new();
        let received = queue.recv_many(&mut batch, MOST_AT_ONCE);
        let outcome = match taker.expected {
            None => Ok(received.await),
            Some(_) => tokio::time::timeout(SERVERS_COME_WITHIN, received).await,
        };
        if outcome == Ok(0) {
            return SendError::Unavailable("the gateway is closed".to_owned());
        }
        batch.retain(|it| !accepted.has(it));
        let taken = match outcome {
            Ok(_) => taker.take(&batch).await,
            Err(_) => taker.catch_up().await,
        };
        if let Err(end) = taken {
            return end;
        }
    }
}

struct Taker<'a> {
    discord: &'a Discord,
    intake: &'a dyn Intake,
    accepted: &'a Accepted,
    /// The servers that a new session has not told of yet: what was missed is read once all their channels and
    /// roles are known, and before anything that was said since.
    expected: Option<HashSet<Snowflake>>,
}

impl Taker<'_> {
    async fn take(&mut self, batch: &[Heard]) -> Result<(), SendError> {
        let interactions = batch.iter().filter(|it| it.kind == "INTERACTION_CREATE");
        let interactions: Vec<&Heard> = interactions.collect();
        for it in &interactions {
            self.discord.interactions.expect(&it.data);
        }
        let mut offers = Vec::with_capacity(batch.len());
        for heard in batch {
            let begins = heard.kind == "READY";
            if begins || self.expected.is_some() {
                hand_in(&std::mem::take(&mut offers), self.intake).await;
                self.begin(heard).await?;
            }
            offers.extend(understand(self.discord, heard).await?);
            if self.expected.as_ref().is_some_and(HashSet::is_empty) {
                self.catch_up().await?;
            }
        }
        hand_in(&offers, self.intake).await;
        if let Some(last) = batch.last() {
            self.accepted.advance(last);
        }
        let told = interactions.iter();
        join_all(told.map(|it| interactions::acknowledge(self.discord, &it.data))).await;
        Ok(())
    }

    /// Before a dispatch at the beginning of a session is understood.
    async fn begin(&mut self, heard: &Heard) -> Result<(), SendError> {
        match heard.kind.as_str() {
            "READY" => {
                let ready: Option<Ready> = serde_json::from_str(&heard.data).ok();
                let servers = ready.into_iter().flat_map(|it| it.guilds);
                self.expected = Some(servers.map(|it| it.id).collect());
            }
            "GUILD_CREATE" | "GUILD_DELETE" => {
                let server: Option<HasId> = serde_json::from_str(&heard.data).ok();
                if let (Some(server), Some(expected)) = (server, &mut self.expected) {
                    expected.remove(&server.id);
                }
            }
            _ => self.catch_up().await?,
        }
        Ok(())
    }

    async fn catch_up(&mut self) -> Result<(), SendError> {
        self.expected = None;
        tracing::info!("a session with Discord begins: what was missed is read now");
        history::catch_up(self.discord, self.intake).await
    }
}

/// What is handed in.
#[derive(Debug)]
pub(crate) enum Offer {
    Events(Vec<Inbound>),
    Raw(RawEvent),
}

async fn understand(discord: &Discord, heard: &Heard) -> Result<Option<Offer>, SendError> {
    let name = format!("{}/{}", heard.session, heard.seq);
    let dispatch = Dispatch {
        kind: &heard.kind,
        data: &heard.data,
        name: &name,
        now: discord.rest.now(),
    };
    loop {
        let meaning = {
            let mut known = discord.known();
            known.learn(&heard.kind, &heard.data);
            normalise(&dispatch, &known)
        };
        if let Normalised::Unknown(channel) = meaning {
            match look_up(discord, channel).await? {
                Found::Place => continue,
                Found::Nothing => return Ok(Some(Offer::Raw(raw("channel-not-told", &dispatch)))),
            }
        }
        let mut known = discord.known();
        if let Normalised::Events(events) = &meaning {
            let people = events.iter().map(|it| &it.actor);
            people
                .filter(|it| it.account != nobody().account)
                .for_each(|it| known.saw(it));
        }
        known.forget(&heard.kind, &heard.data);
        if let Some((reaction, stands)) = seen_reaction(&dispatch) {
            known.reacted(reaction, stands);
        }
        return Ok(offer(meaning, &dispatch));
    }
}

fn offer(meaning: Normalised, dispatch: &Dispatch<'_>) -> Option<Offer> {
    match meaning {
        Normalised::Events(events) => Some(Offer::Events(events)),
        Normalised::Unreadable(reason) => Some(Offer::Raw(raw(reason, dispatch))),
        Normalised::Ignored(reason) => {
            tracing::debug!(
                dispatch.kind = dispatch.kind,
                dispatch.reason = reason,
                "ignored a dispatch of Discord"
            );
            None
        }
        Normalised::Unknown(_) => None,
    }
}

pub(crate) fn raw(reason: &'static str, dispatch: &Dispatch<'_>) -> RawEvent {
    tracing::warn!(
        raw.kind = dispatch.kind,
        raw.reason = reason,
        raw.size_bytes = dispatch.data.len(),
        "kept a dispatch of Discord that cannot be understood"
    );
    RawEvent {
        platform: PLATFORM.into(),
        key: EventKey(format!("raw/{}", dispatch.name)),
        reason,
        body: dispatch.data.as_bytes().to_owned(),
    }
}

/// What became of a look at a channel.
enum Found {
    Place,
    /// Discord cannot say, at least not now.
    Nothing,
}

/// A channel that Discord hides from us is taken for a plain one: what was said there is heard all the same.
async fn look_up(discord: &Discord, channel: Snowflake) -> Result<Found, SendError> {
    let call = Call::new("GET /channels/{}", &[&channel]);
    let error = match patiently::<Channel>(discord, &call).await? {
        Ok(found) if found.id == channel => {
            discord.known().learn_place(found, None);
            return Ok(Found::Place);
        }
        Ok(_) => CallError::Unreadable,
        Err(error) => error,
    };
    tracing::warn!(%error, channel.id = channel.0, "a channel of Discord cannot be looked up");
    if !matches!(error, CallError::Answered(ref refusal) if refusal.status < 500) {
        return Ok(Found::Nothing);
    }
    discord.known().learn_as(channel, Place::default());
    Ok(Found::Place)
}

/// Waits out faults and limits. What Discord refuses comes back, and so does what it cannot answer for minutes: one
/// broken channel must not stop all others. `Err` only when it refuses us altogether.
pub(crate) async fn patiently<T: serde::de::DeserializeOwned>(
    discord: &Discord,
    call: &Call,
) -> Result<Result<T, CallError>, SendError> {
    let mut backoff = Backoff::default();
    let mut troubles = 0;
    loop {
        let error = match discord.rest.call_for(call).await {
            Ok(answer) => return Ok(Ok(answer)),
            Err(error) => error,
        };
        if let Some(end) = error.is_final() {
            return Err(end);
        }
        troubles += u32::from(error.is_trouble());
        if error.is_answer() || troubles >= MOST_TROUBLES {
            return Ok(Err(error));
        }
        let asked = error.asked_to_wait();
        if asked.is_zero() {
            tracing::warn!(%error, "Discord cannot be asked now");
            tokio::time::sleep(backoff.next()).await;
        } else {
            tokio::time::sleep(asked).await;
        }
    }
}

/// In order, waiting together, so that one commit carries them all; again and again until all were taken.
pub(crate) async fn hand_in(offers: &[Offer], intake: &dyn Intake) {
    let mut left: Vec<&Offer> = offers.iter().collect();
    let mut backoff = Backoff::default();
    while !left.is_empty() {
        let outcomes = join_all(left.iter().map(|it| give(it, intake))).await;
        let mut refused = outcomes.iter().filter_map(|it| it.as_ref().err());
        let Some(error) = refused.next() else {
            return;
        };
        tracing::warn!(%error, "Discord's events wait until they can be taken in");
        let both = left.iter().zip(&outcomes);
        left = both.filter(|it| it.1.is_err()).map(|it| *it.0).collect();
        tokio::time::sleep(backoff.next()).await;
    }
}

async fn give(offer: &Offer, intake: &dyn Intake) -> Result<(), IntakeError> {
    match offer {
        Offer::Raw(raw) => intake.set_aside(raw.clone()).await,
        Offer::Events(events) => calls::accept_all(events, intake).await,
    }
}
