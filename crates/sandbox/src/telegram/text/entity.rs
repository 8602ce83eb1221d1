//! Marks over a text.

use serde_json::{Map, Value};

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Entity {
    pub(crate) offset: usize,
    pub(crate) length: usize,
    pub(crate) kind: String,
    /// `url`, `user`, `language`, `custom_emoji_id`, …
    pub(crate) more: Map<String, Value>,
}

/// A text with its entities.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Formatted {
    pub(crate) text: String,
    pub(crate) entities: Vec<Entity>,
}

impl Entity {
    pub(crate) fn new(kind: &str, offset: usize, length: usize) -> Entity {
        Entity {
            offset,
            length,
            kind: kind.to_owned(),
            more: Map::new(),
        }
    }

    pub(crate) fn end(&self) -> usize {
        self.offset + self.length
    }

    pub(crate) fn to_value(&self) -> Value {
        let mut fields = self.more.clone();
        fields.insert("type".into(), self.kind.clone().into());
        fields.insert("offset".into(), self.offset.into());
        fields.insert("length".into(), self.length.into());
        Value::Object(fields)
    }
}

pub(crate) fn utf16_len(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}
