//! How a message looks in a channel that is not its own: attribution, quotes, splitting.
//!
//! **Invariant:** what goes in comes out, in order: a word, or a line that says which file could not go.

use std::collections::HashMap;

use words::Language;

use crate::{
    Attachment, Author, AuthorKind, Capabilities, Content, Flat, Markup, RemoteId, Support,
    TextLimit, TextUnit,
};

pub(crate) mod apart;
mod bidi;
mod body;
mod files;
mod links;
mod long;
mod marks;
pub(crate) mod name;
mod opening;
mod prefix;
mod split;
#[cfg(test)]
mod tests;
mod text_file;

use files::Files;
pub use files::misfit;
pub use links::with_links_in_words;
pub use long::{Whole, beginning_of_long, render_beginning, render_within};
pub use name::{one_line, visible};
pub use text_file::{TextFiles, text_file_name, text_files};

/// What is needed to say a message somewhere else.
#[derive(Debug, Clone)]
pub struct Rendering<'a> {
    pub content: &'a Content,
    pub author: &'a Author,
    /// The author's name, as `Bearer::called` says it.
    pub called: &'a str,
    /// The label of the platform that the author wrote on, as in `Telegram`.
    pub from: &'a str,
    /// Of all platforms that the bridge joins: what it says behind the names of people.
    pub labels: &'a [&'a str],
    /// What the message answers, where it answers something.
    pub reply: ReplyShown<'a>,
    /// Said after the attribution where the message comes late, as in `sent 14:02`.
    pub late: Option<&'a str>,
    /// Of the accounts that the words mention, those that may be rung here, by what they are called here.
    pub mentions: &'a HashMap<RemoteId, RemoteId>,
    /// In which the bridge says what it says of it.
    pub language: Language,
}

#[derive(Debug, Clone, Copy)]
pub enum ReplyShown<'a> {
    /// It answers nothing.
    Nothing,
    /// The platform shows the reply itself: the parent stands in the channel.
    Natively,
    /// The parent stays on its platform.
    Unsaid,
    /// The parent is quoted by its author's shown name and its first line.
    InWords { author: &'a str, text: &'a str },
}

/// One `Content` for each post that it takes, none over the channel's limits, no word lost; none at all
/// for a content that holds neither words nor files.
///
/// The quote of what is answered comes first, then the attribution, then the words. Where they are longer
/// than a caption may be, they go before the files in posts of their own.
pub fn render(rendering: &Rendering<'_>, to: &Capabilities) -> Vec<Content> {
    posts(rendering, to, usize::MAX).unwrap_or_default()
}

/// None where there are more than `most` posts of words.
fn posts(rendering: &Rendering<'_>, to: &Capabilities, most: usize) -> Option<Vec<Content>> {
    if rendering.content.is_empty() {
        return Some(Vec::new());
    }
    let own = &rendering.content.attachments;
    let files = Files::sort(own, &to.attachments, rendering.language);
    let words = words(rendering, &files.notes, to);
    let words = marks::that_fit(words, to.text);
    let can_be_caption = files.can_carry_words && fits(&words, to.caption);
    let mut files = files.posts.into_iter();
    let mut posts = Vec::new();
    if can_be_caption {
        posts.extend(files.next().map(|attachments| Content {
            text: words.to_markup(),
            attachments,
        }));
    } else {
        let continued = opening::continued(rendering, to);
        posts.extend(texts(words, (&continued, rendering.labels), to.text));
    }
    let is_within = posts.len() <= most;
    posts.extend(files.map(without_words));
    is_within.then_some(posts)
}

fn without_words(attachments: Vec<Attachment>) -> Content {
    Content {
        text: Markup::default(),
        attachments,
    }
}

/// All that is said, as if there were no limit.
fn words(rendering: &Rendering<'_>, notes: &[String], to: &Capabilities) -> Flat {
    let body = body::body(rendering, notes, to);
    let mut words = opening::opening(rendering, to, &body);
    words.append(body.flat);
    bidi::balanced(words)
}

/// Whoever writes enough for two posts could begin the second with the name of somebody else: each says whose
/// words it holds, as far as the limit leaves room for that.
fn texts(
    words: Flat,
    (continued, labels): (&Flat, &[&str]),
    limit: TextLimit,
) -> impl Iterator<Item = Content> {
    let room = continued.cost(limit.unit);
    let pieces = if fits(&words, limit) {
        vec![words]
    } else if room == 0 || limit.max < 4 * room {
        pieces(&words, labels, limit)
    } else {
        let max = limit.max - room;
        let mut pieces = pieces(&words, labels, TextLimit { max, ..limit }).into_iter();
        let first = pieces.next();
        let others = pieces.map(|piece| {
            let mut post = continued.clone();
            post.append(piece);
            post
        });
        first.into_iter().chain(others).collect()
    };
    let pieces = pieces.into_iter();
    let pieces = pieces.flat_map(move |it| marks::within(limit, it, bidi::pieces));
    let pieces = pieces.filter(|it| !it.text.chars().all(name::is_unseen));
    pieces.map(|it| without_files(&it))
}

/// A cut can make a line of what stood within one; with its sign it may need to be cut once more.
fn pieces(words: &Flat, labels: &[&str], limit: TextLimit) -> Vec<Flat> {
    let mut cut = bidi::pieces(words, limit).into_iter();
    let first = cut.next();
    let others = cut.flat_map(|piece| {
        let length = piece.text.len();
        let apart = apart::told_apart(piece, labels);
        match apart.text.len() == length || fits(&apart, limit) {
            true => vec![apart],
            false => pieces(&apart, labels, limit),
        }
    });
    first.into_iter().chain(others).collect()
}

fn without_files(words: &Flat) -> Content {
    Content {
        text: words.to_markup(),
        attachments: Vec::new(),
    }
}

/// Counts only where the number of bytes alone does not tell.
fn fits(words: &Flat, limit: TextLimit) -> bool {
    const MOST_BYTES_PER_UNIT: usize = 4;
    let bytes = words.text.len();
    let surely = bytes <= limit.max && limit.unit != TextUnit::Markdown;
    surely || (bytes / MOST_BYTES_PER_UNIT <= limit.max && words.cost(limit.unit) <= limit.max)
}

fn needs_attribution(author: &Author, to: &Capabilities) -> bool {
    to.author_name != Support::Native && author.kind != AuthorKind::Ourselves
}
