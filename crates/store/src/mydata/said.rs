//! What somebody said and reacted to, page by page.

use std::collections::HashMap;

use conversation::{
    AttachmentKind, CommunityId, Content, IdentityId, MessageId, Platform, Timestamp,
    with_links_in_words,
};
use serde::Serialize;
use sqlx::{Row, any::AnyRow};

use crate::{Result, Store, row};

/// So many are read together.
const PAGE: i64 = 200;

/// Those of one account behind the one with that id: `$3`, up to when they are told, `$4`.
const OF_PAGE: &str = "(
   select m.* from message m where m.identity_id = $2 and m.community_id = $1 and m.id > $3 and m.taken_at <= $4
   order by m.id limit $5
 )";

#[derive(Debug, Clone, Serialize)]
pub struct SaidHeld {
    pub id: MessageId,
    pub platform: Platform,
    pub room: Option<String>,
    pub said_at: Timestamp,
    /// The first message of its thread, and what it answers: ids alone.
    pub thread: MessageId,
    pub answers: Option<MessageId>,
    pub changed_at: Option<Timestamp>,
    pub deleted_at: Option<Timestamp>,
    /// The oldest first; none, once its words are kept no longer.
    pub words: Vec<Revision>,
    pub went_to: Vec<WentTo>,
    /// Why its words stay where they were said.
    pub stays: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Revision {
    pub number: u32,
    pub at: Timestamp,
    pub subject: Option<String>,
    pub text: String,
    pub files: Vec<FileHeld>,
}

#[derive(Debug, Clone, Serialize)]
pub struct FileHeld {
    pub kind: AttachmentKind,
    pub name: Option<String>,
    pub mime: Option<String>,
    pub size: Option<i64>,
    pub shows: Option<String>,
}

/// What became of it elsewhere.
#[derive(Debug, Clone, Serialize)]
pub struct WentTo {
    pub platform: Platform,
    pub operation: String,
    pub state: String,
    pub reason: Option<String>,
    pub sent_at: Option<Timestamp>,
}

#[derive(Debug, Clone, Serialize)]
pub struct ReactionHeld {
    pub message: MessageId,
    pub platform: Platform,
    pub emoji: String,
    pub at: Timestamp,
}

/// Whose, up to when, and behind which.
struct Page<'a>(&'a CommunityId, &'a IdentityId, &'a MessageId, Timestamp);

impl Store {
    /// The next of what the account said until then, in the order in which it came. None is behind the last.
    pub async fn said_by(
        &self,
        (community, identity): (&CommunityId, &IdentityId),
        behind: &MessageId,
        until: Timestamp,
    ) -> Result<Vec<SaidHeld>> {
        let page = Page(community, identity, behind, until);
        let rows = self.page(&page, format!(
            "select m.id, m.thread_id, m.reply_to, m.said_at, m.revision, m.revised_at, m.deleted_at, m.stays,
               c.platform, r.name as room
             from {OF_PAGE} m
             join channel c on c.community_id = m.community_id and c.id = m.channel_id
             left join room r on r.community_id = m.community_id and r.id = m.room_id
             order by m.id"
        ));
        let mut said: Vec<_> = rows.await?.iter().map(said).collect();
        let mut words = self.words_of(&page).await?;
        let mut went_to = self.went_to(&page).await?;
        for it in &mut said {
            it.words = words.remove(&it.id).unwrap_or_default();
            it.went_to = went_to.remove(&it.id).unwrap_or_default();
        }
        Ok(said)
    }

    async fn words_of(&self, page: &Page<'_>) -> Result<HashMap<MessageId, Vec<Revision>>> {
        let rows = self.page(
            page,
            format!(
                "select b.message_id, b.revision, b.at, b.subject, b.content from {OF_PAGE} m
             join body b on b.message_id = m.id and b.community_id = m.community_id
             order by b.message_id, b.revision"
            ),
        );
        let mut words: HashMap<MessageId, Vec<Revision>> = HashMap::new();
        for row in &rows.await? {
            let content: Content = serde_json::from_str(row.get("content"))?;
            words.entry(message(row)).or_default().push(Revision {
                number: row::number(row, "revision"),
                at: Timestamp(row.get("at")),
                subject: row.get("subject"),
                text: with_links_in_words(&content.text).plain_text(),
                files: Vec::new(),
            });
        }
        let files = self.page(
            page,
            format!(
            "select a.message_id, a.revision, a.kind, a.name, a.mime, a.size, a.alt from {OF_PAGE} m
             join attachment a on a.message_id = m.id and a.community_id = m.community_id
             order by a.message_id, a.revision, a.number"
        ),
        );
        for row in &files.await? {
            let revisions = words.get_mut(&message(row)).into_iter().flatten();
            let number = row::number(row, "revision");
            if let Some(of) = { revisions }.find(|it| it.number == number) {
                of.files.push(file(row)?);
            }
        }
        Ok(words)
    }

    async fn went_to(&self, page: &Page<'_>) -> Result<HashMap<MessageId, Vec<WentTo>>> {
        let rows = self.page(page, format!(
            "select d.message_id, d.operation, d.state, d.reason, d.sent_at, c.platform from {OF_PAGE} m
             join delivery d on d.message_id = m.id and d.community_id = m.community_id
             join channel c on c.community_id = d.community_id and c.id = d.channel_id
             where c.purpose = 'room' order by d.message_id, d.seq"
        ));
        let mut went_to: HashMap<MessageId, Vec<WentTo>> = HashMap::new();
        for row in &rows.await? {
            went_to.entry(message(row)).or_default().push(WentTo {
                platform: Platform(row.get("platform")),
                operation: row.get("operation"),
                state: row.get("state"),
                reason: row.get("reason"),
                sent_at: row.get::<Option<i64>, _>("sent_at").map(Timestamp),
            });
        }
        Ok(went_to)
    }

    async fn page(&self, page: &Page<'_>, sql: String) -> Result<Vec<AnyRow>> {
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(&page.0.0)
            .bind(&page.1.0)
            .bind(&page.2.0)
            .bind(page.3.0)
            .bind(PAGE);
        Ok(rows.fetch_all(&self.pool).await?)
    }

    /// All that stand there.
    pub async fn reactions_by(
        &self,
        community: &CommunityId,
        identity: &IdentityId,
        until: Timestamp,
    ) -> Result<Vec<ReactionHeld>> {
        let rows = sqlx::query(
            "select r.message_id, r.emoji, r.at, c.platform from reaction r
             join channel c on c.community_id = r.community_id and c.id = r.channel_id
             where r.identity_id = $2 and r.community_id = $1 and r.taken_at <= $3 order by r.at, r.message_id, r.emoji",
        )
        .bind(&community.0)
        .bind(&identity.0)
        .bind(until.0)
        .fetch_all(&self.pool)
        .await?;
        let reaction = |it: &AnyRow| ReactionHeld {
            message: message(it),
            platform: Platform(it.get("platform")),
            emoji: it.get("emoji"),
            at: Timestamp(it.get("at")),
        };
        Ok(rows.iter().map(reaction).collect())
    }
}

fn message(row: &AnyRow) -> MessageId {
    MessageId(row.get("message_id"))
}

fn said(row: &AnyRow) -> SaidHeld {
    let is_changed = row.get::<i64, _>("revision") > 0;
    SaidHeld {
        id: MessageId(row.get("id")),
        platform: Platform(row.get("platform")),
        room: row.get("room"),
        said_at: Timestamp(row.get("said_at")),
        thread: MessageId(row.get("thread_id")),
        answers: row.get::<Option<String>, _>("reply_to").map(MessageId),
        changed_at: is_changed.then(|| Timestamp(row.get("revised_at"))),
        deleted_at: row.get::<Option<i64>, _>("deleted_at").map(Timestamp),
        words: Vec::new(),
        went_to: Vec::new(),
        stays: row.get("stays"),
    }
}

fn file(row: &AnyRow) -> Result<FileHeld> {
    Ok(FileHeld {
        kind: serde_json::from_str(row.get("kind"))?,
        name: row.get("name"),
        mime: row.get("mime"),
        size: row.get("size"),
        shows: row.get("alt"),
    })
}
