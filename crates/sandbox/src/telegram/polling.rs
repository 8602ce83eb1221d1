//! `getUpdates`, and what is seen of updates from the side.

use std::time::Duration;

use serde_json::{Map, Value};
use tokio::time::Instant;

use super::answer::Checked;
use super::params::Params;
use super::world::Telegram;

const LONGEST_POLL_S: i64 = 50;

/// The `result` of `getUpdates`, as JSON text.
pub(super) async fn get_updates(telegram: &Telegram, params: &Params) -> Checked<String> {
    let number = |name: &str, usual| params.integer(name).unwrap_or(usual);
    let limit = number("limit", 100).clamp(1, 100) as usize;
    let timeout = number("timeout", 0).clamp(0, LONGEST_POLL_S) as u64;
    let deadline = Instant::now() + Duration::from_secs(timeout);
    let turn = telegram.look(|world| world.updates.begin(params))?;
    telegram.ring();
    let batch = telegram.until(|world| match world.updates.batch(turn, limit).transpose() {
        Some(batch) => Ok(batch),
        None if Instant::now() >= deadline => Ok(Ok("[]".to_owned())),
        None => Err(Some(deadline)),
    });
    batch.await
}

impl Telegram {
    /// Hands the bot an update of any shape, under the next id; no observer is asked.
    pub fn raw_update(&self, fields: &Map<String, Value>) -> i64 {
        self.change(|world| world.updates.push_raw(fields))
    }

    /// Queries of pressed buttons that the bot answered, with what whoever pressed saw.
    pub fn answered_queries(&self) -> Vec<(String, String)> {
        self.look(|world| world.answered.clone())
    }

    /// Updates that the bot has not confirmed yet.
    pub fn pending_updates(&self) -> usize {
        self.look(|world| world.updates.queue.len())
    }
}
