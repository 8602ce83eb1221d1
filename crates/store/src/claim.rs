//! The next thing to send to a channel, with all that is needed to send it.

use std::collections::HashMap;

use conversation::{
    Author, AuthorKind, Button, ChannelId, ChannelRef, Content, DeliveryId, DeliveryState,
    Language, LeftOut, MessageId, OperationKind, PersonId, RemoteId, Reply, Timestamp,
};
use sqlx::{Row, any::AnyRow};

use crate::{
    Entry, Error, OwnWord, Result, SeenBy, Speaker, Tx, Without, following::files, row, text,
};

mod context;
mod look;
mod parts;

pub use look::{Known, Look, Suspect};
use look::{PassedBy, passed_by};

pub use parts::PartFiles;
use parts::{most_parts, part_files};

/// What a look at a channel's outbox says.
#[derive(Debug)]
pub enum Claim {
    Work(Box<Work>),
    /// The head of the queue waits for its time.
    NotBefore(Timestamp),
    Idle,
}

/// One delivery that is ours to make: it is marked `sending` with the attempt counted.
#[derive(Debug, Clone)]
pub struct Work {
    pub community: String,
    pub delivery: DeliveryId,
    pub message: MessageId,
    /// Of the message's thread.
    pub root: MessageId,
    /// The thread's own name in the channel, where it has one beside its root's id.
    pub thread: Option<RemoteId>,
    pub channel: ChannelRef,
    pub channel_id: ChannelId,
    /// In which the bridge speaks there.
    pub language: Language,
    pub operation: OperationKind,
    /// What came before it and may be what keeps its channel: it waits until this one is tried.
    pub passes_by: Option<PassedBy>,
    /// An earlier attempt may have arrived.
    pub in_doubt: bool,
    /// A process died in it.
    pub was_cut_off: bool,
    /// This one included. In doubt, as many as left one.
    pub attempts: u32,
    pub created_at: Timestamp,
    /// Parts that arrived already.
    pub remote_ids: Vec<Vec<RemoteId>>,
    /// The oldest revision of those that these parts say, or that some readers have.
    pub parts_revision: Option<u32>,
    /// How many readers have it, where each gets a post of their own.
    pub handed_to: u32,
    /// The files in them, where they are known.
    pub part_files: Option<PartFiles>,
    /// A text of more posts goes as a file; 0 is no limit.
    pub most_parts: u32,
    pub progress: Option<String>,
    pub author: Author,
    /// The author, as their name is made of.
    pub speaker: Speaker,
    pub home: ChannelRef,
    pub said_at: Timestamp,
    /// By the platform's clock.
    pub revised_at: Timestamp,
    /// Of the thread.
    pub subject: String,
    /// The message begins the thread, and its author gave the subject.
    pub has_own_subject: bool,
    /// Empty where the caller knows it, and of what the bridge itself says until that is put into words.
    pub content: Content,
    /// What the bridge itself says.
    pub own: Option<OwnWord>,
    /// What the bridge said that began the thread.
    pub root_own: Option<OwnWord>,
    /// Offered below the last part.
    pub buttons: Vec<Button>,
    pub revision: u32,
    /// For a post in doubt: what it may have said, newest first.
    pub earlier: Vec<Content>,
    pub deleted: bool,
    /// The message's own id, if the delivery goes to the channel that it came from.
    pub original: Option<RemoteId>,
    /// The parent, where it stands in the channel.
    pub reply: Option<Reply>,
    /// The parent in words, for channels that cannot point at it.
    pub parent: Option<ParentQuote>,
    /// Of those whom the words mention: who is rung in the channel, by their account there.
    pub mentions: HashMap<RemoteId, RemoteId>,
    /// For changes: where the message stands in the channel, part by part, and in which revision.
    pub standing: Vec<Vec<RemoteId>>,
    pub standing_revision: u32,
    /// The files in these parts, where they are known.
    pub standing_files: Option<PartFiles>,
    /// Since when its post stands there.
    pub standing_since: Option<Timestamp>,
    /// For edits: what stands there, where it is not the newest.
    pub outdated: Option<Outdated>,
    /// The files that this delivery brings after the words of its message.
    pub brings: Vec<LeftOut>,
    /// What it went without so far.
    pub without: Without,
    /// For reactions: all emoji of people elsewhere, oldest first.
    pub emoji: Vec<String>,
    /// Of our own words.
    pub seen_by: SeenBy,
}

impl Work {
    /// A part of what was sent for this edit stands beside the post that it changes.
    pub fn is_correction_begun(&self) -> bool {
        self.operation == OperationKind::Edit
            && self
                .remote_ids
                .first()
                .is_some_and(|sent| !self.standing.contains(sent))
    }

    /// A part of the post was changed by this edit.
    pub fn is_edit_begun(&self) -> bool {
        !self.remote_ids.is_empty() && !self.is_correction_begun()
    }
}

/// An older revision that stands in the channel, and how to answer it.
#[derive(Debug, Clone)]
pub struct Outdated {
    pub content: Content,
    pub reply: Option<Reply>,
    pub quote: Option<ParentQuote>,
}

#[derive(Debug, Clone)]
pub struct ParentQuote {
    pub author: Speaker,
    pub text: String,
    /// What the bridge itself said, until that is put into words.
    pub own: Option<OwnWord>,
}

/// Why a delivery is in doubt that a dead process left behind.
pub(crate) const CUT_OFF: &str = "the bridge stopped while it was sent";

impl Tx {
    /// Takes the oldest open delivery of the channel, if its time has come.
    pub async fn claim(&mut self, entry: &Entry, epoch: i64, now: Timestamp) -> Result<Claim> {
        let look = Look {
            now,
            ..Look::default()
        };
        self.claim_by(&look, entry, epoch).await
    }

    pub async fn claim_by(&mut self, look: &Look, entry: &Entry, epoch: i64) -> Result<Claim> {
        let Some(head) = self.head(look, entry, 0).await? else {
            return Ok(Claim::Idle);
        };
        let due = Timestamp(head.get("next_attempt_at"));
        if due <= look.now || look.at_once.contains(&DeliveryId(head.get("id"))) {
            return self.take(&head, None, (look, entry), epoch).await;
        }
        let Some(suspect) = look
            .suspect
            .as_ref()
            .filter(|it| it.may_be_passed(&head, look))
        else {
            return Ok(Claim::NotBefore(due));
        };
        let mut passed = vec![head];
        while let Some(next) = self.head(look, entry, seq_of_last(&passed)).await? {
            if suspect.is_passed_with(&next, &passed) {
                passed.push(next);
                continue;
            }
            return match Timestamp(next.get("next_attempt_at")) {
                later if later > look.now => Ok(Claim::NotBefore(later.min(due))),
                _ if suspect.has_just_failed => {
                    let passed = passed_by(&passed);
                    self.take(&next, Some(passed), (look, entry), epoch).await
                }
                _ => self.take(&passed[0], None, (look, entry), epoch).await,
            };
        }
        Ok(Claim::NotBefore(due))
    }

    /// Of what is open, the oldest: when it was to be sent.
    pub async fn oldest_open(&mut self, entry: &Entry) -> Result<Option<Timestamp>> {
        let head = self.head(&Look::default(), entry, 0).await?;
        Ok(head.map(|it| Timestamp(it.get("created_at"))))
    }

    async fn take(
        &mut self,
        head: &AnyRow,
        passes_by: Option<PassedBy>,
        (look, entry): (&Look, &Entry),
        epoch: i64,
    ) -> Result<Claim> {
        let mut work = work_of(look, entry, head)?;
        sqlx::query(
            "update delivery set state = 'sending', attempts = attempts + 1, epoch = $1, most_parts = $2
             where community_id = $3 and id = $4",
        )
        .bind(epoch)
        .bind(i64::from(work.most_parts))
        .bind(&entry.community.0)
        .bind(&work.delivery.0)
        .execute(self.connection())
        .await?;
        work.passes_by = passes_by;
        self.add_context(entry, &mut work, head).await?;
        Ok(Claim::Work(Box::new(work)))
    }

    /// Gives up what stands first in the channel's queue, for it cannot be read and the others must not wait for ever.
    pub async fn give_up_head(&mut self, entry: &Entry, reason: &str) -> Result<()> {
        sqlx::query(
            "update delivery set state = 'dead', reason = $3 where community_id = $1 and id = (
               select id from delivery
               where community_id = $1 and channel_id = $2 and state in ('to_do', 'sending', 'uncertain')
               order by seq limit 1
             )",
        )
        .bind(&entry.community.0)
        .bind(&entry.channel.id.0)
        .bind(text::clean(reason))
        .execute(self.connection())
        .await?;
        Ok(())
    }

    /// The oldest open delivery behind that one.
    async fn head(&mut self, look: &Look, entry: &Entry, behind: i64) -> Result<Option<AnyRow>> {
        let known = look.known.as_ref();
        let (delivery, revision) = known.map_or(("", 0), |it| (it.delivery.as_str(), it.revision));
        let which = "channel_id = $2 and state in ('to_do', 'sending', 'uncertain') and seq > $5";
        let head = sqlx::query(sqlx::AssertSqlSafe(said(which)))
            .bind(&entry.community.0)
            .bind(&entry.channel.id.0)
            .bind(delivery)
            .bind(i64::from(revision))
            .bind(behind)
            .fetch_optional(self.connection())
            .await?;
        head.map(whole).transpose()
    }

    /// A delivery that was handed out, whatever became of it, as it would be made now.
    pub(crate) async fn work_of(&mut self, entry: &Entry, delivery: &DeliveryId) -> Result<Work> {
        let row = sqlx::query(sqlx::AssertSqlSafe(said("id = $2")))
            .bind(&entry.community.0)
            .bind(&delivery.0)
            .bind("")
            .bind(0_i64)
            .fetch_one(self.connection())
            .await?;
        let row = whole(row)?;
        let mut work = work_of(&Look::default(), entry, &row)?;
        work.in_doubt = false;
        self.add_context(entry, &mut work, &row).await?;
        Ok(work)
    }
}

/// A delivery with what it says. Of a message that the caller knows in that revision the content is left out.
///
/// Step by step, each of which one index serves: a Postgres that knows little of its tables yet would else begin with
/// all messages as soon as with the one delivery.
fn said(which: &str) -> String {
    format!(
        "with next as materialized (
           select id, seq, message_id, operation, state, reason, attempts, remote_ids, progress, files, revision as parts_revision,
             handed_to, most_parts, part_files, created_at, next_attempt_at, community_id
           from delivery
           where community_id = $1 and {which}
           order by seq limit 1
         ),
         said as materialized (
           select n.*, m.thread_id, m.reply_to, m.own_subject, m.said_at, m.revised_at, m.revision, m.deleted_at,
             m.identity_id, m.name_id, m.channel_id, b.files as n_files,
             case when n.id = $3 and m.revision = $4 then null else b.content end as content,
             (select s.subject from body s where s.community_id = m.community_id and s.message_id = m.thread_id
              order by s.revision desc limit 1) as subject
           from next n left join message m on m.community_id = n.community_id and m.id = n.message_id
           left join body b on b.community_id = m.community_id and b.message_id = m.id and b.revision = m.revision
           limit 1
         ),
         by_whom as materialized (
           select s.*, i.account, i.platform as speaks_on, i.person_id, i.picture
           from said s left join identity i on i.community_id = s.community_id and i.id = s.identity_id limit 1
         ),
         called as materialized (
           select w.*, n.display_name, n.namesake
           from by_whom w left join name n on n.community_id = w.community_id and n.id = w.name_id limit 1
         )
         select w.*, h.platform, h.remote_id, h.id as home_id
         from called w left join channel h on h.community_id = w.community_id and h.id = w.channel_id and w.account is not null
           and w.display_name is not null"
    )
}

/// What belongs to a delivery is never gone before it. Where it is, the lane must not take the channel for idle.
fn whole(head: AnyRow) -> Result<AnyRow> {
    match head.get::<Option<&str>, _>("home_id") {
        Some(_) => Ok(head),
        None => Err(Error::Unreadable(
            "its message, its author or their name is not in the store any more".to_owned(),
        )),
    }
}

fn seq_of_last(passed: &[AnyRow]) -> i64 {
    passed.last().map_or(0, |it| it.get("seq"))
}

fn work_of(look: &Look, entry: &Entry, head: &AnyRow) -> Result<Work> {
    let state = row::parsed(head, "state", DeliveryState::parse)?;
    let remote_ids: Vec<_> = serde_json::from_str(&head.get::<String, _>("remote_ids"))?;
    let is_begun = !remote_ids.is_empty() || row::number(head, "handed_to") > 0;
    Ok(Work {
        community: entry.community.0.clone(),
        delivery: DeliveryId(head.get("id")),
        message: MessageId(head.get("message_id")),
        root: MessageId(head.get("thread_id")),
        thread: None,
        channel: entry.channel.at.clone(),
        channel_id: entry.channel.id.clone(),
        language: entry.language,
        operation: row::parsed(head, "operation", OperationKind::parse)?,
        // `sending` without a result is an attempt of ours that was cut off.
        in_doubt: state != DeliveryState::ToDo,
        passes_by: None,
        was_cut_off: head.get::<Option<&str>, _>("reason") == Some(CUT_OFF),
        attempts: row::number(head, "attempts") + 1,
        created_at: Timestamp(head.get("created_at")),
        parts_revision: is_begun.then(|| row::number(head, "parts_revision")),
        handed_to: row::number(head, "handed_to"),
        part_files: part_files(head)?,
        most_parts: most_parts(look, entry, head),
        remote_ids,
        progress: head.get("progress"),
        author: Author {
            picture: head.get("picture"),
            account: RemoteId(head.get("account")),
            display_name: head.get("display_name"),
            kind: match head.get::<&str, _>("speaks_on") {
                "" => AuthorKind::Ourselves,
                _ => AuthorKind::Person,
            },
        },
        speaker: speaker(head),
        home: row::channel_ref(head),
        said_at: Timestamp(head.get("said_at")),
        revised_at: Timestamp(head.get("revised_at")),
        subject: head.get::<Option<_>, _>("subject").unwrap_or_default(),
        has_own_subject: head.get::<i64, _>("own_subject") == 1,
        content: Content::default(),
        own: None,
        root_own: None,
        buttons: Vec::new(),
        revision: row::number(head, "revision"),
        earlier: Vec::new(),
        deleted: head.get::<Option<i64>, _>("deleted_at").is_some(),
        original: None,
        reply: None,
        parent: None,
        mentions: HashMap::new(),
        standing: Vec::new(),
        standing_revision: 0,
        standing_files: None,
        standing_since: None,
        outdated: None,
        brings: files(head)?,
        without: Without::default(),
        emoji: Vec::new(),
        seen_by: SeenBy::All,
    })
}

fn speaker(row: &AnyRow) -> Speaker {
    let is_bridge = row.get::<&str, _>("speaks_on").is_empty();
    Speaker {
        person: PersonId(row.get("person_id")),
        name: row.get("display_name"),
        namesake: row::number(row, "namesake"),
        home: (!is_bridge).then(|| row::channel_ref(row)),
    }
}
