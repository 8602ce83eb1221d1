//! Buckets: how many requests of one route a channel or webhook takes in a window, and how every answer says so.

use std::collections::HashMap;
use std::time::Duration;

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use tokio::time::Instant;

use super::faults::{Asked, Limited};
use crate::kit::{now_ms, whole_seconds};

/// Requests and the window, counted from its first request.
type Size = (u32, Duration);

const GLOBAL: Size = (50, Duration::from_secs(1));

/// What answers say while no limit is on: a number that no client reaches.
const FREE: Size = (10_000, Duration::from_secs(1));

const fn size(most: u32, ms: u64) -> Size {
    (most, Duration::from_millis(ms))
}

/// By method and a word of the route, the first that fits; the real server changes its numbers at will.
const SIZES: &[(&str, &str, Size)] = &[
    ("PUT", "reactions", size(1, 250)),
    ("DELETE", "reactions", size(1, 250)),
    (
        "POST",
        "/webhooks/{webhook_id}/{webhook_token}",
        size(5, 2_000),
    ),
    (
        "PATCH",
        "/webhooks/{webhook_id}/{webhook_token}/messages",
        size(5, 2_000),
    ),
    ("POST", "threads", size(50, 300_000)),
    ("POST", "/channels/{channel_id}/messages", size(5, 5_000)),
    ("PATCH", "/channels/{channel_id}/messages", size(5, 5_000)),
    ("DELETE", "/channels/{channel_id}/messages", size(5, 1_000)),
    ("PATCH", "/channels/{channel_id}", size(5, 15_000)),
    ("GET", "/channels/{channel_id}/messages", size(5, 5_000)),
    ("POST", "/interactions", size(100, 1_000)),
    ("", "", size(10, 10_000)),
];

#[derive(Default)]
pub(crate) struct Limits {
    buckets: HashMap<(&'static str, u64), Window>,
    global: Option<Window>,
}

#[derive(Clone, Copy)]
struct Window {
    ends: Instant,
    left: u32,
}

/// What the headers of an answer tell.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Told {
    limit: u32,
    left: u32,
    reset_after: Duration,
    bucket: &'static str,
}

impl Window {
    /// None where there is no room until the window ends.
    fn take(&mut self, (most, within): Size, now: Instant) -> Option<()> {
        if now >= self.ends {
            *self = Window {
                ends: now + within,
                left: most,
            };
        }
        self.left = self.left.checked_sub(1)?;
        Some(())
    }
}

fn size_of(route: &str) -> Size {
    let (method, template) = route.split_once(' ').unwrap_or(("", route));
    let fits =
        |it: &&(&str, &str, Size)| (it.0.is_empty() || it.0 == method) && template.contains(it.1);
    SIZES.iter().find(fits).map_or(GLOBAL, |it| it.2)
}

impl Limits {
    /// Counts the request in, or says for how long there is no room.
    pub(crate) fn take(&mut self, asked: Asked, now: Instant) -> Result<Told, (Told, Limited)> {
        let size = size_of(asked.route);
        let fresh = Window { ends: now, left: 0 };
        let global = self.global.get_or_insert(fresh);
        // Answers to interactions and webhooks do not count for the bot as a whole.
        let counts = asked.route.contains("{channel_id}") || asked.route.contains("{guild_id}");
        if counts && global.take(GLOBAL, now).is_none() {
            let until = global.ends - now;
            return Err((told(asked, size, 0, until), limited(until, true)));
        }
        let window = self.buckets.entry((asked.route, asked.major));
        let window = window.or_insert(fresh);
        let room = window.take(size, now);
        let until = window.ends - now;
        match room {
            Some(()) => Ok(told(asked, size, window.left, until)),
            None => Err((told(asked, size, 0, until), limited(until, false))),
        }
    }

    /// While no limits are on.
    pub(crate) fn free(asked: Asked) -> Told {
        told(asked, FREE, FREE.0 - 1, FREE.1)
    }
}

fn told(asked: Asked, size: Size, left: u32, reset_after: Duration) -> Told {
    Told {
        limit: size.0,
        left,
        reset_after,
        bucket: asked.route,
    }
}

fn limited(remaining: Duration, global: bool) -> Limited {
    Limited {
        remaining,
        global,
        ..Limited::default()
    }
}

impl Told {
    pub(crate) fn write(self, headers: &mut HeaderMap) {
        let reset = now_ms() as f64 / 1_000.0 + self.reset_after.as_secs_f64();
        let hash = self.bucket.bytes().fold(0_u64, |sum, it| {
            sum.rotate_left(7).wrapping_mul(31) ^ u64::from(it)
        });
        let (after, bucket) = (self.reset_after.as_secs_f64(), format!("{hash:016x}"));
        set(headers, "x-ratelimit-limit", &self.limit.to_string());
        set(headers, "x-ratelimit-remaining", &self.left.to_string());
        set(headers, "x-ratelimit-reset", &format!("{reset:.3}"));
        set(headers, "x-ratelimit-reset-after", &format!("{after:.3}"));
        set(headers, "x-ratelimit-bucket", &bucket.repeat(2));
    }
}

impl Limited {
    /// How long, in the words of the header; the body says it to the millisecond.
    pub(crate) fn retry_after(&self) -> String {
        let honest = || whole_seconds(self.remaining).to_string();
        self.says.clone().unwrap_or_else(honest)
    }

    pub(crate) fn write(&self, headers: &mut HeaderMap) {
        let says = self.retry_after();
        if !says.is_empty() {
            set(headers, "retry-after", &says);
        }
        if self.global {
            set(headers, "x-ratelimit-global", "true");
        }
        let scope = if self.global { "global" } else { "user" };
        set(headers, "x-ratelimit-scope", scope);
    }
}

fn set(headers: &mut HeaderMap, name: &'static str, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(HeaderName::from_static(name), value);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn asked(route: &'static str, major: u64) -> Asked {
        Asked {
            route,
            channel: None,
            parent: None,
            major,
        }
    }

    #[test]
    fn a_bucket_is_full_until_its_window_ends_and_others_are_not() {
        let mut limits = Limits::default();
        let start = Instant::now();
        let post = "POST /channels/{channel_id}/messages";
        for left in [4, 3, 2, 1, 0] {
            assert_eq!(limits.take(asked(post, 1), start).unwrap().left, left);
        }
        let later = start + Duration::from_secs(2);
        let (_, limited) = limits.take(asked(post, 1), later).unwrap_err();
        assert_eq!(
            (limited.remaining, limited.global),
            (Duration::from_secs(3), false)
        );
        limits.take(asked(post, 2), later).unwrap();
        limits
            .take(asked(post, 1), start + Duration::from_secs(5))
            .unwrap();
    }

    #[test]
    fn the_whole_bot_has_a_limit_too() {
        let mut limits = Limits::default();
        let start = Instant::now();
        for channel in 0..50 {
            limits
                .take(asked("GET /channels/{channel_id}", channel), start)
                .unwrap();
        }
        let (_, limited) = limits
            .take(asked("GET /channels/{channel_id}", 99), start)
            .unwrap_err();
        assert!(limited.global);
        limits
            .take(
                asked("POST /webhooks/{webhook_id}/{webhook_token}", 7),
                start,
            )
            .unwrap();
    }
}
