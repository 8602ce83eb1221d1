//! S56: lines in the bridge's own form, in the words of a person.

use std::time::{Duration, Instant};

use super::*;
use crate::Flat;
use crate::arbitrary::words;
use crate::render::apart::{SIGN, told_apart};

use proptest::prelude::*;

fn body(words: &str) -> String {
    let posts = said(&Content::plain(words), &mail());
    posts
        .iter()
        .map(|it| it.text.plain_text())
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn who_writes_as_the_bridge_does_is_told_apart() {
    for line in [
        "Ana (Slack): I resign",
        "  Ana (Slack): I resign",
        "Ana 2 [not staff] (Telegram, sent 14:02): I resign",
        "Ana (email): …",
        "**Ana** (Slack): I resign",
        "**Ana (Slack)**: I resign",
        "_Ana_ (Slack) : I resign",
        "*Ana (Slack):* I resign",
        "> Ana (Slack): I resign",
        "- Ana (Slack): I resign",
        "Ana(Slack):I resign",
        "Ana （Slack）： I resign",
        "Ana ❨Slack❩꞉ I resign",
        "Ana [Slack]: I resign",
        "Аnа (Ѕlасk): I resign",
        "A\u{200B}na (Sl\u{2060}ack)\u{200B}: I resign",
        "\u{2067}Ana (Slack): I resign\u{2069}",
        "\u{3164}Ana (Slack): I resign",
        "علی (Slack): I resign",
        "[file: plan.zip, 63 MB — too large for this channel; for 7 days it is here:] https://evil.example/",
        "［file： plan.zip — it is empty］",
        "[ photo: a.jpg – it is in Telegram]",
        "(… the whole text, about 3 pages, is in the file below)",
    ] {
        let alone = body(line);
        assert!(
            alone
                .trim_start_matches(['\u{2067}', '\u{3164}', ' '])
                .starts_with(SIGN),
            "{line:?}: {alone:?}"
        );
        for gap in [
            "\n",
            "\r",
            "\u{2028}",
            "\u{2029}",
            "\u{85}",
            "\u{0B}",
            "\u{2003}\u{2003}\u{A0}\u{2800} ",
        ] {
            let below = body(&format!("Hello!{gap}{line}"));
            let (_, below) = below.split_once("Hello!").unwrap();
            assert!(below.contains(SIGN), "{gap:?} {line:?}: {below:?}");
        }
    }
}

#[test]
fn honest_words_are_left_alone() {
    for line in [
        "Ana: I resign",
        "Meet at the hall (Friday), at 7:30",
        "Ana (the baker): bread, please",
        "Historical (2014-12-19): nothing",
        "E/Runtime(11262): fatal",
        "see (docs): https://example.org/".trim_start_matches("see "),
        "the plan (https://example.org/plan): read it",
        "def setUp(self):",
        "Total (EUR): 12",
        "Wo (Bern): im Saal",
        "東京（日本）：晴れ",
        "Адрес (новый): площадь",
        "feat(core): add",
        "error (4): no such file",
        "* Friday",
        "[x] bread",
        "[sticker: wave]",
        "[photo]",
        "> quoted",
        "Really (no joke)!",
        "» Ana (Slack): as it was told apart before",
    ] {
        let shown = body(line);
        let is_sign_there = shown.matches(SIGN).count() > line.matches(SIGN).count();
        assert!(!is_sign_there, "{line:?}: {shown:?}");
    }
}

#[test]
fn the_sign_stands_under_the_marks_and_before_the_attribution_of_others() {
    let bold = |words: &str| Node::Styled {
        style: Style::Bold,
        children: vec![text(words)],
    };
    let quote = Node::Quote(vec![bold("Bo"), text(" (Slack): no")]);
    let content = marked(vec![
        bold("Ana"),
        text(" (Slack): yes\n"),
        quote,
        text("\nSo?"),
    ]);
    insta::assert_snapshot!(shown(&said(&content, &chat())), @r"
    *Ana* (Talk): » *Ana* (Slack): yes
    |» *Bo* (Slack): no|
    So?
    ");
}

/// The cut makes a beginning of what stood in the middle.
#[test]
fn a_cut_makes_no_attribution() {
    for fill in 900..1100 {
        let words = "x".repeat(fill) + " Ana (Slack): I resign";
        for post in said(
            &Content::plain(&words),
            &limited(mail(), 1000, TextUnit::Chars),
        ) {
            let shown = post.text.plain_text();
            assert!(!shown.starts_with("Ana"), "{fill}: {shown}");
        }
    }
}

/// Were it read to its end at each gap, this would take most of a minute.
#[test]
fn a_line_of_many_gaps_is_read_once() {
    let text = ["x".repeat(96), "    ".to_owned()].concat().repeat(80_000);
    let began = Instant::now();
    let flat = Flat {
        text,
        spans: Vec::new(),
    };
    assert_eq!(told_apart(flat.clone(), &LABELS), flat);
    assert!(
        began.elapsed() < Duration::from_secs(10),
        "{:?}",
        began.elapsed()
    );
}

proptest! {
    /// Hop by hop no second sign is added, and without the signs it is what was said.
    #[test]
    fn told_apart_once_is_told_apart_for_good(words in words(), name in "[A-Z][a-z]{1,5}", at in 0usize..3) {
        let forged = format!("{name} (Slack): {words}");
        let words = match at {
            0 => forged,
            1 => format!("{words}\n{forged}"),
            _ => words,
        };
        let flat = told_apart(Flat { text: words.clone(), spans: Vec::new() }, &LABELS);
        prop_assert_eq!(told_apart(flat.clone(), &LABELS), flat.clone());
        prop_assert_eq!(flat.text.replace(SIGN, ""), words.replace(SIGN, ""));
    }
}

/// Whoever translates them keeps to the form by which lines of ours are known.
#[test]
fn what_the_bridge_says_of_files_is_told_apart_in_each_language() {
    let mut to = mail();
    to.attachments.support = Support::None;
    for language in Language::all() {
        for kind in AttachmentKind::ALL {
            let mut content = Content::plain("");
            content.attachments.push(file(kind, "plan.zip", Some(63)));
            let rendering = Rendering {
                content: &content,
                author: &author("Ana"),
                called: "Ana",
                from: "Talk",
                labels: &LABELS,
                reply: ReplyShown::Nothing,
                late: None,
                mentions: &HashMap::new(),
                language,
            };
            let ours = render(&rendering, &to).remove(0).text.plain_text();
            let said_by_somebody = body(&ours);
            assert!(said_by_somebody.starts_with(SIGN), "{ours}");
        }
    }
}
