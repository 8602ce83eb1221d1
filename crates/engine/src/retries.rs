//! How long what is said to a platform is tried, and how old it is by that measure: its age without the times in which nobody
//! could send it.

use std::{collections::HashMap, time::Duration};

use conversation::{Platform, RetryPolicy, Timestamp};
use store::{Pause, Store};

use crate::Settings;

#[derive(Clone)]
pub(crate) struct Retries {
    store: Store,
    usual: RetryPolicy,
    life: HashMap<Platform, Duration>,
}

impl Retries {
    pub(crate) fn new(store: Store, settings: &Settings) -> Retries {
        Retries {
            store,
            usual: settings.retry,
            life: settings.life.clone(),
        }
    }

    pub(crate) fn policy(&self, platform: &Platform) -> RetryPolicy {
        RetryPolicy {
            life: self.life.get(platform).copied().unwrap_or(self.usual.life),
            ..self.usual
        }
    }

    /// As long as any message is held back.
    pub(crate) fn hold_back(&self) -> Duration {
        self.usual.hold_back
    }

    /// Of what was said to the platform then.
    pub(crate) fn age(&self, platform: &Platform, since: Timestamp, now: Timestamp) -> Duration {
        age(&self.store.pauses(), platform, since, now)
    }

    /// Of its life, what is left to it.
    pub(crate) fn left(&self, platform: &Platform, since: Timestamp, now: Timestamp) -> Duration {
        let life = self.policy(platform).life;
        life.saturating_sub(self.age(platform, since, now))
    }
}

/// What several pauses cover counts once.
fn age(pauses: &[Pause], platform: &Platform, since: Timestamp, now: Timestamp) -> Duration {
    let is_of = |it: &&Pause| it.platform.as_ref().is_none_or(|it| it == platform);
    let mut paused = Duration::ZERO;
    let mut covered = since;
    // They are in the order in which they began.
    for pause in pauses.iter().filter(is_of) {
        let (began, ended) = (pause.began_at.max(covered), pause.ended_at.min(now));
        if ended > began {
            paused += ended.since(began);
            covered = ended;
        }
    }
    now.since(since).saturating_sub(paused)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pause(platform: Option<&str>, began: i64, ended: i64) -> Pause {
        Pause {
            platform: platform.map(Platform::from),
            began_at: Timestamp(began * 1000),
            ended_at: Timestamp(ended * 1000),
        }
    }

    #[test]
    fn no_pause_counts_and_none_is_left_out_twice() {
        let pauses = [
            pause(None, 10, 20),
            pause(Some("chat"), 15, 30),
            pause(Some("mail"), 15, 90),
            pause(None, 25, 28),
            pause(None, 95, 200),
        ];
        let chat = Platform::from("chat");
        for (since, now, age) in [
            (0, 10, 10),
            (0, 100, 75),
            (12, 40, 10),
            (16, 18, 0),
            (30, 60, 30),
            (60, 30, 0),
        ] {
            let (since, now) = (Timestamp(since * 1000), Timestamp(now * 1000));
            let counted = super::age(&pauses, &chat, since, now);
            assert_eq!(counted, Duration::from_secs(age), "{since:?} {now:?}");
        }
    }
}
