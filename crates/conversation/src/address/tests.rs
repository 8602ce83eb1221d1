//! Addresses that stand bare in a text.

use super::*;
use crate::arbitrary::markup;
use crate::{Mark, Markup, Node};

use proptest::prelude::*;

fn found(words: &str) -> Vec<String> {
    links(&Markup::plain(words))
}

fn links(markup: &Markup) -> Vec<String> {
    let flat = with_addresses(markup).flatten();
    let spans = flat.spans.iter();
    let links = spans.filter_map(|it| match &it.mark {
        Mark::Link { url } => Some((&flat.text[it.start..it.end], url)),
        _ => None,
    });
    links
        .map(|(words, url)| match words == url {
            true => url.clone(),
            false => format!("{words} -> {url}"),
        })
        .collect()
}

#[test]
fn a_bare_address_ends_where_people_end_it() {
    for (words, address) in [
        ("see https://example.org.", "https://example.org"),
        ("(https://example.org/a)", "https://example.org/a"),
        (
            "https://en.example.org/wiki/Bar_(pub), or",
            "https://en.example.org/wiki/Bar_(pub)",
        ),
        ("“https://example.org/”", "https://example.org/"),
        (
            "<https://example.org/?a=1&b=2>",
            "https://example.org/?a=1&b=2",
        ),
        ("https://example.org/a…", "https://example.org/a"),
        ("见https://example.org/a。", "https://example.org/a"),
        ("https://münchen.de/straße!", "https://münchen.de/straße"),
        (
            "HTTP://example.org:8080/a#b?",
            "HTTP://example.org:8080/a#b",
        ),
        (
            "ana@example.org, please",
            "ana@example.org -> mailto:ana@example.org",
        ),
    ] {
        assert_eq!(found(words), [address], "{words}");
    }
    let two = found("https://a.org and\nhttps://b.org/");
    assert_eq!(two, ["https://a.org", "https://b.org/"]);
}

#[test]
fn what_is_no_address_or_would_deceive_stays_words() {
    for words in [
        "main.rs and example.org",
        "ftp://example.org/ javascript:alert(1) tg://user?id=7 file:///etc/passwd",
        "https://bank.com@evil.org/",
        "https://bаnk.com/",
        "https://bank\u{200B}.com/",
        "https:// and http://",
        "@ana a@b",
    ] {
        assert_eq!(found(words), Vec::<String>::new(), "{words}");
    }
}

#[test]
fn links_and_code_are_left_as_they_are() {
    let url = "https://example.org/".to_owned();
    let nodes = vec![
        Node::Code("https://a.org".into()),
        Node::Link {
            url,
            children: vec![Node::Text("see https://b.org".into())],
        },
        Node::Text(" https://c".into()),
        Node::Styled {
            style: crate::Style::Bold,
            children: vec![Node::Text(".org".into())],
        },
    ];
    assert_eq!(
        links(&Markup(nodes)),
        ["see https://b.org -> https://example.org/", "https://c.org"]
    );
}

#[test]
fn hostile_texts_take_no_time() {
    for sign in ["https://", "a@", "a.", "(https://a.org/", "@"] {
        let text = crate::arbitrary::filled_with(sign);
        let _ = with_addresses(&Markup::plain(&text));
    }
}

proptest! {
    #[test]
    fn no_letter_changes(markup in markup()) {
        prop_assert_eq!(with_addresses(&markup).plain_text(), markup.plain_text());
    }
}
