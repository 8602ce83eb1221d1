//! What was said while we did not hear, from the channels' own history. **Invariant:** a message gets the same key
//! as when it is heard live, so what was taken in already is not taken in twice; what cannot be read is told as missed.

use std::time::Duration;

use calls::Trouble;
use conversation::{ChannelRef, Event, EventKey, Intake, ResumePoint, SendError, Timestamp};
use serde_json::value::RawValue;

use crate::asking::{Refusable, allowed, patiently};
use crate::bot::Discord;
use crate::errors::{CallError, code};
use crate::id::Snowflake;
use crate::inbound::{Dispatch, Normalised, edit_of, guild, nobody, normalise, post_of};
use crate::known::KnownChannel;
use crate::offer::{Offer, hand_in, raw};
use crate::rest::Call;
use crate::wire::{Channel, HasId, Message};

mod gap;
mod threads;

use gap::Gap;
pub(crate) use threads::Threads;

/// What came in just before the end may have been taken in out of order.
const OVERLAP: Duration = Duration::from_secs(10);
/// "Max number of messages to return (1-100)".
const PAGE: usize = 100;
/// So many messages before the gap are looked at for edits within it.
const EDITS: usize = 50;

/// How a look into a channel's history ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Read {
    /// To its end, or what cannot be had any more was told as missed.
    Whole,
    /// Discord does not hand it out now.
    NotNow,
    /// It is in no room, and now it is known what it is.
    LookedUp,
    /// It is in no room, and Discord does not say now what it is.
    Untold,
}

/// `Err` only where Discord refuses us altogether.
pub(crate) async fn catch_up(
    (discord, intake): (&Discord, &dyn Intake),
    channel: Snowflake,
    point: &ResumePoint,
    threads: &Threads,
) -> Result<Read, SendError> {
    let gap = Gap {
        discord,
        intake,
        channel,
        since: point.since.minus(OVERLAP),
    };
    let Err(error) = gap.fill(threads).await? else {
        return Ok(Read::Whole);
    };
    if !error.is_answer() {
        tracing::warn!(%error, channel.id = channel.0, "the history of a channel cannot be read now");
        return Ok(Read::NotNow);
    }
    gap.tell(&point.channel, point.since, &error).await;
    Ok(Read::Whole)
}

/// A channel or thread, and how far it was read.
struct Source {
    id: Snowflake,
    after: Snowflake,
    page: Vec<(Snowflake, Box<RawValue>)>,
    is_read: bool,
}

impl Gap<'_> {
    /// Threads that cannot be read keep back neither the channel nor other threads; one that was deleted meanwhile is
    /// read to its end.
    async fn fill(&self, threads: &Threads) -> Refusable<()> {
        let place = allowed!(self.place().await);
        let mut sources = Vec::new();
        if !place.is_forum() {
            allowed!(self.edits_before().await);
            sources.push(self.source(self.channel));
        }
        let mut unread = None;
        match threads.of(self, &place).await? {
            Ok(found) => sources.extend(found.into_iter().map(|it| self.source(it))),
            Err(error) => unread = Some(error),
        }
        loop {
            for source in &mut sources {
                let is_thread = source.id != self.channel;
                // All of it is read once more, later.
                if is_thread && unread.as_ref().is_some_and(|it| !it.is_answer()) {
                    source.is_read = true;
                }
                match self.read_page(source).await? {
                    Err(error) if is_thread => {
                        source.is_read = true;
                        unread = unread.or(Some(error).filter(|it| !it.is(code::UNKNOWN_CHANNEL)));
                    }
                    outcome => allowed!(Ok(outcome)),
                }
            }
            if !self.take_in_page(&mut sources, &place).await {
                return Ok(unread.map_or(Ok(()), Err));
            }
        }
    }

    async fn place(&self) -> Refusable<KnownChannel> {
        let call = Call::new("GET /channels/{}", &[&self.channel]);
        let found: Channel = allowed!(patiently(self.discord, &call).await);
        let mut known = self.discord.known();
        known.learn_place(found, None);
        Ok(Ok(known.place(self.channel).cloned().unwrap_or_default()))
    }

    fn source(&self, id: Snowflake) -> Source {
        Source {
            id,
            after: Snowflake::at(self.since),
            page: Vec::new(),
            is_read: false,
        }
    }

    async fn read_page(&self, source: &mut Source) -> Refusable<()> {
        if source.is_read || !source.page.is_empty() {
            return Ok(Ok(()));
        }
        let call = Call::new("GET /channels/{}/messages", &[&source.id])
            .with("after", source.after)
            .with("limit", PAGE);
        let page: Vec<Box<RawValue>> = allowed!(patiently(self.discord, &call).await);
        source.is_read = page.len() < PAGE;
        let named = page.into_iter().filter_map(|raw| Some((id_of(&raw)?, raw)));
        source.page = named.collect();
        source.page.sort_by_key(|it| it.0);
        match source.page.last() {
            Some(last) => source.after = last.0,
            None => source.is_read = true,
        }
        Ok(Ok(()))
    }

    /// All that was said before the first place at which something may still be unread, in the order in which it
    /// was said, across threads. Whether there may be more.
    async fn take_in_page(&self, sources: &mut [Source], place: &KnownChannel) -> bool {
        let unread = sources.iter().filter(|it| !it.is_read);
        let until = unread.filter_map(|it| it.page.last()).map(|it| it.0).min();
        let mut messages = Vec::new();
        for source in &mut *sources {
            let count = source
                .page
                .partition_point(|it| until.is_none_or(|until| it.0 <= until));
            messages.extend(source.page.drain(..count));
        }
        messages.sort_by_key(|it| it.0);
        let mut offers = Vec::with_capacity(messages.len());
        for (id, raw) in messages {
            offers.extend(self.offers(id, &raw, place));
        }
        hand_in(&offers, self.intake).await;
        sources.iter().any(|it| !it.is_read || !it.page.is_empty())
    }

    fn offers(&self, id: Snowflake, raw_message: &RawValue, place: &KnownChannel) -> Vec<Offer> {
        let name = format!("history/{id}");
        let dispatch = Dispatch {
            kind: "MESSAGE_CREATE",
            data: raw_message.get(),
            name: &name,
            now: self.discord.rest.now(),
        };
        let known = self.discord.known();
        let Ok(mut message) = serde_json::from_str::<Message>(raw_message.get()) else {
            return match normalise(&dispatch, &known) {
                Normalised::Unreadable(reason) => vec![Offer::Raw(raw(reason, &dispatch, &known))],
                _ => Vec::new(),
            };
        };
        // In a history it is left out.
        message.guild_id = message.guild_id.or(place.guild);
        let meanings = [post_of(&message, &known), edit_of(&message, &known)];
        let events = meanings.into_iter().filter_map(|it| match it {
            Normalised::Events(events) => Some(Offer::Events(events)),
            Normalised::Unreadable(reason) => Some(Offer::Raw(raw(reason, &dispatch, &known))),
            Normalised::Ignored(_) | Normalised::Unknown(_) => None,
        });
        events.collect()
    }

    /// Of what stood there already.
    async fn edits_before(&self) -> Refusable<()> {
        let call = Call::new("GET /channels/{}/messages", &[&self.channel])
            .with("before", Snowflake::at(self.since))
            .with("limit", EDITS);
        let page: Vec<Box<RawValue>> = allowed!(patiently(self.discord, &call).await);
        let mut offers = Vec::new();
        {
            let known = self.discord.known();
            for raw in page.iter().rev() {
                let message = serde_json::from_str::<Message>(raw.get());
                if let Ok(message) = message
                    && let Normalised::Events(events) = edit_of(&message, &known)
                    && events.iter().all(|it| it.at >= self.since)
                {
                    offers.push(Offer::Events(events));
                }
            }
        }
        hand_in(&offers, self.intake).await;
        Ok(Ok(()))
    }

    /// That the channel is gone, or what cannot be had.
    async fn tell(&self, channel: &ChannelRef, since: Timestamp, error: &CallError) {
        tracing::warn!(%error, channel.id = self.channel.0, "the history of a channel cannot be read");
        let now = self.discord.rest.now();
        let is_gone = error.is(code::UNKNOWN_CHANNEL);
        let (key, event) = match is_gone {
            true => (
                format!("closed/{}/{}", self.channel, since.0),
                Event::closed(guild::DELETED),
            ),
            false => (
                format!("missed/{}/{}", self.channel, since.0),
                Event::Missed { since },
            ),
        };
        let event = calls::happened(EventKey(key), channel.clone(), now, nobody(), event);
        hand_in(&[Offer::Events(vec![event])], self.intake).await;
    }
}

fn id_of(raw: &RawValue) -> Option<Snowflake> {
    let it: HasId = serde_json::from_str(raw.get()).ok()?;
    Some(it.id)
}

/// A channel that Discord hides from us is taken for a plain one: what was said there is heard all the same.
pub(crate) async fn look_up(discord: &Discord, channel: Snowflake) -> Result<Read, SendError> {
    let call = Call::new("GET /channels/{}", &[&channel]);
    let error = match patiently::<Channel>(discord, &call).await? {
        Ok(found) if found.id == channel => {
            discord.known().learn_place(found, None);
            return Ok(Read::LookedUp);
        }
        Ok(_) => CallError::Unreadable,
        Err(error) => error,
    };
    tracing::warn!(%error, channel.id = channel.0, "a channel of Discord cannot be looked up");
    if !matches!(error, CallError::Answered(ref refusal) if refusal.status < 500) {
        return Ok(Read::Untold);
    }
    discord.known().learn_as(channel, KnownChannel::default());
    Ok(Read::LookedUp)
}
