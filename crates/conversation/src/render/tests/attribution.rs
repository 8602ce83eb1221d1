//! Who says it, what it answers, and when.

use std::collections::HashMap;

use insta::assert_snapshot;

use super::*;

#[test]
fn the_author_is_named_where_the_platform_does_not_name_them() {
    assert_snapshot!(shown(&said(&Content::plain("Hello!"), &chat())), @"*Ana* (Talk): Hello!");
    assert_snapshot!(shown(&said(&Content::plain("Hello!"), &mail())), @"Hello!");
    assert_snapshot!(shown(&said(&Content::plain("Hello!"), &plain())), @"Ana (Talk): Hello!");
}

#[test]
fn our_own_words_carry_no_name() {
    let rendering = Rendering {
        author: &Author {
            kind: AuthorKind::Ourselves,
            ..author("Causeway")
        },
        called: "Causeway",
        content: &Content::plain("Time for your notes."),
        from: "",
        labels: &LABELS,
        reply: ReplyShown::Nothing,
        late: None,
        mentions: &HashMap::new(),
        language: Language::ENGLISH,
    };
    assert_snapshot!(shown(&render(&rendering, &chat())), @"Time for your notes.");
}

#[test]
fn a_block_stands_below_the_name() {
    let code = Node::CodeBlock {
        language: None,
        code: "  let x = 1;\nx".to_owned(),
    };
    let quote = Node::Quote(vec![text("As we said")]);
    let list = Node::List {
        start: None,
        items: vec![vec![text("bread")], vec![text("salt")]],
    };
    let bold_quote = Node::Styled {
        style: Style::Bold,
        children: vec![text("\n"), quote.clone()],
    };
    assert_snapshot!(shown(&said(&marked(vec![text(" "), code]), &chat())), @"
    *Ana* (Talk):
    ```  let x = 1;
    x```
    ");
    assert_snapshot!(shown(&said(&marked(vec![quote, text("Yes")]), &chat())), @"
    *Ana* (Talk):
    |As we said|
    Yes
    ");
    assert_snapshot!(shown(&said(&marked(vec![list]), &chat())), @"
    *Ana* (Talk):
    • bread
    • salt
    ");
    assert_snapshot!(shown(&said(&marked(vec![bold_quote]), &chat())), @"
    *Ana* (Talk):
    *|As we said|*
    ");
}

#[test]
fn words_before_a_block_stay_beside_the_name() {
    let quote = Node::Quote(vec![text("As we said")]);
    assert_snapshot!(shown(&said(&marked(vec![text("See:"), quote]), &chat())), @"
    *Ana* (Talk): See:
    |As we said|
    ");
}

fn late(to: &Capabilities) -> String {
    let rendering = Rendering {
        content: &Content::plain("Hello!"),
        author: &author("Ana"),
        called: "Ana",
        from: "Talk",
        labels: &LABELS,
        reply: ReplyShown::Nothing,
        late: Some("sent 14:02"),
        mentions: &HashMap::new(),
        language: Language::ENGLISH,
    };
    shown(&render(&rendering, to))
}

#[test]
fn a_late_message_says_when_it_was_written() {
    assert_snapshot!(late(&chat()), @"*Ana* (Talk, sent 14:02): Hello!");
    assert_snapshot!(late(&mail()), @"(sent 14:02) Hello!");
}

fn in_reply_to(text: &str, to: &Capabilities) -> String {
    let reply = ReplyShown::InWords {
        author: "Bo (Talk)",
        text,
    };
    shown(&said_in_reply(&Content::plain("I am!"), reply, to))
}

#[test]
fn a_reply_in_words_quotes_the_first_line_of_its_parent() {
    assert_snapshot!(in_reply_to("\n Who is coming?", &chat()), @"
    |Bo (Talk): Who is coming?|
    *Ana* (Talk): I am!
    ");
    assert_snapshot!(in_reply_to("Who is coming?\n\nAt six.", &plain()), @"
    > Bo (Talk): Who is coming? …
    Ana (Talk): I am!
    ");
    assert_snapshot!(in_reply_to("Who is coming?", &mail()), @"
    |Bo (Talk): Who is coming?|
    I am!
    ");
}

#[test]
fn the_quote_of_a_long_parent_is_cut() {
    let quote = in_reply_to(&"many words ".repeat(50), &mail());
    assert_snapshot!(quote, @"
    |Bo (Talk): many words many words many words many words many words many words ma…|
    I am!
    ");
}

#[test]
fn a_parent_without_words_is_named_all_the_same() {
    assert_snapshot!(in_reply_to(" \n", &mail()), @"
    |Bo (Talk): …|
    I am!
    ");
}

#[test]
fn a_reply_that_the_platform_shows_itself_adds_nothing() {
    let posts = said_in_reply(&Content::plain("I am!"), ReplyShown::Natively, &chat());
    assert_snapshot!(shown(&posts), @"*Ana* (Talk): I am!");
}

#[test]
fn a_content_without_anything_makes_no_post() {
    for words in ["", " \n\t "] {
        assert_eq!(said(&Content::plain(words), &chat()), []);
    }
    assert_eq!(said(&marked(vec![Node::Quote(vec![])]), &mail()), []);
}

#[test]
fn without_a_platform_there_are_no_brackets() {
    let said = |late| {
        let rendering = Rendering {
            content: &Content::plain("Hello!"),
            author: &author("Ana"),
            called: "Ana",
            from: "",
            labels: &LABELS,
            reply: ReplyShown::Nothing,
            late,
            mentions: &HashMap::new(),
            language: Language::ENGLISH,
        };
        shown(&render(&rendering, &plain()))
    };
    assert_snapshot!(said(None), @"Ana: Hello!");
    assert_snapshot!(said(Some("sent 14:02")), @"Ana (sent 14:02): Hello!");
}

fn mention(account: Option<&str>) -> Node {
    Node::Mention {
        account: account.map(Into::into),
        name: "@bo".to_owned(),
    }
}

fn mentioning(mentions: &[(&str, &str)], to: &Capabilities) -> Vec<Node> {
    let emoji = Node::Emoji {
        id: "7".into(),
        text: "🌻".to_owned(),
    };
    let rendering = Rendering {
        content: &marked(vec![mention(Some("42")), emoji]),
        author: &author("Ana"),
        called: "Ana",
        from: "Talk",
        labels: &LABELS,
        reply: ReplyShown::Nothing,
        late: None,
        mentions: &mentions
            .iter()
            .map(|&(there, here)| (there.into(), here.into()))
            .collect(),
        language: Language::ENGLISH,
    };
    render(&rendering, to).remove(0).text.0
}

#[test]
fn accounts_and_pictures_of_another_platform_stay_there() {
    let mut at_home = mail();
    at_home.label = "Talk";
    let picture = |text: &str| Node::Emoji {
        id: "7".into(),
        text: text.to_owned(),
    };
    assert_eq!(mentioning(&[], &mail()), [mention(None), text("🌻")]);
    assert_eq!(mentioning(&[], &at_home), [mention(None), picture("🌻")]);
}

#[test]
fn who_may_be_rung_is_mentioned_by_their_account_here() {
    let known = mentioning(&[("42", "U7"), ("43", "U8")], &mail());
    assert_eq!(known, [mention(Some("U7")), text("🌻")]);
    assert_eq!(mentioning(&[("43", "U8")], &mail())[0], mention(None));
}
