//! The threads of a channel in which something may have been said lately.

use conversation::Timestamp;

use super::{ActiveThreads, Gap, Refusable, active_threads, allowed};
use crate::id::Snowflake;
use crate::known::Place;
use crate::receive::patiently;
use crate::rest::Call;
use crate::wire::{Channel, ThreadList};

/// Open ones are asked for once for a whole server.
#[derive(Debug, Default)]
pub(crate) struct Threads {
    active: ActiveThreads,
}

impl Threads {
    pub(super) async fn of(&mut self, gap: &Gap<'_>, place: &Place) -> Refusable<Vec<Snowflake>> {
        let Some(guild) = place
            .guild
            .filter(|_| place.is_forum() || place.has_threads())
        else {
            return Ok(Ok(Vec::new()));
        };
        let active = match self.active.remove(&guild) {
            Some(active) => active,
            None => allowed!(active_threads(gap.discord, guild).await),
        };
        let active = self.active.entry(guild).or_insert(active).iter();
        let mut threads: Vec<Channel> = active
            .filter(|it| it.parent_id == Some(gap.channel) && may_be_new(it, gap.since))
            .cloned()
            .collect();
        threads.extend(allowed!(archived(gap).await));
        let mut known = gap.discord.known();
        let ids = threads.iter().map(|it| it.id).collect();
        for thread in threads {
            known.learn_place(thread, place.guild);
        }
        Ok(Ok(ids))
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
