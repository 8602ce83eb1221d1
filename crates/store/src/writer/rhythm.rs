//! When a transaction begins: at once, unless attempts are under way whose ends are due at any moment and may share it, for each
//! transaction costs a sync.
//!
//! **Invariant:** nobody waits longer than two milliseconds for that, and nobody does while platforms take longer to answer.

use std::time::{Duration, Instant};

use tokio::sync::mpsc::Receiver;

use super::{LARGEST_BATCH, apart::Batch, batch::Attempts};

/// The shortest time that tokio's clock knows is one millisecond.
const PATIENCE: Duration = Duration::from_millis(2);
/// Platforms that answer within that time are waited for.
const SOON: Duration = Duration::from_millis(1);

pub(super) struct Rhythm {
    /// Attempts that were begun and have not ended.
    under_way: u64,
    /// When the last ones were begun.
    begun_at: Instant,
    /// How long attempts take, as an average that forgets.
    takes: Duration,
}

impl Default for Rhythm {
    fn default() -> Rhythm {
        Rhythm {
            under_way: 0,
            begun_at: Instant::now(),
            takes: PATIENCE,
        }
    }
}

impl Rhythm {
    /// Until a lane's turn is among it, if one is to be expected.
    pub(super) async fn gather(&mut self, taken: &mut Vec<Batch>, jobs: &mut Receiver<Batch>) {
        let is_turn = |it: &Batch| it.iter().any(|job| job.is_turn());
        if self.under_way == 0 || self.takes > SOON || taken.iter().any(is_turn) {
            return;
        }
        let more = async {
            let mut seen = taken.len();
            while jobs.recv_many(taken, LARGEST_BATCH).await > 0 {
                if taken[seen..].iter().any(is_turn) {
                    return;
                }
                seen = taken.len();
            }
        };
        if tokio::time::timeout(PATIENCE, more).await.is_err() {
            self.takes = PATIENCE;
        }
    }

    pub(super) fn note(&mut self, attempts: Attempts) {
        if attempts.ended > 0 {
            self.takes = (self.takes * 7 + self.begun_at.elapsed()) / 8;
        }
        if attempts.begun > 0 {
            self.begun_at = Instant::now();
        }
        self.under_way = (self.under_way + attempts.begun).saturating_sub(attempts.ended);
    }
}
