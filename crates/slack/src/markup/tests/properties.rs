//! For any tree, any text and any block: see `normal` for what counts as the same.

use std::time::{Duration, Instant};

use conversation::arbitrary::{among, cases, filled_with, letters, markup, markup_of};
use proptest::prelude::*;
use serde_json::Value;

use super::normal::{Form, seen};
use super::*;

/// All that Slack may take for a mark, and no name of a picture.
const SIGNS: &[&str] = &[
    "*",
    "_",
    "~",
    "`",
    "```",
    "\n```\n",
    ">",
    "&gt;",
    ">>>",
    "&gt;&gt;&gt; ",
    "\n> ",
    "\n&gt;",
    "&amp;",
    "&lt;",
    "&",
    "<",
    "<@U42>",
    "<#C9>",
    "<!here>",
    "<!subteam^S9>",
    "<https://x.org/a_b?c&amp;d>",
    "<https://x.org/|",
    "<mailto:a@x.org|a>",
    "|",
    "https://x.org/a*b_c",
    "https://",
    "\u{200B}",
    "(",
    ")",
    ".",
    "\n",
    "• ",
    "1. ",
    "*_",
    "~*",
];

/// All words of the tree, in the order in which Slack writes them.
fn all_said(nodes: &[Node]) -> String {
    let said = nodes.iter().map(|node| match node {
        Node::Text(text) | Node::Code(text) => text.clone(),
        Node::CodeBlock { code, .. } => code.clone(),
        Node::Styled { children, .. } | Node::Quote(children) => all_said(children),
        Node::Link { url, children } => match all_said(children) {
            label if label == *url => label,
            label => format!("{url}{label}"),
        },
        Node::Mention { account, name } => {
            let id = account.as_ref().map_or("", |it| it.as_str());
            let name = name.trim_start_matches('@');
            if name == id {
                id.to_owned()
            } else {
                format!("{id}{name}")
            }
        }
        Node::Emoji { text, .. } => text.clone(),
        Node::List { items, .. } => items.iter().map(|item| all_said(item)).collect(),
    });
    said.collect()
}

/// An address stands before its words or behind them.
fn sorted(text: &str) -> Vec<char> {
    let mut letters: Vec<char> = letters(text).chars().collect();
    letters.sort_unstable();
    letters
}

fn leaf() -> impl Strategy<Value = (Value, String)> {
    let style = prop::option::of((any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>()));
    (among(SIGNS), style, 0..8u8).prop_map(|(words, style, kind)| {
        let mut element = match kind {
            0..4 => json!({ "type": "text", "text": words }),
            4 => json!({ "type": "link", "url": "https://x.org/", "text": format!("x{words}") }),
            5 => json!({ "type": "date", "timestamp": 1, "fallback": words }),
            6 => json!({ "type": "color", "value": words }),
            _ => json!({ "type": "newest", "text": words }),
        };
        if let Some((bold, italic, strike, code)) = style {
            element["style"] =
                json!({ "bold": bold, "italic": italic, "strike": strike, "code": code });
        }
        let said = if kind == 4 {
            format!("https://x.org/x{words}")
        } else {
            words
        };
        (element, said)
    })
}

fn element() -> impl Strategy<Value = (Value, String)> {
    let leaves = || prop::collection::vec(leaf(), 0..5);
    let kinds = [
        "rich_text_section",
        "rich_text_quote",
        "rich_text_preformatted",
        "rich_text_newest",
    ];
    let plain = (prop::sample::select(kinds.to_vec()), leaves()).prop_map(|(kind, leaves)| {
        let (elements, said): (Vec<Value>, Vec<String>) = leaves.into_iter().unzip();
        (json!({ "type": kind, "elements": elements }), said.concat())
    });
    let list = (
        prop::collection::vec(leaves(), 0..4),
        0..12u8,
        0..5u8,
        any::<bool>(),
        0..3u8,
    );
    let list = list.prop_map(|(items, indent, offset, ordered, border)| {
        let mut all = String::new();
        let mut sections = Vec::new();
        for leaves in items {
            let (elements, said): (Vec<Value>, Vec<String>) = leaves.into_iter().unzip();
            all.push_str(&said.concat());
            sections.push(json!({ "type": "rich_text_section", "elements": elements }));
        }
        let style = if ordered { "ordered" } else { "bullet" };
        (json!({ "type": "rich_text_list", "style": style, "indent": indent, "offset": offset, "border": border, "elements": sections }), all)
    });
    prop_oneof![plain, list]
}

proptest! {
    #![proptest_config(cases(512))]

    #[test]
    fn mrkdwn_is_read_back_the_same(plain in markup(), signs in markup_of(among(SIGNS).boxed())) {
        for markup in [plain, signs] {
            let written = mrkdwn(&markup);
            let read = parse_mrkdwn(&written);
            prop_assert_eq!(seen(&read, Form::Mrkdwn), seen(&markup, Form::Mrkdwn), "{}", written);
        }
    }

    #[test]
    fn rich_text_is_read_back_the_same(plain in markup(), signs in markup_of(among(SIGNS).boxed())) {
        for markup in [plain, signs] {
            let written = rich_text(&markup);
            let read = parse_rich_text(&written);
            prop_assert_eq!(seen(&read, Form::RichText), seen(&markup, Form::RichText), "{}", written);
        }
    }

    #[test]
    fn no_mrkdwn_loses_a_word(text in among(SIGNS)) {
        let read = parse_mrkdwn(&text);
        let source = text.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">");
        prop_assert_eq!(sorted(&all_said(&read.0)), sorted(&source), "{:?}", read);
    }

    #[test]
    fn no_rich_text_loses_a_word(elements in prop::collection::vec(element(), 0..6)) {
        let (elements, said): (Vec<Value>, Vec<String>) = elements.into_iter().unzip();
        let read = parse_rich_text(&json!({ "type": "rich_text", "elements": elements }));
        prop_assert_eq!(sorted(&all_said(&read.0)), sorted(&said.concat()), "{:?}", read);
    }

    #[test]
    fn what_is_read_is_written_the_same(text in among(SIGNS)) {
        let read = parse_mrkdwn(&text);
        let again = parse_mrkdwn(&mrkdwn(&read));
        prop_assert_eq!(seen(&again, Form::Mrkdwn), seen(&read, Form::Mrkdwn));
    }
}

/// Each sign a hundred thousand times and more: work that grows with the square of the length would take hours.
#[test]
fn a_megabyte_of_signs_is_read_in_a_moment() {
    let mixed = SIGNS.concat();
    let more = [
        "*a ",
        "_a ",
        "`a ",
        "```a",
        "<@",
        "<a",
        ":a",
        ":a:",
        "&",
        "*_~",
        "> a\n",
        "a\n",
        ">",
        mixed.as_str(),
    ];
    for sign in SIGNS.iter().chain(&more) {
        let text = filled_with(sign);
        let started = Instant::now();
        let read = parse_mrkdwn(&text);
        let took = started.elapsed();
        assert!(took < Duration::from_secs(10), "{sign} took {took:?}");
        drop(parse_rich_text(&rich_text(&read)));
        drop(mrkdwn(&read));
        let took = started.elapsed();
        assert!(
            took < Duration::from_secs(60),
            "{sign} took {took:?} to be written"
        );
    }
}
