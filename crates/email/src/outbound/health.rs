//! Whether the mail server serves, as the log tells it: when trouble begins, now and then while it lasts, and its end.
//!
//! **Invariant:** no address and no secret stands in a line: what comes here was cleaned of them.

use std::{
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use jiff::Timestamp;

use super::failure::Failure;

/// From one line to the next while nothing changes.
const AGAIN_AFTER: Duration = Duration::from_secs(600);
/// A cause that changes is told sooner, but a server with two causes in turn fills no log.
const CHANGED_AFTER: Duration = Duration::from_secs(60);

pub(super) struct Health {
    server: String,
    trouble: Mutex<Option<Trouble>>,
}

struct Trouble {
    since: Timestamp,
    told: Instant,
    why: String,
}

#[derive(Debug, PartialEq, Eq)]
enum Line {
    Begins,
    Lasts { since: Timestamp },
    Ends { since: Timestamp },
}

impl Health {
    /// As in `mail.example.org:465`.
    pub(super) fn of(server: String) -> Health {
        Health {
            server,
            trouble: Mutex::new(None),
        }
    }

    /// What one member is refused is no trouble of the server's, and a doubt says nothing.
    pub(super) fn after(&self, sent: &Result<(), Failure>) {
        let why = match sent {
            Err(Failure::Server(why) | Failure::Unauthorised(why)) => Some(why.as_str()),
            Err(Failure::Uncertain(_) | Failure::Unclear { .. } | Failure::Ours(_)) => return,
            _ => None,
        };
        if let Some(line) = self.note(why, Instant::now(), Timestamp::now()) {
            self.tell(&line, why.unwrap_or_default());
        }
    }

    fn note(&self, why: Option<&str>, now: Instant, clock: Timestamp) -> Option<Line> {
        let mut trouble = self.trouble.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(why) = why else {
            return trouble.take().map(|it| Line::Ends { since: it.since });
        };
        let Some(known) = trouble.as_mut() else {
            *trouble = Some(Trouble {
                since: clock,
                told: now,
                why: why.to_owned(),
            });
            return Some(Line::Begins);
        };
        let quiet = now.duration_since(known.told);
        let is_news = quiet >= AGAIN_AFTER || (known.why != why && quiet >= CHANGED_AFTER);
        is_news.then(|| {
            known.told = now;
            known.why = why.to_owned();
            Line::Lasts { since: known.since }
        })
    }

    fn tell(&self, line: &Line, why: &str) {
        let server = self.server.as_str();
        match line {
            Line::Begins => tracing::warn!(
                mail.server = server,
                error = why,
                "the mail server cannot be used: mail waits"
            ),
            Line::Lasts { since } => tracing::warn!(
                mail.server = server,
                trouble.since = time(*since),
                error = why,
                "the mail server still cannot be used: mail waits"
            ),
            Line::Ends { since } => tracing::info!(
                mail.server = server,
                trouble.since = time(*since),
                "the mail server can be used again"
            ),
        }
    }
}

fn time(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trouble_is_told_when_it_begins_now_and_then_and_when_it_ends() {
        let health = Health::of("mail.example:25".to_owned());
        let (begin, since) = (Instant::now(), Timestamp::UNIX_EPOCH);
        let later = |seconds: u64| begin + Duration::from_secs(seconds);
        let note =
            |why, seconds| health.note(why, later(seconds), since + Duration::from_secs(seconds));
        assert_eq!(note(None, 0), None);
        assert_eq!(note(Some("down"), 0), Some(Line::Begins));
        assert_eq!(note(Some("down"), 599), None);
        assert_eq!(note(Some("down"), 600), Some(Line::Lasts { since }));
        assert_eq!(note(Some("expired"), 630), None);
        assert_eq!(note(Some("expired"), 661), Some(Line::Lasts { since }));
        assert_eq!(note(None, 700), Some(Line::Ends { since }));
        assert_eq!(note(None, 701), None);
        assert_eq!(note(Some("down"), 702), Some(Line::Begins));
    }
}
