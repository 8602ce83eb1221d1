//! Looks for the files that words went without, ever more seldom, as long as a message may hold back its channel.

use std::{sync::Arc, time::Duration};

use conversation::{LeftOut, Timestamp};
use futures::future::join_all;
use store::{Due, Following, Looked, Result};

use super::{Done, Scheduler};
use crate::files::Missing;

/// Between two looks it is twice as long each time, up to this.
const LONGEST_WAIT_S: u64 = 60;

impl Scheduler {
    /// Sends on the way what can be had by now, and gives up what has not come in time.
    pub(super) async fn look_for_files(&self, due: &Due, now: Timestamp) -> Result<()> {
        let found = match self.store.following(due).await? {
            Some(following) => {
                let looked = self.look(&following, now).await;
                Some((following, looked))
            }
            None => None,
        };
        let found = Arc::new(found);
        let work = self.in_one(due, move |tx, _| {
            let found = found.clone();
            Box::pin(async move {
                let Some((following, looked)) = &*found else {
                    return Ok(Done::default());
                };
                tx.backlog(&following.community, &following.channel_id)
                    .looked_for_files(following, looked)
                    .await?;
                Ok(match looked {
                    Looked::Again(at) => Done::until(Some(*at)),
                    Looked::Go(_) | Looked::Lost => Done {
                        next: None,
                        woken: vec![following.channel_id.clone()],
                    },
                })
            })
        });
        work.await
    }

    async fn look(&self, following: &Following, now: Timestamp) -> Looked {
        let files = following.files.iter();
        let looks = files.map(|it| self.files.look_for(&it.file, &self.outlook.adapters));
        let (mut here, mut missing) = (Vec::new(), Vec::new());
        for (file, look) in following.files.iter().zip(join_all(looks).await) {
            match look {
                Ok(()) => here.push(file.clone()),
                Err(why) => missing.push((file, why)),
            }
        }
        let platform = &following.channel.platform;
        let patience = self.retries.hold_back();
        let age = self.retries.age(platform, following.created_at, now);
        let is_awaited = missing
            .iter()
            .any(|(_, it)| !matches!(it, Missing::Never(_)));
        if is_awaited && age < patience {
            return Looked::Again(now.plus(wait_after(following.attempts)));
        }
        missing
            .iter()
            .for_each(|(file, why)| give_up(following, file, why));
        match here.is_empty() {
            true => Looked::Lost,
            false => Looked::Go(here),
        }
    }
}

fn wait_after(attempts: u32) -> Duration {
    let doubled = 1_u64
        .checked_shl(attempts.saturating_add(1))
        .unwrap_or(LONGEST_WAIT_S);
    Duration::from_secs(doubled.min(LONGEST_WAIT_S))
}

fn give_up(following: &Following, file: &LeftOut, missing: &Missing) {
    tracing::warn!(
        file.platform = file.file.source.platform().map(tracing::field::display),
        channel.id = %following.channel_id,
        delivery.id = %following.delivery,
        why = missing.detail(),
        "a file never came: the line in its place stands"
    );
}
