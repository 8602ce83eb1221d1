//! What is kept for those who measure and those who check: counts, a cheap log of what the bot said, and what was not legal.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;

use tokio::time::Instant;

use super::board::{Board, Faults};
use super::verdict::Verdict;

/// What lies behind the lock of a stand-in.
pub trait State {
    /// Whether a change left something for those who wait.
    fn take_fresh(&mut self) -> bool {
        true
    }
}

/// The whole state of a chat's stand-in.
pub trait World: State + Sized {
    /// A channel, as the state names it.
    type Key: Clone + Eq + Hash;
    /// A channel, as callers name it.
    type Place<'a>: Into<Self::Key>;
    type Faults: Faults<Key = Self::Key>;
    type Counters: Clone + Default + AsMut<u64>;
    /// One message that the bot said.
    type Logged: Clone;
    /// What is shown to somebody who knows what is legal.
    type Seen;

    fn kit(&mut self) -> &mut Kit<Self>;
}

/// What to do with a request that is not legal by the platform's own rules.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Strictness {
    /// Written down in `violations`, and otherwise done.
    #[default]
    Record,
    /// Written down and refused.
    Refuse,
}

/// Gives what is wrong, one sentence each.
pub type Observer<Seen> = Arc<dyn Fn(&Seen) -> Vec<String> + Send + Sync>;

pub struct Kit<W: World> {
    pub(crate) counters: W::Counters,
    /// So many messages stay in each channel.
    pub(crate) last: Option<usize>,
    /// Never trimmed, so that a message that came twice counts twice.
    pub(super) log: Option<HashMap<W::Key, Vec<W::Logged>>>,
    pub(crate) board: Board<W::Faults>,
    pub(crate) violations: Vec<String>,
    pub(crate) strictness: Strictness,
    pub(super) observer: Option<Observer<W::Seen>>,
}

impl<W: World> Default for Kit<W> {
    fn default() -> Kit<W> {
        Kit {
            counters: W::Counters::default(),
            last: None,
            log: None,
            board: Board::default(),
            violations: Vec::new(),
            strictness: Strictness::default(),
            observer: None,
        }
    }
}

impl<W: World> Kit<W> {
    /// Writes down what the bot said, where somebody asked for it.
    pub(crate) fn log(&mut self, place: &W::Key, said: impl FnOnce() -> W::Logged) {
        if let Some(log) = &mut self.log {
            log.entry(place.clone()).or_default().push(said());
        }
    }

    /// What becomes of a request before it is carried out.
    pub(crate) fn judge(
        &mut self,
        asked: &<W::Faults as Faults>::Asked,
        now: Instant,
    ) -> Verdict<<W::Faults as Faults>::Refusal> {
        *self.counters.as_mut() += u64::from(self.board.is_early(asked, now));
        self.board.judge(asked, now)
    }

    /// Writes down what is wrong. Gives the first of it where that means that the request is to be refused.
    pub(crate) fn wrong(&mut self, found: impl IntoIterator<Item = String>) -> Option<String> {
        let before = self.violations.len();
        self.violations.extend(found);
        let first = self.violations.get(before)?;
        (self.strictness == Strictness::Refuse).then(|| first.clone())
    }

    pub(crate) fn is_observed(&self) -> bool {
        self.observer.is_some()
    }

    /// Shows it to the observer, if there is one, and does with what it finds as `wrong` does.
    pub(crate) fn show(&mut self, whose: &str, seen: &W::Seen) -> Option<String> {
        let found = self.observer.clone()?(seen);
        let first = found.first().cloned();
        let found = found.into_iter().map(|it| format!("{whose}: {it}"));
        self.wrong(found).and(first)
    }
}
