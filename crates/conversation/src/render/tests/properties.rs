//! For every tree, limit and unit: nothing over the limit, nothing lost, nothing out of order.

use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

use super::*;
use crate::Flat;
use crate::address::Shown;
use crate::arbitrary::{markup, words};
use crate::render::{apart, body, name};

fn unit() -> impl Strategy<Value = TextUnit> {
    prop::sample::select(vec![TextUnit::Utf16, TextUnit::Chars, TextUnit::Bytes])
}

/// Also the one in which marks have a price, so that some may have to go.
fn any_unit() -> impl Strategy<Value = TextUnit> {
    prop_oneof![2 => unit(), 1 => Just(TextUnit::Markdown)]
}

fn is_turning(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

fn is_balanced(line: &str) -> bool {
    let mut open = Vec::new();
    let in_order = line.chars().filter(|c| is_turning(*c)).all(|c| match c {
        '\u{202C}' => matches!(open.pop(), Some('\u{202A}'..='\u{202E}')),
        '\u{2069}' => matches!(open.pop(), Some('\u{2066}'..='\u{2068}')),
        opener => {
            open.push(opener);
            true
        }
    });
    in_order && open.is_empty()
}

fn seen(text: &str) -> Vec<char> {
    let is_seen = |c: &char| !name::is_unseen(*c) && !apart::SIGN.contains(*c);
    text.chars().filter(is_seen).collect()
}

fn all_seen(posts: &[Content]) -> Vec<char> {
    posts
        .iter()
        .flat_map(|post| seen(&post.text.plain_text()))
        .collect()
}

/// Each character that is seen, with the marks on it.
fn seen_with_marks(flat: &Flat) -> Vec<(char, Vec<String>)> {
    let mut seen = Vec::new();
    for (at, c) in flat
        .text
        .char_indices()
        .filter(|(_, c)| !name::is_unseen(*c) && !apart::SIGN.contains(*c))
    {
        let spans = flat
            .spans
            .iter()
            .filter(|span| span.start <= at && at < span.end);
        let mut marks: Vec<String> = spans.map(|span| format!("{:?}", span.mark)).collect();
        marks.sort();
        seen.push((c, marks));
    }
    seen
}

fn is_subsequence(part: &[char], whole: &[char]) -> bool {
    let mut whole = whole.iter();
    part.iter().all(|c| whole.any(|other| other == c))
}

fn files() -> impl Strategy<Value = Vec<Attachment>> {
    use AttachmentKind::*;
    let kinds = vec![Photo, Video, Animation, Audio, Voice, Sticker, Document];
    let size = prop::option::of(0u64..100_000_000);
    let file = (prop::sample::select(kinds), "[a-z]{1,9}", size);
    prop::collection::vec(
        file.prop_map(|(kind, name, size)| super::file(kind, &name, size)),
        0..9,
    )
}

/// Without controls of direction, which are added and taken away.
fn straight() -> impl Strategy<Value = Markup> {
    markup().prop_filter("no controls of direction", |it| {
        !it.plain_text().contains(is_turning)
    })
}

/// A property of their own says that nothing is lost by that.
fn with_links_told(markup: &Markup) -> Flat {
    render::links::told_links(body::in_plain_lines(markup.flatten()), Shown::InShort)
}

proptest! {
    #[test]
    fn no_post_is_over_the_limit(
        markup in markup(), max in 4usize..300, unit in any_unit(), files in files(), native: bool,
    ) {
        let to = limited(if native { chat() } else { plain() }, max, unit);
        let content = Content { text: markup, attachments: files };
        for post in said(&content, &to) {
            prop_assert!(post.text.flatten().cost(unit) <= max, "{:?}", post);
            prop_assert!(post.attachments.len() <= to.attachments.per_post);
            prop_assert!(!post.is_empty());
        }
    }

    #[test]
    fn no_word_is_lost_and_all_are_in_order(markup in markup(), max in 4usize..300, unit in unit()) {
        let source = seen(&with_links_told(&markup).text);
        let posts = said(&marked(markup.0), &limited(mail(), max, unit));
        prop_assert_eq!(all_seen(&posts), source);
    }

    #[test]
    fn no_word_is_lost_where_words_are_added(markup in markup(), max in 4usize..300, unit in any_unit()) {
        let source = seen(&markup.plain_text());
        let posts = said(&marked(markup.0), &limited(plain(), max, unit));
        prop_assert!(is_subsequence(&source, &all_seen(&posts)));
        prop_assert!(source.is_empty() || !posts.is_empty());
    }

    #[test]
    fn each_post_marks_what_the_whole_marked(markup in straight(), max in 4usize..300, unit in unit()) {
        let mut to = limited(mail(), max, unit);
        to.label = "Talk";
        let source = seen_with_marks(&with_links_told(&markup));
        let posts = said(&marked(markup.0), &to);
        let all: Vec<_> = posts.iter().flat_map(|post| seen_with_marks(&post.text.flatten())).collect();
        prop_assert_eq!(all, source);
    }

    #[test]
    fn no_grapheme_is_cut_that_fits(words in words(), max in 128usize..200, unit in unit()) {
        let words = words.replace(|c: char| is_turning(c) || (c.is_control() && c != '\n'), "").repeat(20);
        let graphemes = |text: &str| -> Vec<String> {
            let graphemes = text.graphemes(true).filter(|it| !it.chars().all(name::is_unseen));
            graphemes.map(str::to_owned).collect()
        };
        prop_assume!(graphemes(&words).iter().all(|it| unit.count(it) <= max));
        let posts = said(&Content::plain(&words), &limited(mail(), max, unit));
        let all: Vec<String> = posts.iter().flat_map(|it| graphemes(&it.text.plain_text())).collect();
        prop_assert_eq!(all, graphemes(words.trim()));
    }

    #[test]
    fn controls_of_direction_are_balanced_in_each_line(words in words(), max in 150usize..800, unit in unit()) {
        for post in said(&Content::plain(&words.repeat(10)), &limited(mail(), max, unit)) {
            for line in post.text.plain_text().lines() {
                prop_assert!(is_balanced(line), "{:?}", line);
            }
        }
    }

    #[test]
    fn each_file_goes_in_order_or_is_said_in_words(files in files(), words in words()) {
        let content = Content { text: Markup::plain(&words), attachments: files.clone() };
        let posts = said(&content, &chat());
        let goes = |file: &&Attachment| file.size.is_none_or(|size| size <= 50_000_000);
        let sent: Vec<&Attachment> = posts.iter().flat_map(|post| &post.attachments).collect();
        prop_assert_eq!(sent, files.iter().filter(goes).collect::<Vec<_>>());
        let notes = posts.iter().map(|it| it.text.plain_text().matches("too large").count());
        prop_assert_eq!(notes.sum::<usize>(), files.iter().filter(|it| !goes(it)).count());
    }

    #[test]
    fn any_name_is_shown_on_one_line_of_bounded_length(name in words(), any in any::<String>()) {
        for name in [name, any] {
            let shown = crate::clean_name(&name);
            prop_assert!(!shown.trim().is_empty());
            prop_assert!(!shown.contains(|c: char| c.is_control() || is_turning(c)));
            prop_assert!(shown.graphemes(true).count() <= 64);
        }
    }
}
