//! Who and what Slack's ids stand for: looked up when somebody is first seen, kept for a while.
//! **Invariant:** bounded, and never a reason to wait before a message is heard: whoever is not known yet has no name.

use std::collections::HashMap;
use std::convert::Infallible;
use std::time::{Duration, Instant};

use conversation::{Author, AuthorKind, RemoteId};
use futures::StreamExt;
use parking_lot::Mutex;
use serde_json::Value;
use tokio::sync::{Notify, mpsc};

use crate::api::Api;
use crate::errors::CallError;
use crate::id;
use crate::inbound::{Ids, Names, User, author};
use crate::method::{CONVERSATION, GROUPS, USER};

const KEPT: Duration = Duration::from_secs(60 * 60);
/// What could not be looked up is asked for again after this.
const AGAIN: Duration = Duration::from_secs(60);
const MOST: usize = 20_000;
/// Nobody waits longer for a name, from when it was asked for: of many who come together each would wait for all before.
const PATIENCE: Duration = Duration::from_secs(2);
/// One question that gets no answer must not hold up the others.
const ASKED_AT_ONCE: usize = 16;
/// A channel that we are not in, and a group that Slack does not tell of.
const SOME_CHANNEL: &str = "a-private-channel";
const SOME_GROUP: &str = "a-group";

#[derive(Debug)]
pub(crate) struct People {
    known: Mutex<HashMap<String, Known>>,
    wanted: mpsc::UnboundedSender<Wanted>,
    to_look_up: tokio::sync::Mutex<mpsc::UnboundedReceiver<Wanted>>,
    /// Something was looked up.
    found: Notify,
}

#[derive(Debug, Clone)]
struct Known {
    state: State,
    until: Instant,
}

#[derive(Debug, Clone)]
enum State {
    Asked,
    User(User),
    /// Of a channel or a user group.
    Name(String),
    /// Slack does not say.
    Nobody,
}

#[derive(Debug, Clone)]
enum Wanted {
    User(String),
    Channel(String),
    Group(String),
}

impl Default for People {
    fn default() -> People {
        let (wanted, to_look_up) = mpsc::unbounded_channel();
        People {
            known: Mutex::default(),
            wanted,
            to_look_up: tokio::sync::Mutex::new(to_look_up),
            found: Notify::new(),
        }
    }
}

impl Wanted {
    /// What Slack's ids begin with tells what they are.
    fn of(id: &str) -> Wanted {
        match id.as_bytes().first() {
            Some(b'S') => Wanted::Group(id.to_owned()),
            _ if id::is_user(id) => Wanted::User(id.to_owned()),
            _ => Wanted::Channel(id.to_owned()),
        }
    }

    fn id(&self) -> &str {
        match self {
            Wanted::User(id) | Wanted::Channel(id) | Wanted::Group(id) => id,
        }
    }
}

impl People {
    /// Those that are known by now. The others are looked up from here on.
    pub(crate) fn names(&self, ids: &Ids) -> Names {
        let mut names = Names::default();
        for id in ids.users.iter().chain(&ids.channels).chain(&ids.groups) {
            match self.known(id) {
                Some(State::User(user)) => drop(names.users.insert(id.clone(), user)),
                Some(State::Name(name)) if !name.is_empty() => {
                    names.places.insert(id.clone(), name);
                }
                _ => {}
            }
        }
        names
    }

    /// Of a channel, if it is known by now; else it is looked up from here on.
    pub(crate) fn name_of(&self, channel: &str) -> Option<String> {
        match self.known(channel) {
            Some(State::Name(name)) if !name.is_empty() => Some(name),
            _ => None,
        }
    }

    /// For whoever needs the name now: waits for it a little.
    pub(crate) async fn introduce(&self, account: &RemoteId) -> Option<Author> {
        let until = self.asked_at(account.as_str()) + PATIENCE;
        let found = tokio::time::timeout_at(until.into(), self.found(account.as_str())).await;
        let state = found.unwrap_or_else(|_| {
            tracing::warn!(slack.id = %account, "Slack takes too long to say who somebody is");
            self.keep(account.0.clone(), State::Nobody);
            State::Nobody
        });
        let (name, picture) = match state {
            State::User(user) => (user.name, user.picture),
            State::Name(name) if !name.is_empty() => (name, None),
            State::Name(_) | State::Nobody | State::Asked => match Wanted::of(account.as_str()) {
                Wanted::Channel(_) => (SOME_CHANNEL.to_owned(), None),
                Wanted::Group(_) => (SOME_GROUP.to_owned(), None),
                Wanted::User(_) => return None,
            },
        };
        Some(Author {
            account: account.clone(),
            display_name: name,
            picture,
            kind: AuthorKind::Person,
        })
    }

    fn asked_at(&self, id: &str) -> Instant {
        self.known(id);
        let until = self.known.lock().get(id).map(|it| it.until);
        let asked = until.and_then(|it| it.checked_sub(AGAIN));
        asked.unwrap_or_else(Instant::now)
    }

    async fn found(&self, id: &str) -> State {
        loop {
            let found = self.found.notified();
            match self.known(id) {
                None | Some(State::Asked) => found.await,
                Some(state) => return state,
            }
        }
    }

    /// What is old is better than nothing, and is looked up again.
    fn known(&self, id: &str) -> Option<State> {
        let known = self.known.lock().get(id).cloned();
        if known.as_ref().is_none_or(|it| it.until <= Instant::now()) {
            let before = known.as_ref().map(|it| it.state.clone());
            self.keep(id.to_owned(), before.unwrap_or(State::Asked));
            // The other end is ours, too.
            let _ = self.wanted.send(Wanted::of(id));
        }
        known.map(|it| it.state)
    }

    /// Looks up whoever is wanted, many at a time.
    pub(crate) async fn keep_looking_up(&self, api: &Api) -> Infallible {
        let mut wanted = self.to_look_up.lock().await;
        let wanted = futures::stream::poll_fn(|context| wanted.poll_recv(context));
        wanted
            .for_each_concurrent(ASKED_AT_ONCE, |it| self.look_up(api, it))
            .await;
        std::future::pending().await
    }

    /// Slack tells when a profile changes.
    pub(crate) fn changed(&self, event: &Value) {
        let user = &event["user"];
        if let Some(id) = user["id"].as_str() {
            self.keep(id.to_owned(), State::User(author::read_user(user)));
        }
    }

    pub(crate) fn forget(&self, id: &str) {
        self.known.lock().remove(id);
    }

    async fn look_up(&self, api: &Api, wanted: Wanted) {
        let found = match &wanted {
            Wanted::User(id) => api.call(USER, vec![("user", id.clone())]).await,
            Wanted::Channel(id) => api.call(CONVERSATION, vec![("channel", id.clone())]).await,
            // There is no method for a single group.
            Wanted::Group(_) => api.call(GROUPS, Vec::new()).await,
        };
        let found = found.map(|answer| said_of(&wanted, &answer));
        self.note(wanted.id().to_owned(), found);
    }

    fn note(&self, id: String, found: Result<State, CallError>) {
        let found = found.unwrap_or_else(|error| {
            tracing::warn!(%error, "Slack does not say what an id stands for");
            // What is old is better than nothing.
            let before = self.known.lock().get(&id).map(|it| it.state.clone());
            before
                .filter(|it| !matches!(it, State::Asked))
                .unwrap_or(State::Nobody)
        });
        self.keep(id, found);
        self.found.notify_waiters();
    }

    fn keep(&self, id: String, state: State) {
        let now = Instant::now();
        let is_known = matches!(state, State::User(_) | State::Name(_));
        let until = now + if is_known { KEPT } else { AGAIN };
        let mut known = self.known.lock();
        if known.len() >= MOST {
            known.retain(|_, it| it.until > now);
        }
        if known.len() >= MOST {
            known.clear();
        }
        known.insert(id, Known { state, until });
    }
}

fn said_of(wanted: &Wanted, answer: &Value) -> State {
    let name = match wanted {
        Wanted::User(_) => return State::User(author::read_user(&answer["user"])),
        Wanted::Channel(_) => answer["channel"]["name"].as_str(),
        Wanted::Group(id) => {
            let groups = answer["usergroups"].as_array();
            let group = groups.into_iter().flatten().find(|it| it["id"] == *id);
            group.and_then(|it| it["handle"].as_str())
        }
    };
    State::Name(name.unwrap_or_default().to_owned())
}
