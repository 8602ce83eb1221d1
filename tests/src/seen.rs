//! One post, and what a platform answers to it.

use conversation::{Button, Receipt, RemoteId, Timestamp};

/// One post as people see it.
#[derive(Clone)]
pub(crate) struct Seen {
    pub(crate) id: RemoteId,
    pub(crate) channel: RemoteId,
    pub(crate) author: String,
    pub(crate) text: String,
    pub(crate) reply_to: Option<RemoteId>,
    /// The name of the thread in which it stands, where it does not stand in the channel itself.
    pub(crate) thread: Option<RemoteId>,
    pub(crate) subject: Option<String>,
    pub(crate) at: Timestamp,
    pub(crate) edited: bool,
    pub(crate) deleted: bool,
    pub(crate) reactions: Vec<String>,
    pub(crate) key: Option<String>,
    pub(crate) buttons: Vec<Button>,
    pub(crate) files: Vec<String>,
    /// What stands in those files that hold text.
    pub(crate) texts: Vec<String>,
}

impl Seen {
    pub(crate) fn new(channel: &RemoteId) -> Seen {
        Seen {
            id: RemoteId(String::new()),
            channel: channel.clone(),
            author: String::new(),
            text: String::new(),
            reply_to: None,
            thread: None,
            subject: None,
            at: Timestamp(0),
            edited: false,
            deleted: false,
            reactions: Vec::new(),
            key: None,
            buttons: Vec::new(),
            files: Vec::new(),
            texts: Vec::new(),
        }
    }
}

pub(crate) fn receipt(id: RemoteId) -> Receipt {
    Receipt {
        thread: None,
        remote_ids: vec![id],
    }
}
