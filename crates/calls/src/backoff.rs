//! How long to wait before the next try, longer after each failure, and never for all at the same moment.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::time::Duration;

const LONGEST: Duration = Duration::from_secs(30);

#[derive(Debug, Default)]
pub struct Backoff {
    failures: u32,
}

impl Backoff {
    pub fn reset(&mut self) {
        self.failures = 0;
    }

    /// About 1, 2, 4, 8, 16 and then always 30 s, a fifth more or less.
    #[expect(
        clippy::should_implement_trait,
        reason = "it never ends and is no iterator"
    )]
    pub fn next(&mut self) -> Duration {
        let doubled = Duration::from_secs(1 << self.failures.min(5));
        self.failures = self.failures.saturating_add(1);
        doubled.min(LONGEST).mul_f64(0.8 + 0.4 * random_fraction())
    }
}

/// From 0 to 1. Each `RandomState` is keyed anew, which is all the chance that is needed here.
pub fn random_fraction() -> f64 {
    let random = RandomState::new().build_hasher().finish();
    f64::from(u32::try_from(random >> 32).unwrap_or(0)) / f64::from(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_failure_waits_about_twice_as_long_up_to_half_a_minute() {
        let mut backoff = Backoff::default();
        for expected in [1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0] {
            let waited = backoff.next().as_secs_f64() / expected;
            assert!((0.79..=1.21).contains(&waited), "{expected}: {waited}");
        }
        backoff.reset();
        assert!(backoff.next() < Duration::from_secs(2));
    }
}
