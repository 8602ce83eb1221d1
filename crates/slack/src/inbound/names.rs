//! Names in the place of ids. **Invariant:** no bare id is shown.

use std::collections::HashMap;

use conversation::Markup;
use serde_json::Value;

use crate::markup::{Reference, parse_mrkdwn_with, parse_rich_text_with};

/// What was looked up; empty where nothing was.
#[derive(Debug, Clone, Default)]
pub struct Names {
    pub users: HashMap<String, User>,
    /// Of channels and user groups, without `#` and `@`.
    pub places: HashMap<String, String>,
}

/// A member of the workspace.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct User {
    pub name: String,
    pub picture: Option<String>,
    pub is_bot: bool,
}

impl Names {
    pub(super) fn mrkdwn(&self, text: &str) -> Markup {
        parse_mrkdwn_with(text, &|it| Some(self.of(it)))
    }

    pub(super) fn rich_text(&self, block: &Value) -> Markup {
        parse_rich_text_with(block, &|it| Some(self.of(it)))
    }

    /// Empty where it is not known yet: whoever shows it asks then.
    fn of(&self, reference: Reference<'_>) -> String {
        let known = match reference {
            Reference::User(id) => self.users.get(id).map(|it| it.name.clone()),
            Reference::Channel(id) | Reference::UserGroup(id) => self.places.get(id).cloned(),
        };
        known.unwrap_or_default()
    }
}
