//! What a lane takes next: what is due, or, of a channel that is closed to us, what has waited for as long as any message is
//! tried.

use std::time::Duration;

use conversation::{ChannelFacts, Link, Platform, SHUT_OUT, Timestamp, UNLINKED};
use store::{Claim, Entry, Look, Result, Tx};

use crate::{Engine, pauses::Pauses};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Taking {
    Nothing,
    WhatIsDue,
    /// To be given up.
    WhatIsOver,
}

pub(super) struct Claiming {
    pub(super) taking: Taking,
    pub(super) look: Look,
    pub(super) epoch: i64,
    pub(super) patience: Patience,
}

/// How long a message of one platform is tried.
pub(super) struct Patience {
    platform: Platform,
    life: Duration,
    pauses: Pauses,
    now: Timestamp,
}

/// Why nothing that waits for the channel is to go there any more.
pub(super) fn why_over(channel: &ChannelFacts) -> Option<&'static str> {
    let is_shut = channel.is_direct() && channel.link != Link::Active;
    let left = channel.has_left().then_some(UNLINKED);
    left.or(is_shut.then_some(SHUT_OUT))
}

impl Claiming {
    pub(super) async fn claim(&self, tx: &mut Tx, entry: &Entry) -> Result<Claim> {
        if self.taking == Taking::WhatIsDue {
            return tx.claim_by(&self.look, entry, self.epoch).await;
        }
        let Some(since) = tx.oldest_open(entry).await? else {
            return Ok(Claim::Idle);
        };
        match self.patience.left(since) {
            left if left.is_zero() => {
                let at_any_time = Look {
                    now: Timestamp(i64::MAX),
                    ..Look::default()
                };
                tx.claim_by(&at_any_time, entry, self.epoch).await
            }
            left => Ok(Claim::NotBefore(self.patience.now.plus(left))),
        }
    }
}

impl Patience {
    fn left(&self, since: Timestamp) -> Duration {
        let age = self.pauses.age(&self.platform, since, self.now);
        self.life.saturating_sub(age)
    }
}

impl Engine {
    pub(super) fn taking_from(&self, entry: &Entry) -> Taking {
        let platform = &entry.channel.at.platform;
        match entry.channel.link {
            _ if !self.adapters.contains_key(platform) || self.is_refused(platform) => {
                Taking::Nothing
            }
            Link::Active => Taking::WhatIsDue,
            Link::Suspended if entry.channel.is_direct() => Taking::Nothing,
            Link::Suspended => Taking::WhatIsOver,
            Link::Unlinked => Taking::Nothing,
        }
    }

    pub(super) fn patience(&self, entry: Option<&Entry>, now: Timestamp) -> Patience {
        let platform = entry.map_or("".into(), |it| it.channel.at.platform.clone());
        Patience {
            life: self.retry_policy(&platform).life,
            platform,
            pauses: self.pauses(),
            now,
        }
    }
}
