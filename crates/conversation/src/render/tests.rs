//! What people see of a message in another channel.

#![allow(clippy::unwrap_used)]

use std::collections::HashMap;

use crate::samples::{LABELS, author, chat};
use crate::{
    Absent, Attachment, AttachmentKind, AttachmentSource, Author, AuthorKind, BlobRef,
    Capabilities, Content, Language, Mark, Markup, Node, RemoteId, Rendering, ReplyShown, Style,
    Support, TextLimit, TextUnit, Whereabouts, render,
};

mod apart;
mod attachments;
mod attribution;
mod hard_text;
mod links;
mod long;
mod names;
mod plain;
mod properties;
mod splitting;

/// Everything goes in one mail, under the author's own name.
fn mail() -> Capabilities {
    let limit = TextLimit {
        max: 1_000_000,
        unit: TextUnit::Bytes,
    };
    let mut mail = chat();
    mail.label = "email";
    mail.text = limit;
    mail.caption = limit;
    mail.attachments.per_post = 100;
    mail.author_name = Support::Native;
    mail
}

/// A chat without markup.
fn plain() -> Capabilities {
    let mut plain = chat();
    plain.markup = Support::Fallback;
    plain
}

fn limited(mut to: Capabilities, max: usize, unit: TextUnit) -> Capabilities {
    to.text = TextLimit { max, unit };
    to.caption = TextLimit { max, unit };
    to
}

fn file(kind: AttachmentKind, name: &str, size: Option<u64>) -> Attachment {
    Attachment {
        kind,
        name: Some(name.to_owned()),
        mime: None,
        size,
        alt: None,
        source: AttachmentSource::Remote {
            channel: crate::ChannelRef::new("talk", "1"),
            file: name.into(),
        },
    }
}

/// Ana says it on a platform called Talk.
fn said(content: &Content, to: &Capabilities) -> Vec<Content> {
    said_in_reply(content, ReplyShown::Nothing, to)
}

fn said_in_reply(content: &Content, reply: ReplyShown<'_>, to: &Capabilities) -> Vec<Content> {
    let rendering = Rendering {
        content,
        author: &author("Ana"),
        called: "Ana",
        from: "Talk",
        labels: &LABELS,
        reply,
        late: None,
        mentions: &all_known_here(content),
        language: Language::ENGLISH,
    };
    render(&rendering, to)
}

/// Under the account that they have elsewhere.
fn all_known_here(content: &Content) -> HashMap<RemoteId, RemoteId> {
    let spans = content.text.flatten().spans.into_iter();
    let accounts = spans.filter_map(|span| match span.mark {
        Mark::Mention { account } => account,
        _ => None,
    });
    accounts.map(|it| (it.clone(), it)).collect()
}

fn text(text: &str) -> Node {
    Node::Text(text.to_owned())
}

fn marked(nodes: Vec<Node>) -> Content {
    Content {
        text: Markup(nodes),
        attachments: Vec::new(),
    }
}

/// The posts as people see them, with the marks as signs and the files below.
fn shown(posts: &[Content]) -> String {
    let posts = posts.iter().map(|post| {
        let flat = post.text.flatten();
        let opening = flat.spans.iter().map(|it| (it.start, signs_of(&it.mark).0));
        let closing = flat.spans.iter().rev();
        let closing = closing.map(|it| (it.end, signs_of(&it.mark).1));
        let mut signs: Vec<(usize, String)> = closing.chain(opening).collect();
        signs.sort_by_key(|(at, _)| *at);
        let mut shown = flat.text;
        for (at, sign) in signs.into_iter().rev() {
            shown.insert_str(at, &sign);
        }
        for file in &post.attachments {
            let name = file.name.as_deref().unwrap_or("-");
            shown.push_str(&format!("\n<{:?} {name}>", file.kind));
        }
        shown.trim_start().to_owned()
    });
    posts.collect::<Vec<_>>().join("\n---\n")
}

fn signs_of(mark: &Mark) -> (String, String) {
    let sign = match mark {
        Mark::Style(Style::Bold) => "*",
        Mark::Style(_) => "_",
        Mark::Code => "`",
        Mark::CodeBlock { .. } => "```",
        Mark::Quote => "|",
        Mark::Mention { .. } => "@",
        Mark::Emoji { .. } => ":",
        Mark::Link { url } => return ("[".to_owned(), format!("]({url})")),
    };
    (sign.to_owned(), sign.to_owned())
}
