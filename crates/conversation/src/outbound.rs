//! What an adapter is asked to do, and what it answers.

use std::path::PathBuf;

use serde::Serialize;

use crate::{
    Addressee, Attachment, Author, ChannelRef, DeliveryId, Markup, Platform, RemoteId, Timestamp,
    WayBack,
};

/// One operation on one delivery, small enough for one call of the platform.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Outbound {
    pub delivery: DeliveryId,
    /// The same for every attempt, so that a platform able to deduplicate can: delivery id and part number.
    pub key: String,
    pub channel: ChannelRef,
    pub operation: Operation,
    /// One of the channel's readers, where each gets a post of their own.
    pub to: Option<Addressee>,
    /// For one person alone, who asked: the post goes this way, and nobody else sees it.
    #[serde(skip)]
    pub way_back: Option<WayBack>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Operation {
    Post(Box<Post>),
    /// `targets` are the platform's ids of the part that `post` replaces.
    Edit {
        targets: Vec<RemoteId>,
        post: Box<Post>,
    },
    Delete {
        targets: Vec<RemoteId>,
    },
    /// The whole of what stands under the message now, ours to set as the platform allows.
    React {
        target: RemoteId,
        emoji: Vec<String>,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Post {
    /// For platforms that can show it; where they cannot, the text already says it.
    pub author: Author,
    /// The author's name as it is shown: cleaned, told apart, with the platform, as in `Ana (Telegram)`.
    pub shown_name: String,
    /// The platform that the author wrote on.
    pub from: Platform,
    pub at: Timestamp,
    /// Set if the message itself stands in this very channel already, under the given id.
    pub original: Option<RemoteId>,
    pub reply: Option<Reply>,
    /// The own name of its thread in the destination, where that has one beside its root's id: of a root, from its
    /// second part on.
    pub thread: Option<RemoteId>,
    /// The thread's subject, or the first words of its root where it has none.
    pub subject: String,
    /// It begins a thread, and its author gave the subject.
    pub has_own_subject: bool,
    pub part: Part,
    /// What an earlier attempt had done already, in the adapter's own words.
    pub progress: Option<String>,
}

/// Where a message stands in its thread, in the ids of the destination.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reply {
    pub to: RemoteId,
    /// From the root down to `to`; long threads keep their root and their newest.
    pub ancestors: Vec<RemoteId>,
}

/// What fits in one post.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Part {
    /// 0 for the first, of `of`.
    pub number: usize,
    pub of: usize,
    pub text: Markup,
    pub files: Vec<LocalFile>,
    /// Below the last part. Where a platform has none, the text says what to answer.
    pub buttons: Vec<Button>,
}

/// A choice that people are offered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Button {
    pub label: String,
    pub does: Does,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Does {
    /// Comes back in `Event::Pressed`: at most 64 bytes, which is the least of the platforms.
    Press(String),
    /// Opens an address.
    Open(String),
}

/// An attachment whose bytes lie on this machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LocalFile {
    pub attachment: Attachment,
    pub path: PathBuf,
}

/// Proof that a platform took the part. More than one id for an album.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Receipt {
    pub remote_ids: Vec<RemoteId>,
    /// The thread that was opened for it, where that has a name of its own.
    pub thread: Option<RemoteId>,
}

/// What a look at the platform's own memory says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reconciled {
    Found(Receipt),
    NotFound,
    /// The platform has no memory that we may read.
    CannotTell,
}
