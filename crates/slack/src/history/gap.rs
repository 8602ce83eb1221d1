//! Hearing what was said while we did not listen: new messages, replies in older threads, and edits. **Invariant:** what
//! cannot be had is told as missed, and nothing that comes meanwhile overtakes.

use std::time::Duration;

use calls::{now, patiently};
use conversation::{AuthorKind, Event, EventKey, Intake, IntakeError, ResumePoint, Timestamp};
use serde_json::{Value, json};

use super::page::Transcript;
use crate::bot::Slack;
use crate::errors::CallError;
use crate::id::{self, PLATFORM};
use crate::inbound::{Normalised, author};
use crate::intake::{set_aside, understand};

/// Threads are looked at for new replies if they began so long before the gap.
const OLDER_THREADS: Duration = Duration::from_secs(7 * 24 * 60 * 60);
/// Of 200 messages each: of what was missed, and of what stood before.
const MOST_PAGES: usize = 100;
const MOST_OLDER_PAGES: usize = 3;
/// What happened within the same second may have been heard or not: keys tell.
const OVERLAP: Duration = Duration::from_secs(1);
/// Taken in together.
const AT_ONCE: usize = 100;

/// How a look into a channel's history ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Read {
    /// To its end, or what cannot be had any more was told as missed.
    Whole,
    /// It is in no room, or its link rests.
    Needless,
    /// Slack does not hand it out now.
    NotNow,
    /// The intake did not take it.
    Refused,
}

/// One channel, that was not heard since then.
pub(crate) async fn catch_up(slack: &Slack, intake: &dyn Intake, point: &ResumePoint) -> Read {
    match read_and_hand_in(slack, intake, point).await {
        Ok(read) => read,
        Err(error) => {
            tracing::warn!(%error, %point.channel, "what was said meanwhile cannot be taken in now");
            Read::Refused
        }
    }
}

async fn read_and_hand_in(
    slack: &Slack,
    intake: &dyn Intake,
    point: &ResumePoint,
) -> Result<Read, IntakeError> {
    let Some(channel) = linked(intake, point).await? else {
        return Ok(Read::Needless);
    };
    match read(slack, channel, point.since.minus(OVERLAP)).await {
        Ok(Found { events, read }) => {
            if read == Extent::Part {
                missed(intake, point).await?;
            }
            if !events.is_empty() {
                tracing::info!(%point.channel, events = events.len(), "read what was said meanwhile");
            }
            hand_in(slack, intake, events).await?;
            Ok(match read {
                Extent::NotAllNow => Read::NotNow,
                Extent::All | Extent::Part => Read::Whole,
            })
        }
        Err(error) if error.is_for_a_while() => {
            tracing::warn!(%point.channel, %error, "what was said meanwhile cannot be read now");
            Ok(Read::NotNow)
        }
        Err(error) => {
            tracing::warn!(%point.channel, %error, "what was said meanwhile cannot be read");
            missed(intake, point).await?;
            Ok(Read::Whole)
        }
    }
}

/// What is in no room has no history that is of use to us.
async fn linked<'p>(
    intake: &dyn Intake,
    point: &'p ResumePoint,
) -> Result<Option<&'p str>, IntakeError> {
    let points = intake.resume_points(&PLATFORM.into()).await?;
    let is_linked = points.iter().any(|it| it.channel == point.channel);
    Ok(id::parse_channel(&point.channel).ok().filter(|_| is_linked))
}

async fn missed(intake: &dyn Intake, point: &ResumePoint) -> Result<(), IntakeError> {
    let event = calls::happened(
        EventKey(format!("missed/{}/{}", point.channel.id, point.since.0)),
        point.channel.clone(),
        now(),
        author::slack_itself(),
        Event::Missed { since: point.since },
    );
    intake.accept(vec![event]).await
}

struct Found {
    /// As JSON, in the order in which they happened.
    events: Vec<String>,
    read: Extent,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Extent {
    All,
    /// There is more than is read.
    Part,
    /// A thread cannot be read now.
    NotAllNow,
}

async fn read(slack: &Slack, channel: &str, since: Timestamp) -> Result<Found, CallError> {
    let mut gap = Gap {
        channel,
        since,
        events: Vec::new(),
    };
    let place = Transcript {
        channel,
        thread: None,
        oldest: id::ts(since.minus(OLDER_THREADS)),
    };
    let (mut cursor, mut older, mut is_whole) = (None, 0, false);
    let mut threads = Vec::new();
    for _ in 0..MOST_PAGES {
        let page = patiently(|| place.page(slack, cursor.as_deref())).await?;
        for message in &page.messages {
            gap.look_at(message);
            threads.extend(gap.thread_to_read(message));
        }
        cursor = page.next;
        let reached = page
            .messages
            .last()
            .is_none_or(|it| moment(it) < Some(since));
        is_whole |= reached || cursor.is_none();
        older += usize::from(reached);
        if cursor.is_none() || older >= MOST_OLDER_PAGES {
            break;
        }
    }
    let mut read = if is_whole { Extent::All } else { Extent::Part };
    for thread in threads {
        match gap.read_thread(slack, &thread).await {
            Ok(true) => {}
            Ok(false) => read = Extent::Part,
            Err(error) if error.is_for_a_while() => {
                tracing::warn!(%error, channel.id = channel, "a thread cannot be read now");
                read = Extent::NotAllNow;
                break;
            }
            Err(error) => return Err(error),
        }
    }
    gap.events.sort_by_key(|(at, _)| *at);
    gap.events.dedup_by(|one, other| one.1 == other.1);
    let events = gap.events.into_iter().map(|(_, event)| event).collect();
    Ok(Found { events, read })
}

struct Gap<'a> {
    channel: &'a str,
    since: Timestamp,
    /// Each with its moment, in microseconds, and as JSON, which takes less room.
    events: Vec<(i64, String)>,
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
            self.events.push((at, event.to_string()));
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
        self.events.push((at, event.to_string()));
    }

    fn thread_to_read(&self, message: &Value) -> Option<String> {
        let latest = message["latest_reply"].as_str().and_then(id::at)?;
        let ts = message["thread_ts"].as_str().or(message["ts"].as_str())?;
        (latest >= self.since).then(|| ts.to_owned())
    }

    /// Whether all of it could be read.
    async fn read_thread(&mut self, slack: &Slack, thread: &str) -> Result<bool, CallError> {
        let place = Transcript {
            channel: self.channel,
            thread: Some(thread),
            oldest: id::ts(self.since),
        };
        let mut cursor = None;
        for _ in 0..MOST_PAGES {
            let page = match patiently(|| place.page(slack, cursor.as_deref())).await {
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

async fn hand_in(
    slack: &Slack,
    intake: &dyn Intake,
    events: Vec<String>,
) -> Result<(), IntakeError> {
    for some in events.chunks(AT_ONCE) {
        let mut heard = Vec::with_capacity(some.len());
        for event in some {
            let event: Value = serde_json::from_str(event).unwrap_or_default();
            match understand(slack, &event) {
                Normalised::Events(events) => heard.extend(events),
                Normalised::Unreadable { reason, raw } => {
                    set_aside(reason, raw.as_bytes(), intake).await?;
                }
                Normalised::Ignored(_) | Normalised::Revoked(_) | Normalised::SentBack(_) => {}
            }
        }
        heard.retain(|it| it.actor.kind != AuthorKind::Ourselves);
        intake.accept(heard).await?;
    }
    Ok(())
}
