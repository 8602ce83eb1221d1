//! What is shown around a message's own words: its subject, what it answers, and that it comes late. Pure.

use conversation::{
    AuthorKind, Capabilities, Content, Markup, Node, OperationKind, ReplyShown, Style, Support,
    Timestamp,
};
use store::Work;
use words::SENT_AT;

use crate::wording::clock;

/// The subject of a message that begins a thread, where its new home shows none: it is a part of what was said.
pub(super) fn unseen_subject<'a>(
    work: &'a Work,
    content: &Content,
    home: &Capabilities,
    to: &Capabilities,
) -> Option<&'a str> {
    let is_unseen = home.subjects == Support::Native && to.subjects != Support::Native;
    let subject = work.said.subject.trim();
    let text = content.text.plain_text();
    let is_repeated = text.trim_start().starts_with(subject);
    (work.said.has_own_subject && is_unseen && !is_repeated).then_some(subject)
}

pub(super) fn under_subject(subject: &str, content: Content) -> Content {
    let heading = Node::Styled {
        style: Style::Bold,
        children: vec![Node::Text(subject.to_owned())],
    };
    let mut text = vec![heading];
    if !content.text.is_blank() {
        text.push(Node::Text("\n".to_owned()));
        text.extend(content.text.0);
    }
    Content {
        text: Markup(text),
        ..content
    }
}

pub(super) fn reply_shown<'a>(
    work: &'a Work,
    parent_author: Option<&'a str>,
    to: &Capabilities,
) -> ReplyShown<'a> {
    match (&work.context.reply, &work.context.parent) {
        (Some(_), _) if to.replies == Support::Native => ReplyShown::Natively,
        (_, Some(parent)) => match parent_author {
            Some(author) => ReplyShown::InWords {
                author,
                text: &parent.text,
            },
            None => ReplyShown::Unsaid,
        },
        _ => ReplyShown::Nothing,
    }
}

/// Later than this, a message says when it was written.
pub(crate) const LATE: std::time::Duration = std::time::Duration::from_secs(10 * 60);

/// In UTC, for a room has people in many zones.
pub(super) fn late_note(work: &Work, now: Timestamp) -> Option<String> {
    // An edit leaves it as it was when it was posted.
    let posted_at = match work.operation {
        OperationKind::Edit => work.standing.since.unwrap_or(now),
        _ => now,
    };
    let is_late =
        posted_at.since(work.said.at) > LATE && work.said.author.kind != AuthorKind::Ourselves;
    is_late.then(|| SENT_AT.say(work.to.language, &[("time", clock(work.said.at).into())]))
}
