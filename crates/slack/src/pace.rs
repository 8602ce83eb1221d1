//! Our own count of Slack's limits: who comes too early is told how long to wait, and nothing is sent.
//! **Invariant:** never more than the limit within any window of its length; no clock is read here.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use calls::{Rule, Window};
use parking_lot::Mutex;

/// A channel's limit per second is counted over three, so that short bursts pass.
const BURST: u32 = 3;
const MINUTE: Duration = Duration::from_secs(60);
/// Slack counts from when a call arrives, and one may be slower on its way than the next.
const MARGIN: Duration = Duration::from_millis(200);
/// Those in which nothing happened lately are forgotten when more than this are known.
const MANY: usize = 4096;

/// What a limit counts: posts to one channel, or the calls of one method.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Counted {
    Channel(String),
    Method(&'static str),
}

#[derive(Debug)]
pub(crate) struct Pacer {
    per_channel_per_s: u32,
    state: Mutex<HashMap<Counted, Calls>>,
}

#[derive(Debug, Default)]
struct Calls {
    lately: Window,
    blocked_until: Option<Instant>,
}

impl Pacer {
    /// 0 is no limit, neither for channels nor for methods.
    pub(crate) fn new(per_channel_per_s: u32) -> Pacer {
        Pacer {
            per_channel_per_s,
            state: Mutex::default(),
        }
    }

    /// Takes room for a post to the channel.
    pub(crate) fn post(&self, channel: &str, now: Instant) -> Result<(), Duration> {
        let limit = self.per_channel_per_s.saturating_mul(BURST);
        let rule = Rule::per(limit, Duration::from_secs(1) * BURST + MARGIN);
        self.take(Counted::Channel(channel.to_owned()), rule, now)
    }

    /// Takes room for a call of a method that may be called `per_minute` times.
    pub(crate) fn call(
        &self,
        method: &'static str,
        per_minute: u32,
        now: Instant,
    ) -> Result<(), Duration> {
        let limit = match self.per_channel_per_s {
            0 => 0,
            _ => per_minute,
        };
        self.take(
            Counted::Method(method),
            Rule::per(limit, MINUTE + MARGIN),
            now,
        )
    }

    /// After a 429 nothing of the kind is called again before its time.
    pub(crate) fn block(&self, counted: Counted, wait: Duration, now: Instant) {
        let mut state = self.state.lock();
        let calls = state.entry(counted).or_default();
        calls.blocked_until = calls.blocked_until.max(Some(now + wait));
    }

    fn take(&self, counted: Counted, rule: Rule, now: Instant) -> Result<(), Duration> {
        let mut state = self.state.lock();
        if state.len() > MANY {
            state.retain(|_, calls| !calls.is_quiet(now));
        }
        let calls = state.entry(counted).or_default();
        let wait = calls.blocked_for(now).max(calls.lately.wait(rule, 1, now));
        if !wait.is_zero() {
            return Err(wait);
        }
        calls.lately.note(rule, 1, now);
        Ok(())
    }
}

impl Calls {
    fn blocked_for(&self, now: Instant) -> Duration {
        let until = self.blocked_until.unwrap_or(now);
        until.saturating_duration_since(now)
    }

    fn is_quiet(&self, now: Instant) -> bool {
        self.blocked_for(now).is_zero() && self.lately.is_over(MINUTE + MARGIN, now)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn a_burst_passes_and_then_one_post_a_second_on_the_average() {
        let (pacer, start) = (Pacer::new(1), Instant::now());
        for _ in 0..3 {
            pacer.post("C1", start).unwrap();
        }
        assert_eq!(pacer.post("C1", start + SECOND), Err(SECOND * 2 + MARGIN));
        pacer.post("C2", start).unwrap();
        pacer.post("C1", start + SECOND * 3 + MARGIN).unwrap();
    }

    #[test]
    fn a_method_has_its_tier_and_no_limit_is_none() {
        let (pacer, start) = (Pacer::new(1), Instant::now());
        for _ in 0..50 {
            pacer.call("chat.update", 50, start).unwrap();
        }
        assert_eq!(pacer.call("chat.update", 50, start), Err(MINUTE + MARGIN));
        let (free, calls) = (Pacer::new(0), 500);
        for _ in 0..calls {
            free.call("chat.update", 50, start).unwrap();
            free.post("C1", start).unwrap();
        }
    }

    #[test]
    fn after_a_429_nothing_goes_out_before_its_end() {
        let (pacer, start) = (Pacer::new(0), Instant::now());
        pacer.block(Counted::Channel("C1".to_owned()), SECOND * 9, start);
        pacer.block(Counted::Channel("C1".to_owned()), SECOND, start);
        assert_eq!(pacer.post("C1", start + SECOND), Err(SECOND * 8));
        pacer.post("C1", start + SECOND * 9).unwrap();
        pacer.post("C2", start).unwrap();
    }
}
