//! One delivery that is ours to make: what it is about, where it goes, and what stands there already.

use std::collections::HashMap;

use conversation::{
    Author, AuthorKind, Button, ChannelId, ChannelRef, Content, DeliveryId, DeliveryState,
    Language, LeftOut, MessageId, OperationKind, PersonId, RemoteId, Reply, Stays, Timestamp,
};
use sqlx::{Row, any::AnyRow};

use super::shown::{is_nameless, shown_name, stays_away};
use super::{CUT_OFF, Look, PartFiles, PassedBy, parts::most_parts, parts::part_files};
use crate::{Entry, OwnWord, Result, SeenBy, Speaker, Without, following::files, row};

/// It is marked `sending`, with the attempt counted.
#[derive(Debug, Clone)]
pub struct Work {
    pub community: String,
    pub delivery: DeliveryId,
    pub created_at: Timestamp,
    pub operation: OperationKind,
    pub message: MessageId,
    /// Of the message's thread.
    pub root: MessageId,
    pub said: Said,
    /// If the bridge itself says it.
    pub own: OwnSide,
    pub to: Destination,
    pub attempt: Attempt,
    pub sent: Sent,
    pub context: Context,
    pub standing: Standing,
    /// The files that this delivery brings after the words of its message.
    pub brings: Vec<LeftOut>,
    /// What it went without so far.
    pub without: Without,
}

/// The message, in the revision that is to be sent.
#[derive(Debug, Clone)]
pub struct Said {
    pub author: Author,
    /// The author, as their name is made of.
    pub speaker: Speaker,
    pub home: ChannelRef,
    pub at: Timestamp,
    /// By the platform's clock.
    pub revised_at: Timestamp,
    /// Of the thread.
    pub subject: String,
    /// The message begins the thread, and its author gave the subject.
    pub has_own_subject: bool,
    /// Empty where the caller knows it, and of what the bridge itself says until that is put into words.
    pub content: Content,
    pub revision: u32,
    /// For a post in doubt: what it may have said, newest first.
    pub earlier: Vec<Content>,
    pub deleted: bool,
    /// Why it does not go there.
    pub stays: Option<Stays>,
    /// For reactions: all emoji of people elsewhere, oldest first.
    pub emoji: Vec<String>,
}

/// What the bridge's own words have beside those of people.
#[derive(Debug, Clone)]
pub struct OwnSide {
    pub word: Option<OwnWord>,
    /// What the bridge said that began the thread.
    pub root: Option<OwnWord>,
    /// Offered below the last part.
    pub buttons: Vec<Button>,
    pub seen_by: SeenBy,
}

#[derive(Debug, Clone)]
pub struct Destination {
    pub channel: ChannelRef,
    pub id: ChannelId,
    /// In which the bridge speaks there.
    pub language: Language,
    /// The thread's own name there, where it has one beside its root's id.
    pub thread: Option<RemoteId>,
    /// A text of more posts goes as a file; 0 is no limit.
    pub most_parts: u32,
}

#[derive(Debug, Clone)]
pub struct Attempt {
    /// This one included. In doubt, as many as left one.
    pub number: u32,
    /// An earlier one may have arrived.
    pub in_doubt: bool,
    /// A process died in the last one.
    pub was_cut_off: bool,
    /// What came before it and may be what keeps its channel: it waits until this one is tried.
    pub passes_by: Option<PassedBy>,
    /// What the adapter said of an earlier one.
    pub progress: Option<String>,
}

/// What of this delivery arrived already.
#[derive(Debug, Clone)]
pub struct Sent {
    pub parts: Vec<Vec<RemoteId>>,
    /// The oldest of those that these parts say, or that some readers have.
    pub revision: Option<u32>,
    /// The files in them, where they are known.
    pub files: Option<PartFiles>,
    /// How many readers have it, where each gets a post of their own.
    pub handed_to: u32,
}

/// What surrounds the message in the channel that it goes to.
#[derive(Debug, Clone, Default)]
pub struct Context {
    /// The message's own id, if this is the channel that it came from.
    pub original: Option<RemoteId>,
    /// The parent, where it stands there.
    pub reply: Option<Reply>,
    /// The parent in words, for channels that cannot point at it.
    pub parent: Option<ParentQuote>,
    /// Of those whom the words mention: who is rung, by their account there.
    pub mentions: HashMap<RemoteId, RemoteId>,
}

/// For changes: the post that is to be changed, as it stands in the channel.
#[derive(Debug, Clone, Default)]
pub struct Standing {
    pub parts: Vec<Vec<RemoteId>>,
    pub revision: u32,
    /// The files in these parts, where they are known.
    pub files: Option<PartFiles>,
    pub since: Option<Timestamp>,
    /// What it says, where that is not the newest.
    pub outdated: Option<Outdated>,
}

/// An older revision that stands in the channel, and how to answer it.
#[derive(Debug, Clone)]
pub struct Outdated {
    pub content: Content,
    pub reply: Option<Reply>,
    pub quote: Option<ParentQuote>,
}

/// What stays on its platform has no author here, and no words.
#[derive(Debug, Clone)]
pub struct ParentQuote {
    pub author: Option<Speaker>,
    pub text: String,
    /// What the bridge itself said, until that is put into words.
    pub own: Option<OwnWord>,
}

impl ParentQuote {
    pub(super) fn unsaid() -> ParentQuote {
        ParentQuote {
            author: None,
            text: String::new(),
            own: None,
        }
    }
}

impl Work {
    /// What a change says, as a post of its own.
    #[must_use]
    pub fn as_post(&self, content: Content) -> Work {
        let mut post = self.clone();
        post.operation = OperationKind::Post;
        post.said.content = content;
        post.said.has_own_subject = false;
        post
    }

    /// A part of what was sent for this edit stands beside the post that it changes.
    pub fn is_correction_begun(&self) -> bool {
        self.operation == OperationKind::Edit
            && (self.sent.parts.first()).is_some_and(|sent| !self.standing.parts.contains(sent))
    }

    /// A part of the post was changed by this edit.
    pub fn is_edit_begun(&self) -> bool {
        !self.sent.parts.is_empty() && !self.is_correction_begun()
    }
}

pub(super) fn work_of(look: &Look, entry: &Entry, head: &AnyRow) -> Result<Work> {
    Ok(Work {
        community: entry.community.0.clone(),
        delivery: DeliveryId(head.get("id")),
        created_at: Timestamp(head.get("created_at")),
        operation: row::parsed(head, "operation", OperationKind::parse)?,
        message: MessageId(head.get("message_id")),
        root: MessageId(head.get("thread_id")),
        said: said(head),
        own: OwnSide {
            word: None,
            root: None,
            buttons: Vec::new(),
            seen_by: SeenBy::All,
        },
        to: Destination {
            channel: entry.channel.at.clone(),
            id: entry.channel.id.clone(),
            language: entry.language,
            thread: None,
            most_parts: most_parts(look, entry, head),
        },
        attempt: attempt(head)?,
        sent: sent(head)?,
        context: Context::default(),
        standing: Standing::default(),
        brings: files(head)?,
        without: Without::default(),
    })
}

fn said(head: &AnyRow) -> Said {
    Said {
        author: Author {
            picture: match is_nameless(head) {
                true => None,
                false => head.get("picture"),
            },
            account: RemoteId(head.get("account")),
            display_name: shown_name(head),
            kind: match head.get::<&str, _>("speaks_on") {
                "" => AuthorKind::Ourselves,
                _ => AuthorKind::Person,
            },
        },
        speaker: speaker(head),
        home: row::channel_ref(head),
        at: Timestamp(head.get("said_at")),
        revised_at: Timestamp(head.get("revised_at")),
        subject: head.get::<Option<_>, _>("subject").unwrap_or_default(),
        has_own_subject: head.get::<i64, _>("own_subject") == 1,
        content: Content::default(),
        revision: row::number(head, "revision"),
        earlier: Vec::new(),
        deleted: head.get::<Option<i64>, _>("deleted_at").is_some(),
        stays: stays_away(head)
            .filter(|_| head.get::<&str, _>("goes_to") != head.get::<&str, _>("home_id")),
        emoji: Vec::new(),
    }
}

fn attempt(head: &AnyRow) -> Result<Attempt> {
    let state = row::parsed(head, "state", DeliveryState::parse)?;
    Ok(Attempt {
        number: row::number(head, "attempts") + 1,
        // `sending` without a result is an attempt of ours that was cut off.
        in_doubt: state != DeliveryState::ToDo,
        was_cut_off: head.get::<Option<&str>, _>("reason") == Some(CUT_OFF),
        passes_by: None,
        progress: head.get("progress"),
    })
}

fn sent(head: &AnyRow) -> Result<Sent> {
    let parts: Vec<_> = serde_json::from_str(&head.get::<String, _>("remote_ids"))?;
    let handed_to = row::number(head, "handed_to");
    let is_begun = !parts.is_empty() || handed_to > 0;
    Ok(Sent {
        parts,
        revision: is_begun.then(|| row::number(head, "parts_revision")),
        files: part_files(head)?,
        handed_to,
    })
}

pub(super) fn speaker(row: &AnyRow) -> Speaker {
    let is_bridge = row.get::<&str, _>("speaks_on").is_empty();
    Speaker {
        person: PersonId(row.get("person_id")),
        name: shown_name(row),
        namesake: match is_nameless(row) {
            true => 1,
            false => row::number(row, "namesake"),
        },
        home: (!is_bridge).then(|| row::channel_ref(row)),
    }
}
