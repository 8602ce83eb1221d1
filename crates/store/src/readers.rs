//! The readers of channels whose posts nobody hands out but we: who there is, and what came back from them.
//!
//! **Invariant:** no account stands here, only its keyed hash and its cipher: who the readers are is in the configuration.

use std::collections::HashMap;

use conversation::{ChannelId, RemoteId, Returned, Timestamp, Whose};
use sqlx::Row;

use crate::{
    Entry, NoticeKind, Result, fresh_key,
    parts::{Backlog, Notices, Readers},
    text,
    tx::placeholders,
};

mod hand_out;
mod late;

pub use hand_out::{Became, Begun, HandOut, OwnCopy};
pub use late::{Late, LateWork};

/// A reader, as posts are addressed to them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownReader {
    /// In the order in which they came.
    pub number: i64,
    pub account: RemoteId,
    pub token: String,
    pub trouble: Option<Trouble>,
    /// Something that their server had taken came back.
    pub returned: bool,
}

/// What keeps a reader from what is said, as staff was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    Waits,
    Refused,
}

/// Whose post came back, and how many of theirs did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    pub number: i64,
    pub times: u32,
}

/// In one statement: SQLite takes 32,766 values, Postgres 65,535.
const MOST_TOGETHER: usize = 2000;

impl Readers<'_> {
    /// Those of these accounts that are new become readers too.
    pub async fn meet(&mut self, accounts: &[RemoteId]) -> Result<Vec<KnownReader>> {
        let mut known = self.known().await?;
        let mut number = known.values().map(|(it, _)| it.number).max().unwrap_or(0);
        let (mut met, mut new) = (Vec::with_capacity(accounts.len()), Vec::new());
        for account in accounts {
            let hash = reader_hash(self.entry, account);
            let (reader, has_cipher) = known.remove(&hash).unwrap_or_else(|| {
                number += 1;
                let reader = KnownReader {
                    number,
                    account: account.clone(),
                    token: fresh_key()[..32].to_owned(),
                    trouble: None,
                    returned: false,
                };
                (reader, false)
            });
            let account = account.clone();
            let reader = KnownReader { account, ..reader };
            if !has_cipher {
                new.push((reader.clone(), hash));
            }
            met.push(reader);
        }
        for chunk in new.chunks(MOST_TOGETHER) {
            self.insert(chunk).await?;
        }
        for (gone, _) in known.into_values() {
            self.forget_trouble(&gone).await?;
        }
        met.sort_by_key(|it| it.number);
        Ok(met)
    }

    /// Whoever took them off the list did what was to be done.
    async fn forget_trouble(&mut self, gone: &KnownReader) -> Result<()> {
        if gone.trouble.is_some() {
            self.note_trouble(gone.number, None).await?;
        }
        if gone.trouble.is_some() || gone.returned {
            let channel = &self.entry.channel.id;
            self.tx
                .notices(&self.entry.community)
                .clear_of_readers(channel, Some(gone.number))
                .await?;
        }
        Ok(())
    }

    /// By the hashes of their accounts; each with whether a cipher of it stands there, which older versions did not write.
    async fn known(&mut self) -> Result<HashMap<String, (KnownReader, bool)>> {
        let rows = sqlx::query(
            "select number, account_hash, account_cipher, token, trouble, returned from reader where community_id = $1 and channel_id = $2",
        )
        .bind(&self.entry.community.0)
        .bind(&self.entry.channel.id.0)
        .fetch_all(self.tx.reading().await?)
        .await?;
        let reader = |row: &sqlx::any::AnyRow| KnownReader {
            number: row.get("number"),
            account: RemoteId(String::new()),
            token: row.get("token"),
            trouble: match row.get::<Option<&str>, _>("trouble") {
                Some("waits") => Some(Trouble::Waits),
                Some(_) => Some(Trouble::Refused),
                None => None,
            },
            returned: row.get::<i64, _>("returned") > 0,
        };
        let readers = rows.iter().map(|row| {
            let has_cipher = row.get::<Option<&str>, _>("account_cipher").is_some();
            (row.get("account_hash"), (reader(row), has_cipher))
        });
        Ok(readers.collect())
    }

    async fn insert(&mut self, new: &[(KnownReader, String)]) -> Result<()> {
        let sql = format!(
            "insert into reader (community_id, channel_id, number, account_hash, account_cipher, token, attempts, returned)
             values {} on conflict (community_id, channel_id, number) do update set account_cipher = excluded.account_cipher",
            placeholders(new.len(), 8)
        );
        let platform = self.entry.channel.at.platform.as_str();
        let mut query = sqlx::query(sqlx::AssertSqlSafe(sql));
        for (reader, hash) in new {
            query = query
                .bind(self.entry.community.0.clone())
                .bind(self.entry.channel.id.0.clone())
                .bind(reader.number)
                .bind(hash)
                .bind(self.entry.keys.account_cipher(platform, &reader.account.0))
                .bind(&reader.token)
                .bind(0_i64)
                .bind(0_i64);
        }
        query.execute(self.tx.connection().await?).await?;
        Ok(())
    }

    /// `None` once something reached them again.
    pub async fn note_trouble(&mut self, reader: i64, trouble: Option<Trouble>) -> Result<()> {
        let trouble = trouble.map(|it| match it {
            Trouble::Waits => "waits",
            Trouble::Refused => "refused",
        });
        sqlx::query(
            "update reader set trouble = $1 where community_id = $2 and channel_id = $3 and number = $4",
        )
        .bind(trouble)
        .bind(&self.entry.community.0)
        .bind(&self.entry.channel.id.0)
        .bind(reader)
        .execute(self.tx.connection().await?)
        .await?;
        Ok(())
    }

    /// None where nobody is known whom the report could be about, or where it was counted before.
    pub async fn count_returned(
        &mut self,
        report: &Returned,
        now: Timestamp,
    ) -> Result<Option<Counted>> {
        let (column, value) = match &report.whom {
            Whose::Token(token) => ("token", text::clean(token)),
            Whose::Account(account) => ("account_hash", reader_hash(self.entry, account)),
            Whose::Nobody => return Ok(None),
        };
        let is_new = self.is_new_report(report, now).await?;
        let sql = format!(
            "update reader set returned = returned + 1, returned_at = $1
             where community_id = $2 and channel_id = $3 and {column} = $4 returning number, returned"
        );
        let row = match is_new && report.is_final {
            false => None,
            true => {
                sqlx::query(sqlx::AssertSqlSafe(sql))
                    .bind(now.0)
                    .bind(&self.entry.community.0)
                    .bind(&self.entry.channel.id.0)
                    .bind(value)
                    .fetch_optional(self.tx.connection().await?)
                    .await?
            }
        };
        Ok(row.map(|row| Counted {
            number: row.get("number"),
            times: crate::row::number(&row, "returned"),
        }))
    }

    async fn is_new_report(&mut self, report: &Returned, now: Timestamp) -> Result<bool> {
        let hash = self.tx.event_hash(&report.key);
        let done = sqlx::query(
            "insert into event (community_id, platform, key_hash, verdict, taken_at) values ($1, $2, $3, 'returned', $4)
             on conflict (community_id, platform, key_hash) do nothing",
        )
        .bind(&self.entry.community.0)
        .bind(&report.channel.platform.0)
        .bind(hash)
        .bind(now.0)
        .execute(self.tx.connection().await?)
        .await?;
        Ok(done.rows_affected() == 1)
    }
}

impl Backlog<'_> {
    /// Nobody gets any more what waits for them, or for this one of them.
    pub async fn stop_readers(&mut self, reader: Option<i64>) -> Result<()> {
        for sql in [
            "delete from reader_delivery
             where community_id = $1 and channel_id = $2 and state = 'waiting' and ($3 = 0 or reader = $3)",
            "update reader set due_at = null, attempts = 0, trouble = null
             where community_id = $1 and channel_id = $2 and ($3 = 0 or number = $3)
               and (due_at is not null or trouble is not null)",
        ] {
            sqlx::query(sql)
                .bind(&self.community.0)
                .bind(&self.channel.0)
                .bind(reader.unwrap_or(0))
                .execute(self.tx.connection().await?)
                .await?;
        }
        self.tx
            .notices(self.community)
            .clear_of_readers(self.channel, reader)
            .await
    }
}

impl Notices<'_> {
    /// Of all readers of a channel, or of one.
    async fn clear_of_readers(&mut self, channel: &ChannelId, reader: Option<i64>) -> Result<()> {
        let over = sqlx::query(
            "delete from notice where community_id = $1 and kind in ($2, $3) and about in (
               select c.platform || ':' || c.remote_id || '#' || cast(r.number as text)
               from reader r join channel c on c.community_id = r.community_id and c.id = r.channel_id
               where r.community_id = $1 and r.channel_id = $4 and ($5 = 0 or r.number = $5)
             )",
        )
        .bind(&self.community.0)
        .bind(NoticeKind::ReaderTrouble.as_str())
        .bind(NoticeKind::ReaderReturned.as_str())
        .bind(&channel.0)
        .bind(reader.unwrap_or(0))
        .execute(self.tx.connection().await?)
        .await?;
        self.tx.told(over.rows_affected());
        Ok(())
    }
}

fn reader_hash(entry: &Entry, account: &RemoteId) -> String {
    entry
        .keys
        .hash(&["reader", entry.channel.at.platform.as_str(), &account.0])
}
