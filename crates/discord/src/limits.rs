//! Discord's limits, learnt from the headers of its answers: who comes too early is told how long to wait, and
//! nothing is sent. **Invariant:** no request goes out before a wait that Discord asked for is over; no clock is read.

#[cfg(test)]
mod tests;

use std::collections::{HashMap, VecDeque};
use std::time::{Duration, Instant};

use parking_lot::Mutex;

/// For a wait that is missing or makes no sense.
const USUAL_WAIT: Duration = Duration::from_secs(5);
/// A longer one is not believed: nobody would be heard for years.
const LONGEST_WAIT: Duration = Duration::from_secs(60 * 60);
/// "All bots can make up to 50 requests per second".
const PER_SECOND: usize = 50;
/// "IP addresses that make too many invalid HTTP requests are automatically and temporarily restricted …
/// 10,000 per 10 minutes": with room for other programs at the same address.
const MOST_INVALID: usize = 5_000;
const INVALID_WINDOW: Duration = Duration::from_secs(600);
/// Buckets whose time is over are forgotten when more than this are known.
const MANY_BUCKETS: usize = 4096;

/// What shares a limit: a method and path without its ids, and the id of the channel or server, or id and token, in it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct RouteKey {
    pub(crate) route: &'static str,
    /// A hash.
    pub(crate) major: u64,
}

/// What the headers and body of an answer say about limits.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Said {
    pub(crate) bucket: Option<String>,
    pub(crate) remaining: Option<u32>,
    pub(crate) reset_after: Option<f64>,
    /// Of a 429: from its body, or the header `Retry-After`.
    pub(crate) retry_after: Option<f64>,
    pub(crate) is_global: bool,
    /// The limit of a resource that others use too: not our fault, and not counted against us.
    pub(crate) is_shared: bool,
}

#[derive(Debug, Default)]
pub(crate) struct Limiter(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    /// Which bucket a route belongs to, once Discord has told.
    names: HashMap<&'static str, String>,
    buckets: HashMap<(String, u64), Bucket>,
    closed_until: Option<Instant>,
    lately: VecDeque<Instant>,
    invalid: VecDeque<Instant>,
}

#[derive(Debug)]
struct Bucket {
    remaining: u32,
    resets_at: Instant,
}

impl Limiter {
    /// Takes room for one request now, or says how long there is none.
    pub(crate) fn take(&self, route: &RouteKey, now: Instant) -> Result<(), Duration> {
        let mut state = self.0.lock();
        state.forget(now);
        let wait = state.wait(route, now);
        if !wait.is_zero() {
            return Err(wait);
        }
        state.lately.push_back(now);
        let key = state.key(route);
        if let Some(bucket) = state.buckets.get_mut(&key) {
            bucket.remaining = bucket.remaining.saturating_sub(1);
        }
        Ok(())
    }

    /// Returns how long to wait, if the answer was "too many".
    pub(crate) fn learn(
        &self,
        route: &RouteKey,
        status: u16,
        said: &Said,
        now: Instant,
    ) -> Option<Duration> {
        let mut state = self.0.lock();
        if let Some(name) = &said.bucket {
            state.names.insert(route.route, name.clone());
        }
        if matches!(status, 401 | 403) || (status == 429 && !said.is_shared) {
            state.invalid.push_back(now);
        }
        if status == 429 {
            let wait = believable(said.retry_after);
            state.close(route, said.is_global, now + wait);
            return Some(wait);
        }
        if let (Some(remaining), Some(reset_after)) = (said.remaining, said.reset_after) {
            let resets_at = now + believable(Some(reset_after));
            state.note(
                route,
                Bucket {
                    remaining,
                    resets_at,
                },
            );
        }
        None
    }
}

impl State {
    fn key(&self, route: &RouteKey) -> (String, u64) {
        let name = self
            .names
            .get(route.route)
            .map_or(route.route, String::as_str);
        (name.to_owned(), route.major)
    }

    fn wait(&self, route: &RouteKey, now: Instant) -> Duration {
        let until = |at: Instant| at.saturating_duration_since(now);
        let closed = self.closed_until.map_or(Duration::ZERO, until);
        let empty = self
            .buckets
            .get(&self.key(route))
            .filter(|it| it.remaining == 0);
        let bucket = empty.map_or(Duration::ZERO, |it| until(it.resets_at));
        // What answers an interaction is under no limit of the whole program, and has three seconds.
        let second = match route.route.starts_with("POST /interactions/") {
            true => None,
            false => full(&self.lately, PER_SECOND, Duration::from_secs(1)),
        };
        let invalid = full(&self.invalid, MOST_INVALID, INVALID_WINDOW);
        let windows = second.max(invalid).map_or(Duration::ZERO, until);
        closed.max(bucket).max(windows)
    }

    /// Answers may overtake each other: within one period the least that remains is true.
    fn note(&mut self, route: &RouteKey, bucket: Bucket) {
        let key = self.key(route);
        let slack = Duration::from_millis(100);
        match self.buckets.get_mut(&key) {
            Some(known) if bucket.resets_at <= known.resets_at + slack => {
                known.remaining = known.remaining.min(bucket.remaining);
                known.resets_at = known.resets_at.max(bucket.resets_at);
            }
            _ => {
                self.buckets.insert(key, bucket);
            }
        }
    }

    fn close(&mut self, route: &RouteKey, is_global: bool, until: Instant) {
        if is_global {
            self.closed_until = self.closed_until.max(Some(until));
            return;
        }
        let closed = Bucket {
            remaining: 0,
            resets_at: until,
        };
        self.buckets.insert(self.key(route), closed);
    }

    fn forget(&mut self, now: Instant) {
        let second = Duration::from_secs(1);
        drop_before(&mut self.lately, now, second);
        drop_before(&mut self.invalid, now, INVALID_WINDOW);
        let over = |it: &Bucket| it.resets_at <= now;
        if self.buckets.len() > MANY_BUCKETS {
            self.buckets.retain(|_, it| !over(it));
        }
    }
}

fn drop_before(window: &mut VecDeque<Instant>, now: Instant, length: Duration) {
    while window
        .front()
        .is_some_and(|at| now.duration_since(*at) >= length)
    {
        window.pop_front();
    }
}

/// When the next may go, if as many as may be are there.
fn full(window: &VecDeque<Instant>, most: usize, length: Duration) -> Option<Instant> {
    let last = window.len().checked_sub(most)?;
    window.get(last).map(|at| *at + length)
}

fn believable(seconds: Option<f64>) -> Duration {
    let wait = seconds.and_then(|it| Duration::try_from_secs_f64(it).ok());
    match wait {
        Some(wait) if wait <= LONGEST_WAIT => wait,
        Some(_) => {
            tracing::warn!("Discord asks to wait for longer than an hour, which is not believed");
            LONGEST_WAIT
        }
        None => {
            tracing::warn!("Discord asks to wait, and not for how long");
            USUAL_WAIT
        }
    }
}
