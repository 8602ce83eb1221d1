//! Updates that wait for the bot, and the rules of `getUpdates`: an update is given again until an offset
//! behind it confirms it, and the younger of two pollers wins.

use std::collections::{HashSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Map, Value};
use tokio::time::Instant;

use super::Telegram;
use super::answer::ApiError;
use super::params::Params;
use super::schema::Schema;
use super::webhook::Webhook;
use super::world::World;

pub(crate) struct Updates {
    pub(super) queue: VecDeque<Queued>,
    last_id: i64,
    /// None: the default set.
    wanted: Option<HashSet<String>>,
    /// Which of the pollers may stay.
    turn: u64,
    pub(super) webhook: Option<Webhook>,
    fresh: bool,
    pub(super) schema: Option<Arc<Schema>>,
    pub(super) violations: Vec<String>,
}

pub(crate) struct Queued {
    pub(super) id: i64,
    /// Updates of one chat stay in order.
    pub(super) chat: i64,
    pub(super) json: Arc<str>,
    /// On its way to the webhook.
    pub(super) under_way: bool,
    pub(super) failures: u32,
    pub(super) due: Option<Instant>,
}

/// These come only to a bot that asks for them by name.
const ONLY_WHEN_ASKED: [&str; 3] = ["chat_member", "message_reaction", "message_reaction_count"];

const LONGEST_POLL_S: i64 = 50;

/// Where the ids of updates begin; like the real ones they are not small.
const FIRST_UPDATE: i64 = 583_000_000;

impl Updates {
    pub(crate) fn new() -> Updates {
        Updates {
            queue: VecDeque::new(),
            last_id: FIRST_UPDATE,
            wanted: None,
            turn: 0,
            webhook: None,
            fresh: false,
            schema: None,
            violations: Vec::new(),
        }
    }

    pub(crate) fn take_fresh(&mut self) -> bool {
        std::mem::take(&mut self.fresh)
    }

    fn wants(&self, kind: &str) -> bool {
        match &self.wanted {
            Some(wanted) => wanted.contains(kind),
            None => !ONLY_WHEN_ASKED.contains(&kind),
        }
    }

    /// An update of a kind that the bot did not ask for never existed.
    pub(crate) fn push(&mut self, kind: &str, chat: i64, body: &Value) {
        if !self.wants(kind) {
            return;
        }
        self.last_id += 1;
        // `update_id` goes first, as on the real server; a client may rely on it.
        let json = format!(r#"{{"update_id":{},"{kind}":{body}}}"#, self.last_id);
        self.check(&json);
        self.enqueue(chat, json);
    }

    /// Anything at all, unchecked, under the next id.
    pub(crate) fn push_raw(&mut self, fields: &Map<String, Value>) -> i64 {
        self.last_id += 1;
        let mut json = format!(r#"{{"update_id":{}"#, self.last_id);
        for (name, value) in fields.iter().filter(|(name, _)| *name != "update_id") {
            json += &format!(",{}:{value}", Value::String(name.clone()));
        }
        json.push('}');
        self.enqueue(0, json);
        self.last_id
    }

    fn enqueue(&mut self, chat: i64, json: String) {
        self.fresh = true;
        self.queue.push_back(Queued {
            id: self.last_id,
            chat,
            json: json.into(),
            under_way: false,
            failures: 0,
            due: None,
        });
    }

    fn check(&mut self, json: &str) {
        if let Some(schema) = &self.schema {
            let found = schema.check_update_text(json);
            self.violations
                .extend(found.into_iter().map(|it| format!("our update: {it}")));
        }
    }

    pub(super) fn pending(&self) -> usize {
        self.queue.len()
    }

    pub(super) fn clear(&mut self) {
        self.queue.clear();
    }

    pub(super) fn wanted(&self) -> Option<Vec<String>> {
        let mut names: Vec<String> = self.wanted.as_ref()?.iter().cloned().collect();
        names.sort_unstable();
        Some(names)
    }

    /// Remembered until it is said again; an empty list means the default set.
    pub(super) fn set_wanted(&mut self, params: &Params) -> Result<(), ApiError> {
        let Some(list) = params.json("allowed_updates")? else {
            return Ok(());
        };
        let names = list.as_array().into_iter().flatten();
        let names: HashSet<String> = names
            .filter_map(|it| it.as_str().map(str::to_owned))
            .collect();
        self.wanted = (!names.is_empty()).then_some(names);
        Ok(())
    }

    /// Whoever waits in a long poll gives way.
    pub(super) fn end_polls(&mut self) -> u64 {
        self.turn += 1;
        self.fresh = true;
        self.turn
    }

    fn begin(&mut self, params: &Params) -> Result<u64, ApiError> {
        if self.webhook.is_some() {
            return Err(ApiError::conflict(
                "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
            ));
        }
        self.set_wanted(params)?;
        match params.integer("offset").unwrap_or(0) {
            0 => {}
            offset @ 1.. => {
                while self.queue.front().is_some_and(|it| it.id < offset) {
                    self.queue.pop_front();
                }
            }
            offset => {
                let kept = usize::try_from(offset.unsigned_abs()).unwrap_or(usize::MAX);
                let forgotten = self.queue.len().saturating_sub(kept);
                self.queue.drain(..forgotten);
            }
        }
        Ok(self.end_polls())
    }

    fn batch(&self, turn: u64, limit: usize) -> Result<Option<String>, ApiError> {
        if self.turn != turn {
            let why = match self.webhook {
                Some(_) => "terminated by setWebhook request",
                None => {
                    "terminated by other getUpdates request; make sure that only one bot instance is running"
                }
            };
            return Err(ApiError::conflict(why));
        }
        if self.queue.is_empty() {
            return Ok(None);
        }
        let texts: Vec<&str> = self.queue.iter().take(limit).map(|it| &*it.json).collect();
        Ok(Some(format!("[{}]", texts.join(","))))
    }
}

/// The `result` of `getUpdates`, as JSON text.
pub(super) async fn get_updates(telegram: &Telegram, params: &Params) -> Result<String, ApiError> {
    let limit = params.integer("limit").unwrap_or(100).clamp(1, 100);
    let limit = usize::try_from(limit).unwrap_or(100);
    let timeout = params.integer("timeout").unwrap_or(0);
    let timeout = u64::try_from(timeout.clamp(0, LONGEST_POLL_S)).unwrap_or(0);
    let deadline = Instant::now() + Duration::from_secs(timeout);
    let turn = telegram.look(|world| world.updates.begin(params))?;
    telegram.inner.arrived.notify_waiters();
    loop {
        let arrived = telegram.inner.arrived.notified();
        tokio::pin!(arrived);
        // Listening begins before the look, so that nothing that arrives in between is missed.
        arrived.as_mut().enable();
        if let Some(batch) = telegram.look(|world| world.updates.batch(turn, limit))? {
            return Ok(batch);
        }
        if tokio::time::timeout_at(deadline, arrived).await.is_err() {
            return Ok("[]".to_owned());
        }
    }
}

impl World {
    pub(crate) fn push_update(&mut self, kind: &str, chat: i64, body: &Value) {
        self.updates.push(kind, chat, body);
    }
}

impl Telegram {
    /// Hands the bot an update of any shape, under the next id; the schema is not asked.
    pub fn raw_update(&self, fields: &Map<String, Value>) -> i64 {
        self.change(|world| world.updates.push_raw(fields))
    }

    /// Queries of pressed buttons that the bot answered, with what whoever pressed saw.
    pub fn answered_queries(&self) -> Vec<(String, String)> {
        self.look(|world| world.answered.clone())
    }

    /// Updates that the bot has not confirmed yet.
    pub fn pending_updates(&self) -> usize {
        self.look(|world| world.updates.pending())
    }
}
