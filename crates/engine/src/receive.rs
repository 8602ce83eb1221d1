//! Keeps every adapter listening.

use std::{sync::Arc, time::Duration};

use conversation::{Adapter, SendError};
use tokio_util::sync::CancellationToken;

use crate::Engine;

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
                ended = adapter.receive(self.as_ref()) => ended,
                () = stop.cancelled() => return,
            };
            let platform = adapter.platform();
            match ended {
                Err(SendError::Unauthorised(_)) => return self.refuse(&platform),
                Err(error) => tracing::error!(%platform, %error, "an adapter stopped listening"),
                Ok(()) => tracing::warn!(%platform, "an adapter stopped listening"),
            }
            tokio::select! {
                () = tokio::time::sleep(RESTART_AFTER) => {}
                () = stop.cancelled() => return,
            }
        }
    }
}
