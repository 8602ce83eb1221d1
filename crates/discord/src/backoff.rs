//! How long to wait before the next try, longer after each failure, and never for all at the same moment.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::time::Duration;

const LONGEST: Duration = Duration::from_secs(30);

#[derive(Debug, Default)]
pub(crate) struct Backoff {
    failures: u32,
}

impl Backoff {
    pub(crate) fn reset(&mut self) {
        self.failures = 0;
    }

    /// About 1, 2, 4, 8, 16 and then always 30 s, a fifth more or less.
    pub(crate) fn next(&mut self) -> Duration {
        let doubled = Duration::from_secs(1 << self.failures.min(5));
        self.failures = self.failures.saturating_add(1);
        doubled.min(LONGEST).mul_f64(0.8 + 0.4 * random_fraction())
    }
}

/// From 0 to 1. Each `RandomState` is keyed anew, which is all the chance that is needed here.
pub(crate) fn random_fraction() -> f64 {
    let random = RandomState::new().build_hasher().finish();
    f64::from(u32::try_from(random >> 32).unwrap_or(0)) / f64::from(u32::MAX)
}
