//! What can go wrong on purpose, switchable while it runs, for one chat or for all of Telegram.

use std::collections::HashMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::time::Instant;

use super::Telegram;
use super::answer::ApiError;
use super::chat::ChatKind;
use super::ids::ChatId;
use super::world::World;
use crate::trouble::end;
pub use crate::trouble::{Broken, ServerError};

/// All off by default. Times count from when they are set.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Faults {
    /// Only these methods suffer, by their published names; none named means all.
    pub methods: Vec<String>,
    /// Only requests whose text holds these words suffer.
    pub words: Option<String>,
    /// Whatever acts on a chat gets 429 with the seconds that remain.
    pub rate_limit_s: Option<f64>,
    /// 30 messages a second for the bot, 1 a second in a chat, 20 a minute in a group.
    pub real_limits: bool,
    pub server_error: Option<ServerError>,
    /// The connection ends before the answer.
    pub cut: Option<Broken>,
    /// The connection stays, and nothing ever comes.
    pub never_answer: Option<Broken>,
    /// 200 with a body that is no JSON.
    pub malformed: Option<Broken>,
    pub latency_ms: u64,
    /// Whatever acts on a chat gets 403.
    pub forbidden: Option<Forbidden>,
    /// `getUpdates` gets 409, as if somebody else used the token.
    pub conflict: bool,
    /// Every request gets 401, as if the token had been revoked.
    pub unauthorised: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Forbidden {
    Kicked,
    Blocked,
}

pub(crate) struct Verdict {
    pub(crate) latency: Duration,
    pub(crate) act: Act,
}

pub(crate) enum Act {
    Pass,
    Refuse(ApiError),
    Cut { accepted: bool },
    Silence { accepted: bool },
    Garble { accepted: bool },
}

#[derive(Default)]
pub(crate) struct FaultBoard {
    all: Option<Active>,
    by_chat: HashMap<i64, Active>,
    /// Until when a chat was told to wait.
    waits: HashMap<i64, Instant>,
}

struct Active {
    faults: Faults,
    since: Instant,
}

/// The request that is to be judged.
#[derive(Clone, Copy)]
pub(crate) struct Asked<'a> {
    pub(crate) method: &'a str,
    pub(crate) chat: Option<i64>,
    pub(crate) text: Option<&'a str>,
    /// How many messages it would post.
    pub(crate) posts: usize,
}

/// When a wait ends, and the error that says so.
type Wait = (Instant, ApiError);

impl Active {
    fn concerns(&self, asked: Asked<'_>) -> bool {
        let (methods, words) = (&self.faults.methods, self.faults.words.as_ref());
        let is_meant = |it: &String| it.eq_ignore_ascii_case(asked.method);
        (methods.is_empty() || methods.iter().any(is_meant))
            && words.is_none_or(|it| asked.text.is_some_and(|text| text.contains(it)))
    }

    fn wait(&self, asked: Asked<'_>, now: Instant) -> Option<Wait> {
        let seconds = self.faults.rate_limit_s?;
        if asked.chat.is_none() && self.faults.methods.is_empty() {
            return None;
        }
        let end = end(self.since, seconds);
        (now < end).then(|| (end, too_many(end - now)))
    }

    fn act(&mut self, asked: Asked<'_>, now: Instant) -> Act {
        if self.faults.unauthorised {
            return Act::Refuse(ApiError::unauthorized());
        }
        if self.faults.conflict && asked.method == "getUpdates" {
            return Act::Refuse(ApiError::conflict(
                "terminated by other getUpdates request; make sure that only one bot instance is running",
            ));
        }
        if let Some(forbidden) = self.faults.forbidden.filter(|_| asked.chat.is_some()) {
            return Act::Refuse(ApiError::forbidden(match forbidden {
                Forbidden::Kicked => "bot was kicked from the supergroup chat",
                Forbidden::Blocked => "bot was blocked by the user",
            }));
        }
        self.broken(now)
    }

    fn broken(&mut self, now: Instant) -> Act {
        let since = self.since;
        let faults = &mut self.faults;
        if let Some(error) = &mut faults.server_error
            && error.strikes(since, now)
        {
            return Act::Refuse(ApiError::server(error.status));
        }
        let broken = |which: &mut Option<Broken>| Broken::strikes(which, since, now);
        if let Some(accepted) = broken(&mut faults.cut) {
            return Act::Cut { accepted };
        }
        if let Some(accepted) = broken(&mut faults.never_answer) {
            return Act::Silence { accepted };
        }
        match broken(&mut faults.malformed) {
            Some(accepted) => Act::Garble { accepted },
            None => Act::Pass,
        }
    }
}

fn too_many(remaining: Duration) -> ApiError {
    ApiError::too_many(remaining.as_secs_f64().ceil().max(1.0) as u64)
}

impl World {
    /// What becomes of a request before its method is looked at.
    pub(crate) fn judge(&mut self, asked: Asked<'_>, now: Instant) -> Verdict {
        let board = &mut self.faults;
        if let Some(until) = asked.chat.and_then(|chat| board.waits.get(&chat)) {
            self.keeping.counters.early_requests += u64::from(now < *until);
        }
        let mut latency = Duration::ZERO;
        let mut real_limits = false;
        let here = asked.chat.and_then(|chat| board.by_chat.get_mut(&chat));
        for active in here.into_iter().chain(board.all.as_mut()) {
            if !active.concerns(asked) {
                continue;
            }
            latency += Duration::from_millis(active.faults.latency_ms);
            real_limits |= active.faults.real_limits;
            let act = match active.wait(asked, now) {
                Some((until, error)) => {
                    if let Some(chat) = asked.chat {
                        board.waits.insert(chat, until);
                    }
                    Act::Refuse(error)
                }
                None => active.act(asked, now),
            };
            if !matches!(act, Act::Pass) {
                return Verdict { latency, act };
            }
        }
        let act = match real_limits {
            true => self.really_limited(asked, now),
            false => Act::Pass,
        };
        Verdict { latency, act }
    }

    fn really_limited(&mut self, asked: Asked<'_>, now: Instant) -> Act {
        let Some(chat) = asked.chat.filter(|_| asked.posts > 0) else {
            return Act::Pass;
        };
        let kind = self.chats.get(&chat).map(|it| it.kind);
        let is_group = kind.is_some_and(|it| it != ChatKind::Private);
        match self.limits.take(chat, is_group, asked.posts, now) {
            Ok(()) => Act::Pass,
            Err(until) => {
                self.faults.waits.insert(chat, until);
                Act::Refuse(too_many(until - now))
            }
        }
    }
}

impl Telegram {
    /// Sets the faults of one chat, or of all Telegram, in place of those that were set there before.
    pub fn set_faults(&self, chat: Option<ChatId>, faults: Faults) {
        let active = (faults != Faults::default()).then(|| Active {
            faults,
            since: Instant::now(),
        });
        self.change(|world| {
            let board = &mut world.faults;
            match chat {
                // A limit that is lifted binds nobody any more.
                None => {
                    board.waits.clear();
                    board.all = active;
                }
                Some(ChatId(chat)) => {
                    board.waits.remove(&chat);
                    board.by_chat.remove(&chat);
                    board.by_chat.extend(active.map(|it| (chat, it)));
                }
            }
        });
    }

    /// As they stand now: the numbers of requests that are left count down.
    pub fn faults(&self, chat: Option<ChatId>) -> Faults {
        self.look(|world| {
            let board = &world.faults;
            let active = match chat {
                None => board.all.as_ref(),
                Some(chat) => board.by_chat.get(&chat.0),
            };
            active.map(|it| it.faults.clone()).unwrap_or_default()
        })
    }
}
