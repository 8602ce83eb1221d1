//! From the gateway's queue into the intake, in order. **Invariant:** a dispatch counts as accepted only when all
//! before it were, and it was taken in, kept raw, or is of no use.

use conversation::{EventKey, Inbound, Intake, IntakeError, RawEvent, SendError};
use futures::future::join_all;
use tokio::sync::mpsc;

use crate::adapter::Discord;
use crate::backoff::Backoff;
use crate::errors::CallError;
use crate::gateway::{Accepted, Heard};
use crate::history;
use crate::id::{PLATFORM, Snowflake};
use crate::inbound::{Dispatch, Normalised, nobody, normalise, seen_reaction};
use crate::interactions;
use crate::known::Place;
use crate::rest::Call;
use crate::wire::Channel;

/// As many as one commit of the intake may carry.
const MOST_AT_ONCE: usize = 64;

/// Never ends but with the account.
pub(crate) async fn take_in(
    discord: &Discord,
    intake: &dyn Intake,
    mut queue: mpsc::Receiver<Heard>,
    accepted: &Accepted,
) -> SendError {
    loop {
        let mut batch = Vec::new();
        if queue.recv_many(&mut batch, MOST_AT_ONCE).await == 0 {
            return SendError::Unavailable("the gateway is closed".to_owned());
        }
        batch.retain(|it| !accepted.has(it));
        if let Err(end) = take_in_batch(discord, intake, &batch, accepted).await {
            return end;
        }
    }
}

async fn take_in_batch(
    discord: &Discord,
    intake: &dyn Intake,
    batch: &[Heard],
    accepted: &Accepted,
) -> Result<(), SendError> {
    let mut offers = Vec::with_capacity(batch.len());
    for heard in batch {
        if heard.kind == "READY" {
            hand_in(&std::mem::take(&mut offers), intake).await;
            discord.known().learn(&heard.kind, &heard.data);
            tracing::info!("a session with Discord begins: what was missed is read now");
            history::catch_up(discord, intake).await?;
            accepted.advance(heard);
        } else if let Some(offer) = understand(discord, heard).await? {
            offers.push(offer);
        }
    }
    let interactions = batch.iter().filter(|it| it.kind == "INTERACTION_CREATE");
    let interactions: Vec<&Heard> = interactions.collect();
    for it in &interactions {
        discord.interactions.expect(&it.data);
    }
    hand_in(&offers, intake).await;
    if let Some(last) = batch.last() {
        accepted.advance(last);
    }
    let told = interactions.iter();
    join_all(told.map(|it| interactions::acknowledge(discord, &it.data))).await;
    Ok(())
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
            look_up(discord, channel).await?;
            continue;
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

/// A channel that Discord hides from us is taken for a plain one: what was said there is heard all the same.
async fn look_up(discord: &Discord, channel: Snowflake) -> Result<(), SendError> {
    let call = Call::new("GET /channels/{}", &[&channel]);
    let found: Channel = match patiently(discord, &call).await? {
        Ok(found) => found,
        Err(error) => {
            tracing::warn!(%error, channel.id = channel.0, "a channel of Discord cannot be looked up");
            discord.known().learn_as(channel, Place::default());
            return Ok(());
        }
    };
    discord.known().learn_place(found, None);
    Ok(())
}

/// Waits out faults and limits. What Discord refuses comes back; `Err` only when it refuses us altogether.
pub(crate) async fn patiently<T: serde::de::DeserializeOwned>(
    discord: &Discord,
    call: &Call,
) -> Result<Result<T, CallError>, SendError> {
    let mut backoff = Backoff::default();
    loop {
        let error = match discord.rest.call_for(call).await {
            Ok(answer) => return Ok(Ok(answer)),
            Err(error) => error,
        };
        if let Some(end) = error.is_final() {
            return Err(end);
        }
        if error.is_answer() {
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
        Offer::Events(events) => {
            let accepts = events.iter().map(|event| intake.accept(event.clone()));
            join_all(accepts).await.into_iter().collect()
        }
    }
}
