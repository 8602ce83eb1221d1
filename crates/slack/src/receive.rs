//! From what Slack brings, by whichever way, into the intake. **Invariant:** one taker hands in what came in its order, and
//! the next only after it knows what became of it; where something was missed or refused, all that follows in its channel
//! waits until the channel's history was read.

use std::mem::take;
use std::time::Instant;

use calls::{Gaps, insist};
use conversation::{ChannelRef, Inbound, Intake, IntakeError, ResumePoint, SendError, Timestamp};
use futures::StreamExt;
use futures::future::{BoxFuture, FutureExt};
use futures::stream::FuturesUnordered;
use tokio::time::sleep_until;

use crate::bot::Slack;
use crate::form::{self, Begun};
use crate::history::{self, Read};
use crate::id::PLATFORM;
use crate::inbound::Normalised;
use crate::intake::{set_aside, understand};
use crate::queue::{Answer, Heard, Payload, Told};

mod turns;

use turns::Turns;

/// As much as is taken in together.
const AT_ONCE: usize = 256;
/// What waits for its channel to be read; Slack must keep what comes beyond it.
const MOST_WAITING: usize = 4096;
/// Each keeps what it reads until all of its channel was read.
const READ_AT_ONCE: usize = 8;

/// A payload that was understood, and is handed in next.
struct Offer {
    meaning: Normalised,
    answer: Answer,
}

struct Taker<'a> {
    slack: &'a Slack,
    intake: &'a dyn Intake,
    turns: Turns,
    gaps: Gaps<Payload>,
    /// A few channels at a time: one whose history does not come must not hold up the others.
    reading: FuturesUnordered<BoxFuture<'a, (ResumePoint, Read)>>,
    /// Forms for commands; what is left of one is handed in as it was typed.
    opening: FuturesUnordered<BoxFuture<'a, Option<Offer>>>,
}

/// Never ends.
pub(crate) async fn take_in(slack: &Slack, intake: &dyn Intake) -> SendError {
    let mut queue = slack.queue.heard.lock().await;
    let mut taker = Taker {
        slack,
        intake,
        turns: Turns::default(),
        gaps: Gaps::new(MOST_WAITING),
        reading: FuturesUnordered::new(),
        opening: FuturesUnordered::new(),
    };
    let mut heard = Vec::new();
    loop {
        let (next, turn) = (taker.next_reading(), taker.turns.next_at());
        tokio::select! {
            _ = queue.recv_many(&mut heard, AT_ONCE) => taker.hear(take(&mut heard)).await,
            Some((point, read)) = taker.reading.next(), if !taker.reading.is_empty() => {
                taker.finish(&point, read).await;
            }
            Some(left) = taker.opening.next(), if !taker.opening.is_empty() => {
                taker.hand_in(left.into_iter().collect()).await;
            }
            () = at(turn) => {
                let due = taker.turns.due(Instant::now());
                taker.take(due).await;
            }
            () = at(next) => taker.read_next(),
        }
    }
}

impl<'a> Taker<'a> {
    async fn hear(&mut self, heard: Vec<Heard>) {
        let mut payloads = Vec::with_capacity(heard.len());
        for it in heard {
            match it {
                Heard::Payload(it) => payloads.extend(self.turns.hold(it, Instant::now())),
                Heard::Gap => {
                    payloads.extend(self.turns.all());
                    self.take(take(&mut payloads)).await;
                    self.begin().await;
                }
            }
        }
        self.take(payloads).await;
    }

    /// What was missed in any channel is read before anything new from there is taken in.
    async fn begin(&mut self) {
        let meanwhile = "the store does not say what was heard last on Slack";
        let platform = PLATFORM.into();
        let points = insist(meanwhile, || self.intake.resume_points(&platform)).await;
        points.into_iter().for_each(|it| self.gaps.open(it));
    }

    async fn take(&mut self, payloads: Vec<Payload>) {
        let mut offers = Vec::with_capacity(payloads.len());
        for it in payloads {
            let meaning = understand(self.slack, &it.payload);
            let waits_for = self.waits_for(&meaning);
            let begun = form::begun(&it.payload, &meaning);
            match waits_for {
                Some(channel) => self.wait(&channel, it, events_of(&meaning)),
                None => {
                    let answer = it.answer;
                    let offer = Offer { meaning, answer };
                    match begun {
                        Some(begun) => self.open(begun, offer),
                        None => offers.push(offer),
                    }
                }
            }
        }
        self.hand_in(offers).await;
    }

    /// Nothing waits for it meanwhile. Where no form opens, what was typed is handed in.
    fn open(&self, begun: Begun, offer: Offer) {
        let (slack, intake) = (self.slack, self.intake);
        let opening = async move {
            match form::open(slack, intake, &begun).await {
                true => {
                    (offer.answer)(Told::Taken);
                    None
                }
                false => Some(offer),
            }
        };
        self.opening.push(opening.boxed());
    }

    fn waits_for(&self, meaning: &Normalised) -> Option<ChannelRef> {
        match meaning {
            // Whoever asks is answered within seconds, and what they ask is no message.
            Normalised::Events(events) => events
                .iter()
                .filter(|it| it.way_back.is_none())
                .find_map(|it| self.gaps.before(it)),
            _ => None,
        }
    }

    fn wait(&mut self, channel: &ChannelRef, it: Payload, events: &[Inbound]) {
        let kept = match self.gaps.is_full() {
            true => Err(it),
            false => self.gaps.wait(channel, it),
        };
        if let Err(it) = kept {
            self.refused(events);
            (it.answer)(Told::Refused);
        }
    }

    async fn hand_in(&mut self, offers: Vec<Offer>) {
        let events = offers.iter().flat_map(|it| events_of(&it.meaning));
        let events: Vec<Inbound> = events.cloned().collect();
        let taken = match events.is_empty() {
            true => Ok(()),
            false => self.intake.accept(events).await,
        };
        if let Err(error) = &taken {
            tracing::warn!(%error, "Slack must keep its events for a while");
        }
        for Offer { meaning, answer } in offers {
            let is_taken = match &taken {
                Err(_) if !events_of(&meaning).is_empty() => {
                    self.refused(events_of(&meaning));
                    false
                }
                _ => self.is_done_with(&meaning).await.is_ok(),
            };
            answer(match meaning {
                Normalised::SentBack(words) => Told::Says(words),
                _ => Told::taken(is_taken),
            });
        }
    }

    /// What says nothing to a conversation.
    async fn is_done_with(&mut self, meaning: &Normalised) -> Result<(), IntakeError> {
        match meaning {
            Normalised::Events(_) | Normalised::SentBack(_) => Ok(()),
            Normalised::Ignored(reason) => {
                tracing::debug!(event.reason = reason, "ignored an event of Slack");
                Ok(())
            }
            Normalised::Revoked(reason) => {
                self.slack.revoked.send_replace(Some(reason));
                Ok(())
            }
            Normalised::Unreadable { reason, raw } => {
                set_aside(reason, raw.as_bytes(), self.intake).await
            }
        }
    }

    /// Slack may bring them again or not: reading begins at the oldest of them.
    fn refused(&mut self, events: &[Inbound]) {
        for event in events {
            self.gaps.open(ResumePoint {
                channel: event.channel.clone(),
                since: event.at,
            });
        }
    }

    fn next_reading(&self) -> Option<Instant> {
        let is_free = self.reading.len() < READ_AT_ONCE;
        self.gaps.next_at().filter(|_| is_free)
    }

    fn read_next(&mut self) {
        if let Some(point) = self.gaps.next_due() {
            let (slack, intake) = (self.slack, self.intake);
            let reading = async move {
                let read = history::catch_up(slack, intake, &point).await;
                (point, read)
            };
            self.reading.push(reading.boxed());
        }
    }

    async fn finish(&mut self, point: &ResumePoint, read: Read) {
        let channel = &point.channel;
        let waited = match self.noted(point, read).await {
            Read::Whole | Read::Needless => self.gaps.close(channel),
            Read::NotNow => self.gaps.put_off(channel),
            Read::Refused => {
                let refused = self.gaps.again(channel);
                return refused
                    .into_iter()
                    .for_each(|it| (it.answer)(Told::Refused));
            }
        };
        self.take(waited).await;
    }

    /// What is heard from now on says nothing of what could not be read: that is remembered first.
    async fn noted(&mut self, point: &ResumePoint, read: Read) -> Read {
        let since: Option<Timestamp> = match read {
            Read::Whole => None,
            Read::NotNow => Some(point.since),
            Read::Needless | Read::Refused => return read,
        };
        match self.intake.note_unheard(&point.channel, since).await {
            Ok(()) => read,
            Err(error) => {
                tracing::warn!(%error, %point.channel, "what was not heard cannot be noted");
                Read::Refused
            }
        }
    }
}

async fn at(time: Option<Instant>) {
    match time {
        Some(time) => sleep_until(time.into()).await,
        None => std::future::pending().await,
    }
}

fn events_of(meaning: &Normalised) -> &[Inbound] {
    match meaning {
        Normalised::Events(events) => events,
        _ => &[],
    }
}
