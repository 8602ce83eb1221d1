//! How many messages of a person, in a channel and in a room were said in the minute before one: the storm brake's gauge.
//!
//! **Invariant:** a message counts once, however often its transaction is done again.

use std::{
    collections::{HashMap, VecDeque},
    hash::{DefaultHasher, Hash, Hasher},
    sync::Mutex,
    time::Duration,
};

use conversation::{Brake, ChannelId, EventKey, Platform, Recent, RemoteId, RoomId, Timestamp};

const WINDOW: Duration = Duration::from_secs(60);
/// What is read from history was said earlier than what is heard live beside it.
const KEPT: Duration = Duration::from_secs(3600);
/// Of each window; no brake is set as wide.
const MOST_KEPT: usize = 1 << 16;
/// So many windows there may be before those in which nothing was said lately are forgotten.
const MANY: usize = 10_000;

#[derive(Debug, Default)]
pub(crate) struct StormGauge {
    windows: Mutex<HashMap<Scope, Window>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Scope {
    Author(RoomId, Platform, RemoteId),
    Channel(ChannelId),
    Room(RoomId),
}

/// One message, and where it counts.
pub(crate) struct Said<'a> {
    pub(crate) key: &'a EventKey,
    pub(crate) at: Timestamp,
    pub(crate) room: &'a RoomId,
    pub(crate) channel: &'a ChannelId,
    pub(crate) author: (&'a Platform, &'a RemoteId),
}

impl StormGauge {
    pub(crate) fn recent(&self, said: &Said<'_>) -> Recent {
        let windows = self.windows.lock().expect("no panic under this lock");
        let before = |whose| windows.get(&whose).map_or(0, |it| it.before(said));
        Recent {
            of_author: before(said.author()),
            in_channel: before(said.channel()),
            in_room: before(said.room()),
        }
    }

    /// What a brake stopped counts for nobody whom a wider one would stop.
    pub(crate) fn count(&self, said: &Said<'_>, stopped: Option<Brake>) {
        let mut windows = self.windows.lock().expect("no panic under this lock");
        let mut count = |whose| windows.entry(whose).or_default().count(said);
        count(said.author());
        if stopped != Some(Brake::Author) {
            count(said.channel());
        }
        if stopped.is_none_or(|it| it == Brake::Room) {
            count(said.room());
        }
        if windows.len() > MANY {
            windows.retain(|_, it| it.reaches(said.at.minus(WINDOW)));
        }
    }
}

impl Said<'_> {
    fn author(&self) -> Scope {
        let (platform, account) = self.author;
        Scope::Author(self.room.clone(), platform.clone(), account.clone())
    }

    fn channel(&self) -> Scope {
        Scope::Channel(self.channel.clone())
    }

    fn room(&self) -> Scope {
        Scope::Room(self.room.clone())
    }

    fn key(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.key.hash(&mut hasher);
        hasher.finish()
    }
}

/// When messages were said, the earliest first, each with its key.
#[derive(Debug, Default)]
struct Window(VecDeque<(Timestamp, u64)>);

impl Window {
    fn before(&self, said: &Said<'_>) -> u32 {
        let first = self.0.partition_point(|it| it.0 <= said.at.minus(WINDOW));
        let end = self.0.partition_point(|it| it.0 <= said.at);
        let itself = usize::from(self.has(said, end));
        u32::try_from(end - first - itself).unwrap_or(u32::MAX)
    }

    fn count(&mut self, said: &Said<'_>) {
        let end = self.0.partition_point(|it| it.0 <= said.at);
        if !self.has(said, end) {
            self.0.insert(end, (said.at, said.key()));
        }
        let newest = self.0.back().map_or(said.at, |it| it.0);
        while self.0.len() > MOST_KEPT
            || self.0.front().is_some_and(|it| newest.since(it.0) >= KEPT)
        {
            self.0.pop_front();
        }
    }

    /// Among those of the same moment, which end there.
    fn has(&self, said: &Said<'_>, end: usize) -> bool {
        let key = said.key();
        let before = self.0.range(..end).rev();
        before
            .take_while(|it| it.0 == said.at)
            .any(|it| it.1 == key)
    }

    fn reaches(&self, moment: Timestamp) -> bool {
        self.0.back().is_some_and(|it| it.0 > moment)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said<'a>(
        key: &'a EventKey,
        at: i64,
        ids: &'a (RoomId, ChannelId, Platform, RemoteId),
    ) -> Said<'a> {
        Said {
            key,
            at: Timestamp(at),
            room: &ids.0,
            channel: &ids.1,
            author: (&ids.2, &ids.3),
        }
    }

    fn ids(author: &str) -> (RoomId, ChannelId, Platform, RemoteId) {
        (
            "room".into(),
            "channel".into(),
            "chat".into(),
            author.into(),
        )
    }

    #[test]
    fn a_message_counts_once_and_only_for_the_minute_behind_it() {
        let (gauge, ana) = (StormGauge::default(), ids("ana"));
        for n in 0..10_i64 {
            let key = EventKey(n.to_string());
            for _ in 0..2 {
                let it = said(&key, n * 10_000, &ana);
                let earlier = u32::try_from(n.min(5)).unwrap_or(0);
                assert_eq!(gauge.recent(&it).in_room, earlier, "message {n}");
                gauge.count(&it, None);
            }
        }
    }

    #[test]
    fn what_was_said_an_hour_ago_counts_for_its_own_minute() {
        let (gauge, ana) = (StormGauge::default(), ids("ana"));
        let (now, then) = (EventKey("now".into()), EventKey("then".into()));
        gauge.count(&said(&now, 3_000_000, &ana), None);
        let it = said(&then, 1_000_000, &ana);
        assert_eq!(gauge.recent(&it).in_room, 0);
        gauge.count(&it, None);
        let another = EventKey("another".into());
        assert_eq!(gauge.recent(&said(&another, 1_000_001, &ana)).in_room, 1);
        assert_eq!(gauge.recent(&said(&another, 3_000_001, &ana)).in_room, 1);
    }

    #[test]
    fn whoever_is_braked_takes_nobody_elses_room() {
        let (gauge, ana, bo) = (StormGauge::default(), ids("ana"), ids("bo"));
        for n in 0..10_i64 {
            let brake = (n >= 3).then_some(Brake::Author);
            gauge.count(&said(&EventKey(n.to_string()), n, &ana), brake);
        }
        let key = EventKey("hello".into());
        let recent = gauge.recent(&said(&key, 20, &bo));
        assert_eq!(
            (recent.of_author, recent.in_channel, recent.in_room),
            (0, 3, 3)
        );
        assert_eq!(gauge.recent(&said(&key, 20, &ana)).of_author, 10);
    }
}
