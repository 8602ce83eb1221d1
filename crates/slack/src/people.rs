//! Who and what Slack's ids stand for: asked for when somebody is first seen, kept for a while.
//! **Invariant:** bounded, and never a reason not to hear a message: whoever cannot be looked up has no name.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use futures::future::join_all;
use serde_json::Value;

use crate::api::Api;
use crate::errors::CallError;
use crate::inbound::{Ids, Names, User, author};
use crate::method::{CONVERSATION, GROUPS, USER};

const KEPT: Duration = Duration::from_secs(60 * 60);
/// What could not be looked up is asked for again after this.
const AGAIN: Duration = Duration::from_secs(60);
const MOST: usize = 20_000;
/// Nobody waits longer for a name.
const PATIENCE: Duration = Duration::from_secs(2);

#[derive(Debug, Default)]
pub(crate) struct People {
    known: Mutex<HashMap<String, Known>>,
}

#[derive(Debug, Clone)]
struct Known {
    what: Option<What>,
    until: Instant,
}

#[derive(Debug, Clone)]
enum What {
    User(User),
    /// Of a channel or a user group.
    Name(String),
}

impl People {
    pub(crate) async fn names(&self, api: &Api, ids: &Ids) -> Names {
        let now = Instant::now();
        let unknown = |list: &[String]| -> Vec<String> {
            let known = self.lock();
            let is_unknown = |id: &&String| known.get(*id).is_none_or(|it| it.until <= now);
            list.iter().filter(is_unknown).cloned().collect()
        };
        let (users, channels) = (unknown(&ids.users), unknown(&ids.channels));
        let groups = unknown(&ids.groups);
        let users = users.into_iter().map(|id| self.look_up_user(api, id));
        let channels = channels.into_iter().map(|id| self.look_up_channel(api, id));
        let all = futures::future::join3(
            join_all(users),
            join_all(channels),
            self.look_up_groups(api, groups),
        );
        if tokio::time::timeout(PATIENCE, all).await.is_err() {
            tracing::warn!("Slack takes too long to say who is who");
        }
        self.of(ids)
    }

    /// Slack tells when a profile changes.
    pub(crate) fn changed(&self, event: &Value) {
        let user = &event["user"];
        if let Some(id) = user["id"].as_str() {
            self.keep(id.to_owned(), Some(What::User(author::read_user(user))));
        }
    }

    pub(crate) fn forget(&self, id: &str) {
        self.lock().remove(id);
    }

    async fn look_up_user(&self, api: &Api, id: String) {
        let found = api.call(USER, vec![("user", id.clone())]).await;
        let found = found.map(|answer| What::User(author::read_user(&answer["user"])));
        self.note(id, found);
    }

    async fn look_up_channel(&self, api: &Api, id: String) {
        let found = api.call(CONVERSATION, vec![("channel", id.clone())]).await;
        let found = found.map(|answer| {
            let name = answer["channel"]["name"].as_str();
            What::Name(name.unwrap_or_default().to_owned())
        });
        self.note(id, found);
    }

    /// There is no method for a single group.
    async fn look_up_groups(&self, api: &Api, ids: Vec<String>) {
        if ids.is_empty() {
            return;
        }
        let found = api.call(GROUPS, Vec::new()).await;
        for id in ids {
            let found = found.as_ref().map_err(CallError::clone).map(|answer| {
                let groups = answer["usergroups"].as_array();
                let group = groups.into_iter().flatten().find(|it| it["id"] == id);
                let name = group.and_then(|it| it["handle"].as_str());
                What::Name(name.unwrap_or_default().to_owned())
            });
            self.note(id, found);
        }
    }

    fn note(&self, id: String, found: Result<What, CallError>) {
        let found = found.inspect_err(|error| {
            tracing::warn!(%error, "Slack does not say what an id stands for");
        });
        self.keep(id, found.ok());
    }

    fn keep(&self, id: String, what: Option<What>) {
        let now = Instant::now();
        let until = now + if what.is_some() { KEPT } else { AGAIN };
        let mut known = self.lock();
        if known.len() >= MOST {
            known.retain(|_, it| it.until > now);
        }
        if known.len() >= MOST {
            known.clear();
        }
        known.insert(id, Known { what, until });
    }

    /// What is old is better than nothing.
    fn of(&self, ids: &Ids) -> Names {
        let known = self.lock();
        let mut names = Names::default();
        for id in ids.users.iter().chain(&ids.channels).chain(&ids.groups) {
            match known.get(id).and_then(|it| it.what.clone()) {
                Some(What::User(user)) => drop(names.users.insert(id.clone(), user)),
                Some(What::Name(name)) if !name.is_empty() => {
                    names.places.insert(id.clone(), name);
                }
                _ => {}
            }
        }
        names
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<String, Known>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
