//! What adapters hand in to: the engine with the real clock.

use async_trait::async_trait;
use conversation::{
    Asking, BlobRef, ByteStream, ChannelRef, Inbound, Intake, IntakeError, Platform, RawEvent,
    ResumePoint, Returned, Timestamp,
};
use store::{Result, Store};

use crate::{Engine, system_now};

#[async_trait]
impl Intake for Engine {
    async fn accept(&self, events: Vec<Inbound>) -> Result<(), IntakeError> {
        self.ingest
            .accept_all(events, system_now())
            .await
            .map(|_| ())
            .map_err(unavailable)
    }

    async fn resume_points(&self, platform: &Platform) -> Result<Vec<ResumePoint>, IntakeError> {
        let points = self.store.resume_points(platform).await;
        points.map_err(unavailable)
    }

    async fn note_unheard(
        &self,
        channel: &ChannelRef,
        since: Option<Timestamp>,
    ) -> Result<(), IntakeError> {
        let channel = channel.clone();
        let noted = self.store.write(move |tx| {
            let channel = channel.clone();
            Box::pin(async move { tx.events().note_unheard(&channel, since).await })
        });
        noted.await.map_err(unavailable)
    }

    async fn note_hearing(&self, platform: &Platform, trouble: Option<String>) {
        self.hearing.note(platform, trouble, system_now()).await;
    }

    async fn keep(
        &self,
        file: ByteStream,
        of: &ChannelRef,
    ) -> Result<Option<BlobRef>, IntakeError> {
        let is_linked = is_linked(&self.store, of).await;
        if !is_linked.map_err(unavailable)? {
            return Ok(None);
        }
        let kept = self.files.keep(file).await.map_err(|error| match error {
            blobs::Error::TooLarge { limit } => IntakeError::TooLarge { limit },
            other => unavailable(other),
        });
        kept.map(Some)
    }

    async fn returned(&self, report: Returned) -> Result<(), IntakeError> {
        let counted = self
            .dispatcher
            .readerships
            .count_returned(report, self.ingest.outlook.clone(), system_now())
            .await;
        counted.map_err(unavailable)
    }

    async fn suggest(&self, asking: &Asking) -> Option<Vec<String>> {
        let suggested = self.ingest.suggest(asking).await;
        suggested.unwrap_or_else(|error| {
            tracing::debug!(%error, "nothing is suggested for a command");
            None
        })
    }

    async fn set_aside(&self, raw: RawEvent) -> Result<(), IntakeError> {
        let (platform, reason) = (raw.platform.clone(), raw.reason);
        let kept = self.ingest.set_aside(raw, system_now()).await;
        match kept.map_err(unavailable)? {
            Some(id) => {
                tracing::info!(%platform, reason, set_aside.id = %id, "kept raw, not relayed");
            }
            None => tracing::info!(%platform, reason, "neither relayed nor kept"),
        }
        Ok(())
    }
}

fn unavailable(error: impl std::error::Error) -> IntakeError {
    IntakeError::Unavailable(error.to_string())
}

/// As it is now, where somebody may just have linked it.
async fn is_linked(store: &Store, at: &ChannelRef) -> Result<bool> {
    if !store.directory().is_linked(at) {
        store.refresh_directory().await?;
    }
    Ok(store.directory().is_linked(at))
}
