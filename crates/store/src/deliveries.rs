//! What became of the deliveries, for people: each one's state and why, and the dead letters.

use conversation::{ChannelRef, Content, DeliveryState, OperationKind, Timestamp, nobody};
use serde::Serialize;
use sqlx::{Row, any::AnyRow};

use crate::{
    NoticeKind, Result, Store,
    claim::{shown_name, stays_away},
    parts::Held,
    row, text,
};

/// One delivery as staff sees it.
#[derive(Debug, Clone, Serialize)]
pub struct DeliveryLine {
    pub id: String,
    pub message_excerpt: String,
    pub author: String,
    pub from: String,
    pub to: String,
    pub operation: OperationKind,
    pub state: DeliveryState,
    /// A rule's name, or what the platform said last.
    pub reason: Option<String>,
    pub attempts: u32,
    pub created_at_ms: i64,
    pub next_attempt_at_ms: i64,
    pub sent_at_ms: Option<i64>,
}

/// How many deliveries are in each state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    pub open: u64,
    pub sent: u64,
    pub dead: u64,
    pub suppressed: u64,
    pub waiting: u64,
    pub held: u64,
}

/// In place of what is shown nowhere but where it was said.
pub(crate) const STAYS: &str = "(it stays where it was said)";
/// In characters.
const EXCERPT: usize = 80;

const LINES: &str = "select d.id, d.operation, d.state, d.reason, d.attempts, d.created_at, d.next_attempt_at, d.sent_at,
   b.content, o.phrase, n.display_name, n.pseudonym, m.stays, p.private_since, p.nameless_since, c.purpose, c.id as channel_id, c.platform, c.remote_id,
   h.purpose as from_purpose, h.id as from_channel, h.platform as from_platform, h.remote_id as from_id
 from delivery d
 join message m on m.community_id = d.community_id and m.id = d.message_id
 left join body b on b.community_id = m.community_id and b.message_id = m.id and b.revision = m.revision
 left join own_word o on o.message_id = m.id and o.community_id = m.community_id
 left join identity i on i.community_id = m.community_id and i.id = m.identity_id
 left join person p on p.community_id = i.community_id and p.id = i.person_id
 join name n on n.community_id = m.community_id and n.id = m.name_id
 join channel c on c.community_id = d.community_id and c.id = d.channel_id
 join channel h on h.community_id = m.community_id and h.id = m.channel_id";

impl Store {
    /// The newest first.
    pub async fn recent_deliveries(&self, limit: u32) -> Result<Vec<DeliveryLine>> {
        let sql = format!("{LINES} order by d.id desc limit $1");
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(i64::from(limit))
            .fetch_all(&self.pool)
            .await?;
        rows.iter().map(line).collect()
    }

    /// What was given up or held in the community of that name, or in one of its channels; the oldest first.
    pub async fn stopped_deliveries(
        &self,
        community: &str,
        of: Option<&ChannelRef>,
        limit: u32,
    ) -> Result<Vec<DeliveryLine>> {
        let sql = format!(
            "{LINES} where d.state in ('dead', 'held') and d.community_id = (select community_id from community where name = $1)
               and ($3 is null or c.platform = $3 and c.remote_id = $4 or $5 = c.id)
             order by d.seq limit $2"
        );
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(text::key(community))
            .bind(i64::from(limit))
            .bind(of.map(|it| text::key(&it.platform.0)))
            .bind(of.map(|it| text::key(&it.id.0)))
            .bind(of.and_then(ChannelRef::inner_id).map(|it| it.0))
            .fetch_all(&self.pool)
            .await?;
        rows.iter().map(line).collect()
    }

    pub async fn count_stopped(&self, community: &str, of: Option<&ChannelRef>) -> Result<usize> {
        let count: i64 = sqlx::query_scalar(
            "select count(*) from delivery d
             join channel c on c.community_id = d.community_id and c.id = d.channel_id
             where d.state in ('dead', 'held') and d.community_id = (select community_id from community where name = $1)
               and ($2 is null or c.platform = $2 and c.remote_id = $3 or $4 = c.id)",
        )
        .bind(text::key(community))
        .bind(of.map(|it| text::key(&it.platform.0)))
        .bind(of.map(|it| text::key(&it.id.0)))
        .bind(of.and_then(ChannelRef::inner_id).map(|it| it.0))
        .fetch_one(&self.pool)
        .await?;
        Ok(usize::try_from(count).unwrap_or(0))
    }

    /// Of the message that is called so, or that a delivery which is called so brings; each id by how it begins. The oldest first.
    pub async fn deliveries_of(&self, community: &str, id: &str) -> Result<Vec<DeliveryLine>> {
        let sql = format!(
            "{LINES} where d.community_id = (select community_id from community where name = $1) and d.message_id in (
               select o.message_id from delivery o
               where o.id between $2 and $2 || 'zzzzzzzzzzzzz' and o.community_id = d.community_id
               union
               select w.id from message w
               where w.id between $2 and $2 || 'zzzzzzzzzzzzz' and w.community_id = d.community_id
             ) order by d.seq limit 1000"
        );
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(text::key(community))
            .bind(text::clean(id))
            .fetch_all(&self.pool)
            .await?;
        rows.iter().map(line).collect()
    }

    pub async fn tally(&self) -> Result<Tally> {
        let rows = sqlx::query("select state, count(*) as n from delivery group by state")
            .fetch_all(&self.pool)
            .await?;
        let mut tally = Tally::default();
        for row in &rows {
            let n = u64::try_from(row.get::<i64, _>("n")).unwrap_or(0);
            match row::parsed(row, "state", DeliveryState::parse)? {
                DeliveryState::ToDo | DeliveryState::Sending | DeliveryState::Uncertain => {
                    tally.open += n;
                }
                DeliveryState::Sent => tally.sent += n,
                DeliveryState::Dead => tally.dead += n,
                DeliveryState::Suppressed => tally.suppressed += n,
                DeliveryState::Waiting => tally.waiting += n,
                DeliveryState::Held => tally.held += n,
            }
        }
        Ok(tally)
    }

    /// Is anything left to send, now or later?
    pub async fn has_open_deliveries(&self) -> Result<bool> {
        let found: Option<i64> = sqlx::query_scalar(
            "select seq from delivery where state in ('to_do', 'sending', 'uncertain') limit 1",
        )
        .fetch_optional(&self.pool)
        .await?;
        Ok(found.is_some())
    }
}

impl Held<'_> {
    /// Puts stopped deliveries back to work, all or those whose id begins so. Says how many.
    pub async fn retry_stopped(&mut self, id: &str, now: Timestamp) -> Result<u64> {
        self.channels_are_looked_at(id).await?;
        self.ask_readers_again(id, now).await?;
        let done = sqlx::query(
            "update delivery set state = 'to_do', attempts = 0, created_at = $1, next_attempt_at = 0
             where community_id = $3 and state in ('dead', 'held') and substr(id, 1, length($2)) = $2",
        )
        .bind(now.0)
        .bind(text::clean(id))
        .bind(&self.community.0)
        .execute(self.tx.connection().await?)
        .await?;
        self.stopped_were_seen().await?;
        Ok(done.rows_affected())
    }

    /// A running bridge looks at what waits for them again.
    async fn channels_are_looked_at(&mut self, id: &str) -> Result<()> {
        let revision = self.tx.directory().next_revision(self.community).await?;
        sqlx::query(
            "update channel set revision = $3 where community_id = $2 and id in (
               select d.channel_id from delivery d
               where d.community_id = $2 and d.state in ('dead', 'held') and substr(d.id, 1, length($1)) = $1
             )",
        )
        .bind(text::clean(id))
        .bind(&self.community.0)
        .bind(revision)
        .execute(self.tx.connection().await?)
        .await?;
        Ok(())
    }

    /// Those readers of what is given up who were refused wait again.
    async fn ask_readers_again(&mut self, id: &str, now: Timestamp) -> Result<()> {
        let waiting = sqlx::query(
            "update reader_delivery set state = 'waiting', doubts = 0
             where community_id = $2 and state = 'refused' and delivery_id in (
               select d.id from delivery d
               where d.community_id = $2 and d.state in ('dead', 'held') and substr(d.id, 1, length($1)) = $1
             )",
        )
        .bind(text::clean(id))
        .bind(&self.community.0)
        .execute(self.tx.connection().await?)
        .await?;
        if waiting.rows_affected() == 0 {
            return Ok(());
        }
        sqlx::query(
            "update reader set due_at = $1, attempts = 0 where community_id = $2 and due_at is null and exists (
               select 1 from reader_delivery w
               where w.channel_id = reader.channel_id and w.reader = reader.number
                 and w.community_id = reader.community_id and w.state = 'waiting'
             )",
        )
        .bind(now.0)
        .bind(&self.community.0)
        .execute(self.tx.connection().await?)
        .await?;
        Ok(())
    }

    /// Gives stopped deliveries up for good; they stay on record. Says how many.
    pub async fn drop_stopped(&mut self, id: &str) -> Result<u64> {
        sqlx::query(
            "delete from reader_delivery where community_id = $2 and state = 'waiting' and delivery_id in (
               select d.id from delivery d
               where d.community_id = $2 and d.state in ('dead', 'held') and substr(d.id, 1, length($1)) = $1
             )",
        )
        .bind(text::clean(id))
        .bind(&self.community.0)
        .execute(self.tx.connection().await?)
        .await?;
        let done = sqlx::query(
            "update delivery set state = 'suppressed', reason = 'dropped-by-staff'
             where community_id = $2 and state in ('dead', 'held') and substr(id, 1, length($1)) = $1",
        )
        .bind(text::clean(id))
        .bind(&self.community.0)
        .execute(self.tx.connection().await?)
        .await?;
        self.stopped_were_seen().await?;
        Ok(done.rows_affected())
    }

    async fn stopped_were_seen(&mut self) -> Result<()> {
        for kind in [NoticeKind::DeadLetter, NoticeKind::StormBrake] {
            self.tx.notices(self.community).clear_all(kind).await?;
        }
        Ok(())
    }
}

fn line(row: &AnyRow) -> Result<DeliveryLine> {
    let stays = stays_away(row).is_some();
    let content: Content = match (row.get::<Option<&str>, _>("content"), row.get("phrase")) {
        _ if stays => Content::plain(STAYS),
        (Some(content), _) => serde_json::from_str(content)
            .unwrap_or_else(|_| Content::plain("(what is stored of it cannot be read)")),
        (None, Some("")) | (None, None) => Content::plain("(its words were erased)"),
        (None, Some(sentence)) => Content::plain(&format!("(the bridge itself: {sentence})")),
    };
    Ok(DeliveryLine {
        id: row.get("id"),
        message_excerpt: excerpt(&content),
        author: match stays {
            true => nobody().to_owned(),
            false => harmless(&shown_name(row)),
        },
        from: row::shown_channel(
            row,
            ["from_purpose", "from_channel", "from_platform", "from_id"],
        )
        .to_string(),
        to: row::shown_channel(row, row::TO).to_string(),
        operation: row::parsed(row, "operation", OperationKind::parse)?,
        state: row::parsed(row, "state", DeliveryState::parse)?,
        reason: row.get("reason"),
        attempts: row::number(row, "attempts"),
        created_at_ms: row.get("created_at"),
        next_attempt_at_ms: row.get("next_attempt_at"),
        sent_at_ms: row.get("sent_at"),
    })
}

pub(crate) fn excerpt(content: &Content) -> String {
    let text = content.text.plain_text();
    let text = harmless(&text.split_whitespace().collect::<Vec<_>>().join(" "));
    match text.char_indices().nth(EXCERPT) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None if text.is_empty() => "(a file)".to_owned(),
        None => text,
    }
}

/// What people wrote must not steer the terminal on which staff reads it.
pub(crate) fn harmless(text: &str) -> String {
    text.replace(char::is_control, "\u{FFFD}")
}
