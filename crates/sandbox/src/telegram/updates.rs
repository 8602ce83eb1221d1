//! Updates that wait for the bot, and the rules of `getUpdates`: an update is given again until an offset
//! behind it confirms it, and the younger of two pollers wins.

use std::collections::{HashSet, VecDeque};
use std::sync::Arc;

use serde_json::{Map, Value};
use tokio::time::Instant;

use super::answer::{ApiError, Checked};
use super::faults::OTHER_POLLER;
use super::params::Params;

#[derive(Default)]
pub(crate) struct Updates {
    pub(super) queue: VecDeque<Queued>,
    count: i64,
    /// None: the default set.
    wanted: Option<HashSet<String>>,
    /// Which of the pollers may stay.
    turn: u64,
    pub(super) webhook: Option<Webhook>,
    fresh: bool,
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

#[derive(Default)]
pub(crate) struct Webhook {
    pub(super) url: String,
    pub(super) secret: Option<String>,
    pub(super) max_connections: usize,
    pub(super) under_way: usize,
    pub(super) last_error: Option<(i64, String)>,
    /// Told apart from webhooks that were set before.
    pub(super) number: u64,
}

/// These come only to a bot that asks for them by name.
const ONLY_WHEN_ASKED: [&str; 3] = ["chat_member", "message_reaction", "message_reaction_count"];
/// Where the ids of updates begin; like the real ones they are not small.
const FIRST_UPDATE: i64 = 583_000_000;

impl Updates {
    pub(crate) fn take_fresh(&mut self) -> bool {
        std::mem::take(&mut self.fresh)
    }

    fn wants(&self, kind: &str) -> bool {
        match &self.wanted {
            Some(wanted) => wanted.contains(kind),
            None => !ONLY_WHEN_ASKED.contains(&kind),
        }
    }

    /// As it goes out. An update of a kind that the bot did not ask for never existed.
    pub(super) fn push(&mut self, kind: &str, chat: i64, body: &Value) -> Option<Arc<str>> {
        // `update_id` goes first, as on the real server; a client may rely on it.
        let json = |id| format!(r#"{{"update_id":{id},"{kind}":{body}}}"#);
        self.wants(kind).then(|| self.enqueue(chat, json))
    }

    /// Anything at all, unchecked, under the next id.
    pub(super) fn push_raw(&mut self, fields: &Map<String, Value>) -> i64 {
        let fields = fields.iter().filter(|(name, _)| *name != "update_id");
        let fields = fields.map(|(name, value)| format!(",{}:{value}", Value::from(name.as_str())));
        let fields: String = fields.collect();
        self.enqueue(0, |id| format!(r#"{{"update_id":{id}{fields}}}"#));
        FIRST_UPDATE + self.count
    }

    fn enqueue(&mut self, chat: i64, json: impl FnOnce(i64) -> String) -> Arc<str> {
        self.fresh = true;
        self.count += 1;
        let id = FIRST_UPDATE + self.count;
        let json: Arc<str> = json(id).into();
        self.queue.push_back(Queued {
            id,
            chat,
            json: json.clone(),
            under_way: false,
            failures: 0,
            due: None,
        });
        json
    }

    pub(super) fn wanted(&self) -> Option<Vec<String>> {
        let mut names: Vec<String> = self.wanted.as_ref()?.iter().cloned().collect();
        names.sort_unstable();
        Some(names)
    }

    /// Remembered until it is said again; an empty list means the default set.
    pub(super) fn set_wanted(&mut self, params: &Params) -> Checked {
        if let Some(list) = params.json("allowed_updates")? {
            let names = list.as_array().into_iter().flatten();
            let names = names.filter_map(|it| it.as_str().map(str::to_owned));
            let names: HashSet<String> = names.collect();
            self.wanted = (!names.is_empty()).then_some(names);
        }
        Ok(())
    }

    /// Whoever waits in a long poll gives way.
    pub(super) fn end_polls(&mut self) -> u64 {
        self.turn += 1;
        self.fresh = true;
        self.turn
    }

    pub(super) fn begin(&mut self, params: &Params) -> Checked<u64> {
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

    /// None where nothing waits.
    pub(super) fn batch(&self, turn: u64, limit: usize) -> Checked<Option<String>> {
        if self.turn != turn {
            return Err(ApiError::conflict(match self.webhook {
                Some(_) => "terminated by setWebhook request",
                None => OTHER_POLLER,
            }));
        }
        let texts: Vec<&str> = self.queue.iter().take(limit).map(|it| &*it.json).collect();
        Ok((!texts.is_empty()).then(|| format!("[{}]", texts.join(","))))
    }
}
