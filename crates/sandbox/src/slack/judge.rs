//! Decides what becomes of a request before its method is looked at: the faults that are set, and the real pace.

use std::collections::HashMap;
use std::time::Duration;

use tokio::time::Instant;

use super::Slack;
use super::answer::ApiError;
use super::faults::{EventFaults, Faults, RetryAfter, SocketFaults};
use super::ids::ChannelId;
use super::limits::Tier;
use super::world::World;
use crate::kit::trouble::{Broken, end, strikes};

pub(crate) struct Verdict {
    pub(crate) latency: Duration,
    pub(crate) act: Act,
}

pub(crate) enum Act {
    Pass,
    Refuse(ApiError),
    /// The error is said, but the work is done.
    RefuseDone(ApiError),
    Cut {
        accepted: bool,
    },
    Silence {
        accepted: bool,
    },
    Garble {
        accepted: bool,
    },
}

/// The request that is to be judged.
#[derive(Clone, Copy)]
pub(crate) struct Asked<'a> {
    pub(crate) method: &'static str,
    pub(crate) tier: Tier,
    pub(crate) channel: Option<&'a str>,
}

#[derive(Default)]
pub(crate) struct FaultBoard {
    all: Option<Active>,
    by_channel: HashMap<String, Active>,
    /// Until when a method, in a channel where it has one, was told to wait.
    waits: HashMap<(&'static str, Option<String>), Instant>,
}

struct Active {
    faults: Faults,
    since: Instant,
}

impl Active {
    fn concerns(&self, method: &str) -> bool {
        let methods = &self.faults.methods;
        methods.is_empty() || methods.iter().any(|it| it == method)
    }

    fn wait(&self, now: Instant) -> Option<Instant> {
        let end = end(self.since, self.faults.rate_limit_s?);
        (now < end).then_some(end)
    }

    fn act(&mut self, now: Instant) -> Act {
        let since = self.since;
        let faults = &mut self.faults;
        if let Some(it) = &mut faults.server_error
            && it.strikes(since, now)
        {
            return Act::Refuse(ApiError::server(it.status));
        }
        if let Some(it) = &mut faults.error
            && strikes((it.for_s, &mut it.next), since, now)
        {
            let error = ApiError::named(&it.error);
            return match it.accepted {
                true => Act::RefuseDone(error),
                false => Act::Refuse(error),
            };
        }
        broken(faults, since, now)
    }
}

fn broken(faults: &mut Faults, since: Instant, now: Instant) -> Act {
    let hit = |which: &mut Option<Broken>| Broken::strikes(which, since, now);
    if let Some(accepted) = hit(&mut faults.cut) {
        return Act::Cut { accepted };
    }
    if let Some(accepted) = hit(&mut faults.never_answer) {
        return Act::Silence { accepted };
    }
    match hit(&mut faults.malformed) {
        Some(accepted) => Act::Garble { accepted },
        None => Act::Pass,
    }
}

fn too_many(remaining: Duration, header: RetryAfter) -> ApiError {
    let seconds = remaining.as_secs_f64().ceil().max(1.0) as u64;
    ApiError::too_many(match header {
        RetryAfter::Honest => Some(seconds.to_string()),
        RetryAfter::Missing => None,
        RetryAfter::Words => Some("soon".into()),
        RetryAfter::Negative => Some(format!("-{seconds}")),
        RetryAfter::Huge => Some("315360000".into()),
    })
}

impl World {
    pub(crate) fn judge(&mut self, asked: Asked<'_>, now: Instant) -> Verdict {
        let key = (asked.method, asked.channel.map(str::to_owned));
        if let Some(until) = self.faults.waits.get(&key) {
            self.keeping.counters.early_requests += u64::from(now < *until);
        }
        let board = &mut self.faults;
        let here = asked.channel.and_then(|it| board.by_channel.get_mut(it));
        let mut latency = Duration::ZERO;
        let mut real_limits = false;
        for active in here.into_iter().chain(board.all.as_mut()) {
            if !active.concerns(asked.method) {
                continue;
            }
            latency = latency.max(Duration::from_millis(active.faults.latency_ms));
            real_limits |= active.faults.real_limits;
            if let Some(until) = active.wait(now) {
                // A header that cannot be read names no time before which a request would be early.
                if matches!(
                    active.faults.retry_after,
                    RetryAfter::Honest | RetryAfter::Huge
                ) {
                    board.waits.insert(key, until);
                }
                let act = Act::Refuse(too_many(until - now, active.faults.retry_after));
                return Verdict { latency, act };
            }
            match active.act(now) {
                Act::Pass => {}
                act => return Verdict { latency, act },
            }
        }
        let act = match real_limits {
            true => self.really_limited(asked, key, now),
            false => Act::Pass,
        };
        Verdict { latency, act }
    }

    fn really_limited(
        &mut self,
        asked: Asked<'_>,
        key: (&'static str, Option<String>),
        now: Instant,
    ) -> Act {
        match self
            .limits
            .take(asked.method, asked.tier, asked.channel, now)
        {
            Ok(()) => Act::Pass,
            Err(until) => {
                self.faults.waits.insert(key, until);
                Act::Refuse(too_many(until - now, RetryAfter::Honest))
            }
        }
    }
}

impl Slack {
    /// Sets the faults of one channel, or of all Slack, in place of those that were set there before.
    pub fn set_faults(&self, channel: Option<&ChannelId>, faults: Faults) {
        let active = (faults != Faults::default()).then(|| Active {
            faults,
            since: Instant::now(),
        });
        self.change(|world| {
            let board = &mut world.faults;
            match channel {
                // A limit that is lifted binds nobody any more.
                None => {
                    board.waits.clear();
                    board.all = active;
                }
                Some(ChannelId(channel)) => {
                    board
                        .waits
                        .retain(|(_, it), _| it.as_ref() != Some(channel));
                    board.by_channel.remove(channel);
                    let active = active.map(|it| (channel.clone(), it));
                    board.by_channel.extend(active);
                }
            }
        });
    }

    /// As they stand now: the numbers of requests that are left count down.
    pub fn faults(&self, channel: Option<&ChannelId>) -> Faults {
        self.look(|world| {
            let board = &world.faults;
            let active = match channel {
                None => board.all.as_ref(),
                Some(channel) => board.by_channel.get(&channel.0),
            };
            active.map(|it| it.faults.clone()).unwrap_or_default()
        })
    }

    pub fn set_event_faults(&self, faults: EventFaults) {
        self.change(|world| world.delivery.faults = faults);
    }

    pub fn event_faults(&self) -> EventFaults {
        self.look(|world| world.delivery.faults.clone())
    }

    pub fn set_socket_faults(&self, faults: SocketFaults) {
        self.change(|world| world.delivery.set_socket_faults(faults));
    }

    pub fn socket_faults(&self) -> SocketFaults {
        self.look(|world| world.delivery.socket_faults.borrow().clone())
    }
}
