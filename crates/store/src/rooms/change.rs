//! Rooms that get another name or go. **Invariant:** what was said in a room stays on record, whatever becomes of the room.

use conversation::{ChannelRef, RoomId};

use crate::{Refusal, Result, parts::Rooms, row, text};

/// What went with a room.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RemovedRoom {
    /// They stood in it, and stand in none now.
    pub channels: Vec<ChannelRef>,
    /// So many deliveries waited for them, and are not made any more.
    pub waited: u64,
}

impl Rooms<'_> {
    /// The same room under another name.
    pub async fn rename(&mut self, name: &str, to: &str) -> Result<()> {
        let room = self.known(name).await?;
        match self.find(to).await? {
            Some(other) if other == room => return Ok(()),
            Some(_) => {
                let name = to.to_owned();
                return Err(Refusal::RoomExists { name }.into());
            }
            None => {}
        }
        sqlx::query("update room set name = $1 where community_id = $2 and id = $3")
            .bind(text::key(to))
            .bind(&self.community.0)
            .bind(&room.0)
            .execute(self.tx.connection().await?)
            .await?;
        self.has_changed(&room).await
    }

    /// Each of its channels is read again.
    pub(super) async fn has_changed(&mut self, room: &RoomId) -> Result<()> {
        let revision = self.tx.directory().next_revision(self.community).await?;
        sqlx::query("update channel set revision = $1 where community_id = $2 and room_id = $3")
            .bind(revision)
            .bind(&self.community.0)
            .bind(&room.0)
            .execute(self.tx.connection().await?)
            .await?;
        Ok(())
    }

    /// Its name is free from then on. With channels in it, it stays unless these may be unlinked, too.
    pub async fn remove(&mut self, name: &str, may_unlink: bool) -> Result<RemovedRoom> {
        let room = self.known(name).await?;
        let removed = self.what_stands_in(&room).await?;
        if !removed.channels.is_empty() && !may_unlink {
            return Err(still_linked(name, &removed).into());
        }
        for channel in &removed.channels {
            self.unlink(channel).await?;
        }
        sqlx::query("delete from room where community_id = $1 and id = $2")
            .bind(&self.community.0)
            .bind(&room.0)
            .execute(self.tx.connection().await?)
            .await?;
        Ok(removed)
    }

    async fn what_stands_in(&mut self, room: &RoomId) -> Result<RemovedRoom> {
        let rows = sqlx::query(
            "select c.platform, c.remote_id, (
               select count(*) from delivery d where d.channel_id = c.id and d.community_id = c.community_id
                 and d.state in ('to_do', 'sending', 'uncertain')
             ) as waits
             from channel c where c.community_id = $1 and c.room_id = $2 order by c.created_at, c.id",
        )
        .bind(&self.community.0)
        .bind(&room.0)
        .fetch_all(self.tx.reading().await?)
        .await?;
        let waits = rows.iter().map(|it| u64::from(row::number(it, "waits")));
        Ok(RemovedRoom {
            channels: rows.iter().map(row::channel_ref).collect(),
            waited: waits.sum(),
        })
    }
}

fn still_linked(name: &str, removed: &RemovedRoom) -> Refusal {
    let channels: Vec<String> = removed.channels.iter().map(ToString::to_string).collect();
    Refusal::StillLinked {
        room: name.to_owned(),
        channels: channels.join(", "),
        waits: match removed.waited {
            0 => String::new(),
            1 => " 1 message waits there and would not be sent any more.".to_owned(),
            many => format!(" {many} messages wait there and would not be sent any more."),
        },
    }
}
