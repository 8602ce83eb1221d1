//! What can go wrong on purpose with requests, switchable while it runs, for one channel or for all of Discord.
//! A channel's faults hold in its threads too.

use std::collections::HashMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::time::Instant;

use super::Discord;
use super::answer::ApiError;
use super::ids::ChannelId;
use super::world::World;
use crate::kit::trouble::end;
pub use crate::kit::trouble::{Broken, ServerError};

/// All off by default. Times count from when they are set.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Faults {
    /// Only these routes suffer, as Discord's documentation writes them: `POST /channels/{channel_id}/messages`.
    /// A word without a blank means all routes that hold it: `reactions`. None named means all.
    pub routes: Vec<String>,
    pub rate_limit: Option<RateLimit>,
    /// Buckets per route and channel or webhook, and 50 requests a second in all.
    pub real_limits: bool,
    pub server_error: Option<ServerError>,
    /// The connection ends before the answer.
    pub cut: Option<Broken>,
    /// The connection stays, and nothing ever comes.
    pub never_answer: Option<Broken>,
    /// 200 with a body that is no JSON.
    pub malformed: Option<Broken>,
    pub latency_ms: u64,
    pub forbidden: Option<Forbidden>,
    /// Every request gets 401, as if the token had been revoked.
    pub unauthorised: bool,
}

/// Requests get 429 until the seconds are over.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RateLimit {
    pub for_s: f64,
    /// Said to hold for the whole bot, not for the one bucket.
    pub global: bool,
    /// What is said instead of the seconds that remain, word for word: `soon`, `-1`, `1e99`, or nothing at all.
    pub says: Option<String>,
    /// A page of HTML as the proxy in front of Discord answers, without JSON and without bucket headers.
    pub from_proxy: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Forbidden {
    /// 50001: the channel cannot be seen.
    MissingAccess,
    /// 50013: it can be seen, and this cannot be done there.
    MissingPermissions,
}

pub(crate) struct Verdict {
    pub(crate) latency: Duration,
    pub(crate) real_limits: bool,
    pub(crate) act: Act,
}

#[derive(Debug)]
pub(crate) enum Act {
    Pass,
    Refuse(ApiError),
    Limit(Limited),
    Cut { accepted: bool },
    Silence { accepted: bool },
    Garble { accepted: bool },
}

/// A 429, and how it says how long.
#[derive(Debug, Clone)]
pub(crate) struct Limited {
    pub(crate) remaining: Duration,
    pub(crate) global: bool,
    pub(crate) says: Option<String>,
    pub(crate) from_proxy: bool,
}

#[derive(Default)]
pub(crate) struct FaultBoard {
    all: Option<Active>,
    by_channel: HashMap<u64, Active>,
    /// Until when a route in a place was told to wait.
    waits: HashMap<(&'static str, u64), Instant>,
    waits_everywhere: Option<Instant>,
}

struct Active {
    faults: Faults,
    since: Instant,
}

/// The request that is to be judged.
#[derive(Clone, Copy)]
pub(crate) struct Asked {
    /// Method and template.
    pub(crate) route: &'static str,
    pub(crate) channel: Option<u64>,
    pub(crate) parent: Option<u64>,
    /// The channel or webhook that buckets are counted by; 0 where there is none.
    pub(crate) major: u64,
}

impl Active {
    fn concerns(&self, route: &str) -> bool {
        let routes = &self.faults.routes;
        routes.is_empty()
            || routes.iter().any(|it| match it.contains(' ') {
                true => it.eq_ignore_ascii_case(route),
                false => route.contains(it.as_str()),
            })
    }

    fn limited(&self, now: Instant) -> Option<(Instant, Limited)> {
        let limit = self.faults.rate_limit.as_ref()?;
        let end = end(self.since, limit.for_s);
        let limited = || Limited {
            remaining: end - now,
            global: limit.global,
            says: limit.says.clone(),
            from_proxy: limit.from_proxy,
        };
        (now < end).then(|| (end, limited()))
    }

    fn act(&mut self, now: Instant) -> Act {
        if self.faults.unauthorised {
            return Act::Refuse(ApiError::unauthorized());
        }
        match self.faults.forbidden {
            Some(Forbidden::MissingAccess) => Act::Refuse(ApiError::missing_access()),
            Some(Forbidden::MissingPermissions) => Act::Refuse(ApiError::missing_permissions()),
            None => self.broken(now),
        }
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

impl FaultBoard {
    /// Writes down until when the caller was told to wait, to notice requests that come before.
    pub(crate) fn note_wait(&mut self, asked: Asked, until: Instant, global: bool) {
        if global {
            self.waits_everywhere = Some(until);
        } else {
            self.waits.insert((asked.route, asked.major), until);
        }
    }

    fn is_early(&self, asked: Asked, now: Instant) -> bool {
        let here = self.waits.get(&(asked.route, asked.major));
        let until = here.copied().max(self.waits_everywhere);
        until.is_some_and(|until| now < until)
    }
}

impl World {
    /// What becomes of a request before its route is looked at.
    pub(crate) fn judge(&mut self, asked: Asked, now: Instant) -> Verdict {
        let board = &mut self.faults;
        let early = board.is_early(asked, now);
        self.keeping.counters.early_requests += u64::from(early);
        let mut verdict = Verdict {
            latency: Duration::ZERO,
            real_limits: false,
            act: Act::Pass,
        };
        let mut wait = None;
        let places = [
            asked.channel,
            asked.parent.filter(|it| asked.channel != Some(*it)),
        ];
        for place in places
            .map(|it| it.map(Some))
            .into_iter()
            .flatten()
            .chain([None])
        {
            let active = match place {
                Some(channel) => board.by_channel.get_mut(&channel),
                None => board.all.as_mut(),
            };
            let Some(active) = active.filter(|it| it.concerns(asked.route)) else {
                continue;
            };
            verdict.latency += Duration::from_millis(active.faults.latency_ms);
            verdict.real_limits |= active.faults.real_limits;
            verdict.act = match active.limited(now) {
                Some((until, limited)) => {
                    wait = Some((until, limited.global));
                    Act::Limit(limited)
                }
                None => active.act(now),
            };
            if !matches!(verdict.act, Act::Pass) {
                break;
            }
        }
        if let Some((until, global)) = wait {
            board.note_wait(asked, until, global);
        }
        verdict
    }
}

impl Discord {
    /// Sets the faults of one channel, or of all Discord, in place of those that were set there before.
    pub fn set_faults(&self, channel: Option<ChannelId>, faults: Faults) {
        let active = (faults != Faults::default()).then(|| Active {
            faults,
            since: Instant::now(),
        });
        self.change(|world| {
            let board = &mut world.faults;
            // A limit that is lifted binds nobody any more.
            board.waits.clear();
            board.waits_everywhere = None;
            match channel {
                None => board.all = active,
                Some(ChannelId(channel)) => {
                    board.by_channel.remove(&channel);
                    board.by_channel.extend(active.map(|it| (channel, it)));
                }
            }
        });
    }

    /// As they stand now: the numbers of requests that are left count down.
    pub fn faults(&self, channel: Option<ChannelId>) -> Faults {
        self.look(|world| {
            let board = &world.faults;
            let active = match channel {
                None => board.all.as_ref(),
                Some(channel) => board.by_channel.get(&channel.0),
            };
            active.map(|it| it.faults.clone()).unwrap_or_default()
        })
    }
}
