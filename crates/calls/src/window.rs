//! Limits of so many calls within some time. **Invariant:** never more than the limit within any window of its length;
//! no clock is read here.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

#[derive(Debug, Clone, Copy)]
pub struct Rule {
    pub limit: usize,
    pub within: Duration,
}

impl Rule {
    /// 0 is no limit.
    pub fn per(limit: u32, within: Duration) -> Rule {
        Rule {
            limit: usize::try_from(limit).unwrap_or(usize::MAX),
            within,
        }
    }
}

/// The last calls, as many as the limit allows.
#[derive(Debug, Default)]
pub struct Window(VecDeque<Instant>);

impl Window {
    pub fn wait(&self, rule: Rule, calls: u32, now: Instant) -> Duration {
        if rule.limit == 0 {
            return Duration::ZERO;
        }
        // More at once than the limit pass through an empty window: they cannot be split.
        let calls = usize::try_from(calls).unwrap_or(usize::MAX).min(rule.limit);
        let must_be_over = (self.0.len() + calls).saturating_sub(rule.limit);
        let last = must_be_over.checked_sub(1).and_then(|it| self.0.get(it));
        last.map_or(Duration::ZERO, |at| {
            (*at + rule.within).saturating_duration_since(now)
        })
    }

    pub fn note(&mut self, rule: Rule, calls: u32, now: Instant) {
        for _ in 0..calls {
            self.0.push_back(now);
        }
        let surplus = self.0.len().saturating_sub(rule.limit);
        self.0.drain(..surplus);
    }

    /// Nothing was called for longer than that.
    pub fn is_over(&self, within: Duration, now: Instant) -> bool {
        let last = self.0.back();
        last.is_none_or(|at| now.saturating_duration_since(*at) > within)
    }
}
