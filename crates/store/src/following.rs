//! Files that follow: those that could not be had when the words of their message went.
//!
//! **Invariant:** what goes without its file is written down before it goes, as a delivery that brings the file later. It
//! waits in a state of its own, so it holds back nobody and outlives a restart; when it is looked for again stands in `due`.

use conversation::{
    Attachment, ChannelId, ChannelRef, CommunityId, DeliveryId, FILE_FOLLOWS, FILE_LOST, LeftOut,
    MessageId, Timestamp,
};
use sqlx::{Row, any::AnyRow};

use crate::{
    Due, DueKind, Result, Store,
    id::new_id,
    parts::{Backlog, Outbox, Outcome},
    row,
    together::row,
};

/// A delivery that waits for its files.
#[derive(Debug, Clone)]
pub struct Following {
    pub community: CommunityId,
    pub delivery: DeliveryId,
    pub channel: ChannelRef,
    pub channel_id: ChannelId,
    pub files: Vec<LeftOut>,
    /// Looks so far.
    pub attempts: u32,
    pub created_at: Timestamp,
}

/// What became of the files that a message went without.
#[derive(Debug, Clone, Default)]
pub struct Without {
    /// They are not in the channel.
    pub left_out: Vec<LeftOut>,
    /// They stand there by themselves.
    pub followed: Vec<Attachment>,
}

/// What a look at its files came to.
#[derive(Debug, Clone)]
pub enum Looked {
    /// These can be had, and nobody waits for the others any more.
    Go(Vec<LeftOut>),
    Again(Timestamp),
    Lost,
}

impl Store {
    /// None of a delivery that waits for no file any more.
    pub async fn following(&self, due: &Due) -> Result<Option<Following>> {
        let row = sqlx::query(
            "select d.community_id, d.id, d.channel_id, d.files, d.attempts, d.created_at, c.platform, c.remote_id
             from delivery d
             join channel c on c.community_id = d.community_id and c.id = d.channel_id
             where d.community_id = $1 and d.id = $2 and d.state = 'waiting' and d.waits_for = 'file'",
        )
        .bind(&due.community.0)
        .bind(&due.about)
        .fetch_optional(&self.pool)
        .await?;
        row.as_ref().map(following).transpose()
    }
}

fn following(row: &AnyRow) -> Result<Following> {
    Ok(Following {
        community: CommunityId(row.get("community_id")),
        delivery: DeliveryId(row.get("id")),
        channel: row::channel_ref(row),
        channel_id: ChannelId(row.get("channel_id")),
        files: files(row)?,
        attempts: row::number(row, "attempts"),
        created_at: Timestamp(row.get("created_at")),
    })
}

/// None of a delivery that brings no files after the words.
pub(crate) fn files(row: &AnyRow) -> Result<Vec<LeftOut>> {
    match row.get::<Option<&str>, _>("files") {
        Some(files) => Ok(serde_json::from_str(files)?),
        None => Ok(Vec::new()),
    }
}

impl Outcome<'_> {
    /// The message goes without these.
    pub(crate) async fn leave_out(&mut self, now: Timestamp) -> Result<()> {
        let id = new_id(now);
        let row = row![
            &self.finish.community,
            &id,
            &self.finish.message.0,
            &self.finish.channel.0,
            "edit",
            "waiting",
            "file",
            FILE_FOLLOWS,
            now.0,
            serde_json::to_string(&self.finish.left_out)?,
        ];
        let place = (self.finish.community.as_str(), &self.finish.channel);
        self.tx.put_delivery(place, row);
        let community = CommunityId::from(self.finish.community.as_str());
        self.tx
            .clock()
            .fall_due_at(&community, (DueKind::File, &id), now)
            .await
    }
}

impl Outbox<'_> {
    /// Of the message in the channel.
    pub(crate) async fn without(&mut self, message: &MessageId) -> Result<Without> {
        let rows = sqlx::query(
            "select files, state from delivery
             where community_id = $1 and message_id = $2 and channel_id = $3 and files is not null order by seq",
        )
        .bind(&self.entry.community.0)
        .bind(&message.0)
        .bind(&self.entry.channel.id.0)
        .fetch_all(self.tx.reading().await?)
        .await?;
        let mut without = Without::default();
        for row in &rows {
            let files = files(row)?;
            match row.get::<&str, _>("state") {
                "sent" => without.followed.extend(files.into_iter().map(|it| it.file)),
                _ => without.left_out.extend(files),
            }
        }
        Ok(without)
    }
}

impl Backlog<'_> {
    /// Nothing is changed where the channel left its room meanwhile.
    pub async fn looked_for_files(&mut self, it: &Following, found: &Looked) -> Result<()> {
        let (state, waits_for, reason, files) = match found {
            Looked::Go(files) => ("to_do", None, None, files),
            Looked::Again(_) => ("waiting", Some("file"), Some(FILE_FOLLOWS), &it.files),
            Looked::Lost => ("suppressed", None, Some(FILE_LOST), &it.files),
        };
        sqlx::query(
            "update delivery set state = $1, waits_for = $2, reason = $3, files = $4,
               attempts = case when $1 = 'to_do' then 0 else attempts + 1 end
             where community_id = $5 and id = $6 and state = 'waiting'",
        )
        .bind(state)
        .bind(waits_for)
        .bind(reason)
        .bind(serde_json::to_string(files)?)
        .bind(&it.community.0)
        .bind(&it.delivery.0)
        .execute(self.tx.connection().await?)
        .await?;
        Ok(())
    }
}
