//! Which files somebody waits for: those that are still to be delivered, those that a link leads to, and those that
//! came with what staff has not looked at yet.

use std::{
    collections::HashSet,
    path::Path,
    time::{Duration, SystemTime},
};

use conversation::{AttachmentSource, BlobRef, Event, Inbound};
use sqlx::Row;

use super::{Blobs, gone};
use crate::{Result, Store};

/// In the order in which files go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Need {
    Nobody,
    /// Last among what somebody waits for: strangers can have much held.
    Staff,
    Link,
    Delivery,
}

impl Need {
    /// The limit holds all the same: whoever comes for the file is told that it is gone.
    pub(super) fn tell(self, bytes: u64, limit: u64) {
        let why = match self {
            Need::Nobody => return,
            Need::Staff => "it came with something that is held for staff",
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

/// The hashes of files that came with messages. What lies on a platform can be fetched again.
#[derive(Debug, Default)]
pub(super) struct Wanted {
    on_their_way: HashSet<String>,
    held: HashSet<String>,
}

impl Wanted {
    pub(super) fn need(&self, path: &Path, is_linked: bool) -> Need {
        let name = path.file_name().and_then(|it| it.to_str());
        let is_among = |hashes: &HashSet<String>| name.is_some_and(|it| hashes.contains(it));
        match is_linked {
            _ if is_among(&self.on_their_way) => Need::Delivery,
            true => Need::Link,
            false if is_among(&self.held) => Need::Staff,
            false => Need::Nobody,
        }
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

    pub(super) async fn wanted(&self) -> Result<Wanted> {
        let Some(store) = &self.store else {
            return Ok(Wanted::default());
        };
        let rows = sqlx::query(
            "select a.source from delivery d
             join attachment a on a.community_id = d.community_id and a.message_id = d.message_id
             where d.state in ('to_do', 'sending', 'uncertain') and a.source like '%sha256%'
             union all
             select a.source from delivery d
             join attachment a on a.community_id = d.community_id and a.message_id = d.message_id
             where d.state = 'waiting' and d.waits_for = 'file' and a.source like '%sha256%'
             union all
             select a.source from delivery d
             join attachment a on a.community_id = d.community_id and a.message_id = d.message_id
             where d.state in ('dead', 'held') and a.source like '%sha256%'
             union all
             select a.source from reader_delivery w
             join delivery d on d.community_id = w.community_id and d.id = w.delivery_id
             join attachment a on a.community_id = d.community_id and a.message_id = d.message_id
             where w.state = 'waiting' and a.source like '%sha256%'",
        )
        .fetch_all(&store.pool)
        .await?;
        let sources = rows.iter().map(|row| row.get::<String, _>("source"));
        let sources = sources.filter_map(|it| serde_json::from_str(&it).ok());
        let held = sqlx::query_scalar("select event from held where event like '%sha256%'")
            .fetch_all(&store.pool)
            .await?;
        let held = held
            .iter()
            .filter_map(|it: &String| serde_json::from_str(it).ok());
        Ok(Wanted {
            on_their_way: sources.filter_map(hash).collect(),
            held: held.flat_map(files).filter_map(hash).collect(),
        })
    }
}

fn files(event: Inbound) -> Vec<AttachmentSource> {
    match event.event {
        Event::Posted(posted) => {
            let files = posted.content.attachments.into_iter();
            files.map(|it| it.source).collect()
        }
        _ => Vec::new(),
    }
}

fn hash(source: AttachmentSource) -> Option<String> {
    match source {
        AttachmentSource::Blob(blob) => Some(blob.sha256),
        AttachmentSource::Remote { .. } | AttachmentSource::Absent(_) => None,
    }
}
