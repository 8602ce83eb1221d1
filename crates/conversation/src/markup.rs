//! A small neutral markup tree: what the platforms have in common, no more.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::render::name::is_unseen;
use crate::{Mark, RemoteId, Span};

/// Text with markup. Line breaks are `\n` inside `Node::Text`; blocks stand on lines of their own.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Markup(pub Vec<Node>);

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Node {
    Text(String),
    Styled {
        style: Style,
        children: Vec<Node>,
    },
    Code(String),
    CodeBlock {
        language: Option<String>,
        code: String,
    },
    Link {
        url: String,
        children: Vec<Node>,
    },
    Quote(Vec<Node>),
    List {
        /// The first number, for a numbered list.
        start: Option<u64>,
        items: Vec<Vec<Node>>,
    },
    /// Of a person; `account` only where the platform said who. A name that is its sign alone, `@` or `#`, is not known
    /// yet: whoever shows it asks for it then.
    Mention {
        account: Option<RemoteId>,
        name: String,
    },
    /// A picture of the platform's own; `text` is what others see.
    Emoji {
        id: RemoteId,
        text: String,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Style {
    Bold,
    Italic,
    Underline,
    Strike,
    Spoiler,
}

impl Node {
    /// The nodes inside of it; a list has them item by item.
    pub(crate) fn inner(&self) -> &[Vec<Node>] {
        match self {
            Node::Styled { children, .. } | Node::Link { children, .. } | Node::Quote(children) => {
                std::slice::from_ref(children)
            }
            Node::List { items, .. } => items,
            Node::Text(_) | Node::Code(_) | Node::CodeBlock { .. } => &[],
            Node::Mention { .. } | Node::Emoji { .. } => &[],
        }
    }

    pub(crate) fn inner_mut(&mut self) -> &mut [Vec<Node>] {
        match self {
            Node::Styled { children, .. } | Node::Link { children, .. } | Node::Quote(children) => {
                std::slice::from_mut(children)
            }
            Node::List { items, .. } => items,
            _ => &mut [],
        }
    }
}

impl Markup {
    pub fn plain(text: &str) -> Markup {
        if text.is_empty() {
            return Markup::default();
        }
        Markup(vec![Node::Text(text.to_owned())])
    }

    /// The words without the markup, as `flatten` lays them out.
    pub fn plain_text(&self) -> String {
        self.flatten().text
    }

    /// The accounts of the people whom it mentions.
    pub fn mentioned(&self) -> BTreeSet<RemoteId> {
        let mut accounts = BTreeSet::new();
        each_mention(&self.0, &mut |account, _| accounts.extend(account.clone()));
        accounts
    }

    /// Those of whom no name was known when it was said.
    pub fn unnamed(&self) -> BTreeSet<RemoteId> {
        let mut accounts = BTreeSet::new();
        each_mention(&self.0, &mut |account, name| {
            accounts.extend(account.clone().filter(|_| is_unnamed(name)));
        });
        accounts
    }

    /// Names those of whom no name was known when it was said, or calls them somebody.
    pub fn name(&mut self, names: &BTreeMap<RemoteId, String>) {
        name_unnamed(&mut self.0, names);
    }

    /// Those of whom another name is known here are called so, whatever they were called.
    pub fn rename<'n>(&mut self, names: impl Fn(&RemoteId) -> Option<&'n String>) {
        rename_mentioned(&mut self.0, &names);
    }

    /// Nothing of it can be seen or followed.
    pub fn is_blank(&self) -> bool {
        let flat = self.flatten();
        let leads = |it: &Span| matches!(it.mark, Mark::Link { .. });
        flat.text.chars().all(is_unseen) && !flat.spans.iter().any(leads)
    }

    /// The same words in a tree that can be kept as JSON and read back: one that is deeper than any that
    /// people make becomes a text with marks, its lists the lines that they say.
    #[must_use]
    pub fn bounded(self) -> Markup {
        match levels(&self.0) > MOST_LEVELS {
            true => self.flatten().to_markup(),
            false => self,
        }
    }
}

/// Readers of JSON commonly stop at 128 levels, and a few stand around a text.
const MOST_LEVELS: usize = 100;

fn each_mention(nodes: &[Node], look: &mut dyn FnMut(&Option<RemoteId>, &str)) {
    for node in nodes {
        if let Node::Mention { account, name } = node {
            look(account, name);
        }
        node.inner().iter().for_each(|it| each_mention(it, look));
    }
}

fn name_unnamed(nodes: &mut [Node], names: &BTreeMap<RemoteId, String>) {
    for node in nodes {
        if let Node::Mention { account, name } = node
            && is_unnamed(name)
        {
            let known = account.as_ref().and_then(|it| names.get(it));
            name.push_str(known.map_or("somebody", String::as_str));
        }
        let inner = node.inner_mut().iter_mut();
        inner.for_each(|it| name_unnamed(it, names));
    }
}

fn rename_mentioned<'n>(nodes: &mut [Node], names: &impl Fn(&RemoteId) -> Option<&'n String>) {
    for node in nodes {
        if let Node::Mention {
            account: Some(account),
            name,
        } = node
            && let Some(other) = names(account)
        {
            *name = format!("@{other}");
        }
        let inner = node.inner_mut().iter_mut();
        inner.for_each(|it| rename_mentioned(it, names));
    }
}

fn is_unnamed(name: &str) -> bool {
    matches!(name, "@" | "#")
}

/// As JSON.
fn levels(nodes: &[Node]) -> usize {
    let of = |node: &Node| match node {
        Node::Styled { children, .. } | Node::Link { children, .. } => 2 + levels(children),
        Node::Quote(children) => 1 + levels(children),
        Node::List { items, .. } => 3 + items.iter().map(|item| levels(item)).max().unwrap_or(0),
        Node::Text(_) | Node::Code(_) | Node::CodeBlock { .. } => 2,
        Node::Mention { .. } | Node::Emoji { .. } => 2,
    };
    1 + nodes.iter().map(of).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lists(depth: usize) -> Markup {
        let innermost = vec![Node::Text("bread".to_owned())];
        let around = |inner, _| {
            vec![Node::List {
                start: None,
                items: vec![inner],
            }]
        };
        Markup((0..depth).fold(innermost, around))
    }

    /// S18, S32: what cannot be read back would hold up its channel for ever.
    #[test]
    fn a_tree_too_deep_to_be_read_back_keeps_its_words_and_loses_its_depth() {
        for depth in [1, 20, 40, 120] {
            let kept = lists(depth).bounded();
            let json = serde_json::to_string(&[[[[&kept]]]]).expect("it can be written");
            let read: Result<[[[[Markup; 1]; 1]; 1]; 1], _> = serde_json::from_str(&json);
            assert_eq!(read.expect("it can be read")[0][0][0][0], kept, "{depth}");
            assert!(kept.plain_text().ends_with("bread"), "{depth}");
            assert_eq!(kept == lists(depth), depth <= 20, "{depth}");
        }
    }
}
