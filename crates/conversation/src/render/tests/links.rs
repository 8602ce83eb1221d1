//! S27: words that promise another place than the link leads to.

use proptest::prelude::*;

use super::*;
use crate::address::Shown;
use crate::arbitrary::markup;
use crate::render::links::told_links;

fn link(label: &str, url: &str) -> Node {
    Node::Link {
        url: url.to_owned(),
        children: vec![text(label)],
    }
}

/// As it is seen, without marks.
fn seen(nodes: Vec<Node>) -> String {
    let posts = said(&marked(nodes), &mail());
    posts[0].text.plain_text()
}

#[test]
fn a_link_shows_where_it_leads() {
    let evil = "https://evil.org/";
    for label in [
        "click here",
        "https://bank.com",
        "HTTPS://BANK.COM/",
        "bank.com",
        "www.bank.com.",
        "bank.com:443",
        "https://evil.org.bank.com/",
        "https://evil.org@bank.com/",
        "https://bank.com\u{200B}",
        "\u{200B}",
        "ftp://evil.org/",
        "evil.org/else",
        "evil.org:8443",
        "evil.org?a=1",
        "bo@evil.org",
        "600 123 456",
        "еvil.org",
        "ｅvil.org/",
    ] {
        let shown = seen(vec![link(label, evil)]);
        assert!(
            shown.ends_with(" (https://evil.org/)"),
            "{label:?}: {shown:?}"
        );
    }
}

#[test]
fn words_that_say_where_a_link_leads_are_enough() {
    for (label, url) in [
        ("https://example.org", "https://example.org/"),
        ("http://www.example.org/", "https://example.org"),
        ("example.org", "https://www.EXAMPLE.org/"),
        ("Example.org.", "https://example.org"),
        ("example.org:443/a", "https://example.org/a/"),
        ("example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("münchen.de", "https://xn--mnchen-3ya.de/"),
        ("https://example.org/a b", "https://example.org/a%20b"),
        ("bo@example.org", "mailto:Bo@example.org?subject=Hi"),
        ("mailto:bo@example.org", "mailto:bo@example.org"),
        ("+34 600-123-456", "tel:+34600123456"),
        ("the plan (https://example.org/)", "https://example.org/"),
        ("ftp://example.org/a", "ftp://example.org/a"),
    ] {
        assert_eq!(seen(vec![link(label, url)]), label, "{url}");
    }
    let told_behind = vec![
        link("docs", "https://example.org/"),
        text(" (https://example.org/), read them"),
    ];
    assert_eq!(seen(told_behind), "docs (https://example.org/), read them");
}

#[test]
fn what_is_shown_is_what_it_looks_like() {
    for (url, told) in [
        ("https://bank.com@evil.org/x", "https://evil.org/x"),
        ("https://bank.com:443@evil.org", "https://evil.org/"),
        ("https://bаnk.com/", "https://xn--bnk-6cd.com/"),
        (
            "https://bank.com\u{2044}login.evil.org/",
            "https://bank.xn--comlogin-g03d.evil.org/",
        ),
        ("https://münchen.de/a", "https://xn--mnchen-3ya.de/a"),
        (
            "https://evil.org/\u{202E}moc.knab",
            "https://evil.org/%E2%80%AEmoc.knab",
        ),
        ("mailto:bo@evil.org", "mailto:bo@evil.org"),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ("data:text/html,x", "data:text/html,x"),
        ("tg://user?id=7", "tg://user?id=7"),
        ("../a", "../a"),
    ] {
        let posts = said(&marked(vec![link("here", url)]), &mail());
        let flat = posts[0].text.flatten();
        assert_eq!(flat.text, format!("here ({told})"), "{url}");
        let leads = url.starts_with("https:") || url.starts_with("mailto:");
        assert_eq!(flat.spans.len(), usize::from(leads), "{url}");
    }
    // Words that pass for Latin ones say nothing, not even of themselves.
    let shown = seen(vec![link("https://bаnk.com/", "https://bаnk.com/")]);
    assert_eq!(shown, "https://bаnk.com/ (https://xn--bnk-6cd.com/)");
}

#[test]
fn of_an_address_without_end_the_host_is_shown_where_the_words_lead_there() {
    let url = format!("https://click.example.org:8443/{}", "a".repeat(300));
    let nodes = vec![link("read on", &url)];
    assert_eq!(seen(nodes.clone()), "read on (click.example.org:8443/…)");
    let words = said(&marked(nodes), &plain())[0].text.plain_text();
    assert_eq!(words, format!("Ana (Talk): read on ({url})"));
    let told = said(&marked(vec![link("read on", &url), text(", Bo")]), &mail());
    let in_words = crate::with_links_in_words(&told[0].text);
    assert_eq!(in_words, Markup::plain(&format!("read on ({url}), Bo")));
}

#[test]
fn a_link_in_several_styles_is_one_link() {
    let bold = |label: &str| Node::Link {
        url: "https://evil.org/".into(),
        children: vec![Node::Styled {
            style: Style::Bold,
            children: vec![text(label)],
        }],
    };
    let nodes = vec![
        link("https://", "https://evil.org/"),
        bold("bank"),
        link(".com", "https://evil.org/"),
        text("!"),
    ];
    insta::assert_snapshot!(shown(&said(&marked(nodes), &mail())), @"[https://*bank*.com](https://evil.org/) (https://evil.org/)!");
    let honest = vec![
        link("https://", "https://evil.org/"),
        bold("evil"),
        link(".org", "https://evil.org/"),
    ];
    assert_eq!(seen(honest), "https://evil.org");
}

#[test]
fn code_and_pictures_in_a_link_stay_what_they_are() {
    let children = vec![
        Node::Code("ls".into()),
        Node::Emoji {
            id: "1".into(),
            text: ":wave:".into(),
        },
    ];
    let url = "https://example.org/".to_owned();
    let nodes = vec![Node::Link { url, children }];
    let mut to = mail();
    to.label = "Talk";
    let flat = said(&marked(nodes), &to)[0].text.flatten();
    assert_eq!(flat.text, "ls:wave: (https://example.org/)");
    let ends: Vec<usize> = flat.spans.iter().map(|it| it.end).collect();
    assert_eq!(ends, [8, 2, 8]);
}

proptest! {
    /// Hop by hop nothing is added a second time, and no word goes.
    #[test]
    fn what_was_told_is_not_told_again(markup in markup()) {
        let before = markup.flatten();
        let once = told_links(before.clone(), Shown::InShort);
        let again = told_links(once.to_markup().flatten(), Shown::InShort);
        prop_assert_eq!(&again.text, &once.to_markup().flatten().text);
        let mut left = once.text.chars();
        prop_assert!(before.text.chars().all(|c| left.any(|it| it == c)));
    }
}
