//! The words of a post in Discord's Markdown. **Invariant:** never longer than Discord takes; marks are given up
//! before words.

use calls::refused;
use conversation::{Markup, Node, Post, SendError};

use crate::capabilities::MAX_TEXT;
use crate::id::Snowflake;
use crate::markup::markdown;

/// "Array of user_ids to mention (Max size of 100)".
const MOST_RUNG: usize = 100;

pub(crate) fn text(post: &Post) -> Result<String, SendError> {
    let marked = markdown(&post.part.text);
    if fits(&marked) {
        return Ok(marked);
    }
    let words = post.part.text.plain_text();
    let unmarked = markdown(&Markup::plain(&words));
    if fits(&unmarked) {
        return Ok(unmarked);
    }
    if fits(&words) {
        return Ok(words);
    }
    let length = words.chars().count();
    Err(refused(format!(
        "{length} characters are more than the {MAX_TEXT} that Discord takes"
    )))
}

fn fits(text: &str) -> bool {
    text.chars().count() <= MAX_TEXT
}

/// The accounts that the text names, each once: the only people who are notified.
pub(super) fn notified(markup: &Markup) -> Vec<Snowflake> {
    let mut accounts = Vec::new();
    collect(&markup.0, &mut accounts);
    accounts.truncate(MOST_RUNG);
    accounts
}

fn collect(nodes: &[Node], accounts: &mut Vec<Snowflake>) {
    for node in nodes {
        match node {
            Node::Mention { account, .. } => {
                let id = account
                    .as_ref()
                    .and_then(|it| Snowflake::parse(it.as_str()));
                accounts.extend(id.filter(|it| !accounts.contains(it)));
            }
            Node::Styled { children, .. } | Node::Link { children, .. } | Node::Quote(children) => {
                collect(children, accounts);
            }
            Node::List { items, .. } => items.iter().for_each(|it| collect(it, accounts)),
            Node::Text(_) | Node::Code(_) | Node::CodeBlock { .. } | Node::Emoji { .. } => {}
        }
    }
}
