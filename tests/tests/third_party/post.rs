//! What Bo says by email, on its way to a server of somebody else's.

pub(crate) use causeway_tests::samples::{answering, words};
use conversation::{ChannelRef, Operation, Outbound, Post, RemoteId};

/// A delivery of its own for each key.
pub(crate) fn outbound(channel: &ChannelRef, key: &str, operation: Operation) -> Outbound {
    Outbound {
        delivery: key.into(),
        key: format!("{key}/0"),
        channel: channel.clone(),
        operation,
        to: None,
        way_back: None,
    }
}

pub(crate) fn posting(post: Post) -> Operation {
    Operation::Post(Box::new(post))
}

pub(crate) fn in_thread(thread: &RemoteId, mut post: Post) -> Post {
    post.thread = Some(thread.clone());
    post
}
