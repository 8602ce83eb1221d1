//! Channels in which something may have been said that was not heard: their history is read, and what comes meanwhile waits
//! behind it, for its own channel alone.
//!
//! **Invariant:** the oldest unread moment of a channel stays until it was read, and what waits is handed back in order.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use conversation::{ChannelRef, Inbound, ResumePoint, Timestamp};

use crate::Backoff;

/// What must wait until it can be understood at all waits no longer.
const LONGEST_WAIT: Duration = Duration::from_secs(10 * 60);

#[derive(Debug)]
pub struct Gaps<T> {
    gaps: HashMap<ChannelRef, Gap<T>>,
    waiting: usize,
    most_waiting: usize,
    opened: u64,
}

#[derive(Debug)]
struct Gap<T> {
    since: Timestamp,
    /// In the order in which they were opened.
    number: u64,
    /// What comes now waits behind it.
    holds: bool,
    waiting: Vec<T>,
    is_being_read: bool,
    /// What came to be unread while it was read.
    reopened: Option<Timestamp>,
    opened: Instant,
    due: Instant,
    backoff: Backoff,
}

impl<T> Gaps<T> {
    pub fn new(most_waiting: usize) -> Gaps<T> {
        Gaps {
            gaps: HashMap::new(),
            waiting: 0,
            most_waiting,
            opened: 0,
        }
    }

    /// What is new waits until all since then was read. Older moments count, for what came since was heard without
    /// what was said before it.
    pub fn open(&mut self, point: ResumePoint) {
        self.opened += 1;
        let gap = self.gaps.entry(point.channel).or_insert_with(|| Gap {
            since: point.since,
            number: self.opened,
            holds: true,
            waiting: Vec::new(),
            is_being_read: false,
            reopened: None,
            opened: Instant::now(),
            due: Instant::now(),
            backoff: Backoff::default(),
        });
        gap.holds = true;
        gap.since = gap.since.min(point.since);
        if gap.is_being_read {
            gap.reopened = Some(gap.reopened.unwrap_or(point.since).min(point.since));
        }
    }

    /// The channel for which an event must wait.
    pub fn before(&self, event: &Inbound) -> Option<ChannelRef> {
        let channels = [Some(&event.channel), event.within.as_ref()];
        let mut unread = channels.into_iter().flatten();
        unread.find(|it| self.holds(it)).cloned()
    }

    fn holds(&self, channel: &ChannelRef) -> bool {
        self.gaps.get(channel).is_some_and(|it| it.holds)
    }

    /// Behind what was not read of the channel. Hands it back if all was.
    pub fn wait(&mut self, channel: &ChannelRef, it: T) -> Result<(), T> {
        let Some(gap) = self.gaps.get_mut(channel) else {
            return Err(it);
        };
        self.waiting += 1;
        gap.waiting.push(it);
        Ok(())
    }

    /// Nothing more is to be heard now.
    pub fn is_full(&self) -> bool {
        self.waiting >= self.most_waiting
    }

    pub fn waiting(&self) -> impl Iterator<Item = &T> {
        self.gaps.values().flat_map(|it| &it.waiting)
    }

    /// When there is something to read.
    pub fn next_at(&self) -> Option<Instant> {
        let unread = self.gaps.values().filter(|it| !it.is_being_read);
        unread.map(|it| it.due).min()
    }

    /// To be read now: where somebody waits comes first.
    pub fn next_due(&mut self) -> Option<ResumePoint> {
        let now = Instant::now();
        let due = self.gaps.iter_mut();
        let due = due.filter(|(_, it)| !it.is_being_read && it.due <= now);
        let (channel, gap) =
            due.min_by_key(|(_, it)| (!it.holds, it.waiting.is_empty(), it.number))?;
        gap.is_being_read = true;
        Some(ResumePoint {
            channel: channel.clone(),
            since: gap.since,
        })
    }

    /// It was read to its end. What waited may go on, unless something came to be unread meanwhile.
    pub fn close(&mut self, channel: &ChannelRef) -> Vec<T> {
        let Some(gap) = self.gaps.get_mut(channel) else {
            return Vec::new();
        };
        if let Some(since) = gap.reopened.take() {
            gap.since = since;
            gap.is_being_read = false;
            return Vec::new();
        }
        let gap = self.gaps.remove(channel);
        self.handed_back(gap.map(|it| it.waiting).unwrap_or_default())
    }

    /// It cannot be read now, and is tried again, ever more seldom. What waited goes on, and nothing more waits.
    pub fn put_off(&mut self, channel: &ChannelRef) -> Vec<T> {
        let waiting = self.gaps.get_mut(channel).map(|gap| {
            gap.is_being_read = false;
            gap.reopened = None;
            gap.holds = false;
            gap.due = Instant::now() + gap.backoff.next();
            std::mem::take(&mut gap.waiting)
        });
        self.handed_back(waiting.unwrap_or_default())
    }

    /// What was read could not be taken in: soon again. What waited cannot be taken in either.
    pub fn again(&mut self, channel: &ChannelRef) -> Vec<T> {
        let waiting = self.gaps.get_mut(channel).map(|gap| {
            gap.is_being_read = false;
            gap.reopened = None;
            gap.due = Instant::now() + gap.backoff.next();
            std::mem::take(&mut gap.waiting)
        });
        self.handed_back(waiting.unwrap_or_default())
    }

    /// Nobody knows yet what waits there: soon again, and nothing goes on meanwhile. After a long while it is handed back as
    /// it is.
    pub fn keep_trying(&mut self, channel: &ChannelRef) -> Vec<T> {
        match self.gaps.get_mut(channel) {
            Some(gap) if gap.opened.elapsed() < LONGEST_WAIT => {
                gap.is_being_read = false;
                gap.due = Instant::now() + gap.backoff.next();
                Vec::new()
            }
            _ => {
                let gap = self.gaps.remove(channel);
                self.handed_back(gap.map(|it| it.waiting).unwrap_or_default())
            }
        }
    }

    fn handed_back(&mut self, waited: Vec<T>) -> Vec<T> {
        self.waiting -= waited.len();
        waited
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn point(channel: &str, since: i64) -> ResumePoint {
        ResumePoint {
            channel: ChannelRef::new("chat", channel),
            since: Timestamp(since),
        }
    }

    #[test]
    fn what_could_not_be_read_keeps_its_oldest_moment() {
        let mut gaps: Gaps<u8> = Gaps::new(10);
        gaps.open(point("a", 10));
        gaps.open(point("a", 20));
        assert_eq!(gaps.next_due(), Some(point("a", 10)));
        gaps.open(point("a", 5));
        gaps.put_off(&point("a", 0).channel);
        gaps.open(point("a", 30));
        assert_eq!(gaps.next_due(), None);
        assert_eq!(gaps.gaps[&point("a", 0).channel].since, Timestamp(5));
    }

    #[test]
    fn what_waits_is_handed_back_in_order_and_the_channel_is_forgotten() {
        let mut gaps = Gaps::new(3);
        let (a, b) = (point("a", 1), point("b", 1));
        gaps.open(a.clone());
        gaps.open(b.clone());
        for n in 0..3 {
            gaps.wait(&b.channel, n).unwrap();
        }
        assert!(gaps.is_full());
        assert_eq!(gaps.wait(&point("c", 0).channel, 3), Err(3));
        assert_eq!(gaps.next_due(), Some(b.clone()));
        assert_eq!(gaps.close(&b.channel), [0, 1, 2]);
        assert!(!gaps.holds(&b.channel) && gaps.holds(&a.channel));
    }

    #[test]
    fn what_came_to_be_unread_while_it_was_read_is_read_too() {
        let mut gaps = Gaps::new(3);
        let a = point("a", 1);
        gaps.open(a.clone());
        gaps.next_due();
        gaps.open(point("a", 7));
        gaps.wait(&a.channel, 'x').unwrap();
        assert!(gaps.close(&a.channel).is_empty());
        assert_eq!(gaps.next_due(), Some(point("a", 7)));
        assert_eq!(gaps.close(&a.channel), ['x']);
    }

    #[test]
    fn a_channel_that_cannot_be_read_now_holds_nothing_back() {
        let mut gaps = Gaps::new(3);
        let a = point("a", 1);
        gaps.open(a.clone());
        gaps.wait(&a.channel, 'x').unwrap();
        gaps.next_due();
        assert_eq!(gaps.put_off(&a.channel), ['x']);
        assert!(!gaps.holds(&a.channel) && gaps.next_at().is_some());
    }
}
