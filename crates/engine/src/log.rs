//! What an operator reads in the log: notices as they begin, last and are over, and links as they come and go.
//!
//! **Invariant:** a line names a channel as commands take it, and no person: who that is stands in the notice itself.

use std::collections::BTreeMap;

use conversation::{ChannelId, ChannelRef, Timestamp};
use store::{Directory, Entry, Notice, NoticeKind, Result, Store};

use crate::adapters::Adapters;

mod links;

/// What lasts is said again.
const AGAIN_MS: i64 = 3_600_000;

/// Who says it.
#[derive(Clone)]
pub(crate) struct OperatorLog {
    pub(crate) store: Store,
    pub(crate) adapters: Adapters,
}

/// The notices that the log told of, and when it last did.
#[derive(Debug, Default)]
pub(crate) struct Reported(BTreeMap<(NoticeKind, String), (Notice, Timestamp)>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    Begins,
    Lasts,
    Over,
}

impl OperatorLog {
    /// Says what is new since the last look.
    pub(crate) async fn notices(&self, reported: &mut Reported, now: Timestamp) -> Result<()> {
        let directory = self.store.directory();
        for (phase, notice) in reported.follow(self.store.open_notices(None).await?, now) {
            let name = notice.channel().map(|it| self.name(&it, &directory));
            say(phase, &notice, name.as_deref());
        }
        Ok(())
    }

    /// As commands take it, unless that is a person's.
    fn name(&self, channel: &ChannelRef, directory: &Directory) -> String {
        let entry = directory.find(channel);
        entry.map_or_else(|| channel.to_string(), |it| self.entry(it))
    }

    fn entry(&self, entry: &Entry) -> String {
        let channel = &entry.channel.at;
        match self.adapters.describe(channel).names_person {
            true => entry.inner_name().to_string(),
            false => channel.to_string(),
        }
    }

    /// The same of a channel as we name it.
    pub(crate) fn channel(&self, id: &ChannelId) -> String {
        let directory = self.store.directory();
        match directory.by_id(id) {
            Some(entry) => self.entry(entry),
            None => ChannelRef::inner(id).to_string(),
        }
    }
}

impl Reported {
    fn follow(&mut self, notices: Vec<Notice>, now: Timestamp) -> Vec<(Phase, Notice)> {
        let mut before = std::mem::take(&mut self.0);
        let mut lines = Vec::new();
        // The oldest first, as they happened.
        for notice in notices.into_iter().rev() {
            let key = (notice.kind, notice.about.clone());
            // Two communities may be told the same of one channel.
            if self.0.contains_key(&key) {
                continue;
            }
            let known = before.remove(&key);
            let phase = phase(known.as_ref(), &notice, now);
            let said_at = known.filter(|_| phase.is_none()).map_or(now, |it| it.1);
            lines.extend(phase.map(|it| (it, notice.clone())));
            self.0.insert(key, (notice, said_at));
        }
        lines.extend(before.into_values().map(|it| (Phase::Over, it.0)));
        lines
    }
}

fn phase(known: Option<&(Notice, Timestamp)>, notice: &Notice, now: Timestamp) -> Option<Phase> {
    match known {
        None => Some(Phase::Begins),
        Some((before, _)) if before != notice => Some(Phase::Lasts),
        Some((_, said_at)) if notice.kind.is_broken() && now.0 - said_at.0 >= AGAIN_MS => {
            Some(Phase::Lasts)
        }
        Some(_) => None,
    }
}

fn say(phase: Phase, notice: &Notice, channel: Option<&str>) {
    let kind = notice.kind.as_str();
    let text = text(phase, notice, channel);
    let reader = notice.reader();
    if phase != Phase::Over && notice.kind.is_broken() {
        tracing::error!(notice = kind, channel.ref = channel, "{text}");
    } else {
        tracing::warn!(notice = kind, channel.ref = channel, reader.number = reader, "{text}");
    }
}

fn text(phase: Phase, notice: &Notice, channel: Option<&str>) -> String {
    let said = match (notice.kind, notice.channel(), channel) {
        (NoticeKind::ReaderTrouble, ..) => {
            "somebody does not get what is said: `causeway status` says who and why".to_owned()
        }
        (NoticeKind::ReaderReturned, ..) => {
            "what was sent to somebody came back: `causeway status` says who and why".to_owned()
        }
        (_, Some(own), Some(name)) => notice.text.replace(&own.to_string(), name),
        _ => notice.text.clone(),
    };
    match phase {
        Phase::Begins => said,
        Phase::Lasts => format!("still so: {said}"),
        Phase::Over => format!("over: {said}"),
    }
}

#[cfg(test)]
mod tests;
