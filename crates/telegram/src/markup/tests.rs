#![allow(clippy::unwrap_used)]

use insta::assert_snapshot;
use proptest::prelude::*;

use super::*;

mod properties;

fn bold(offset: i64, length: i64) -> wire::MessageEntity {
    wire::MessageEntity {
        kind: "bold".into(),
        offset,
        length,
        url: None,
        user: None,
        language: None,
        custom_emoji_id: None,
    }
}

fn json(markup: &Markup) -> String {
    serde_json::to_string(markup).unwrap()
}

#[test]
fn offsets_count_utf16_units() {
    // A family is 8 units, a flag 4, and the letter with its accent 2.
    let text = "👨‍👩‍👧 🇺🇳 e\u{301} end";
    let family = from_entities(text, &[bold(0, 8), bold(9, 4), bold(14, 2)]);
    assert_snapshot!(json(&family), @r#"[{"styled":{"style":"bold","children":[{"text":"👨‍👩‍👧"}]}},{"text":" "},{"styled":{"style":"bold","children":[{"text":"🇺🇳"}]}},{"text":" "},{"styled":{"style":"bold","children":[{"text":"é"}]}},{"text":" end"}]"#);
}

#[test]
fn half_a_character_is_never_marked() {
    let text = "a😀b";
    assert_snapshot!(json(&from_entities(text, &[bold(2, 2)])), @r#"[{"text":"a"},{"styled":{"style":"bold","children":[{"text":"😀b"}]}}]"#);
    assert_snapshot!(json(&from_entities(text, &[bold(1, 1)])), @r#"[{"text":"a😀b"}]"#);
}

#[test]
fn text_from_right_to_left_keeps_its_marks() {
    let text = "שלום عالم";
    let marked = from_entities(text, &[bold(0, 4)]);
    assert_snapshot!(json(&marked), @r#"[{"styled":{"style":"bold","children":[{"text":"שלום"}]}},{"text":" عالم"}]"#);
    assert_eq!(
        to_entities(&marked, IdsOf::Telegram),
        (text.to_owned(), vec![MessageEntity::bold(0, 4)])
    );
}

#[test]
fn entities_that_lie_are_not_believed() {
    for (offset, length) in [
        (-1, 3),
        (2, -1),
        (2, 0),
        (50, 5),
        (i64::MAX, i64::MAX),
        (3, i64::MAX),
    ] {
        let markup = from_entities("hello", &[bold(offset, length)]);
        assert_eq!(markup.plain_text(), "hello", "{offset} {length}");
    }
}

#[test]
fn emoji_of_other_platforms_mean_nothing_to_telegram_and_who_is_known_there_is_rung() {
    let markup = Markup(vec![
        conversation::Node::Mention {
            account: Some("42".into()),
            name: "@ana".to_owned(),
        },
        conversation::Node::Text(" and ".to_owned()),
        conversation::Node::Mention {
            account: None,
            name: "@bo".to_owned(),
        },
        conversation::Node::Text(" ".to_owned()),
        conversation::Node::Emoji {
            id: "99".into(),
            text: ":wave:".to_owned(),
        },
    ]);
    let entities = |ids| serde_json::to_string(&to_entities(&markup, ids).1).unwrap();
    assert_snapshot!(entities(IdsOf::AnotherPlatform), @r#"[{"type":"text_mention","user":{"id":42,"is_bot":false,"first_name":"@ana"},"offset":0,"length":4},{"type":"code","offset":9,"length":3}]"#);
    assert_snapshot!(entities(IdsOf::Telegram), @r#"[{"type":"text_mention","user":{"id":42,"is_bot":false,"first_name":"@ana"},"offset":0,"length":4},{"type":"custom_emoji","custom_emoji_id":"99","offset":13,"length":6}]"#);
}

#[test]
fn only_addresses_of_the_web_become_links() {
    for (url, links) in [
        ("https://example.org", 1),
        ("HTTP://example.org", 1),
        ("tg://user?id=7001", 0),
        ("javascript:alert(1)", 0),
        ("data:text/html,x", 0),
        ("//example.org", 0),
    ] {
        let markup = Markup(vec![conversation::Node::Link {
            url: url.to_owned(),
            children: vec![conversation::Node::Text("here".to_owned())],
        }]);
        let (text, entities) = to_entities(&markup, IdsOf::Telegram);
        assert_eq!((text.as_str(), entities.len()), ("here", links), "{url}");
    }
}

#[test]
fn a_quote_inside_a_quote_stays_words() {
    let inner = conversation::Node::Quote(vec![conversation::Node::Text("inner".to_owned())]);
    let outer = conversation::Node::Text("outer".to_owned());
    let markup = Markup(vec![conversation::Node::Quote(vec![outer, inner])]);
    let (text, entities) = to_entities(&markup, IdsOf::Telegram);
    assert_eq!((text.as_str(), entities.len()), ("outer\ninner", 1));
}

#[test]
fn the_form_of_the_terminal_is_json_or_plain_text() {
    let input =
        r#"{"text": "Friday at seven", "entities": [{"type": "bold", "offset": 0, "length": 6}]}"#;
    assert_snapshot!(markup_to_json(&markup_from_json(input).unwrap()), @r#"
    {
      "text": "Friday at seven",
      "entities": [
        {
          "type": "bold",
          "offset": 0,
          "length": 6
        }
      ]
    }
    "#);
    assert_eq!(
        markup_from_json("Friday\n").unwrap(),
        Markup::plain("Friday")
    );
    assert!(markup_from_json("{\"txt\": 1}").is_err());
    assert!(markup_from_json("{not json").is_err());
}

fn ana() -> wire::User {
    serde_json::from_str(r#"{"id": 7001, "first_name": "Ana"}"#).unwrap()
}

/// As Telegram hands back what was sent.
fn received(entities: &[MessageEntity]) -> Vec<wire::MessageEntity> {
    serde_json::from_str(&serde_json::to_string(entities).unwrap()).unwrap()
}

fn entity() -> impl Strategy<Value = wire::MessageEntity> {
    let kinds = vec![
        "bold",
        "italic",
        "underline",
        "strikethrough",
        "spoiler",
        "blockquote",
        "expandable_blockquote",
        "code",
        "pre",
        "text_link",
        "mention",
        "text_mention",
        "custom_emoji",
        "hashtag",
        "date_time",
        "tomorrow",
    ];
    (prop::sample::select(kinds), -2_i64..40, -2_i64..40).prop_map(|(kind, offset, length)| {
        wire::MessageEntity {
            kind: kind.into(),
            url: (kind == "text_link").then(|| "https://example.org".to_owned()),
            user: (kind == "text_mention").then(ana),
            custom_emoji_id: (kind == "custom_emoji").then(|| "536".to_owned()),
            ..bold(offset, length)
        }
    })
}

fn words(text: &str) -> String {
    text.chars().filter(|it| !it.is_whitespace()).collect()
}

proptest! {
    #![proptest_config(conversation::arbitrary::cases(256))]

    #[test]
    fn no_entities_lose_a_word(text in "(\\PC|\n|😀|👩‍🌾|e\u{301}){0,40}", entities in prop::collection::vec(entity(), 0..12)) {
        let markup = from_entities(&text, &entities);
        prop_assert_eq!(words(&markup.plain_text()), words(&text.replace('\0', "\u{fffd}")));
    }

    #[test]
    fn what_was_sent_is_read_back_the_same(text in "(\\PC|\n|😀|é){0,40}", entities in prop::collection::vec(entity(), 0..12)) {
        let (text, entities) = to_entities(&from_entities(&text, &entities), IdsOf::Telegram);
        let again = to_entities(&from_entities(&text, &received(&entities)), IdsOf::Telegram);
        prop_assert_eq!((&again.0, &again.1), (&text, &entities));
        for entity in &entities {
            let end = entity.offset + entity.length;
            prop_assert!(entity.length > 0 && end <= text.encode_utf16().count());
        }
    }
}

/// From another platform, as text and entities.
fn literal(nodes: Vec<conversation::Node>) -> String {
    let (text, entities) = to_entities(&Markup(nodes), IdsOf::AnotherPlatform);
    let marks = entities.iter().map(|it| {
        let kind = serde_json::to_value(&it.kind).unwrap();
        format!(
            " {}@{}+{}",
            kind["type"].as_str().unwrap(),
            it.offset,
            it.length
        )
    });
    format!("{text}{}", marks.collect::<String>())
}

/// S19 to S24: Telegram finds names by itself, and no name in code.
#[test]
fn words_from_elsewhere_ring_nobody() {
    let plain = |text: &str| literal(vec![conversation::Node::Text(text.to_owned())]);
    assert_eq!(
        plain("@everyone 👋 (@ana_l), x.@bo!"),
        "@everyone 👋 (@ana_l), x.@bo! code@0+9 code@14+6 code@25+3"
    );
    // Addresses, single letters, too much, other scripts and wide signs are no names to Telegram either.
    for nobody in [
        "ana@example.org",
        "@a",
        "a@ana",
        "@",
        "@@",
        "@аня",
        "＠everyone",
        "@anañ",
        &format!("@{}", "x".repeat(33)),
    ] {
        assert_eq!(plain(nobody), nobody);
    }
}

#[test]
fn a_name_in_code_or_in_a_link_is_quiet_already() {
    let name = || conversation::Node::Text("@ana_l".to_owned());
    let link = conversation::Node::Link {
        url: "https://x.org/".to_owned(),
        children: vec![name()],
    };
    assert_eq!(literal(vec![link]), "@ana_l text_link@0+6");
    assert_eq!(
        literal(vec![conversation::Node::Code("@property".to_owned())]),
        "@property code@0+9"
    );
    let bold = conversation::Node::Styled {
        style: Style::Bold,
        children: vec![name()],
    };
    assert_eq!(literal(vec![bold]), "@ana_l bold@0+6 code@0+6");
    // A link that is none to Telegram hides nothing.
    let odd = conversation::Node::Link {
        url: "tg://user?id=7".to_owned(),
        children: vec![name()],
    };
    assert_eq!(literal(vec![odd]), "@ana_l code@0+6");
}

/// S25: Telegram drops entities after the hundredth.
#[test]
fn two_hundred_names_ring_nobody_and_keep_the_length() {
    let said = "@ana_l ".repeat(200);
    let (text, entities) = to_entities(&Markup::plain(&said), IdsOf::AnotherPlatform);
    assert_eq!(text, "＠ana_l ".repeat(200));
    assert_eq!(entities, []);
    assert_eq!(utf16_length(&text), utf16_length(&said));
}

#[test]
fn words_from_telegram_stay_as_they_are() {
    let said = Markup::plain("@ana_l, /start");
    assert_eq!(
        to_entities(&said, IdsOf::Telegram),
        ("@ana_l, /start".to_owned(), vec![])
    );
}
