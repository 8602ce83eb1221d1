//! Keeps every adapter listening.

use std::{panic::AssertUnwindSafe, sync::Arc, time::Duration};

use conversation::{Adapter, Intake, SendError};
use futures::FutureExt;
use tokio_util::sync::CancellationToken;

use crate::{Engine, notices::refused_notice, system_now};

/// Before an adapter that stopped listening is started again.
const RESTART_AFTER: Duration = Duration::from_secs(5);

/// What an adapter hands in to is the whole engine: its doors lead to most of the parts.
pub(crate) async fn receive(
    engine: Arc<Engine>,
    adapter: Arc<dyn Adapter>,
    stop: CancellationToken,
) {
    while !stop.is_cancelled() {
        let ended = tokio::select! {
            ended = AssertUnwindSafe(adapter.receive(engine.as_ref())).catch_unwind() => ended,
            () = stop.cancelled() => return,
        };
        let platform = adapter.platform();
        match ended {
            Ok(Err(SendError::Unauthorised(why))) => {
                engine.dispatcher.refusals.note(&platform);
                // That it is tried again by itself is true no more.
                engine.note_hearing(&platform, None).await;
                let notice = refused_notice(&platform, &why, system_now());
                engine.hearing.tell(notice).await;
                return;
            }
            Ok(Err(error)) => engine.note_hearing(&platform, Some(error.words())).await,
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
