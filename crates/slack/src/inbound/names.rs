//! Names in the place of ids, before and after a text is read. **Invariant:** no bare id is shown.

use std::collections::HashMap;

use conversation::{Markup, Node};
use serde_json::{Value, json};

use super::ids::references;

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

const SOME_CHANNEL: &str = "a-private-channel";
const SOME_GROUP: &str = "a-group";
const SOMEBODY: &str = "@somebody";

/// Channels and user groups by their names, in both of Slack's ways to write text.
pub(super) fn say_names(event: &mut Value, names: &Names) {
    for holder in ["", "/message"] {
        for part in ["text", "blocks", "attachments"] {
            if let Some(value) = event.pointer_mut(&format!("{holder}/{part}")) {
                say_names_in(value, names);
            }
        }
    }
}

fn say_names_in(value: &mut Value, names: &Names) {
    match value {
        Value::String(text) => {
            if let Some(said) = labelled(text, names) {
                *text = said;
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|it| say_names_in(it, names)),
        Value::Object(fields) => {
            let id = |name| fields.get(name).and_then(Value::as_str);
            let kind = id("type");
            let said = match (kind, id("channel_id"), id("usergroup_id")) {
                (Some("channel"), Some(id), _) => format!("#{}", names.place(id, SOME_CHANNEL)),
                (Some("usergroup"), _, Some(id)) => format!("@{}", names.place(id, SOME_GROUP)),
                _ => return fields.values_mut().for_each(|it| say_names_in(it, names)),
            };
            let style = fields.remove("style");
            *value = json!({"type": "text", "text": said});
            if let Some(style) = style {
                value["style"] = style;
            }
        }
        _ => {}
    }
}

impl Names {
    fn place<'a>(&'a self, id: &str, otherwise: &'a str) -> &'a str {
        self.places.get(id).map_or(otherwise, String::as_str)
    }
}

/// As `<#C1|general>`, which both say the same to.
fn labelled(mrkdwn: &str, names: &Names) -> Option<String> {
    let mut said = String::new();
    let mut copied = 0;
    for (range, id, label) in references(mrkdwn) {
        if range.start < copied || label.is_some_and(|it| !it.is_empty()) {
            continue;
        }
        let name = match id.as_bytes() {
            [b'#', ..] => names.place(&id[1..], SOME_CHANNEL).to_owned(),
            [b'!', ..] => {
                let id = id.trim_start_matches("!subteam^");
                format!("@{}", names.place(id, SOME_GROUP))
            }
            _ => continue,
        };
        said.push_str(&mrkdwn[copied..range.start]);
        said.push_str(&format!("<{id}|{name}>"));
        copied = range.end;
    }
    (copied > 0).then(|| said + &mrkdwn[copied..])
}

/// The names of people who are mentioned: readers of markup know their ids only.
pub(super) fn name_people(nodes: &mut [Node], names: &Names) {
    for node in nodes {
        match node {
            Node::Mention {
                account: Some(account),
                name,
            } => {
                *name = match names.users.get(account.as_str()) {
                    Some(user) => format!("@{}", user.name),
                    None if is_bare(name, account.as_str()) => SOMEBODY.to_owned(),
                    None => format!("@{}", name.trim_start_matches('@')),
                };
            }
            Node::Styled { children, .. } | Node::Link { children, .. } | Node::Quote(children) => {
                name_people(children, names);
            }
            Node::List { items, .. } => items.iter_mut().for_each(|it| name_people(it, names)),
            _ => {}
        }
    }
}

fn is_bare(name: &str, id: &str) -> bool {
    let name = name.trim_start_matches('@');
    name.is_empty() || name == id
}

pub(super) fn named(mut markup: Markup, names: &Names) -> Vec<Node> {
    name_people(&mut markup.0, names);
    markup.0
}
