//! The threads of a channel in which something may have been said lately.

use std::collections::HashMap;

use conversation::Timestamp;
use parking_lot::Mutex;

use super::gap::Gap;
use crate::asking::{Refusable, allowed, patiently};
use crate::bot::Discord;
use crate::id::Snowflake;
use crate::known::KnownChannel;
use crate::rest::Call;
use crate::wire::{Channel, ThreadList};

type ActiveThreads = HashMap<Snowflake, Vec<Channel>>;

/// Open ones are asked for once for a whole server.
#[derive(Debug, Default)]
pub(crate) struct Threads {
    active: Mutex<ActiveThreads>,
}

impl Threads {
    pub(super) async fn of(
        &self,
        gap: &Gap<'_>,
        place: &KnownChannel,
    ) -> Refusable<Vec<Snowflake>> {
        let Some(guild) = place
            .guild
            .filter(|_| place.is_forum() || place.has_threads())
        else {
            return Ok(Ok(Vec::new()));
        };
        let mut threads = allowed!(self.active(gap, guild).await);
        threads.retain(|it| it.parent_id == Some(gap.channel) && may_be_new(it, gap.since));
        threads.extend(allowed!(archived(gap).await));
        let mut known = gap.discord.known();
        let mut ids: Vec<Snowflake> = threads.iter().map(|it| it.id).collect();
        for thread in threads {
            known.learn_place(thread, place.guild);
        }
        // Among those that are open Discord also names private ones that we can see.
        ids.retain(|it| known.place(*it).and_then(KnownChannel::stands_for) == Some(gap.channel));
        Ok(Ok(ids))
    }

    /// Nobody waits for another's question.
    async fn active(&self, gap: &Gap<'_>, guild: Snowflake) -> Refusable<Vec<Channel>> {
        let known = self.active.lock().get(&guild).cloned();
        if let Some(active) = known {
            return Ok(Ok(active));
        }
        let active = allowed!(active_threads(gap.discord, guild).await);
        self.active.lock().insert(guild, active.clone());
        Ok(Ok(active))
    }
}

/// "May not point to an existing or valid message": its time is good all the same.
fn may_be_new(thread: &Channel, since: Timestamp) -> bool {
    let last = thread.last_message_id.unwrap_or(thread.id);
    last.time() >= since || thread.id.time() >= since
}

/// Those that were put away since then, newest first.
async fn archived(gap: &Gap<'_>) -> Refusable<Vec<Channel>> {
    const PAGE: usize = 50;
    let mut threads = Vec::new();
    let mut before: Option<String> = None;
    loop {
        let mut call = Call::new("GET /channels/{}/threads/archived/public", &[&gap.channel])
            .with("limit", PAGE);
        if let Some(before) = &before {
            call = call.with("before", before);
        }
        let list: ThreadList = allowed!(patiently(gap.discord, &call).await);
        let count = list.threads.len();
        let earliest = list.threads.last().and_then(archived_at);
        before = list
            .threads
            .last()
            .and_then(|it| it.thread_metadata.as_ref()?.archive_timestamp.clone());
        let since = |it: &Channel| archived_at(it).is_none_or(|at| at >= gap.since);
        threads.extend(
            list.threads
                .into_iter()
                .filter(|it| since(it) && may_be_new(it, gap.since)),
        );
        let is_over = earliest.is_none_or(|at| at < gap.since);
        if count < PAGE || is_over || before.is_none() {
            return Ok(Ok(threads));
        }
    }
}

fn archived_at(thread: &Channel) -> Option<Timestamp> {
    let text = thread
        .thread_metadata
        .as_ref()?
        .archive_timestamp
        .as_ref()?;
    let at: jiff::Timestamp = text.parse().ok()?;
    Some(Timestamp(at.as_millisecond()))
}

/// The threads of a server that are open now.
async fn active_threads(discord: &Discord, guild: Snowflake) -> Refusable<Vec<Channel>> {
    let call = Call::new("GET /guilds/{}/threads/active", &[&guild]);
    let list: ThreadList = allowed!(patiently(discord, &call).await);
    Ok(Ok(list.threads))
}
