//! From the gateway's queue into the intake, in order. **Invariant:** a dispatch counts as accepted only when all
//! before it were, and it was taken in, kept raw, or is of no use; what waits for its channel's history holds up no other
//! channel.

use std::mem::take;
use std::pin::pin;
use std::sync::Arc;
use std::time::Instant;

use calls::{Gaps, insist};
use conversation::{ChannelRef, Intake, ResumePoint, SendError};
use futures::StreamExt;
use futures::future::{BoxFuture, FutureExt};
use futures::stream::FuturesUnordered;
use tokio::sync::mpsc;
use tokio::time::sleep_until;

use crate::bot::Discord;
use crate::commands;
use crate::expected::Expected;
use crate::gateway::{Accepted, Heard};
use crate::history::{self, Read, Threads, look_up};
use crate::id::{PLATFORM, Snowflake};
use crate::inbound::{Dispatch, Normalised, nobody, normalise, seen_reaction};
use crate::interactions;
use crate::offer::{self, Offer, hand_in, note};
use crate::way_back::AUTOCOMPLETE;
use crate::wire::Interaction;

/// As much as is taken in together.
const AT_ONCE: usize = 256;
/// What waits for its channel to be read; then the gateway is not read any further.
const MOST_WAITING: usize = 4096;
const READ_AT_ONCE: usize = 8;

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
        expected: Expected::default(),
        gaps: Gaps::new(MOST_WAITING),
        reading: FuturesUnordered::new(),
        acknowledging: FuturesUnordered::new(),
        threads: Arc::default(),
        newest: None,
    };
    let mut batch = Vec::new();
    loop {
        let next = taker.next_reading();
        let ended = tokio::select! {
            received = queue.recv_many(&mut batch, AT_ONCE), if !taker.gaps.is_full() => {
                if received == 0 {
                    return SendError::Unavailable("the gateway is closed".to_owned());
                }
                taker.hear(take(&mut batch)).await;
                None
            }
            Some((point, read)) = taker.reading.next(), if !taker.reading.is_empty() => {
                taker.finish(&point, read).await
            }
            Some(()) = taker.acknowledging.next(), if !taker.acknowledging.is_empty() => None,
            () = sleep_until(next.unwrap_or_else(Instant::now).into()), if next.is_some() => {
                taker.read_next();
                None
            }
        };
        if let Some(end) = ended {
            return end;
        }
    }
}

type Reading<'a> = BoxFuture<'a, (ResumePoint, Result<Read, SendError>)>;

struct Taker<'a> {
    discord: &'a Discord,
    intake: &'a dyn Intake,
    accepted: &'a Accepted,
    expected: Expected,
    gaps: Gaps<Heard>,
    /// A few channels at a time: one whose history does not come must not hold up the others.
    reading: FuturesUnordered<Reading<'a>>,
    /// Of interactions, and what people may type for one.
    acknowledging: FuturesUnordered<BoxFuture<'a, ()>>,
    threads: Arc<Threads>,
    /// Of what was taken in or waits.
    newest: Option<(Arc<str>, u64)>,
}

/// What becomes of something in a channel that nobody told of.
#[derive(Clone, Copy)]
enum Untold {
    WaitsForLookUp,
    IsKeptRaw,
}

impl Taker<'_> {
    async fn hear(&mut self, mut batch: Vec<Heard>) {
        batch.retain(|it| !self.has(it));
        let mut heard = Vec::with_capacity(batch.len());
        for it in batch {
            self.expected.learn(&it);
            self.newest = Some((Arc::clone(&it.session), it.seq));
            if ["READY", "RESUMED"].contains(&it.kind.as_str()) {
                self.intake.note_hearing(&PLATFORM.into(), None).await;
            }
            let begins = it.kind == "READY";
            heard.push(it);
            if begins {
                self.take(take(&mut heard), Untold::WaitsForLookUp).await;
                self.begin().await;
            }
        }
        self.take(heard, Untold::WaitsForLookUp).await;
    }

    /// Sent again after a RESUME, though it was taken in or waits here.
    fn has(&self, heard: &Heard) -> bool {
        let newest = self.newest.as_ref();
        newest.is_some_and(|(session, seq)| *session == heard.session && heard.seq <= *seq)
    }

    /// What was missed in any channel is read before anything new from there is taken in.
    async fn begin(&mut self) {
        tracing::info!("a session with Discord begins: what was missed is read now");
        self.threads = Arc::default();
        let registering = Box::pin(commands::register(self.discord));
        self.acknowledging.push(registering);
        let meanwhile = "what was missed on Discord cannot be looked up now";
        let platform = PLATFORM.into();
        let points = insist(meanwhile, || self.intake.resume_points(&platform)).await;
        points.into_iter().for_each(|it| self.gaps.open(it));
    }

    async fn take(&mut self, heard: Vec<Heard>, untold: Untold) {
        let mut offers = Vec::with_capacity(heard.len());
        let mut interactions = Vec::new();
        for it in heard {
            let meaning = self.meaning(&it);
            let asked = self.asked(&it);
            let now = match self.waits_for(&it, &meaning, untold) {
                Some(channel) => self.gaps.wait(&channel, it).err(),
                None => Some(it),
            };
            let Some(it) = now else {
                // Discord does not wait for what we look up first.
                asked.into_iter().for_each(|it| self.acknowledge(it));
                continue;
            };
            interactions.extend(asked);
            offers.extend(self.offer(&it, meaning));
        }
        self.hand_in(&offers).await;
        self.advance();
        interactions.into_iter().for_each(|it| self.acknowledge(it));
    }

    /// What Discord waits for goes on meanwhile.
    async fn hand_in(&mut self, offers: &[Offer]) {
        let mut handed_in = pin!(hand_in(offers, self.intake));
        loop {
            tokio::select! {
                () = &mut handed_in => return,
                Some(()) = self.acknowledging.next(), if !self.acknowledging.is_empty() => {}
            }
        }
    }

    /// An interaction that was not heard before. What somebody is writing waits for nothing, and is handed in nowhere.
    fn asked(&self, heard: &Heard) -> Option<Interaction> {
        let is_one = heard.kind == "INTERACTION_CREATE";
        let asked = is_one.then(|| serde_json::from_str::<Interaction>(&heard.data).ok())??;
        if asked.kind == AUTOCOMPLETE {
            let (discord, intake) = (self.discord, self.intake);
            let offered = async move { interactions::offer(discord, intake, &asked).await };
            self.acknowledging.push(offered.boxed());
            return None;
        }
        self.discord.pending.expect(&asked).then_some(asked)
    }

    fn acknowledge(&self, asked: Interaction) {
        let discord = self.discord;
        let told = async move { interactions::acknowledge(discord, &asked).await };
        self.acknowledging.push(told.boxed());
    }

    fn meaning(&self, heard: &Heard) -> Normalised {
        let name = heard.name();
        let mut known = self.discord.known();
        known.learn(&heard.kind, &heard.data);
        normalise(&heard.dispatch(&name, self.discord), &known)
    }

    /// Discord waits for an answer to an interaction, so that waits for nothing.
    fn waits_for(
        &mut self,
        heard: &Heard,
        meaning: &Normalised,
        untold: Untold,
    ) -> Option<ChannelRef> {
        match (meaning, untold) {
            (Normalised::Unknown(channel), Untold::WaitsForLookUp) => {
                let channel = channel.channel();
                self.gaps.open(ResumePoint {
                    channel: channel.clone(),
                    since: self.discord.rest.now(),
                });
                Some(channel)
            }
            (Normalised::Events(events), _) if heard.kind != "INTERACTION_CREATE" => {
                events.iter().find_map(|it| self.gaps.before(it))
            }
            _ => None,
        }
    }

    /// All that follows from it, now that it is handed in.
    fn offer(&self, heard: &Heard, meaning: Normalised) -> Option<Offer> {
        let name = heard.name();
        let dispatch = heard.dispatch(&name, self.discord);
        let mut known = self.discord.known();
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
        offer::offer(meaning, &dispatch, &known)
    }

    /// Discord sends again what comes behind the last that was taken in, with all before it.
    fn advance(&self) {
        let Some((session, newest)) = &self.newest else {
            return;
        };
        let waiting = self.gaps.waiting().filter(|it| it.session == *session);
        let first = waiting.map(|it| it.seq).min();
        let seq = first.map_or(*newest, |it| it.saturating_sub(1).min(*newest));
        self.accepted.advance(session, seq);
    }

    fn next_reading(&self) -> Option<Instant> {
        let is_free = self.reading.len() < READ_AT_ONCE;
        let next = self.gaps.next_at().filter(|_| is_free)?;
        Some(self.expected.until().map_or(next, |it| it.max(next)))
    }

    fn read_next(&mut self) {
        if let Some(point) = self.gaps.next_due() {
            let (discord, intake) = (self.discord, self.intake);
            let threads = Arc::clone(&self.threads);
            let reading = async move {
                let read = read(discord, intake, &threads, &point).await;
                (point, read)
            };
            self.reading.push(reading.boxed());
        }
    }

    /// `Some` where Discord refuses us altogether.
    async fn finish(
        &mut self,
        point: &ResumePoint,
        read: Result<Read, SendError>,
    ) -> Option<SendError> {
        let channel = &point.channel;
        match read {
            Err(end) => return Some(end),
            Ok(Read::Whole) => {
                note(self.intake, channel, None).await;
                let waited = self.gaps.close(channel);
                self.take(waited, Untold::WaitsForLookUp).await;
            }
            Ok(Read::LookedUp) => {
                let waited = self.gaps.close(channel);
                self.take(waited, Untold::WaitsForLookUp).await;
            }
            Ok(Read::Untold) => {
                let waited = self.gaps.keep_trying(channel);
                self.take(waited, Untold::IsKeptRaw).await;
            }
            Ok(Read::NotNow) => {
                // What is heard from now on says nothing of what could not be read.
                note(self.intake, channel, Some(point.since)).await;
                let waited = self.gaps.put_off(channel);
                self.take(waited, Untold::WaitsForLookUp).await;
            }
        }
        None
    }
}

impl Heard {
    fn name(&self) -> String {
        format!("{}/{}", self.session, self.seq)
    }

    fn dispatch<'h>(&'h self, name: &'h str, discord: &Discord) -> Dispatch<'h> {
        Dispatch {
            kind: &self.kind,
            data: &self.data,
            name,
            now: discord.rest.now(),
        }
    }
}

/// The history of a channel in a room, or else what the channel is.
async fn read(
    discord: &Discord,
    intake: &dyn Intake,
    threads: &Threads,
    point: &ResumePoint,
) -> Result<Read, SendError> {
    let points = intake.resume_points(&PLATFORM.into()).await;
    // A store that does not answer keeps what is read anyway.
    let is_linked = points.map_or(true, |it| it.iter().any(|it| it.channel == point.channel));
    match Snowflake::parse(point.channel.id.as_str()) {
        Some(channel) if is_linked => {
            history::catch_up((discord, intake), channel, point, threads).await
        }
        Some(channel) => look_up(discord, channel).await,
        None => Ok(Read::LookedUp),
    }
}
