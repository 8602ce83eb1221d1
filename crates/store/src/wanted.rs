//! Which files somebody waits for: those of what is still to be delivered, and of what staff has not looked at yet.

use std::error::Error;

use async_trait::async_trait;
use blobs::{Wanted, Wants};
use conversation::{AttachmentSource, Event, Inbound};
use sqlx::Row;

use crate::Store;

#[async_trait]
impl Wants for Store {
    async fn wanted(&self) -> Result<Wanted, Box<dyn Error + Send + Sync>> {
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
        .fetch_all(&self.pool)
        .await?;
        let sources = rows.iter().map(|row| row.get::<String, _>("source"));
        let sources = sources.filter_map(|it| serde_json::from_str(&it).ok());
        let held = sqlx::query_scalar("select event from held where event like '%sha256%'")
            .fetch_all(&self.pool)
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
