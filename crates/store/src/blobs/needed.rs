//! Which files somebody waits for: those that are still to be delivered, and those that a link leads to.

use std::{
    collections::HashSet,
    path::Path,
    time::{Duration, SystemTime},
};

use conversation::{AttachmentSource, BlobRef, Content};
use sqlx::Row;

use super::{Blobs, gone};
use crate::{Result, Store};

/// In the order in which files go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Need {
    Nobody,
    Link,
    Delivery,
}

impl Need {
    /// The limit holds all the same: whoever comes for the file is told that it is gone.
    pub(super) fn tell(self, bytes: u64, limit: u64) {
        let why = match self {
            Need::Nobody => return,
            Need::Link => "a link that is still good led to it",
            Need::Delivery => "it was still to be delivered",
        };
        tracing::warn!(
            file.bytes = bytes,
            files.limit_bytes = limit,
            why,
            "a file had to go to make room; engine.blob_max_mib gives more"
        );
    }
}

pub(super) fn need(path: &Path, is_linked: bool, to_deliver: &HashSet<String>) -> Need {
    let name = path.file_name().and_then(|it| it.to_str());
    match name {
        Some(name) if to_deliver.contains(name) => Need::Delivery,
        _ if is_linked => Need::Link,
        _ => Need::Nobody,
    }
}

impl Blobs {
    /// With a store that knows what is still to be delivered.
    pub fn guarded_by(self, store: Store) -> Blobs {
        Blobs {
            store: Some(store),
            ..self
        }
    }

    /// Somebody uses it now, or has a link that is good for so long. False if it is not here any more.
    ///
    /// The file's own time says so, which outlives the process: it lies in the future for a link.
    pub async fn needed_for(&self, blob: &BlobRef, time: Duration) -> Result<bool> {
        let path = self.path(blob);
        let touched = tokio::task::spawn_blocking(move || {
            let file = std::fs::File::options().append(true).open(path)?;
            let until = SystemTime::now() + time;
            if file.metadata()?.modified()? < until {
                file.set_modified(until)?;
            }
            Ok(())
        });
        let touched = touched.await.map_err(std::io::Error::other)?;
        let touched = gone(touched).inspect_err(|error| self.tell_of(error))?;
        Ok(touched.is_some())
    }

    /// The hashes of files that came with messages on their way. What lies on a platform can be fetched again, and
    /// what holds a long text is made of it again.
    pub(super) async fn to_deliver(&self) -> Result<HashSet<String>> {
        let Some(store) = &self.store else {
            return Ok(HashSet::new());
        };
        let rows = sqlx::query(
            "select m.content from delivery d
             join message m on m.community_id = d.community_id and m.id = d.message_id
             where d.state in ('to_do', 'sending', 'uncertain') and m.content like '%sha256%'
             union all
             select m.content from delivery d
             join message m on m.community_id = d.community_id and m.id = d.message_id
             where d.reason = 'file-follows' and m.content like '%sha256%'
             union all
             select m.content from reader_delivery w
             join delivery d on d.community_id = w.community_id and d.id = w.delivery_id
             join message m on m.community_id = d.community_id and m.id = d.message_id
             where w.state = 'waiting' and m.content like '%sha256%'",
        )
        .fetch_all(&store.pool)
        .await?;
        let contents = rows.iter().map(|row| row.get::<String, _>("content"));
        let contents = contents.filter_map(|it| serde_json::from_str::<Content>(&it).ok());
        Ok(contents
            .flat_map(|it| it.attachments)
            .filter_map(|it| match it.source {
                AttachmentSource::Blob(blob) => Some(blob.sha256),
                AttachmentSource::Remote { .. } | AttachmentSource::Absent(_) => None,
            })
            .collect())
    }
}
