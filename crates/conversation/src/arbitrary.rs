//! Texts and trees for the property tests: short, and full of what is hard to cut.

use proptest::prelude::*;

use crate::{Flat, Mark, Markup, Node, Span, Style};

/// Words, gaps, and sequences that are one thing to people and many characters to a program.
pub(crate) fn words() -> impl Strategy<Value = String> {
    let atom = prop_oneof![
        8 => "[a-z]{1,12}",
        6 => Just(" ".to_owned()),
        2 => Just("\n".to_owned()),
        1 => Just("\n\n".to_owned()),
        1 => Just("\r\n".to_owned()),
        1 => Just(". ".to_owned()),
        1 => Just("。".to_owned()),
        1 => prop::sample::select(HARD).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(atom, 0..24).prop_map(|atoms| atoms.concat())
}

/// A family, a flag, a thumb with a skin tone, a keycap, letters under accents, Arabic between controls,
/// Sinhala with a joiner, a space that must not be broken.
const HARD: &[&str] = &[
    "👩‍👩‍👧‍👦",
    "🇦🇷🇺🇦",
    "👍🏽",
    "3️⃣",
    "e\u{301}\u{323}",
    "\u{2067}مرحبا بكم\u{2069}",
    "\u{202E}abc",
    "\u{202C}",
    "\u{2069}",
    "ශ්‍රී",
    "a\u{A0}b",
    "🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}",
];

pub(crate) fn markup() -> impl Strategy<Value = Markup> {
    prop::collection::vec(node(), 0..6).prop_map(Markup)
}

fn node() -> impl Strategy<Value = Node> {
    let leaf = prop_oneof![
        4 => words().prop_map(Node::Text),
        1 => words().prop_map(Node::Code),
        1 => (prop::option::of("[a-z]{1,4}"), words())
            .prop_map(|(language, code)| Node::CodeBlock { language, code }),
        1 => (prop::option::of("[0-9]{1,4}"), words()).prop_map(|(account, name)| {
            let account = account.map(Into::into);
            Node::Mention { account, name }
        }),
        1 => ("[0-9]{1,4}", Just("🌻")).prop_map(|(id, text)| {
            let (id, text) = (id.into(), text.to_owned());
            Node::Emoji { id, text }
        }),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        let children = prop::collection::vec(inner, 0..4);
        prop_oneof![
            2 => (style(), children.clone())
                .prop_map(|(style, children)| Node::Styled { style, children }),
            1 => ("[a-z]{1,8}", children.clone())
                .prop_map(|(url, children)| Node::Link { url, children }),
            1 => children.clone().prop_map(Node::Quote),
            1 => (prop::option::of(0u64..20), prop::collection::vec(children, 0..4))
                .prop_map(|(start, items)| Node::List { start, items }),
        ]
    })
}

fn style() -> impl Strategy<Value = Style> {
    prop::sample::select(vec![
        Style::Bold,
        Style::Italic,
        Style::Underline,
        Style::Strike,
        Style::Spoiler,
    ])
}

/// Spans anywhere: crossing, unsorted, empty, reversed, outside, inside of a character.
pub(crate) fn any_flat() -> impl Strategy<Value = Flat> {
    let span = (0usize..160, 0usize..160, mark());
    let spans = span.prop_map(|(start, end, mark)| Span { start, end, mark });
    (words(), prop::collection::vec(spans, 0..12)).prop_map(|(text, spans)| Flat { text, spans })
}

fn mark() -> impl Strategy<Value = Mark> {
    prop_oneof![
        3 => style().prop_map(Mark::Style),
        1 => Just(Mark::Code),
        1 => Just(Mark::CodeBlock { language: None }),
        1 => Just(Mark::Quote),
        1 => "[a-z]{1,3}".prop_map(|url| Mark::Link { url }),
        1 => Just(Mark::Mention { account: None }),
        1 => Just(Mark::Emoji { id: "7".into() }),
    ]
}
