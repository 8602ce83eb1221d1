//! What Bo says by email, on its way to another platform.

use conversation::{
    Author, AuthorKind, ChannelRef, Markup, Operation, Outbound, Part, Post, RemoteId, Reply,
    Timestamp,
};

/// A delivery of its own for each key.
pub(crate) fn outbound(channel: &ChannelRef, key: &str, operation: Operation) -> Outbound {
    Outbound {
        delivery: key.into(),
        key: format!("{key}/0"),
        channel: channel.clone(),
        operation,
    }
}

pub(crate) fn posting(post: Post) -> Operation {
    Operation::Post(Box::new(post))
}

pub(crate) fn words(text: &str) -> Post {
    Post {
        author: Author {
            account: "bo@example.org".into(),
            display_name: "Bo".to_owned(),
            picture: Some("https://example.org/bo.png".to_owned()),
            kind: AuthorKind::Person,
        },
        shown_name: "Bo (email)".to_owned(),
        from: "email".into(),
        at: now(),
        original: None,
        reply: None,
        thread: None,
        subject: "Friday".to_owned(),
        has_own_subject: false,
        part: Part {
            number: 0,
            of: 1,
            text: Markup::plain(text),
            files: Vec::new(),
            buttons: Vec::new(),
        },
        progress: None,
    }
}

pub(crate) fn answering(to: &RemoteId, mut post: Post) -> Post {
    post.reply = Some(Reply {
        to: to.clone(),
        ancestors: vec![to.clone()],
    });
    post
}

pub(crate) fn in_thread(thread: &RemoteId, mut post: Post) -> Post {
    post.thread = Some(thread.clone());
    post
}

fn now() -> Timestamp {
    let since = std::time::UNIX_EPOCH.elapsed().unwrap();
    Timestamp(i64::try_from(since.as_millis()).unwrap())
}
