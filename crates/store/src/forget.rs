//! Somebody is to be forgotten: what is known of them goes at once, what of theirs stands elsewhere is taken back, they are told what
//! came of it, and then the last rows go.
//!
//! **Invariant:** from the transaction in which it is wanted nothing of theirs goes out any more, and no row of this community tells who
//! they were. What is left is counted by a person of whom nothing is known, and ends by itself, also after a death. A hash of each
//! id stays, so that what a platform tells once more is not taken in again.

use conversation::{ChannelId, PersonId, Platform, Timestamp};
use sqlx::{Row, any::AnyRow};

use crate::{DueKind, Error, Result, parts::Forgettings};

mod begin;
mod chat;
mod marks;
mod receipt;
mod sweep;
mod take_back;

pub use receipt::{MessagesOf, Receipt};
pub use take_back::{Can, Piece};

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// What stands elsewhere is taken back.
    TakingBack,
    /// They are being told.
    Telling,
    /// The last rows go.
    Sweeping,
}

/// One of them.
#[derive(Debug, Clone)]
pub struct Forgetting {
    pub id: String,
    pub person: PersonId,
    pub channel: Option<ChannelId>,
    /// For whom one is to be opened.
    pub reach: Option<Sealed>,
    pub asked_at: Timestamp,
    pub phase: Phase,
    pub through: String,
    pub messages: i64,
    /// The configuration names them.
    pub is_named: bool,
}

/// An account that nobody reads without the key.
#[derive(Debug, Clone)]
pub struct Sealed {
    platform: Platform,
    cipher: String,
}

impl Phase {
    fn as_str(self) -> &'static str {
        match self {
            Phase::TakingBack => "taking-back",
            Phase::Telling => "telling",
            Phase::Sweeping => "sweeping",
        }
    }

    fn parse(text: &str) -> Option<Phase> {
        [Phase::TakingBack, Phase::Telling, Phase::Sweeping]
            .into_iter()
            .find(|it| it.as_str() == text)
    }
}

impl Forgetting {
    fn of(row: &AnyRow) -> Result<Forgetting> {
        let phase: &str = row.get("phase");
        let unknown = || Error::Unreadable(format!("`{phase}` as how far somebody is forgotten"));
        Ok(Forgetting {
            id: row.get("id"),
            person: PersonId(row.get("person_id")),
            channel: row.get::<Option<String>, _>("channel_id").map(ChannelId),
            reach: {
                let platform = row.get::<Option<String>, _>("platform").map(Platform);
                let sealed = platform.zip(row.get("account_cipher"));
                sealed.map(|(platform, cipher)| Sealed { platform, cipher })
            },
            asked_at: Timestamp(row.get("asked_at")),
            phase: Phase::parse(phase).ok_or_else(unknown)?,
            through: row.get("through"),
            messages: row.get("messages"),
            is_named: row.get::<i64, _>("is_named") == 1,
        })
    }
}

/// How much of somebody's stands on a platform, beside where they said it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Elsewhere {
    pub platform: Platform,
    pub copies: i64,
}

impl Forgettings<'_> {
    /// As it stands; none once it is over.
    pub async fn one(&mut self, id: &str) -> Result<Option<Forgetting>> {
        let found = sqlx::query(
            "select id, person_id, channel_id, platform, account_cipher, asked_at, phase, through, messages, is_named from forgetting
             where id = $2 and community_id = $1",
        )
        .bind(&self.community.0)
        .bind(id)
        .fetch_optional(self.tx.reading().await?)
        .await?;
        found.as_ref().map(Forgetting::of).transpose()
    }

    async fn note(&mut self, it: &Forgetting) -> Result<()> {
        sqlx::query(
            "insert into forgetting (community_id, id, person_id, channel_id, asked_at, phase, through, messages, is_named, platform,
               account_cipher)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
             on conflict (id, community_id) do update set phase = excluded.phase, through = excluded.through,
               channel_id = excluded.channel_id, platform = excluded.platform, account_cipher = excluded.account_cipher",
        )
        .bind(&self.community.0)
        .bind(&it.id)
        .bind(&it.person.0)
        .bind(it.channel.as_ref().map(|it| it.0.clone()))
        .bind(it.asked_at.0)
        .bind(it.phase.as_str())
        .bind(&it.through)
        .bind(it.messages)
        .bind(i64::from(it.is_named))
        .bind(it.reach.as_ref().map(|it| it.platform.0.clone()))
        .bind(it.reach.as_ref().map(|it| it.cipher.clone()))
        .execute(self.tx.connection().await?)
        .await?;
        Ok(())
    }

    /// The next begins, and all is looked through once more.
    pub async fn go_on(&mut self, it: &Forgetting, phase: Phase) -> Result<()> {
        let next = Forgetting {
            phase,
            through: String::new(),
            ..it.clone()
        };
        self.note(&next).await
    }

    /// Channels in which anything is to be sent.
    pub async fn with_something_to_do(&mut self) -> Result<Vec<ChannelId>> {
        let channels: Vec<String> = sqlx::query_scalar(
            "select distinct d.channel_id from delivery d
             where d.state in ('to_do', 'sending', 'uncertain') and d.community_id = $1",
        )
        .bind(&self.community.0)
        .fetch_all(self.tx.reading().await?)
        .await?;
        Ok(channels.into_iter().map(ChannelId).collect())
    }

    async fn begin_row(&mut self, it: &Forgetting, now: Timestamp) -> Result<()> {
        self.note(it).await?;
        let due = (DueKind::TakingBack, it.id.as_str());
        self.tx.clock().fall_due_at(self.community, due, now).await
    }
}
