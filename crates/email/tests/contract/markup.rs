//! HTML mail and plain text, written and read back, for any tree and any text.
//!
//! HTML keeps all words in order under the same marks, save that: spaces do not count; quotes in quotes are one; a
//! mention and a picture are the words that they show; a spoiler and the language of code are unmarked; empty items
//! of lists go; an address is no link to itself, and stands behind the words of a link that would deceive or that no
//! mail program follows. A `>` that begins a line is a quotation to every mail program, so no words here hold one.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use conversation::arbitrary::{
    Piece, Seen, among, cases, filled_with, letters, markup, markup_of, seen_in_lines, words,
};
use conversation::says_where;
use conversation::{Holds, Line, Markup, Node, RunKind, Style};
use email::{markup_from_html, markup_from_plain, markup_to_html, markup_to_plain};
use proptest::prelude::*;

const SIGNS: &[&str] = &[
    "&", "&amp;", "&lt;b", "<", "<b", "</", "<!--", "-->", "\"", "'", "<script", "]]", "/", "= ",
    "-- ", "\n", "\u{A0}",
];

/// HTML has no link in a link.
fn without_inner_links(nodes: &[Node], in_link: bool) -> Vec<Node> {
    let outside = nodes.iter().flat_map(|node| match node {
        Node::Link { url, children } if in_link && children.is_empty() => {
            vec![Node::Text(url.clone())]
        }
        Node::Link { children, .. } if in_link => without_inner_links(children, true),
        Node::Link { url, children } => vec![Node::Link {
            url: url.clone(),
            children: without_inner_links(children, true),
        }],
        Node::Styled { style, children } => vec![Node::Styled {
            style: *style,
            children: without_inner_links(children, in_link),
        }],
        Node::Quote(children) => vec![Node::Quote(without_inner_links(children, in_link))],
        Node::List { start, items } => vec![Node::List {
            start: *start,
            items: items
                .iter()
                .map(|item| without_inner_links(item, in_link))
                .collect(),
        }],
        other => vec![other.clone()],
    });
    outside.collect()
}

/// The tree as mail shows it. In a link, signs that nobody sees lead somewhere, too.
fn as_mail(nodes: &[Node], in_link: bool) -> Vec<Node> {
    let shown = nodes.iter().flat_map(|it| one_as_mail(it, in_link));
    shown.collect()
}

fn one_as_mail(node: &Node, in_link: bool) -> Vec<Node> {
    match node {
        Node::Styled {
            style: Style::Spoiler,
            children,
        } => as_mail(children, in_link),
        Node::Styled { style, children } => vec![Node::Styled {
            style: *style,
            children: as_mail(children, in_link),
        }],
        Node::Quote(children) => vec![Node::Quote(as_mail(children, in_link))],
        Node::Mention { name, .. } => {
            vec![Node::Text(format!("@{}", name.trim_start_matches('@')))]
        }
        Node::Emoji { text, .. } => vec![Node::Text(text.clone())],
        Node::Link { url, children } => link_as_mail(url, children),
        Node::List { start, items } => {
            let items = items.iter().map(|item| as_mail(item, in_link));
            let said = items.filter(|item| {
                !Markup(item.clone()).is_blank() || in_link && item.iter().any(is_followed)
            });
            vec![Node::List {
                start: *start,
                items: said.collect(),
            }]
        }
        other => vec![other.clone()],
    }
}

/// Where a link stands around it. A block of code is none.
fn is_followed(node: &Node) -> bool {
    let is_said = |text: &str| !text.trim().is_empty();
    match node {
        Node::Text(text) | Node::Code(text) | Node::Emoji { text, .. } => is_said(text),
        Node::Mention { name, .. } => is_said(name),
        Node::CodeBlock { .. } => false,
        Node::Styled { children, .. } | Node::Quote(children) | Node::Link { children, .. } => {
            children.iter().any(is_followed)
        }
        Node::List { items, .. } => items.iter().flatten().any(is_followed),
    }
}

fn link_as_mail(url: &str, children: &[Node]) -> Vec<Node> {
    let known = ["http://", "https://", "mailto:", "tel:"];
    let lower = url.trim().to_ascii_lowercase();
    let words = Markup(children.to_vec());
    let is_followed = known.iter().any(|scheme| lower.starts_with(scheme));
    let mut said = as_mail(children, is_followed);
    if !is_followed {
        if !says_where(words.plain_text().trim(), "", url) {
            said.push(Node::Text(format!(" <{url}>")));
        }
        return said;
    }
    // Around nothing but the signs of a list, there is nothing to follow.
    let is_empty = Markup(said.clone()).plain_text().trim().is_empty();
    let is_signs = !words.is_blank() && is_empty;
    if words.is_blank() {
        said = vec![Node::Text(url.to_owned())];
    }
    let link = Node::Link {
        url: url.trim().to_owned(),
        children: said,
    };
    (!is_signs).then_some(link).into_iter().collect()
}

fn seen(markup: &Markup) -> Vec<Seen> {
    seen_in_lines(&markup.lines(), pieces)
}

fn pieces(line: &Line) -> Vec<Piece> {
    let runs = match &line.holds {
        Holds::Runs(runs) => runs,
        Holds::Code { code, .. } => return vec![(code.clone(), ["block".to_owned()].into())],
    };
    let pieces = runs.iter().flat_map(|run| {
        let mut marks: BTreeSet<String> = run.styles.iter().map(|it| format!("{it:?}")).collect();
        let is_code = run.kind == RunKind::Code;
        marks.extend(is_code.then(|| "code".to_owned()));
        match run.link.as_deref() {
            Some(url) => linked(&collapsed(&run.text), &collapsed(url), &marks),
            None => vec![(run.text.clone(), marks)],
        }
    });
    pieces.collect()
}

/// No address is a link to itself, wherever it stands.
fn linked(words: &str, url: &str, marks: &BTreeSet<String>) -> Vec<Piece> {
    let mut with_link = marks.clone();
    with_link.insert(format!("link {url}"));
    let mut pieces = Vec::new();
    for (nth, words) in words.split(url).enumerate() {
        if nth > 0 {
            pieces.push((url.to_owned(), marks.clone()));
        }
        pieces.push((words.to_owned(), with_link.clone()));
    }
    pieces
}

/// HTML takes spaces together.
fn collapsed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn without_quote_signs(words: impl Strategy<Value = String> + 'static) -> BoxedStrategy<String> {
    words.prop_map(|it| it.replace(['>', '\0'], "")).boxed()
}

/// Tags in any order, and the words between them.
fn html() -> impl Strategy<Value = (String, String)> {
    let tag = prop::sample::select(vec![
        "<p>",
        "</p>",
        "<div>",
        "</div>",
        "<b>",
        "</b>",
        "<i>",
        "<u>",
        "<s>",
        "<code>",
        "</code>",
        "<pre>",
        "</pre>",
        "<ul><li>",
        "</ul>",
        "<ol start=3><li>",
        "</ol>",
        "<li>",
        "<blockquote>",
        "</blockquote>",
        "<br>",
        "<hr>",
        "<table>",
        "<tr>",
        "<td>",
        "</td>",
        "</table>",
        "<a href='https://x.org/'>",
        "</a>",
        "<h1>",
        "</h1>",
        "<span>",
        "</x>",
        "<o:p>",
        "<!-- -->",
        "<p class=\"x>\">",
        "<i b>",
    ]);
    let said = prop_oneof![
        tag.prop_map(|tag| (tag.to_owned(), String::new())),
        "[a-z]{1,6} ?".prop_map(|words| (words.clone(), words)),
        Just(("&eacute;&amp;".to_owned(), "é".to_owned())),
    ];
    prop::collection::vec(said, 0..40).prop_map(|pieces| pieces.into_iter().unzip())
}

fn is_subsequence(part: &str, whole: &str) -> bool {
    let mut whole = whole.chars();
    part.chars().all(|c| whole.any(|other| other == c))
}

proptest! {
    #![proptest_config(cases(512))]

    #[test]
    fn html_is_read_back_the_same(
        plain in markup_of(without_quote_signs(words())), signs in markup_of(without_quote_signs(among(SIGNS))),
    ) {
        for markup in [plain, signs] {
            let markup = Markup(without_inner_links(&markup.0, false));
            let html = markup_to_html(&markup);
            let read = markup_from_html(&html);
            prop_assert_eq!(seen(&read), seen(&Markup(as_mail(&markup.0, false))), "{}", html);
        }
    }

    #[test]
    fn no_html_loses_a_word((html, words) in html()) {
        let read = markup_from_html(&html);
        prop_assert_eq!(letters(&read.plain_text().replace("•", "")).replace(|c: char| c.is_ascii_digit(), ""), letters(&words), "{}", html);
    }

    #[test]
    fn any_html_is_answered(html in among(SIGNS)) {
        let read = markup_from_html(&html);
        let again = markup_from_html(&markup_to_html(&read));
        prop_assert_eq!(letters(&again.plain_text()), letters(&read.plain_text()));
    }

    #[test]
    fn plain_text_keeps_every_word(markup in markup()) {
        let written = markup_to_plain(&markup);
        let words = letters(&markup.plain_text());
        prop_assert!(is_subsequence(&words, &letters(&written)), "{}", written);
        prop_assert_eq!(letters(&markup_to_plain(&markup_from_plain(&written))), letters(&written));
    }

    #[test]
    fn no_plain_text_loses_a_word(text in among(&[">", "> ", ">>", "*", "-- ", "\n", "\r\n", "\t", "- "])) {
        prop_assert_eq!(letters(&markup_from_plain(&text).plain_text()), letters(&text));
    }
}

#[test]
fn a_megabyte_of_tags_is_read_in_a_moment() {
    let more = [
        "<b>",
        "<b",
        "</b>",
        "<ul><li>",
        "<li>",
        "<blockquote>",
        "<a href=x>",
        "<!--",
        "&",
        "&amp",
        "<p>a",
        "<td>",
        "<pre>\n",
        "> ",
        "<div class=a b=c ",
        "a\n",
        ">\n",
        "<br>",
        "<code>x",
        "<h1>x</h1>",
    ];
    for sign in SIGNS.iter().chain(&more) {
        let text = filled_with(sign);
        let started = Instant::now();
        let html = markup_from_html(&text);
        let plain = markup_from_plain(&text);
        let took = started.elapsed();
        assert!(took < Duration::from_secs(20), "{sign} took {took:?}");
        drop((markup_to_html(&html), markup_to_plain(&plain)));
        let took = started.elapsed();
        assert!(
            took < Duration::from_secs(60),
            "{sign} took {took:?} to be written"
        );
    }
}
