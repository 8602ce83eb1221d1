//! Keeps every adapter listening.

use std::{collections::BTreeSet, panic::AssertUnwindSafe, sync::Arc, time::Duration};

use conversation::{Adapter, Platform, SendError};
use futures::FutureExt;
use tokio_util::sync::CancellationToken;

use crate::{Engine, lane::refused_notice, system_now};

/// Before an adapter that stopped listening is started again.
const RESTART_AFTER: Duration = Duration::from_secs(5);

impl Engine {
    pub(crate) async fn receive(
        self: Arc<Engine>,
        adapter: Arc<dyn Adapter>,
        stop: CancellationToken,
    ) {
        while !stop.is_cancelled() {
            let ended = tokio::select! {
                ended = AssertUnwindSafe(adapter.receive(self.as_ref())).catch_unwind() => ended,
                () = stop.cancelled() => return,
            };
            let platform = adapter.platform();
            match ended {
                Ok(Err(SendError::Unauthorised(why))) => {
                    self.refuse(&platform);
                    return self.tell_of_refusal(&platform, &why).await;
                }
                Ok(Err(error)) => {
                    tracing::error!(%platform, %error, "an adapter stopped listening")
                }
                Ok(Ok(())) => tracing::warn!(%platform, "an adapter stopped listening"),
                Err(_) => {
                    tracing::error!(%platform, "an adapter stopped listening in an unexpected way")
                }
            }
            tokio::select! {
                () = tokio::time::sleep(RESTART_AFTER) => {}
                () = stop.cancelled() => return,
            }
        }
    }

    /// The staff of each community that has a channel there.
    async fn tell_of_refusal(&self, platform: &Platform, why: &str) {
        let directory = self.store.directory();
        let there = directory
            .channels()
            .filter(|it| it.channel.at.platform == *platform);
        let communities: BTreeSet<_> = there.map(|it| it.community.clone()).collect();
        let notice = refused_notice(platform, why, system_now());
        let told = self.store.write(move |tx| {
            let (communities, notice) = (communities.clone(), notice.clone());
            Box::pin(async move {
                for community in &communities {
                    tx.notify_once(community, &notice).await?;
                }
                Ok(())
            })
        });
        if let Err(error) = told.await {
            tracing::warn!(%error, "staff could not be told of an account that is refused");
        }
    }
}
