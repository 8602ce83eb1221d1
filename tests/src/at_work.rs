//! A town whose bridge is at work by itself, on the real clock.

use std::time::{Duration, Instant};

use engine::{Running, system_now};

use crate::Town;

impl Town {
    /// From now on nobody steps its lanes by hand. It looks around first.
    pub async fn begins_to_work(&mut self) -> Running {
        self.now = system_now();
        let running = self.engine.start();
        tokio::time::sleep(Duration::from_millis(500)).await;
        running
    }

    /// Until the words stand in the channel, and that has been written down too.
    pub async fn sees(&self, channel: &str, words: &str) {
        let since = Instant::now();
        while !self.transcript(channel).contains(words) {
            assert!(since.elapsed() < Duration::from_secs(20), "nothing came");
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        tokio::time::sleep(Duration::from_millis(300)).await;
    }
}
