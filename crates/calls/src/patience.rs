//! How long a question about what was missed is asked again before it is left for later: people wait for the answer.

use std::future::Future;
use std::time::{Duration, Instant};

use tokio::time::timeout;

use crate::{Backoff, Transit};

const MOST_TROUBLES: u32 = 3;
const LONGEST_TROUBLE: Duration = Duration::from_secs(5);
/// Platforms count their limits by the minute. Whoever wishes more wants us to go on without.
const LONGEST_WISH: Duration = Duration::from_secs(60);

#[derive(Debug)]
pub struct Patience {
    backoff: Backoff,
    began: Instant,
    troubles: u32,
}

impl Default for Patience {
    fn default() -> Patience {
        Patience {
            backoff: Backoff::default(),
            began: Instant::now(),
            troubles: 0,
        }
    }
}

impl Patience {
    /// An answer that never comes is trouble, too, and sooner than the call's own time is over.
    pub async fn answer<T, E: From<Transit>>(
        call: impl Future<Output = Result<T, E>>,
    ) -> Result<T, E> {
        let too_late = |_| Err(Transit::no_answer("the answer takes too long").into());
        let answer = timeout(LONGEST_TROUBLE, call).await;
        answer.unwrap_or_else(too_late)
    }

    /// How long to wait before the next try. A platform's own wish is no trouble, unless it is long; it is zero where it
    /// had none. `None` once there was trouble enough.
    pub fn after(&mut self, asked_to_wait: Duration) -> Option<Duration> {
        self.after_at(asked_to_wait, Instant::now())
    }

    fn after_at(&mut self, asked_to_wait: Duration, now: Instant) -> Option<Duration> {
        let took = now.duration_since(self.began);
        if !asked_to_wait.is_zero() {
            let is_short = took + asked_to_wait <= LONGEST_WISH;
            return Some(asked_to_wait).filter(|_| is_short);
        }
        self.troubles += 1;
        let is_enough = self.troubles >= MOST_TROUBLES || took >= LONGEST_TROUBLE;
        (!is_enough).then(|| self.backoff.next())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn trouble_is_borne_thrice_and_not_for_long() {
        let mut patience = Patience::default();
        let began = patience.began;
        assert!(patience.after_at(Duration::ZERO, began).is_some());
        assert!(patience.after_at(Duration::ZERO, began).is_some());
        assert_eq!(patience.after_at(Duration::ZERO, began), None);
        let mut patience = Patience::default();
        let late = patience.began + LONGEST_TROUBLE;
        assert_eq!(patience.after_at(Duration::ZERO, late), None);
    }

    #[test]
    fn wishes_are_granted_for_a_minute() {
        let mut patience = Patience::default();
        let began = patience.began;
        for passed in 0..60 {
            let now = began + SECOND * passed;
            assert_eq!(patience.after_at(SECOND, now), Some(SECOND));
        }
        assert_eq!(patience.after_at(SECOND, began + SECOND * 60), None);
        assert_eq!(Patience::default().after(SECOND * 3600), None);
    }
}
