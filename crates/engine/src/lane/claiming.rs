//! What a lane takes next: what is due, or, of a channel that is closed to us, what has waited for as long as any message is
//! tried.

use std::{sync::Arc, time::Duration};

use conversation::{ChannelFacts, Link, SHUT_OUT, Timestamp, UNLINKED};
use store::{Claim, Entry, Look, Result, Tx};

use crate::perform::{Dispatcher, LATE};

/// A channel in which a message has waited for as long before its turn comes may not be done in time with those behind it.
const LAGS: Duration = Duration::from_secs(60);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Taking {
    Nothing,
    /// Its account is refused, or its platform switched off: what is said meanwhile waits.
    NothingNow,
    WhatIsDue,
    /// To be given up.
    WhatIsOver,
}

impl Taking {
    pub(super) fn from(dispatcher: &Dispatcher, entry: &Entry) -> Taking {
        let platform = &entry.channel.at.platform;
        let Dispatcher {
            adapters, refusals, ..
        } = dispatcher;
        match entry.channel.link {
            _ if !adapters.contains_key(platform) || refusals.are_of(platform) => {
                Taking::NothingNow
            }
            Link::Active => Taking::WhatIsDue,
            Link::Suspended if entry.channel.is_direct() => Taking::Nothing,
            Link::Suspended => Taking::WhatIsOver,
            Link::Unlinked => Taking::Nothing,
        }
    }

    pub(super) fn claims(self) -> bool {
        matches!(self, Taking::WhatIsDue | Taking::WhatIsOver)
    }
}

pub(super) struct Claiming {
    pub(super) taking: Taking,
    pub(super) look: Look,
    pub(super) epoch: i64,
    pub(super) dispatcher: Arc<Dispatcher>,
    pub(super) now: Timestamp,
}

/// Why nothing that waits for the channel is to go there any more.
pub(super) fn why_over(channel: &ChannelFacts) -> Option<&'static str> {
    let is_shut = channel.is_direct() && channel.link != Link::Active;
    let left = channel.has_left().then_some(UNLINKED);
    left.or(is_shut.then_some(SHUT_OUT))
}

impl Claiming {
    /// Of what does not go at once its authors may have to hear.
    pub(super) async fn claim(&self, tx: &mut Tx, entry: &Entry) -> Result<Claim> {
        let claim = match self.taking {
            Taking::Nothing | Taking::NothingNow => Claim::Idle,
            Taking::WhatIsDue => tx.outbox(entry).claim_by(&self.look, self.epoch).await?,
            Taking::WhatIsOver => self.claim_what_is_over(tx, entry).await?,
        };
        let waits = match &claim {
            Claim::NotBefore(_) => true,
            Claim::Work(work) => self.now.since(work.created_at) >= LAGS,
            Claim::Idle => !self.taking.claims(),
        };
        if waits && self.look.answer.is_none() {
            let place = (&entry.community, &entry.channel.id);
            tx.clock().may_be_late(place, LATE).await?;
        }
        Ok(claim)
    }

    async fn claim_what_is_over(&self, tx: &mut Tx, entry: &Entry) -> Result<Claim> {
        let Some(since) = tx.outbox(entry).oldest_open().await? else {
            return Ok(Claim::Idle);
        };
        match self
            .dispatcher
            .retries
            .left(&entry.channel.at.platform, since, self.now)
        {
            left if left.is_zero() => {
                let at_any_time = Look {
                    now: Timestamp(i64::MAX),
                    ..Look::default()
                };
                tx.outbox(entry).claim_by(&at_any_time, self.epoch).await
            }
            left => Ok(Claim::NotBefore(self.now.plus(left))),
        }
    }
}
