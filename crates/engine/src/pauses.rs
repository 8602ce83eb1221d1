//! How long a message could have been sent: its age without the times in which nobody could send it.

use std::{sync::Arc, time::Duration};

use conversation::{Platform, Timestamp};
use store::Pause;

use crate::Engine;

/// As of the store's last beat.
#[derive(Debug, Clone)]
pub(crate) struct Pauses(Arc<[Pause]>);

impl Pauses {
    /// What several pauses cover counts once.
    pub(crate) fn age(&self, platform: &Platform, since: Timestamp, now: Timestamp) -> Duration {
        let mut paused = Duration::ZERO;
        let mut covered = since;
        // They are in the order in which they began.
        for pause in self.0.iter().filter(|it| it.is_of(platform)) {
            let (began, ended) = (pause.began_at.max(covered), pause.ended_at.min(now));
            if ended > began {
                paused += ended.since(began);
                covered = ended;
            }
        }
        now.since(since).saturating_sub(paused)
    }
}

trait Concerns {
    fn is_of(&self, platform: &Platform) -> bool;
}

impl Concerns for Pause {
    fn is_of(&self, platform: &Platform) -> bool {
        self.platform.as_ref().is_none_or(|it| it == platform)
    }
}

impl Engine {
    pub(crate) fn pauses(&self) -> Pauses {
        Pauses(self.store.pauses())
    }
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
        let pauses = Pauses(
            [
                pause(None, 10, 20),
                pause(Some("chat"), 15, 30),
                pause(Some("mail"), 15, 90),
                pause(None, 25, 28),
                pause(None, 95, 200),
            ]
            .into(),
        );
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
            let counted = pauses.age(&chat, since, now);
            assert_eq!(counted, Duration::from_secs(age), "{since:?} {now:?}");
        }
    }
}
