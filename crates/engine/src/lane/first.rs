//! How a lane begins within the transaction of others.

use std::sync::Arc;

use conversation::Timestamp;
use futures::future::BoxFuture;
use store::{Claim, FollowUp, Result, Writing};

use super::{Lane, claiming::Taking, failing::Failing};

/// What the first turn of a lane comes to.
pub(crate) struct FirstTurn(BoxFuture<'static, Result<(Failing, Claim)>>);

impl Lane {
    /// To be written with what is left for the channel; none if it is no channel of a room, or open to nobody now.
    pub(crate) fn first_turn(&self, now: Timestamp) -> Option<(FollowUp, FirstTurn)> {
        let directory = self.dispatcher.store.directory();
        let entry = directory.by_id(&self.channel)?.clone();
        let taking = Taking::from(&self.dispatcher, &entry);
        if taking != Taking::WhatIsDue {
            return None;
        }
        let turn = Arc::new(self.turn_at(Some(entry.clone()), (now, taking))?);
        let work: Writing<_> = Box::new(move |tx| {
            let turn = turn.clone();
            Box::pin(async move { turn.write(tx).await })
        });
        let (follow_up, answer) = FollowUp::new(&entry, work);
        Some((follow_up, FirstTurn(Box::pin(answer))))
    }

    /// Where that failed, it looks for itself.
    pub(crate) async fn go_on_from(&mut self, first: FirstTurn, now: Timestamp) {
        if let Ok((failing, Claim::Work(work))) = first.0.await {
            self.failing = failing;
            self.make(work, Taking::WhatIsDue, now).await;
        }
    }
}
