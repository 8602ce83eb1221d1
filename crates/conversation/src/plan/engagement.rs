//! What the engagement log learns of an event: numbers and kinds, never words.

use serde::Serialize;

use crate::{Event, Inbound};

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Engagement {
    pub kind: EngagementKind,
    pub is_question: bool,
    /// In characters.
    pub length: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EngagementKind {
    Posted,
    Reacted,
    Joined,
    Left,
}

worded!(EngagementKind {
    Posted = "posted",
    Reacted = "reacted",
    Joined = "joined",
    Left = "left",
});

pub(super) fn of(event: &Inbound) -> Option<Engagement> {
    let kind = match &event.event {
        Event::Posted(_) => EngagementKind::Posted,
        Event::Reacted(change) if !change.added.is_empty() => EngagementKind::Reacted,
        Event::Joined => EngagementKind::Joined,
        Event::Left => EngagementKind::Left,
        _ => return None,
    };
    let text = match &event.event {
        Event::Posted(posted) => posted.content.text.plain_text(),
        _ => String::new(),
    };
    Some(Engagement {
        kind,
        is_question: is_question(&text),
        length: text.chars().count(),
    })
}

/// A question mark counts at the end of a word: one inside a web address asks nothing.
fn is_question(text: &str) -> bool {
    let bare = |word: &str| {
        word.trim_end_matches(['!', '"', '\'', ')', '”', '’', '»'])
            .to_owned()
    };
    let mut words = text.split_whitespace();
    words.any(|it| bare(it).ends_with(['?', '？', '؟']))
}
