//! Words: a `rich_text` block for those who see, and mrkdwn beside it for notifications and older readers.

use calls::refused;
use conversation::{AuthorKind, Button, Does, Markup, Node, Post, SendError, with_addresses};
use serde_json::{Value, json};

use super::say::thread;
use crate::api::Form;
use crate::capabilities::MAX_TEXT;
use crate::id::{self, PLATFORM};
use crate::inbound::BUTTON;
use crate::markup::{mrkdwn, rich_text};

/// The kind of our messages' metadata, whose `key` names the delivery and its part.
pub(crate) const METADATA: &str = "causeway";

const LONGEST_NAME: usize = 80;
/// Slack's answer is `msg_blocks_too_long` at about 13,200 characters of JSON, which its pages do not say.
const LARGEST_BLOCKS: usize = 12_000;
const LONGEST_LABEL: usize = 75;

pub(super) fn post(channel: &str, key: &str, post: &Post) -> Result<Form, SendError> {
    let mut form = words(post, &post.part.text)?;
    form.insert(0, ("channel", channel.to_owned()));
    form.push(("unfurl_links", "false".to_owned()));
    form.push(("unfurl_media", "false".to_owned()));
    let metadata = json!({"event_type": METADATA, "event_payload": {"key": key}});
    form.push(("metadata", metadata.to_string()));
    form.extend(thread(post).map(|it| ("thread_ts", it.to_owned())));
    form.extend(author(post));
    Ok(form)
}

/// The bridge speaks by its own name. Where the app may not say whose words it brings, Slack answers
/// `missing_scope`, and the link rests until that is put right: everybody under one name would be worse.
fn author(post: &Post) -> Form {
    if post.author.kind == AuthorKind::Ourselves || post.shown_name.trim().is_empty() {
        return Form::new();
    }
    let name = post.shown_name.chars().take(LONGEST_NAME).collect();
    let picture = post.author.picture.as_deref();
    let picture = picture.filter(|it| it.starts_with("https://") || it.starts_with("http://"));
    let mut form = vec![("username", name)];
    form.extend(picture.map(|it| ("icon_url", it.to_owned())));
    form
}

/// What posts and edits have in common.
pub(crate) fn words(post: &Post, text: &Markup) -> Result<Form, SendError> {
    let text = sayable(text, post.from.as_str() == PLATFORM);
    let length = text.plain_text().chars().count();
    if length > MAX_TEXT + LONGEST_NAME {
        let problem = format!("{length} characters are more than the {MAX_TEXT} that Slack shows");
        return Err(refused(&problem));
    }
    if text.is_blank() {
        return Err(refused("there are no words in the message"));
    }
    let buttons = buttons(&post.part.buttons);
    let (words, blocks) = match blocks(&text, buttons.as_ref()) {
        Some(blocks) => (beside_blocks(&text), blocks),
        None => (mrkdwn(&text), Value::from_iter(buttons).to_string()),
    };
    Ok(vec![
        ("text", words),
        ("blocks", blocks),
        ("parse", "none".to_owned()),
        ("link_names", "false".to_owned()),
    ])
}

/// Where the links or the marks of a text make its blocks too large for Slack, it goes without them; `None` if that is too
/// large too.
fn blocks(text: &Markup, buttons: Option<&Value>) -> Option<String> {
    let written = |text: &Markup| {
        let all = std::iter::once(rich_text(text)).chain(buttons.cloned());
        Value::from_iter(all).to_string()
    };
    let fits = |it: &String| it.chars().count() <= LARGEST_BLOCKS;
    // Slack makes links of the addresses that people write, but not of those in blocks.
    let linked = || with_addresses(text);
    let plain = || Markup::plain(&text.plain_text());
    let ways: [&dyn Fn() -> Markup; 3] = [&linked, &|| text.clone(), &plain];
    ways.iter().map(|it| written(&it())).find(fits)
}

/// For notifications: nobody sees it where there are blocks, and Slack refuses one that its signs make too long.
fn beside_blocks(text: &Markup) -> String {
    let marked = mrkdwn(text);
    if marked.chars().count() <= MAX_TEXT {
        return marked;
    }
    let words = text.plain_text();
    let beginning = |length: usize| {
        let words: String = words.chars().take(length).collect();
        mrkdwn(&Markup::plain(&format!("{}…", words.trim_end())))
    };
    let fits = |it: &String| it.chars().count() <= MAX_TEXT;
    let beginnings = [MAX_TEXT - 1, MAX_TEXT / 2, MAX_TEXT / 8].map(beginning);
    beginnings.into_iter().find(fits).unwrap_or_default()
}

fn buttons(buttons: &[Button]) -> Option<Value> {
    let button = |(number, button): (usize, &Button)| {
        let label: String = button.label.chars().take(LONGEST_LABEL).collect();
        let (name, value, kind) = match &button.does {
            Does::Press(id) => (format!("{BUTTON}{number}"), id, "value"),
            // Slack tells of these presses, too: by a name that is not ours.
            Does::Open(address) => (format!("opens-{number}"), address, "url"),
        };
        let mut element = json!({
            "type": "button",
            "action_id": name,
            "text": {"type": "plain_text", "text": label, "emoji": true},
        });
        element[kind] = value.as_str().into();
        element
    };
    let elements: Vec<Value> = buttons.iter().enumerate().map(button).collect();
    (!elements.is_empty()).then(|| json!({"type": "actions", "elements": elements}))
}

/// Ids of other platforms mean nothing here: such mentions and pictures are words.
pub(super) fn sayable(text: &Markup, ids_are_ours: bool) -> Markup {
    Markup(
        text.0
            .iter()
            .map(|it| sayable_node(it, ids_are_ours))
            .collect(),
    )
}

fn sayable_node(node: &Node, ids_are_ours: bool) -> Node {
    let all = |nodes: &[Node]| {
        nodes
            .iter()
            .map(|it| sayable_node(it, ids_are_ours))
            .collect()
    };
    match node {
        Node::Mention { account, name } => Node::Mention {
            account: account.clone().filter(|it| id::is_user(it.as_str())),
            name: name.clone(),
        },
        Node::Emoji { text, .. } if !ids_are_ours => Node::Text(text.clone()),
        Node::Styled { style, children } => Node::Styled {
            style: *style,
            children: all(children),
        },
        Node::Link { url, children } => Node::Link {
            url: url.clone(),
            children: all(children),
        },
        Node::Quote(children) => Node::Quote(all(children)),
        Node::List { start, items } => Node::List {
            start: *start,
            items: items.iter().map(|it| all(it)).collect(),
        },
        other => other.clone(),
    }
}
