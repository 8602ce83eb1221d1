//! What of a delivery stands there already, part by part.
//!
//! **Invariant:** a message is finished in the words and in the parts in which it was begun, also by another process.

use std::collections::HashSet;

use conversation::{OperationKind, RemoteId};
use sqlx::{Row, any::AnyRow};

use super::{Look, Work};
use crate::{Entry, Result, parts::Outbox, row};

/// The hashes of the files in each part.
pub type PartFiles = Vec<Vec<String>>;

/// None where an older version posted it, which noted none.
pub(super) fn part_files(row: &AnyRow) -> Result<Option<PartFiles>> {
    match row.get::<Option<&str>, _>("part_files") {
        Some(files) => Ok(Some(serde_json::from_str(files)?)),
        None => Ok((row.get::<&str, _>("remote_ids") == "[]").then(Vec::new)),
    }
}

/// As it was at the first attempt. An older version cut whatever it began into as many posts as it took.
pub(super) fn most_parts(look: &Look, entry: &Entry, head: &AnyRow) -> u32 {
    let at_first = row::number_if_any(head, "most_parts");
    at_first.unwrap_or(match head.get::<&str, _>("remote_ids") {
        "[]" => entry.most_parts.unwrap_or(look.most_parts),
        _ => 0,
    })
}

impl Outbox<'_> {
    /// The edit that came meanwhile is a delivery of its own.
    pub(super) async fn as_begun(&mut self, work: &mut Work) -> Result<()> {
        let Some(begun) = work.sent.revision.filter(|it| *it < work.said.revision) else {
            return Ok(());
        };
        // What was found after a doubt counts as the first, and an edit to what stands there is none.
        if work.operation == OperationKind::Edit && begun <= work.standing.revision {
            return Ok(());
        }
        if let Some(content) = self.said(&work.message, begun).await? {
            work.said.content = content;
            work.said.revision = begun;
        }
        Ok(())
    }

    /// For a delete: what edits posted that were not finished stands beside what they were to change.
    pub(super) async fn add_left_over(&mut self, work: &mut Work) -> Result<()> {
        let unfinished: Vec<String> = sqlx::query_scalar(
            "select remote_ids from delivery
             where community_id = $1 and message_id = $2 and channel_id = $3 and operation = 'edit'
               and state <> 'sent' and remote_ids <> '[]'",
        )
        .bind(&self.entry.community.0)
        .bind(&work.message.0)
        .bind(&self.entry.channel.id.0)
        .fetch_all(self.tx.reading().await?)
        .await?;
        let mut known: HashSet<RemoteId> = work.standing.parts.iter().flatten().cloned().collect();
        for parts in unfinished {
            let parts: Vec<Vec<RemoteId>> = serde_json::from_str(&parts)?;
            let ids = parts.into_iter().flatten();
            let fresh = ids.filter(|it| known.insert(it.clone()));
            work.standing.parts.extend(fresh.map(|it| vec![it]));
        }
        Ok(())
    }
}
