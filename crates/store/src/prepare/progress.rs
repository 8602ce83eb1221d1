//! What the log says while people wait for the database.

use std::time::Duration;

use tokio::time::{Instant, MissedTickBehavior, interval};

const BETWEEN_LINES: Duration = Duration::from_secs(5);

/// Of rows of one table, by their number.
pub(crate) struct Progress {
    table: &'static str,
    total: i64,
    came: usize,
    said: Instant,
}

impl Progress {
    pub(crate) fn begin(table: &'static str, total: i64) -> Progress {
        if total > 0 {
            tracing::info!(
                table,
                rows = total,
                "carrying rows over to the database's new shape"
            );
        }
        Progress {
            table,
            total,
            came: 0,
            said: Instant::now(),
        }
    }

    pub(crate) fn came(&mut self, rows: usize) {
        self.came += rows;
        if self.said.elapsed() >= BETWEEN_LINES {
            self.said = Instant::now();
            tracing::info!(
                table = self.table,
                rows = self.came,
                of = self.total,
                "still carrying rows over"
            );
        }
    }

    pub(crate) fn end(self) {
        if self.total > 0 {
            tracing::info!(table = self.table, rows = self.came, "carried rows over");
        }
    }
}

/// Of work that is one piece: says every few seconds that it goes on.
pub(crate) async fn while_it_works<T>(work: impl Future<Output = T>) -> T {
    let mut lines = interval(BETWEEN_LINES);
    lines.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let began = lines.tick().await;
    tokio::pin!(work);
    loop {
        tokio::select! {
            done = &mut work => return done,
            now = lines.tick() => {
                let seconds = (now - began).as_secs();
                tracing::info!(seconds, "still bringing the database to its new shape");
            }
        }
    }
}
