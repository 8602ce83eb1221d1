//! How long a question is asked again before it is left for later: others wait for the answer.

use std::time::{Duration, Instant};

use crate::Backoff;

const MOST_TROUBLES: u32 = 3;
const LONGEST_TROUBLE: Duration = Duration::from_secs(10);

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
    /// How long to wait before the next try. A platform's own wish is no trouble; it is zero where it had none. `None` once
    /// there was trouble enough.
    pub fn after(&mut self, asked_to_wait: Duration) -> Option<Duration> {
        if !asked_to_wait.is_zero() {
            return Some(asked_to_wait);
        }
        self.troubles += 1;
        let is_enough = self.troubles >= MOST_TROUBLES || self.began.elapsed() > LONGEST_TROUBLE;
        (!is_enough).then(|| self.backoff.next())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trouble_is_borne_thrice_and_a_wish_for_ever() {
        let mut patience = Patience::default();
        for _ in 0..100 {
            let second = Duration::from_secs(1);
            assert_eq!(patience.after(second), Some(second));
        }
        assert!(patience.after(Duration::ZERO).is_some());
        assert!(patience.after(Duration::ZERO).is_some());
        assert_eq!(patience.after(Duration::ZERO), None);
    }
}
