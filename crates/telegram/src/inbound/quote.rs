//! What a message answers, repeats or forwards.

use calls::shown;
use conversation::{Markup, Node, RemoteId};

use super::author::{chat_name, user_name};
use crate::id::message_id;
use crate::markup::from_entities;
use crate::wire::{Message, Origin, Parent};

/// What this answers, most trusted first: the message itself, then the root of its thread of replies.
pub(super) fn answers(message: &Message) -> Vec<RemoteId> {
    let Some(parent) = parent(message) else {
        return Vec::new();
    };
    let root = message
        .message_thread_id
        .filter(|root| !message.is_topic_message && *root != parent.message_id);
    std::iter::once(parent.message_id)
        .chain(root)
        .map(message_id)
        .collect()
}

/// In a forum every message that answers nobody "answers" the service message that opened its topic.
fn parent(message: &Message) -> Option<&Parent> {
    message.reply_to_message.as_ref().filter(|parent| {
        let opens_the_topic = parent.forum_topic_created.is_some()
            || (message.is_topic_message && message.message_thread_id == Some(parent.message_id));
        !opens_the_topic
    })
}

/// Known only from messages that answer nobody in their topic.
pub(super) fn topic_name(message: &Message) -> Option<String> {
    let opening = message.reply_to_message.as_ref()?;
    shown(&opening.forum_topic_created.as_ref()?.name)
}

/// Lines to be said before the words of the message itself.
pub(super) fn before_the_words(message: &Message) -> Vec<Node> {
    forwarded(message)
        .into_iter()
        .chain(quoted(message))
        .collect()
}

/// A channel's post in the channel's own discussion group is no news from elsewhere.
fn forwarded(message: &Message) -> Option<Node> {
    let origin = message.forward_origin.as_ref()?;
    (!message.is_automatic_forward).then(|| {
        let line = format!("Forwarded from {}:", origin_name(origin));
        Node::Quote(vec![Node::Text(line)])
    })
}

/// Words that the author chose to quote, or words from a place that the reader cannot see.
fn quoted(message: &Message) -> Option<Node> {
    let quote = message.quote.as_ref();
    let words = quote.map(|it| from_entities(&it.text, &it.entities));
    if let Some(elsewhere) = &message.external_reply {
        return Some(quote_of(&origin_name(&elsewhere.origin), words));
    }
    words
        .filter(|_| quote.is_some_and(|it| it.is_manual))
        .map(|words| Node::Quote(words.0))
}

fn quote_of(author: &str, words: Option<Markup>) -> Node {
    match words {
        Some(words) => {
            let mut nodes = vec![Node::Text(format!("{author}: "))];
            nodes.extend(words.0);
            Node::Quote(nodes)
        }
        None => Node::Quote(vec![Node::Text(format!("In reply to {author}"))]),
    }
}

fn origin_name(origin: &Origin) -> String {
    let user = origin.sender_user.as_ref().map(user_name);
    user.or_else(|| origin.sender_user_name.as_deref().and_then(shown))
        .or_else(|| origin.sender_chat.as_ref().map(chat_name))
        .or_else(|| origin.chat.as_ref().map(chat_name))
        .unwrap_or_else(|| "somebody".to_owned())
}
