//! Texts and trees for the property tests of everybody who reads, writes or cuts markup: short, and full of what
//! is hard.

use proptest::prelude::*;
use proptest::test_runner::Config;

use crate::{Flat, Mark, Markup, Node, Span, Style};

mod posts;
mod seen;

pub use crate::samples::{a_post, chat};
pub use posts::posts;
pub use seen::{Piece, Seen, is_seen, letters, seen, seen_in_lines};

/// How often a property is tried: `ordinary` times, or as often as `CAUSEWAY_TEST_CASES` says.
pub fn cases(ordinary: u32) -> Config {
    let asked = std::env::var("CAUSEWAY_TEST_CASES").ok();
    Config::with_cases(asked.and_then(|it| it.parse().ok()).unwrap_or(ordinary))
}

/// The sign as often as it takes to fill a megabyte; in the ordinary run of a slow build, a tenth of one, in which
/// work that grows with the square of the length shows as well.
pub fn filled_with(sign: &str) -> String {
    let is_thorough = std::env::var_os("CAUSEWAY_TEST_CASES").is_some() || !cfg!(debug_assertions);
    let length = if is_thorough { 1_000_000 } else { 100_000 };
    sign.repeat(length / sign.len().max(1))
}

/// Words, gaps, and sequences that are one thing to people and many characters to a program.
pub fn words() -> impl Strategy<Value = String> {
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

pub fn markup() -> impl Strategy<Value = Markup> {
    markup_of(words().boxed())
}

/// Made of `words`, which may be full of the signs of a markup.
pub fn markup_of(words: BoxedStrategy<String>) -> impl Strategy<Value = Markup> {
    prop::collection::vec(node(words), 0..6).prop_map(Markup)
}

/// Words between `signs`, which a markup may take for its own, in any order.
pub fn among(signs: &'static [&'static str]) -> impl Strategy<Value = String> {
    let atom = prop_oneof![
        4 => prop::sample::select(signs).prop_map(str::to_owned),
        3 => "[a-z]{1,6}",
        2 => Just(" ".to_owned()),
        1 => Just("\n".to_owned()),
        1 => "[A-Z0-9]{1,4}",
        1 => prop::sample::select(HARD).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(atom, 0..32).prop_map(|atoms| atoms.concat())
}

fn url() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "https://[a-z]{1,6}\\.org/[a-zA-Z0-9_*~|()\\[\\]`?&=%#.,;:!'@$+-]{0,12}",
        1 => "HTTP://x\\.org/[a-z <>\"\\\\^]{0,6}",
        1 => "mailto:[a-z]{1,4}@x\\.org",
        1 => "[a-z]{1,8}",
        1 => "javascript:[a-z(]{1,3}",
    ]
}

fn node(words: BoxedStrategy<String>) -> impl Strategy<Value = Node> {
    let name = words.clone();
    let leaf = prop_oneof![
        4 => words.clone().prop_map(Node::Text),
        1 => words.clone().prop_map(Node::Code),
        1 => (prop::option::of("[a-z]{1,4}"), words.clone())
            .prop_map(|(language, code)| Node::CodeBlock { language, code }),
        1 => (prop::option::of("[0-9]{1,4}"), name).prop_map(|(account, name)| {
            let account = account.map(Into::into);
            Node::Mention { account, name }
        }),
        1 => ("[0-9]{1,4}", "🌻|:[a-z_]{2,6}:").prop_map(|(id, text)| {
            let id = id.into();
            Node::Emoji { id, text }
        }),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        let children = prop::collection::vec(inner, 0..4);
        prop_oneof![
            2 => (style(), children.clone())
                .prop_map(|(style, children)| Node::Styled { style, children }),
            1 => (url(), children.clone())
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
pub fn any_flat() -> impl Strategy<Value = Flat> {
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
