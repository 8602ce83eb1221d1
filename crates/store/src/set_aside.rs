//! Raw events that we could not use: kept, so that nothing vanishes and a mended adapter can take them again.

use std::io::{Read, Write};

use base64::{Engine, engine::general_purpose::STANDARD};
use conversation::{RawEvent, Timestamp};
use flate2::{Compression, read::GzDecoder, write::GzEncoder};
use serde::Serialize;
use sqlx::Row;

use crate::{Error, Result, Store, id::new_id, parts::Events};

/// How many of each reason there are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SetAsideCount {
    pub platform: String,
    pub reason: String,
    pub n: u64,
}

impl Events<'_> {
    pub async fn set_aside(&mut self, raw: &RawEvent, now: Timestamp) -> Result<String> {
        let id = new_id(now);
        let hash = self.tx.event_hash(&raw.key);
        sqlx::query(
            "insert into set_aside (community_id, id, platform, key, reason, at, body) values ('', $1, $2, $3, $4, $5, $6)",
        )
        .bind(&id)
        .bind(&raw.platform.0)
        .bind(hash)
        .bind(raw.reason)
        .bind(now.0)
        .bind(pack(&raw.body)?)
        .execute(self.tx.connection().await?)
        .await?;
        Ok(id)
    }
}

impl Store {
    pub async fn set_aside_counts(&self) -> Result<Vec<SetAsideCount>> {
        let rows = sqlx::query(
            "select platform, reason, count(*) as n from set_aside group by platform, reason order by platform, reason",
        )
        .fetch_all(&self.pool)
        .await?;
        Ok(rows
            .iter()
            .map(|row| SetAsideCount {
                platform: row.get("platform"),
                reason: row.get("reason"),
                n: u64::try_from(row.get::<i64, _>("n")).unwrap_or(0),
            })
            .collect())
    }

    /// The newest raw event of that reason.
    pub async fn newest_set_aside(&self, reason: &str) -> Result<Option<Vec<u8>>> {
        let body: Option<String> = sqlx::query_scalar(
            "select body from set_aside where community_id = '' and reason = $1 order by at desc, id desc limit 1",
        )
        .bind(reason)
        .fetch_optional(&self.pool)
        .await?;
        body.map(|it| unpack(&it)).transpose()
    }
}

fn pack(body: &[u8]) -> Result<String> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
    packer.write_all(body)?;
    Ok(STANDARD.encode(packer.finish()?))
}

fn unpack(text: &str) -> Result<Vec<u8>> {
    let packed = STANDARD
        .decode(text)
        .map_err(|error| Error::Unreadable(error.to_string()))?;
    let mut body = Vec::new();
    GzDecoder::new(packed.as_slice()).read_to_end(&mut body)?;
    Ok(body)
}
