//! Addresses that stand bare in a text, for platforms that make no links of them by themselves.

use linkify::{LinkFinder, LinkKind};
use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

use super::{has_user, passes_for_latin, web};
use crate::render::name::visible;
use crate::{Flat, Mark, Markup, Span};

/// The same words, with each address of the web or of a mailbox that stands bare as a link to itself. Those that would
/// deceive stay words, and so does code.
pub fn with_addresses(markup: &Markup) -> Markup {
    let mut flat = markup.flatten();
    let mut found = addresses(&flat);
    match found.is_empty() {
        true => markup.clone(),
        false => {
            flat.spans.append(&mut found);
            flat.to_markup()
        }
    }
}

fn addresses(flat: &Flat) -> Vec<Span> {
    let mut taken: Vec<(usize, usize)> = flat.spans.iter().filter_map(taken).collect();
    taken.sort_unstable();
    let mut taken = taken.into_iter().peekable();
    let mut passed = 0;
    let mut found = Vec::new();
    for (start, end, url) in bare(&flat.text) {
        while let Some((_, until)) = taken.next_if(|(from, _)| *from < end) {
            passed = passed.max(until);
        }
        if passed <= start {
            let mark = Mark::Link { url };
            found.push(Span { start, end, mark });
        }
    }
    found
}

/// Of a mark in which nothing else is looked for.
fn taken(span: &Span) -> Option<(usize, usize)> {
    let is_taken = match &span.mark {
        Mark::Style(_) | Mark::Quote => false,
        Mark::Link { .. } | Mark::Code | Mark::CodeBlock { .. } => true,
        Mark::Mention { .. } | Mark::Emoji { .. } => true,
    };
    is_taken.then_some((span.start, span.end))
}

fn bare(text: &str) -> impl Iterator<Item = (usize, usize, String)> {
    let found: Vec<_> = LinkFinder::new().links(text).collect();
    found.into_iter().filter_map(|link| {
        let words = link.as_str().trim_end_matches(ends_a_sentence);
        let url = match link.kind() {
            LinkKind::Email => format!("mailto:{words}"),
            _ => words.to_owned(),
        };
        let is_honest = !passes_for_latin(words) && visible(words) == words;
        let leads = match link.kind() {
            LinkKind::Email => words.is_ascii(),
            _ => web(words).is_some_and(|it| !has_user(&it)),
        };
        let end = link.start() + words.len();
        (is_honest && leads).then_some((link.start(), end, url))
    })
}

/// The signs of all scripts that stand behind an address rather than in it; of those of ASCII the finder knows.
fn ends_a_sentence(c: char) -> bool {
    !c.is_ascii() && c.general_category_group() == GeneralCategoryGroup::Punctuation
}
