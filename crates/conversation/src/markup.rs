//! A small neutral markup tree: what the platforms have in common, no more.

use serde::{Deserialize, Serialize};

use crate::RemoteId;

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
    /// Of a person; `account` only where the platform said who.
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

    pub fn is_blank(&self) -> bool {
        self.plain_text().trim().is_empty()
    }
}
