//! Counts what each room took in during the last minute: the storm brake's gauge.

use std::{
    collections::{HashMap, VecDeque},
    sync::Mutex,
    time::Duration,
};

use conversation::{RoomId, Timestamp};

const WINDOW: Duration = Duration::from_secs(60);

#[derive(Debug, Default)]
pub(crate) struct StormGauge {
    rooms: Mutex<HashMap<RoomId, VecDeque<Timestamp>>>,
}

impl StormGauge {
    pub(crate) fn count(&self, room: &RoomId, now: Timestamp) {
        let mut rooms = self.rooms.lock().expect("no panic under this lock");
        let times = rooms.entry(room.clone()).or_default();
        forget_old(times, now);
        times.push_back(now);
    }

    pub(crate) fn recent(&self, room: &RoomId, now: Timestamp) -> u32 {
        let mut rooms = self.rooms.lock().expect("no panic under this lock");
        let Some(times) = rooms.get_mut(room) else {
            return 0;
        };
        forget_old(times, now);
        u32::try_from(times.len()).unwrap_or(u32::MAX)
    }
}

/// What seems to be to come was counted before the clock was set back.
fn forget_old(times: &mut VecDeque<Timestamp>, now: Timestamp) {
    let is_old = |it: &Timestamp| now.since(*it) >= WINDOW || it.since(now) >= WINDOW;
    while times.front().is_some_and(is_old) {
        times.pop_front();
    }
}
