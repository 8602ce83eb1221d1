//! For any tree and for any text.
//!
//! What is written and read back is the same words under the same marks, save that: spaces do not count; quotes in
//! quotes are one; code and addresses bear no styles; a name gets its `@`, and for an account of Discord its number;
//! and where Discord would show no link, the address stands behind the words.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use conversation::arbitrary::{
    Piece, Seen, among, cases, filled_with, letters, markup, markup_of, posts, seen_in_lines,
};
use conversation::{Holds, Line, Run, RunKind, TextLimit, TextUnit};
use proptest::prelude::*;

use super::super::{address, reference, segment};
use super::*;

/// All that Discord may take for a mark.
const SIGNS: &[&str] = &[
    "*",
    "**",
    "***",
    "_",
    "__",
    "~~",
    "~",
    "||",
    "|",
    "`",
    "``",
    "```",
    "```js\n",
    "> ",
    ">>> ",
    "# ",
    "### ",
    "-# ",
    "- ",
    "\n- ",
    "\n  - ",
    "1. ",
    "\n1. ",
    "[",
    "](",
    ")",
    "](https://x.org/a_b)",
    "<",
    ">",
    "<@42>",
    "<@",
    "<@&7>",
    "<#9>",
    "<:wave:12>",
    "https://x.org/a_b*c",
    "https://",
    "<https://x.org/>",
    "\\",
    "\\\\",
    "@everyone",
    ":",
    ":smile:",
    "¯\\_(ツ)_/¯",
    "\u{200B}",
    "+",
    "-",
    ".",
    "(",
    "!",
    "\n> ",
    "\n",
];

fn pieces(line: &Line) -> Vec<Piece> {
    let runs = match &line.holds {
        Holds::Runs(runs) => runs,
        Holds::Code { code, .. } => return vec![(code.clone(), ["block".to_owned()].into())],
    };
    let mut pieces = Vec::new();
    let mut passed = 0;
    for group in runs.chunk_by(|a, b| a.link == b.link) {
        passed += group.len();
        let behind = runs[passed..].iter().flat_map(said).map(|it| it.0);
        let behind: String = behind.collect();
        let said: Vec<Piece> = group.iter().flat_map(said).collect();
        let Some(url) = &group[0].link else {
            pieces.extend(said);
            continue;
        };
        let label: String = said.iter().map(|it| it.0.as_str()).collect();
        let label = label.trim_matches(is_space);
        let is_odd = |run: &Run| run.kind == RunKind::Code && run.text.contains(['[', ']']);
        let leads = segment::leads(label, url) && !group.iter().any(is_odd);
        pieces.extend(said.into_iter().map(|(words, mut marks)| {
            if leads {
                marks.insert(format!("link {}", address::encoded(url)));
            }
            (words, marks)
        }));
        let after =
            segment::address_after(label, &behind, url).filter(|_| !leads && !label.is_empty());
        pieces.extend(after.map(|(seen, _)| (seen, BTreeSet::new())));
    }
    pieces
}

fn said(run: &Run) -> Vec<Piece> {
    let one = |text: &str, mark: String| vec![(text.to_owned(), [mark].into())];
    let words = |text: &str| addresses_apart(text, run);
    let number = |id: &conversation::RemoteId| reference::number(id.as_str()).map(str::to_owned);
    match &run.kind {
        RunKind::Words => words(&run.text),
        RunKind::Code => one(&run.text, "code".to_owned()),
        RunKind::Mention { account } => match account.as_ref().and_then(number) {
            Some(id) => one(&format!("@{id}"), format!("mention {id}")),
            None => words(&format!("@{}", run.text.trim_start_matches('@'))),
        },
        RunKind::Emoji { id } if run.text.starts_with(':') => one(&run.text, format!("emoji {id}")),
        RunKind::Emoji { .. } => words(&run.text),
    }
}

fn addresses_apart(text: &str, run: &Run) -> Vec<Piece> {
    let styles: BTreeSet<String> = run.styles.iter().map(|it| format!("{it:?}")).collect();
    let mut pieces = Vec::new();
    let mut from = 0;
    while let Some(at) = text[from..].find("http").map(|it| from + it) {
        let length = address::address(&text[at..]);
        pieces.push((text[from..at].to_owned(), styles.clone()));
        let (end, marks) = match length {
            Some(length) => (at + length, BTreeSet::new()),
            None => (at + 4, styles.clone()),
        };
        pieces.push((text[at..end].to_owned(), marks));
        from = end;
    }
    pieces.push((text[from..].to_owned(), styles));
    pieces
}

fn seen(markup: &Markup) -> Vec<Seen> {
    let mut seen = seen_in_lines(&markup.lines(), pieces);
    for (c, _) in &mut seen {
        if *c == '\0' {
            *c = '\u{FFFD}';
        }
    }
    seen
}

/// All words of the tree, in the order in which Discord writes them.
fn all_said(nodes: &[Node]) -> String {
    let said = nodes.iter().map(|node| match node {
        Node::Text(text) | Node::Code(text) => text.clone(),
        Node::Styled { children, .. } | Node::Quote(children) => all_said(children),
        Node::CodeBlock { language, code } => {
            format!("{}{code}", language.as_deref().unwrap_or_default())
        }
        Node::Link { url, children } => match all_said(children) {
            label if label == *url => label,
            label => label + url,
        },
        Node::Mention { name, .. } => name.clone(),
        Node::Emoji { id, text } => format!("{text}{id}"),
        Node::List { start, items } => {
            let numbered = (0..).zip(items).map(|(nth, item)| {
                let number = start.map(|it| (it + nth).to_string());
                number.unwrap_or_default() + &all_said(item)
            });
            numbered.collect()
        }
    });
    said.collect()
}

proptest! {
    #![proptest_config(cases(512))]

    #[test]
    fn what_is_written_is_read_back_the_same(markup in markup()) {
        let written = markdown(&markup);
        prop_assert_eq!(seen(&parse(&written)), seen(&markup), "{}", written);
    }

    #[test]
    fn words_full_of_signs_are_read_back_the_same(markup in markup_of(among(SIGNS).boxed())) {
        let written = markdown(&markup);
        prop_assert_eq!(seen(&parse(&written)), seen(&markup), "{}", written);
    }

    #[test]
    fn no_text_loses_a_word(text in among(SIGNS)) {
        let read = parse(&text);
        prop_assert_eq!(letters(&all_said(&read.0)), letters(&text));
    }

    #[test]
    fn what_is_read_is_written_the_same(text in among(SIGNS)) {
        let read = parse(&text);
        let written = markdown(&read);
        prop_assert_eq!(seen(&parse(&written)), seen(&read), "{}", written);
    }

    #[test]
    fn nothing_costs_more_than_was_said(markup in markup_of(among(SIGNS).boxed()), from in 0usize..200, length in 0usize..200) {
        let piece = markup.flatten().slice(from, from + length);
        let written = markdown(&piece.to_markup());
        prop_assert!(written.chars().count() <= piece.cost(TextUnit::Markdown), "{}", written);
    }

    #[test]
    fn each_post_fits(markup in markup_of(among(SIGNS).boxed()), times in 1usize..20, max in 100usize..2_000) {
        let long = Markup(vec![markup.0; times].concat());
        for max in [max, 2_000] {
            for post in posts(&long, TextLimit { max, unit: TextUnit::Markdown }) {
                let written = markdown(&post);
                prop_assert!(written.chars().count() <= max, "{}", written);
            }
        }
    }
}

/// Each sign a hundred thousand times and more: work that grows with the square of the length would take hours.
#[test]
fn a_megabyte_of_signs_is_read_in_a_moment() {
    let mixed = SIGNS.concat();
    let more = [
        "**a ",
        "*a",
        "_a_",
        "`a",
        "```a",
        "[a](",
        "[[",
        "](",
        "((",
        "<@",
        "<https://",
        "https://a",
        "~~a",
        "||a",
        "* a\n",
        "> ",
        "- a\n",
        "**a*",
        "*a**",
        mixed.as_str(),
    ];
    for sign in SIGNS.iter().chain(&more) {
        let text = filled_with(sign);
        let started = Instant::now();
        let read = parse(&text);
        let took = started.elapsed();
        assert!(took < Duration::from_secs(10), "{sign} took {took:?}");
        drop(markdown(&read));
        let took = started.elapsed();
        assert!(
            took < Duration::from_secs(30),
            "{sign} took {took:?} to be written"
        );
    }
}
