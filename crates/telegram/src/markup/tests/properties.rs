//! For any tree, any text and any entities.
//!
//! What is written and read back is the same words under the same marks, save that quotes in quotes are one, that a
//! link leads nowhere but to the web, and that a mention is one only of an account of Telegram's.

use std::time::{Duration, Instant};

use conversation::Mark;
use conversation::arbitrary::{Seen, among, cases, markup, markup_of, seen};

use super::*;

/// What other platforms mark with: here, it is words.
const SIGNS: &[&str] = &[
    "*",
    "_",
    "`",
    "```",
    "> ",
    "@",
    "@ana_l",
    "[",
    "](",
    "\\",
    "https://x.org/",
    "\n",
    "\0",
];

fn named(mark: &Mark) -> Option<String> {
    match mark {
        Mark::Link { url } => web_address(url).map(|url| format!("link {url}")),
        Mark::Mention { account } => {
            let id: u64 = account.as_ref()?.as_str().parse().ok()?;
            Some(format!("mention {id}"))
        }
        mark => Some(format!("{mark:?}")),
    }
}

fn seen_of(markup: &Markup) -> Vec<Seen> {
    let mut seen = seen(&markup.flatten(), named);
    for (c, _) in &mut seen {
        if *c == '\0' {
            *c = '\u{fffd}';
        }
    }
    seen
}

proptest! {
    #![proptest_config(cases(512))]

    #[test]
    fn what_is_written_is_read_back_the_same(plain in markup(), signs in markup_of(among(SIGNS).boxed())) {
        for markup in [plain, signs] {
            let (text, entities) = to_entities(&markup, IdsOf::Telegram);
            let read = from_entities(&text, &received(&entities));
            prop_assert_eq!(seen_of(&read), seen_of(&markup));
        }
    }

    #[test]
    fn words_from_elsewhere_are_all_written(markup in markup_of(among(SIGNS).boxed())) {
        let (text, _) = to_entities(&markup, IdsOf::AnotherPlatform);
        let narrow = text.replace('＠', "@");
        prop_assert_eq!(narrow, markup.plain_text().replace('＠', "@"));
    }

    #[test]
    fn no_entities_lose_a_word_of_any_text(text in among(SIGNS), entities in prop::collection::vec(entity(), 0..12)) {
        let markup = from_entities(&text, &entities);
        prop_assert_eq!(words(&markup.plain_text()), words(&text.replace('\0', "\u{fffd}")));
    }
}

/// Telegram sends a hundred entities at most; a hundred times as many that cross each other are read, too.
#[test]
fn a_megabyte_under_thousands_of_entities_is_read_in_a_moment() {
    let text = "wörd😀 ".repeat(100_000);
    let crossing = |nth: i64| bold(nth * 7, 5_000);
    let nested = |nth: i64| bold(nth, 100_000 - 2 * nth);
    let shapes: [&dyn Fn(i64) -> wire::MessageEntity; 3] =
        [&crossing, &nested, &|nth| bold(nth * 9, 4)];
    for shape in shapes {
        let entities: Vec<_> = (0..10_000).map(shape).collect();
        let started = Instant::now();
        let markup = from_entities(&text, &entities);
        let read = started.elapsed();
        assert_eq!(words(&markup.plain_text()), words(&text));
        assert!(read < Duration::from_secs(10), "it took {read:?}");
    }
}
