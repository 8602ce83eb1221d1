//! Right-to-left text, emoji sequences, combining marks, carriage returns.

use unicode_segmentation::UnicodeSegmentation;

use super::*;

fn cut(words: &str, max: usize, unit: TextUnit) -> Vec<String> {
    let posts = said(&Content::plain(words), &limited(mail(), max, unit));
    posts.iter().map(|post| post.text.plain_text()).collect()
}

#[test]
fn sequences_that_are_one_thing_to_people_are_never_cut() {
    let one_thing = ["👩‍👩‍👧‍👦", "🇦🇷", "👍🏽", "3️⃣", "e\u{301}\u{323}", "ශ්‍රී", "각", "नि"];
    for thing in one_thing {
        let words = thing.repeat(100);
        for max in [25, 26, 27, 28, 101] {
            for unit in [TextUnit::Utf16, TextUnit::Chars, TextUnit::Bytes] {
                let posts = cut(&words, max, unit);
                assert!(posts.len() > 1 || unit.count(&words) <= max);
                for post in posts {
                    assert!(unit.count(&post) <= max);
                    let mut graphemes = post.graphemes(true);
                    assert!(
                        graphemes.all(|it| thing.graphemes(true).any(|of| of == it)),
                        "{post}"
                    );
                }
            }
        }
    }
}

#[test]
fn five_hundred_accents_on_a_letter_are_kept_together_where_they_fit() {
    let tower = "a".to_owned() + &"\u{301}".repeat(500);
    let words = format!("one {tower} two");
    assert_eq!(
        cut(&words, 504, TextUnit::Chars),
        ["one", tower.as_str(), "two"]
    );
    let parts = cut(&words, 100, TextUnit::Chars);
    assert!(parts.iter().all(|part| part.chars().count() <= 100));
    let letters = parts
        .concat()
        .chars()
        .filter(|c| !c.is_whitespace())
        .count();
    assert_eq!(letters, 507);
}

#[test]
fn an_accent_on_a_space_stays_with_its_space() {
    assert_eq!(
        cut("aaaa bb \u{301}cc", 9, TextUnit::Chars),
        ["aaaa bb \u{301}", "cc"]
    );
}

#[test]
fn carriage_returns_are_line_breaks() {
    assert_eq!(
        cut("one\r\ntwo\rthree\r\n", 100, TextUnit::Chars),
        ["one\ntwo\nthree"]
    );
    let quote = Node::Quote(vec![text("one\r\ntwo")]);
    let posts = said(&marked(vec![quote, text("\r\nthree")]), &mail());
    assert_eq!(shown(&posts), "|one\ntwo|\nthree");
}

#[test]
fn controls_of_direction_are_closed_where_their_author_forgot() {
    let rle = '\u{202B}';
    let pdf = '\u{202C}';
    let words = format!("{rle}abc\nnext {pdf}line\u{2069}");
    assert_eq!(
        cut(&words, 100, TextUnit::Chars),
        [format!("{rle}abc{pdf}\nnext line")]
    );
    let isolate = "\u{2067}a\u{202B}b\u{2069}c";
    assert_eq!(
        cut(isolate, 100, TextUnit::Chars),
        ["\u{2067}a\u{202B}b\u{202C}\u{2069}c"]
    );
}

#[test]
fn nobody_writes_backwards() {
    let words = "\u{202E}dlo si\u{202C} this, \u{202D}and\u{2067} that\u{2069}";
    assert_eq!(
        cut(words, 100, TextUnit::Chars),
        ["dlo si this, and\u{2067} that\u{2069}"]
    );
}

#[test]
fn lines_end_in_one_way() {
    let words = "one\u{85}two\u{2028}three\u{2029}four\u{0B}five\u{0C}six\r\n\rseven";
    assert_eq!(
        cut(words, 100, TextUnit::Chars),
        ["one\ntwo\nthree\nfour\nfive\nsix\n\nseven"]
    );
}

#[test]
fn nothing_rings_moves_or_colours_a_terminal() {
    let words = "a\u{7}b\u{8} \u{1b}[31mred\u{1b}]0;title\u{7} \u{9b}2J\tc\u{7f}\0";
    assert_eq!(
        cut(words, 100, TextUnit::Chars),
        ["ab [31mred]0;title 2J\tc"]
    );
}

/// S54 knows what hides in a name; in a text it stays, for languages and pictures are written with it.
#[test]
fn what_joins_and_varies_stays() {
    for words in [
        "👩‍👩‍👧‍👦 🏳️‍🌈 👍🏽 3️⃣ 🇺🇦",
        "🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}",
        "می‌خواهم क्‍ष ශ්‍රී",
        "e\u{301}\u{323} ❤︎ ⠠⠃⠗⠁⠊⠇⠇⠑⠀⠁⠗⠞",
    ] {
        assert_eq!(cut(words, 100, TextUnit::Chars), [words]);
    }
}

#[test]
fn what_nobody_can_see_is_nothing() {
    for words in [
        "",
        " \n\t",
        "\u{200B}",
        "\u{200D}\u{200C}\u{2060}\u{FEFF}",
        "\u{3164}\u{115F}\u{FFA0}",
        "\u{2800}\u{2800}",
        "\u{FE0F}\u{E0041}\u{E007F}\u{E0101}",
        "\u{202E}\u{2067}\u{2069}",
        "\u{1b}\u{7}\0",
    ] {
        let content = Content::plain(words);
        assert!(content.is_empty(), "{words:?}");
        assert_eq!(said(&content, &mail()), [], "{words:?}");
    }
    let hidden = Node::Link {
        url: "https://example.org/".into(),
        children: vec![text("\u{200B}")],
    };
    assert!(!marked(vec![hidden]).is_empty());
    assert!(!Content::plain("\u{200B}.").is_empty());
}

#[test]
fn controls_of_direction_are_closed_and_reopened_at_a_cut() {
    let words = format!("\u{2067}{}\u{2069}", "שלום עולם ".repeat(60));
    let posts = cut(&words, 300, TextUnit::Chars);
    assert!(posts.len() > 1);
    for post in posts {
        assert!(
            post.starts_with('\u{2067}') && post.ends_with('\u{2069}'),
            "{post:?}"
        );
        assert!(post.chars().count() <= 300);
    }
}

#[test]
fn a_code_block_in_an_embedding_keeps_its_lines_to_itself() {
    let code = format!("\u{202B}{}", "x = 1 ".repeat(100));
    let content = marked(vec![Node::CodeBlock {
        language: None,
        code,
    }]);
    for post in said(&content, &limited(mail(), 300, TextUnit::Chars)) {
        assert!(matches!(post.text.0.as_slice(), [Node::CodeBlock { .. }]));
    }
}

#[test]
fn a_channel_with_no_room_for_controls_gets_the_words() {
    let words = format!("\u{2067}{}\u{2069}", "אב ".repeat(30));
    let posts = cut(&words, 10, TextUnit::Chars);
    assert!(posts.iter().all(|post| post.chars().count() <= 10));
    assert_eq!(posts.join(" "), "אב ".repeat(30).trim());
}
