//! Where a long text is cut.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use insta::assert_snapshot;

use super::*;

fn cut(words: &str, max: usize) -> Vec<String> {
    let to = limited(mail(), max, TextUnit::Chars);
    let posts = said(&Content::plain(words), &to);
    posts.iter().map(|post| post.text.plain_text()).collect()
}

#[test]
fn a_text_that_fits_exactly_is_one_post() {
    assert_eq!(cut("one two", 7), ["one two"]);
    assert_eq!(cut("one two", 6), ["one", "two"]);
}

#[test]
fn paragraphs_are_kept_whole_before_lines_sentences_and_words() {
    assert_eq!(
        cut("one two three.\n\nfour. five\nsix seven", 26),
        ["one two three.", "four. five\nsix seven"]
    );
    assert_eq!(
        cut("one. two\nthree. four five", 16),
        ["one. two", "three. four five"]
    );
    assert_eq!(
        cut("one two (three.) four five", 20),
        ["one two (three.)", "four five"]
    );
    assert_eq!(cut("one two three four", 16), ["one two three", "four"]);
}

#[test]
fn a_better_cut_is_not_worth_a_tiny_post() {
    let words = format!("Yes.\n\n{}", "word ".repeat(20));
    assert_eq!(
        cut(&words, 40)[0],
        "Yes.\n\nword word word word word word word"
    );
}

#[test]
fn a_word_that_fits_in_the_next_post_is_kept_whole() {
    let address = "https://example.org/a/long/address/of/something";
    assert_eq!(cut(&format!("a {address} b"), 48), ["a", address, "b"]);
}

#[test]
fn a_word_that_fits_nowhere_is_cut_at_a_sign_or_a_letter() {
    assert_eq!(
        cut("https://example.org/a/long/address", 30),
        ["https://example.org/a/long/", "address"]
    );
    assert_eq!(cut("aaaaaaaaaaaaaaaa", 10), ["aaaaaaaaaa", "aaaaaa"]);
    let words = format!("a {}", "b".repeat(30));
    assert_eq!(
        cut(&words, 20),
        [format!("a {}", "b".repeat(18)), "b".repeat(12)]
    );
}

#[test]
fn a_script_without_spaces_is_cut_after_its_full_stop() {
    assert_eq!(
        cut("今天天气很好。我们去公园散步吧。", 12),
        ["今天天气很好。", "我们去公园散步吧。"]
    );
    assert_eq!(
        cut("他说「走吧。」我们走了。很好", 10),
        ["他说「走吧。」", "我们走了。很好"]
    );
}

#[test]
fn spaces_that_must_not_be_broken_are_not() {
    assert_eq!(
        cut("it costs 10\u{A0}000\u{A0}kr", 16),
        ["it costs", "10\u{A0}000\u{A0}kr"]
    );
}

#[test]
fn a_gap_larger_than_the_limit_is_no_post() {
    let words = format!("one{}two", " ".repeat(100));
    assert_eq!(cut(&words, 10), ["one", "two"]);
    assert_eq!(cut(&words.replace(' ', "\n"), 10), ["one", "two"]);
}

#[test]
fn a_code_block_that_is_cut_is_closed_and_reopened() {
    let code = Node::CodeBlock {
        language: None,
        code: "fn main() {\n    one();\n    two();\n}".to_owned(),
    };
    let content = marked(vec![text("See:"), code, text("Right?")]);
    assert_snapshot!(shown(&said(&content, &limited(mail(), 30, TextUnit::Chars))), @"
    See:
    ```fn main() {
        one();```
    ---
    ```    two();
    }```
    Right?
    ");
}

#[test]
fn each_post_names_the_author() {
    let content = Content::plain(&"word ".repeat(24));
    assert_snapshot!(shown(&said(&content, &limited(chat(), 64, TextUnit::Utf16))), @"
    *Ana* (Talk): word word word word word word word
    ---
    *Ana* (Talk): …
    word word word word word word word word word word
    ---
    *Ana* (Talk): …
    word word word word word word word
    ");
    let mut late = limited(chat(), 64, TextUnit::Utf16);
    late.author_name = Support::Native;
    assert!(!shown(&said(&content, &late)).contains("Ana"));
}

/// S56: cut there, somebody else would seem to say it.
#[test]
fn nobody_speaks_in_another_name_by_writing_much() {
    let forged = Node::Styled {
        style: Style::Bold,
        children: vec![text("Bo")],
    };
    let much = "word ".repeat(8) + "\n\n";
    let content = marked(vec![text(&much), forged, text(" (Talk): I resign!")]);
    assert_snapshot!(shown(&said(&content, &limited(chat(), 72, TextUnit::Utf16))), @"
    *Ana* (Talk): word word word word word word word word
    ---
    *Ana* (Talk): …
    » *Bo* (Talk): I resign!
    ");
}

#[test]
fn a_block_that_goes_on_stands_below_the_name() {
    let code = Node::CodeBlock {
        language: None,
        code: "line();\n".repeat(16),
    };
    let posts = said(&marked(vec![code]), &limited(chat(), 80, TextUnit::Utf16));
    assert!(posts.len() > 1);
    for post in posts {
        let shown = shown(&[post]);
        assert!(
            shown.starts_with("*Ana* (Talk):") && shown.contains("\n```line();"),
            "{shown}"
        );
    }
}

#[test]
fn each_unit_counts_in_its_own_way() {
    let count = |unit| {
        let to = limited(mail(), 40, unit);
        said(&Content::plain(&"🌻".repeat(40)), &to).len()
    };
    assert_eq!(count(TextUnit::Chars), 1);
    assert_eq!(count(TextUnit::Utf16), 2);
    assert_eq!(count(TextUnit::Bytes), 4);
}

/// Ten megabytes take a second or two; work that grows with the square of the length would take hours.
#[test]
fn ten_megabytes_are_cut_in_a_moment() {
    let mut words = String::new();
    for line in 0..160_000 {
        let _ = writeln!(
            words,
            "Line {line} of a text that never ends. It goes on, and on."
        );
    }
    for atom in [
        words.as_str(),
        "a",
        "🇦🇷",
        "\u{301}",
        " ",
        "\n\n",
        "\u{202E}",
        "ab ",
    ] {
        let content = Content::plain(&atom.repeat(10_000_000 / atom.len()));
        let started = Instant::now();
        said(&content, &chat());
        let took = started.elapsed();
        assert!(took < Duration::from_secs(30), "{atom:.8} took {took:?}");
    }
}

#[test]
fn a_hundred_thousand_marks_are_cut_in_a_moment() {
    let bold = Node::Styled {
        style: Style::Bold,
        children: vec![text("word")],
    };
    let content = marked(vec![vec![bold, text(" ")]; 100_000].concat());
    let started = Instant::now();
    let posts = said(&content, &limited(chat(), 100, TextUnit::Utf16));
    assert!(posts.len() > 5_000);
    assert!(started.elapsed() < Duration::from_secs(30));
}

fn in_markdown(nodes: Vec<Node>, max: usize) -> Vec<Content> {
    said(&marked(nodes), &limited(mail(), max, TextUnit::Markdown))
}

/// A text of 60 words fits, and 60 words each under two marks do not.
#[test]
fn marks_cost_where_the_platform_counts_them() {
    let bold = |words: &str| Node::Styled {
        style: Style::Bold,
        children: vec![text(words)],
    };
    let words = |word: &dyn Fn() -> Node| vec![vec![word(), text(" ")]; 60].concat();
    assert_eq!(in_markdown(words(&|| text("word")), 300).len(), 1);
    assert!(in_markdown(words(&|| bold("word")), 300).len() > 1);
}

#[test]
fn an_address_that_fills_a_post_is_said_in_words() {
    let url = format!("https://example.org/{}", "a".repeat(300));
    let link = Node::Link {
        url: url.clone(),
        children: vec![text("plan")],
    };
    let posts = in_markdown(vec![text("The "), link], 200);
    let all: Vec<String> = posts.iter().map(|it| it.text.plain_text()).collect();
    assert_eq!(all.concat().replace(' ', ""), format!("Theplan({url})"));
    assert!(posts.iter().all(|it| it.text.flatten().spans.is_empty()));
}
