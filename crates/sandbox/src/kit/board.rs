//! The switches that are on, for one channel or for the whole platform, and what they do to a request.

use std::collections::HashMap;
use std::hash::Hash;
use std::time::Duration;

use tokio::time::Instant;

use super::trouble::{Broken, ServerError};
use super::verdict::{Act, Verdict};

/// The switches of one platform. All off by default; times count from when they are set.
pub trait Faults: Clone + Default + PartialEq {
    type Key: Clone + Eq + Hash;
    /// The request that is to be judged.
    type Asked;
    /// An error in the platform's own words.
    type Refusal;
    /// What waits by itself where a limit says so.
    type Wait: Eq + Hash;

    /// The channels that it acts on, the narrowest first.
    fn places(asked: &Self::Asked) -> Vec<Self::Key>;
    /// All waits that it would break.
    fn waits(asked: &Self::Asked) -> Vec<Self::Wait>;
    /// Whether a limit that is lifted in a channel lifts this wait.
    fn frees(place: &Self::Key, wait: &Self::Wait) -> bool;
    fn concerns(&self, asked: &Self::Asked) -> bool;
    /// Until when it is told to wait, with what binds it from now on.
    fn limits(&self, asked: &Self::Asked, since: Instant, now: Instant) -> Option<Limit<Self>>;
    /// What only this platform says.
    fn refuses(
        &mut self,
        asked: &Self::Asked,
        since: Instant,
        now: Instant,
    ) -> Option<Refused<Self::Refusal>>;
    fn server_error(status: u16) -> Self::Refusal;
    fn troubles(&mut self) -> Troubles<'_>;
}

/// An error that is said instead of an answer, and what the caller waits for by it.
pub(crate) type Limit<F> = (
    <F as Faults>::Refusal,
    Option<(<F as Faults>::Wait, Instant)>,
);

/// An error, and whether the request is carried out all the same.
pub(crate) type Refused<E> = (E, bool);

/// What goes wrong on every platform.
pub struct Troubles<'a> {
    pub(crate) latency_ms: u64,
    pub(crate) real_limits: bool,
    pub(crate) server_error: &'a mut Option<ServerError>,
    pub(crate) cut: &'a mut Option<Broken>,
    pub(crate) never_answer: &'a mut Option<Broken>,
    pub(crate) malformed: &'a mut Option<Broken>,
}

/// Of switches that have fields of the same names.
macro_rules! troubles {
    ($it:ident) => {
        $crate::kit::Troubles {
            latency_ms: $it.latency_ms,
            real_limits: $it.real_limits,
            server_error: &mut $it.server_error,
            cut: &mut $it.cut,
            never_answer: &mut $it.never_answer,
            malformed: &mut $it.malformed,
        }
    };
}
pub(crate) use troubles;

pub(crate) struct Board<F: Faults> {
    /// Those of the whole platform under None.
    on: HashMap<Option<F::Key>, Active<F>>,
    /// Until when somebody was told to wait.
    waits: HashMap<F::Wait, Instant>,
}

struct Active<F> {
    faults: F,
    since: Instant,
}

impl<F: Faults> Default for Board<F> {
    fn default() -> Board<F> {
        Board {
            on: HashMap::new(),
            waits: HashMap::new(),
        }
    }
}

impl<F: Faults> Board<F> {
    pub(crate) fn set(&mut self, place: Option<F::Key>, faults: F) {
        // A limit that is lifted binds nobody any more.
        let frees = |wait: &F::Wait| place.as_ref().is_none_or(|it| F::frees(it, wait));
        self.waits.retain(|wait, _| !frees(wait));
        if faults == F::default() {
            self.on.remove(&place);
        } else {
            let since = Instant::now();
            self.on.insert(place, Active { faults, since });
        }
    }

    pub(crate) fn get(&self, place: &Option<F::Key>) -> F {
        let active = self.on.get(place);
        active.map_or_else(F::default, |it| it.faults.clone())
    }

    /// Writes down until when the caller was told to wait, to notice requests that come before.
    pub(crate) fn note_wait(&mut self, wait: F::Wait, until: Instant) {
        self.waits.insert(wait, until);
    }

    pub(crate) fn is_early(&self, asked: &F::Asked, now: Instant) -> bool {
        let mut waits = F::waits(asked).into_iter();
        waits.any(|it| self.waits.get(&it).is_some_and(|until| now < *until))
    }

    pub(crate) fn judge(&mut self, asked: &F::Asked, now: Instant) -> Verdict<F::Refusal> {
        let mut verdict = Verdict {
            latency: Duration::ZERO,
            real_limits: false,
            act: Act::Pass,
        };
        for place in F::places(asked).into_iter().map(Some).chain([None]) {
            let active = self.on.get_mut(&place);
            let Some(active) = active.filter(|it| it.faults.concerns(asked)) else {
                continue;
            };
            let troubles = active.faults.troubles();
            verdict.latency += Duration::from_millis(troubles.latency_ms);
            verdict.real_limits |= troubles.real_limits;
            if let Some((refusal, wait)) = active.faults.limits(asked, active.since, now) {
                self.waits.extend(wait);
                verdict.act = Act::Refuse(refusal, false);
                break;
            }
            verdict.act = active.act(asked, now);
            if !matches!(verdict.act, Act::Pass) {
                break;
            }
        }
        verdict
    }
}

impl<F: Faults> Active<F> {
    fn act(&mut self, asked: &F::Asked, now: Instant) -> Act<F::Refusal> {
        let since = self.since;
        if let Some((refusal, accepted)) = self.faults.refuses(asked, since, now) {
            return Act::Refuse(refusal, accepted);
        }
        let troubles = self.faults.troubles();
        if let Some(error) = troubles.server_error
            && error.strikes(since, now)
        {
            return Act::Refuse(F::server_error(error.status), false);
        }
        let broken = |which: &mut Option<Broken>| Broken::strikes(which, since, now);
        if let Some(accepted) = broken(troubles.cut) {
            Act::Cut(accepted)
        } else if let Some(accepted) = broken(troubles.never_answer) {
            Act::Silence(accepted)
        } else if let Some(accepted) = broken(troubles.malformed) {
            Act::Garble(accepted)
        } else {
            Act::Pass
        }
    }
}
