//! Hearing what was said while we did not listen: new messages, replies in older threads, and edits. **Invariant:** what
//! cannot be had is told as missed, and nothing that comes meanwhile overtakes.

use std::time::Duration;

use calls::{Backoff, Repeated, now};
use conversation::{AuthorKind, Event, EventKey, Inbound, Intake, ResumePoint, Timestamp};
use futures::future::join_all;
use serde_json::{Value, json};

use super::page::Place;
use crate::adapter::Slack;
use crate::errors::CallError;
use crate::id::{self, PLATFORM};
use crate::inbound::{Normalised, author};
use crate::intake::{offer, understand};

/// Threads are looked at for new replies if they began so long before the gap.
const OLDER_THREADS: Duration = Duration::from_secs(7 * 24 * 60 * 60);
/// Of 200 messages each: of what was missed, and of what stood before.
const MOST_PAGES: usize = 50;
const MOST_OLDER_PAGES: usize = 3;
/// What happened within the same second may have been heard or not: keys tell.
const OVERLAP: Duration = Duration::from_secs(1);
/// How often a page is asked for again before we leave it for later.
const MOST_TRIES: usize = 4;
/// Taken in together.
const AT_ONCE: usize = 100;

/// Something must be fetched once more later.
#[derive(Debug)]
pub(crate) struct StillBehind;

/// Channel by channel: what comes from others meanwhile waits for one of them, and not for all.
pub(crate) async fn catch_up(slack: &Slack, intake: &dyn Intake) -> Result<(), StillBehind> {
    let mut behind = slack.order.lock().await;
    let points = intake.resume_points(&PLATFORM.into()).await;
    let points = points.map_err(|error| {
        tracing::warn!(%error, "the store does not say what was heard last");
        StillBehind
    })?;
    behind.begin(points);
    while let Some(point) = behind.next().cloned() {
        behind.read(slack, intake, point).await;
        drop(behind);
        behind = slack.order.lock().await;
    }
    match behind.is_over() {
        true => Ok(()),
        false => Err(StillBehind),
    }
}

pub(super) async fn catch_up_with(
    slack: &Slack,
    intake: &dyn Intake,
    point: &ResumePoint,
) -> Result<(), StillBehind> {
    let Ok(channel) = id::parse_channel(&point.channel) else {
        return Ok(());
    };
    let since = point.since.minus(OVERLAP);
    match read(slack, channel, since).await {
        Ok(Found { events, complete }) => {
            if !complete {
                missed(slack, intake, point).await?;
            }
            if !events.is_empty() {
                tracing::info!(%point.channel, events = events.len(), "read what was said meanwhile");
            }
            hand_in(slack, intake, events).await
        }
        Err(error) => match error.clone().into_send_error(Repeated::IsHarmless) {
            conversation::SendError::ChannelGone(_) | conversation::SendError::Refused(_) => {
                tracing::warn!(%point.channel, %error, "what was said meanwhile cannot be read");
                missed(slack, intake, point).await
            }
            _ => {
                tracing::warn!(%point.channel, %error, "what was said meanwhile cannot be read now");
                Err(StillBehind)
            }
        },
    }
}

async fn missed(
    slack: &Slack,
    intake: &dyn Intake,
    point: &ResumePoint,
) -> Result<(), StillBehind> {
    let event = Inbound {
        key: EventKey(format!("missed/{}/{}", point.channel.id, point.since.0)),
        channel: point.channel.clone(),
        within: None,
        at: now(),
        actor: author::slack_itself(),
        event: Event::Missed { since: point.since },
    };
    let meaning = Normalised::Events(vec![event]);
    offer(slack, &meaning, intake)
        .await
        .map_err(|_| StillBehind)
}

struct Found {
    /// In the order in which they happened.
    events: Vec<Value>,
    complete: bool,
}

async fn read(slack: &Slack, channel: &str, since: Timestamp) -> Result<Found, CallError> {
    let mut gap = Gap {
        channel,
        since,
        events: Vec::new(),
    };
    let place = Place {
        channel,
        thread: None,
        oldest: id::ts(since.minus(OLDER_THREADS)),
    };
    let (mut cursor, mut older, mut complete) = (None, 0, false);
    let mut threads = Vec::new();
    for _ in 0..MOST_PAGES {
        let page = patiently(slack, &place, cursor.as_deref()).await?;
        for message in &page.messages {
            gap.look_at(message);
            threads.extend(gap.thread_to_read(message));
        }
        cursor = page.next;
        let reached = page
            .messages
            .last()
            .is_none_or(|it| moment(it) < Some(since));
        complete |= reached || cursor.is_none();
        older += usize::from(reached);
        if cursor.is_none() || older >= MOST_OLDER_PAGES {
            break;
        }
    }
    for thread in threads {
        complete &= gap.read_thread(slack, &thread).await?;
    }
    gap.events.sort_by_key(|(at, _)| *at);
    gap.events.dedup_by(|one, other| one.1 == other.1);
    let events = gap.events.into_iter().map(|(_, event)| event).collect();
    Ok(Found { events, complete })
}

struct Gap<'a> {
    channel: &'a str,
    since: Timestamp,
    /// Each with its moment, in microseconds.
    events: Vec<(i64, Value)>,
}

impl Gap<'_> {
    /// As the events that Slack would have brought.
    fn look_at(&mut self, message: &Value) {
        if message["subtype"] == "tombstone" {
            return self.changed(message, now().0.saturating_mul(1000));
        }
        let since = self.since.0.saturating_mul(1000);
        let happened = |ts: &Value| ts.as_str().and_then(id::micros).filter(|it| *it >= since);
        if let Some(at) = happened(&message["ts"]) {
            let mut event = message.clone();
            event["channel"] = self.channel.into();
            self.events.push((at, event));
        }
        if let Some(at) = happened(&message["edited"]["ts"]) {
            // Slack tells the second of an edit only; within it the message came first.
            self.changed(message, at.saturating_add(999_999));
        }
    }

    fn changed(&mut self, message: &Value, at: i64) {
        let event = json!({
            "type": "message",
            "subtype": "message_changed",
            "channel": self.channel,
            "message": message,
        });
        self.events.push((at, event));
    }

    fn thread_to_read(&self, message: &Value) -> Option<String> {
        let latest = message["latest_reply"].as_str().and_then(id::at)?;
        let ts = message["thread_ts"].as_str().or(message["ts"].as_str())?;
        (latest >= self.since).then(|| ts.to_owned())
    }

    /// Whether all of it could be read.
    async fn read_thread(&mut self, slack: &Slack, thread: &str) -> Result<bool, CallError> {
        let place = Place {
            channel: self.channel,
            thread: Some(thread),
            oldest: id::ts(self.since),
        };
        let mut cursor = None;
        for _ in 0..MOST_PAGES {
            let page = match patiently(slack, &place, cursor.as_deref()).await {
                Err(error) if error.is("thread_not_found") => return Ok(true),
                page => page?,
            };
            let replies = page.messages.iter().filter(|it| it["ts"] != thread);
            replies.for_each(|it| self.look_at(it));
            cursor = page.next;
            if cursor.is_none() {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

fn moment(message: &Value) -> Option<Timestamp> {
    id::at(message["ts"].as_str()?)
}

/// Waits as long as Slack asks, and a little where it cannot be reached.
async fn patiently(
    slack: &Slack,
    place: &Place<'_>,
    cursor: Option<&str>,
) -> Result<super::page::Page, CallError> {
    let mut backoff = Backoff::default();
    for _ in 1..MOST_TRIES {
        let error = match place.page(slack, cursor).await {
            Err(error) if matches!(error, CallError::Answered(_)) => return Err(error),
            Err(error) => error,
            page => return page,
        };
        tokio::time::sleep(backoff.next().max(error.asked_to_wait())).await;
    }
    place.page(slack, cursor).await
}

async fn hand_in(
    slack: &Slack,
    intake: &dyn Intake,
    events: Vec<Value>,
) -> Result<(), StillBehind> {
    for some in events.chunks(AT_ONCE) {
        let mut meanings = Vec::with_capacity(some.len());
        for event in some {
            let meaning = understand(slack, event).await;
            meanings.extend(Some(meaning).filter(|it| !is_our_own(it)));
        }
        let offers = meanings.iter().map(|it| offer(slack, it, intake));
        if join_all(offers).await.iter().any(Result::is_err) {
            tracing::warn!("the intake takes nothing of what was said meanwhile");
            return Err(StillBehind);
        }
    }
    Ok(())
}

fn is_our_own(meaning: &Normalised) -> bool {
    let ours = |it: &Inbound| it.actor.kind == AuthorKind::Ourselves;
    matches!(meaning, Normalised::Events(events) if events.iter().all(ours))
}
