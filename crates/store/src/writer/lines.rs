//! Work that stands in lines: the events of one channel, say.
//!
//! **Invariant:** where one of a line fails, all that took a place behind it before it was answered fail as well, so
//! that none overtakes it, however much later their work comes. Whoever hands them in again does so in order.

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

/// Numbers all that is handed in.
#[derive(Debug, Clone, Default)]
pub(super) struct Places(Arc<AtomicU64>);

/// A place in a line, taken before what is to be done there.
#[derive(Debug)]
pub struct Place {
    line: String,
    number: u64,
}

impl Place {
    pub(super) fn line(&self) -> &str {
        &self.line
    }

    #[cfg(test)]
    pub(super) fn number(&self) -> u64 {
        self.number
    }
}

impl Places {
    pub(super) fn take(&self, line: &str) -> Place {
        Place {
            line: line.to_owned(),
            number: 1 + self.0.fetch_add(1, Ordering::Relaxed),
        }
    }

    fn last(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// The lines in which something failed and nothing that came later was done yet: with the first that failed, and the last
/// place that was taken by then.
#[derive(Debug)]
pub(super) struct Lines {
    places: Places,
    failed: HashMap<String, (u64, u64)>,
}

impl Lines {
    pub(super) fn new(places: Places) -> Lines {
        Lines {
            places,
            failed: HashMap::new(),
        }
    }

    pub(super) fn failed(&mut self, place: Option<&Place>) {
        if let Some(place) = place {
            let last = self.places.last();
            let failed = self.failed.entry(place.line.clone());
            let (first, behind) = failed.or_insert((place.number, last));
            (*first, *behind) = (place.number.min(*first), last);
        }
    }

    pub(super) fn done(&mut self, place: Option<&Place>) {
        if let Some(place) = place
            && (self.failed.get(&place.line)).is_some_and(|(_, last)| place.number > *last)
        {
            self.failed.remove(&place.line);
        }
    }

    pub(super) fn is_behind(&self, place: Option<&Place>) -> bool {
        place.is_some_and(|place| {
            let failed = self.failed.get(&place.line);
            failed.is_some_and(|(first, last)| (first + 1..=*last).contains(&place.number))
        })
    }
}
