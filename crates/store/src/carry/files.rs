//! The files of messages, which stood in one JSON with the words.

use conversation::Content;
use sqlx::{Row, any::AnyRow};

use super::Carried;
use crate::{
    Result, body,
    insert::{Rows, Value},
};

const HAS_FILES: &str = "content like '%\"attachments\":[%'";

pub(super) fn of_messages() -> Carried<'static> {
    Carried {
        table: "message",
        key: "community_id, id",
        which: HAS_FILES,
        row: Box::new(|row, rows| apart(row, ("id", "revision"), rows)),
    }
}

pub(super) fn of_revisions() -> Carried<'static> {
    Carried {
        table: "revision",
        key: "community_id, message_id, number",
        which: HAS_FILES,
        row: Box::new(|row, rows| apart(row, ("message_id", "number"), rows)),
    }
}

/// What cannot be read stays as it is.
fn apart(row: &AnyRow, (message, revision): (&str, &str), rows: &mut Rows) -> Result<()> {
    let Ok(content) = serde_json::from_str::<Content>(row.get("content")) else {
        return Ok(());
    };
    let key = || {
        [
            Value::of(row, "community_id"),
            Value::of(row, message),
            Value::of(row, revision),
        ]
    };
    for (number, file) in (0_i64..).zip(&content.attachments) {
        let values = body::values(number, file)?;
        rows.put(
            body::FILES,
            key().into_iter().chain(values).collect::<Vec<_>>(),
        );
    }
    let n_files = i64::try_from(content.attachments.len()).unwrap_or(i64::MAX);
    let words = Value::from(body::words(&content)?);
    let values = key().into_iter().chain([words, n_files.into()]);
    rows.put(
        "carried_words (community_id, message_id, revision, content, files)",
        values.collect::<Vec<_>>(),
    );
    Ok(())
}
