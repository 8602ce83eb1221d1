//! The readers of a channel whose posts nobody hands out but we: each gets a post of their own.

use serde::Serialize;

use crate::{ChannelRef, EventKey, RemoteId};

/// All who read a channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Readers {
    pub all: Vec<Reader>,
    /// So many posts may be on their way at the same time.
    pub at_once: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reader {
    pub account: RemoteId,
    /// As staff knows them.
    pub name: String,
}

/// To whom one post goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Addressee {
    pub account: RemoteId,
    /// Stands for them in what comes back to us, and tells nobody else who they are.
    pub token: String,
}

/// A post came back: the reader's own server did not take it after all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Returned {
    pub channel: ChannelRef,
    /// The same report offered again has the same key.
    pub key: EventKey,
    pub whom: Whose,
    /// False where it is tried further.
    pub is_final: bool,
    /// What the server said, without anybody's address.
    pub why: String,
    /// The report as it came.
    pub raw: Vec<u8>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whose {
    Token(String),
    Account(RemoteId),
    Nobody,
}
