//! What is kept for those who measure and those who check: counts, a cheap log of what the bot said, and what was not legal.

use std::collections::HashMap;
use std::sync::Arc;

use tokio::time::Instant;

use super::board::{Board, Faults};
use super::stand::{Stand, World};
use super::verdict::Verdict;

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
    log: Option<HashMap<W::Key, Vec<W::Logged>>>,
    pub(crate) board: Board<W::Faults>,
    pub(crate) violations: Vec<String>,
    pub(crate) strictness: Strictness,
    observer: Option<Observer<W::Seen>>,
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

impl<W: World> Stand<W> {
    pub fn counters(&self) -> W::Counters {
        self.look(|world| world.kit().counters.clone())
    }

    /// Requests that came before the time which a 429 had named.
    pub fn early_requests(&self) -> u64 {
        self.look(|world| *world.kit().counters.as_mut())
    }

    /// From now on each channel keeps only its newest messages, so that a long load fits in memory.
    pub fn keep_last(&self, messages: usize) {
        self.look(|world| world.kit().last = Some(messages));
    }

    /// From now on all that the bot says is written down for `log_of`.
    pub fn keep_log(&self) {
        self.look(|world| world.kit().log = Some(HashMap::new()));
    }

    /// What the bot said in a channel since `keep_log`, in the order of acceptance.
    pub fn log_of(&self, place: W::Place<'_>) -> Vec<W::Logged> {
        self.log_since(place, 0)
    }

    /// The same without the first `skip` entries: cheap to ask again and again.
    pub fn log_since(&self, place: W::Place<'_>, skip: usize) -> Vec<W::Logged> {
        self.logged(place, |log| log.get(skip..).unwrap_or_default().to_vec())
    }

    /// How many messages `log_of` holds, without copying them.
    pub fn log_len(&self, place: W::Place<'_>) -> usize {
        self.logged(place, <[_]>::len)
    }

    fn logged<T>(&self, place: W::Place<'_>, read: impl FnOnce(&[W::Logged]) -> T) -> T {
        let place = place.into();
        self.look(|world| {
            let log = world.kit().log.as_ref();
            read(log.and_then(|it| it.get(&place)).map_or(&[], Vec::as_slice))
        })
    }

    /// What was not legal so far, ours and theirs, one sentence each.
    pub fn violations(&self) -> Vec<String> {
        self.look(|world| world.kit().violations.clone())
    }

    /// From now on requests and answers are shown to the observer, and what it finds is written down. Answers that a
    /// fault made up are not shown. It must not ask the stand-in for anything.
    pub fn observe(&self, strictness: Strictness, observer: Observer<W::Seen>) {
        self.look(|world| {
            let kit = world.kit();
            (kit.strictness, kit.observer) = (strictness, Some(observer));
        });
    }

    /// Sets the faults of one channel, or of the whole platform, in place of those that were set there before.
    pub fn set_faults(&self, place: Option<W::Place<'_>>, faults: W::Faults) {
        let place = place.map(Into::into);
        self.change(|world| world.kit().board.set(place, faults));
    }

    /// As they stand now: the numbers of requests that are left count down.
    pub fn faults(&self, place: Option<W::Place<'_>>) -> W::Faults {
        let place = place.map(Into::into);
        self.look(|world| world.kit().board.get(&place))
    }
}
