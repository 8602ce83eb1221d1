//! A text that would take too many posts: its beginning goes as one, and the whole of it as a file.
//!
//! **Invariant:** nothing is cut but what the file holds, and behind the beginning stands where that is.

use words::{Language, PAGES, Value, WHOLE_TEXT_BELOW, WHOLE_TEXT_LONG};

use super::{Rendering, bidi, body, files, files::Files, marks, opening, posts, prefix::prefix};
use super::{render, texts, without_files, without_words};
use crate::{
    Attachment, AttachmentSource, Capabilities, Content, Flat, Markup, TextLimit, TextUnit,
};

/// A text that does not go as words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Whole {
    /// They hold it, or stand in words for those that cannot go.
    pub files: Vec<Attachment>,
    /// So long it is.
    pub characters: usize,
}

/// As `render`, but none where the words take more than `most` posts. Mail, where all that is said goes in one, has
/// one at most, and lines about files count for no text.
pub fn render_within(
    rendering: &Rendering<'_>,
    to: &Capabilities,
    most: usize,
) -> Option<Vec<Content>> {
    let within = posts(rendering, to, most_posts(to, most));
    let has_no_text = || rendering.content.text.is_blank();
    within.or_else(|| has_no_text().then(|| render(rendering, to)))
}

/// Of a text that takes more than `most` posts however it is cut, the beginning, which is more than is shown of it. None
/// of one that must be cut to know.
pub fn beginning_of_long(text: &Markup, to: &Capabilities, most: usize) -> Option<Markup> {
    let most = most_posts(to, most);
    let allowed = to.text.max.saturating_mul(most);
    let bytes = allowed.saturating_mul(MOST_BYTES_PER_UNIT);
    prefix(text, bytes.saturating_add(1))
}

fn most_posts(to: &Capabilities, most: usize) -> usize {
    match files::go_all_in_one(&to.attachments) {
        true => 1,
        false => most,
    }
}

const MOST_BYTES_PER_UNIT: usize = 4;

/// The beginning of the words, of which `rendering` need hold no more, as far as one post allows, then the whole of them
/// in files, then the message's own files. In chats the whole has posts of its own, so that an edit can replace it and
/// leave the others alone.
pub fn render_beginning(
    rendering: &Rendering<'_>,
    whole: &Whole,
    to: &Capabilities,
) -> Vec<Content> {
    let (own, limits) = (&rendering.content.attachments, &to.attachments);
    let language = rendering.language;
    let is_mail = files::go_all_in_one(limits);
    let sort = |files: &[Attachment]| Files::sort(files, limits, language);
    let files = match is_mail {
        true => sort(&[whole.files.as_slice(), own].concat()),
        false => sort(&whole.files).then(sort(own)),
    };
    let mut posts = beginning(rendering, &ending(whole, &files.notes, language), to);
    let mut files = files.posts.into_iter();
    if let Some(post) = posts.last_mut().filter(|_| is_mail) {
        post.attachments = files.next().unwrap_or_default();
    }
    posts.extend(files.map(without_words));
    posts
}

/// Nobody reads more of it before they open the file, also where a post holds a million letters.
const LONGEST_BEGINNING: usize = 4_000;

/// With what is said behind it, which gets posts of its own only where there is too much of it.
fn beginning(rendering: &Rendering<'_>, ending: &Flat, to: &Capabilities) -> Vec<Content> {
    let limit = to.text;
    let words = marks::that_fit(first_words(rendering, to), limit);
    let cost = ending.cost(limit.unit);
    if cost >= limit.max / 2 {
        let first = first_piece(&words, limit.max.min(LONGEST_BEGINNING), limit);
        let continued = opening::continued(rendering, to);
        let more = texts(ending.clone(), (&continued, rendering.labels), limit);
        return std::iter::once(without_files(&first)).chain(more).collect();
    }
    let mut max = (limit.max - cost - 1).min(LONGEST_BEGINNING);
    loop {
        let mut post = first_piece(&words, max, limit);
        post.text.push('\n');
        post.append(ending.clone());
        // What stands alone can cost more than its parts did.
        if max == 0 || limit.unit != TextUnit::Markdown || marks::cost_alone(&post) <= limit.max {
            return vec![without_files(&post)];
        }
        max -= max.div_ceil(8);
    }
}

/// More of them than go into the beginning.
fn first_words(rendering: &Rendering<'_>, to: &Capabilities) -> Flat {
    let mut body = body::body(rendering, &[], to);
    let enough = 2 * MOST_BYTES_PER_UNIT * to.text.max.min(LONGEST_BEGINNING);
    body.flat = body.flat.slice(0, enough);
    let mut words = opening::opening(rendering, to, &body);
    words.append(body.flat);
    bidi::balanced(words)
}

fn first_piece(words: &Flat, max: usize, limit: TextLimit) -> Flat {
    let limit = TextLimit { max, ..limit };
    let cut = bidi::pieces(words, limit).into_iter().next();
    let cut = cut.map(|it| marks::within(limit, it, bidi::pieces));
    cut.into_iter().flatten().next().unwrap_or_default()
}

/// Behind the beginning, on lines of their own.
fn ending(whole: &Whole, notes: &[String], language: Language) -> Flat {
    let is_here = |it: &&Attachment| !matches!(it.source, AttachmentSource::Absent(_));
    let length = ("length", in_pages(whole.characters, language).into());
    let mut text = match whole.files.iter().filter(is_here).count() {
        0 => WHOLE_TEXT_LONG.say(language, &[length]),
        n => WHOLE_TEXT_BELOW.say(language, &[length, ("files", number(n))]),
    };
    for note in notes {
        text.push('\n');
        text.push_str(note);
    }
    Flat::unmarked(text)
}

/// As much as a sheet of paper holds.
fn in_pages(characters: usize, language: Language) -> String {
    const OF_A_PAGE: usize = 1_800;
    let pages = characters.div_ceil(OF_A_PAGE).max(1);
    PAGES.say(language, &[("pages", number(pages))])
}

fn number(it: usize) -> Value<'static> {
    i64::try_from(it).unwrap_or(i64::MAX).into()
}
