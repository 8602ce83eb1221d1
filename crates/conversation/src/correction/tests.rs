//! Corrections as people read them.

use insta::assert_snapshot;
use proptest::prelude::*;

use super::correction;
use crate::{
    Attachment, AttachmentKind, AttachmentSource, ChannelRef, Content, Markup, Node, Style,
};

fn said(old: &str, new: &str) -> String {
    let said = correction(&Content::plain(old), &Content::plain(new));
    said.map_or("(nothing)".to_owned(), |it| it.text.plain_text())
}

#[test]
fn a_slip_of_the_pen_is_one_word() {
    assert_snapshot!(said("See you on Firday", "See you on Friday"), @"* Friday");
    assert_snapshot!(said("See you on Firday.", "See you on Friday."), @"* Friday");
    assert_snapshot!(said("We meat on Firday at the mil", "We meet on Friday at the mill"), @"* meet, Friday, mill");
}

#[test]
fn two_words_stand_together() {
    assert_snapshot!(said("See you on Friday", "See you on Saturday morning"), @"* Saturday morning");
    assert_snapshot!(said("See you on Friday", "See you on Friday, 7 pm"), @"* Friday, 7 pm");
    assert_snapshot!(said("Bread on Firday at 6 pm", "Bread on Friday at 7 pm"), @"* Friday at 7 pm");
}

#[test]
fn what_would_be_unclear_alone_is_said_with_its_neighbours() {
    assert_snapshot!(said("The bus leaves at 7 pm", "The bus leaves at 8 pm"), @"* at 8 pm");
    assert_snapshot!(said("I will come on Friday", "I will not come on Friday"), @"* will not come");
    assert_snapshot!(said("I am not coming", "I am coming"), @"* am coming");
    assert_snapshot!(said("Bread, tea and jam", "Bread, tea"), @"* Bread, tea");
    assert_snapshot!(said("Come at five", "Come at five?"), @"* Come at five?");
}

#[test]
fn scripts_without_blanks_have_words_too() {
    assert_snapshot!(said("我们星期五晚上在老磨坊见面，请带面包和茶", "我们星期六晚上在老磨坊见面，请带面包和茶"), @"* 期六晚");
}

#[test]
fn what_looks_the_same_says_nothing() {
    assert_snapshot!(said("Bread  and\ntea ", "Bread and tea"), @"(nothing)");
    let bold = Content {
        text: Markup(vec![Node::Styled {
            style: Style::Bold,
            children: vec![Node::Text("Bread".to_owned())],
        }]),
        attachments: Vec::new(),
    };
    assert_eq!(correction(&Content::plain("Bread"), &bold), None);
}

const LETTER: &str = "Dear all,\n\nthe bus leaves at five from the old mill.\n\n\
    Bring bread and tea.\n\nYours, Bo";

#[test]
fn a_larger_change_says_the_paragraph_that_changed() {
    let new = LETTER.replace(
        "the bus leaves at five from the old mill.",
        "there is no bus, so we walk: be at the new bridge at a quarter past four.",
    );
    assert_snapshot!(said(LETTER, &new), @"Changed: there is no bus, so we walk: be at the new bridge at a quarter past four.");
}

#[test]
fn paragraphs_come_and_go() {
    let new = LETTER.replace(
        "Bring bread and tea.",
        "Bring whatever you like to eat and drink, and a warm coat.",
    ) + "\n\nPS: the dog may come along, if it has eaten before.";
    assert_snapshot!(said(LETTER, &new), @r"
    Changed: Bring whatever you like to eat and drink, and a warm coat.
    Added: PS: the dog may come along, if it has eaten before.
    ");
    assert_snapshot!(said(&new, LETTER), @r"
    Changed: Bring bread and tea.
    Taken out: “PS: the dog may come along, if it has eaten before.”
    ");
}

#[test]
fn of_a_long_paragraph_only_what_surrounds_the_change_is_said() {
    let words =
        |from: u32, to: u32| -> String { (from..to).map(|n| format!("word{n} ")).collect() };
    let old = words(0, 40) + "the bus leaves at five from the old mill " + &words(40, 80);
    let new = words(0, 40) + "nobody knows yet when we walk or where we begin " + &words(40, 80);
    assert_snapshot!(said(&old, &new), @"Changed: … word36 word37 word38 word39 nobody knows yet when we walk or where we begin word40 word41 word42 word43 …");
}

#[test]
fn a_link_that_leads_elsewhere_is_a_change() {
    let link = |url: &str| Content {
        text: Markup(vec![Node::Link {
            url: url.to_owned(),
            children: vec![Node::Text("the map".to_owned())],
        }]),
        attachments: Vec::new(),
    };
    let said = correction(&link("https://a.example/"), &link("https://b.example/"));
    let said = said.expect("a change").text;
    assert_eq!(said.plain_text(), "Changed: the map");
    assert!(format!("{said:?}").contains("https://b.example/"));
}

fn with_file(text: &str, name: &str, id: &str) -> Content {
    let mut content = Content::plain(text);
    content.attachments.push(Attachment {
        kind: AttachmentKind::Document,
        name: Some(name.to_owned()),
        mime: None,
        size: Some(3),
        alt: None,
        source: AttachmentSource::Remote {
            channel: ChannelRef::new("chat", "home"),
            file: id.into(),
        },
    });
    content
}

#[test]
fn files_are_named_and_new_ones_come_along() {
    let (old, new) = (
        with_file("The plan", "plan.pdf", "1"),
        with_file("The plan", "better plan.pdf", "2"),
    );
    let said = correction(&old, &new).expect("a change");
    assert_snapshot!(said.text.plain_text(), @r"
    New file: better plan.pdf
    Taken out: plan.pdf
    ");
    assert_eq!(said.attachments, new.attachments);
}

#[test]
fn a_file_that_only_got_another_id_did_not_change() {
    let (old, new) = (
        with_file("The plan", "plan.pdf", "1"),
        with_file("The plan", "plan.pdf", "2"),
    );
    assert_eq!(correction(&old, &new), None);
}

#[test]
fn a_text_that_went_is_said_to_be_gone() {
    let new = Content {
        text: Markup::default(),
        ..with_file("", "plan.pdf", "1")
    };
    let said = correction(&with_file("Here it is", "plan.pdf", "1"), &new);
    assert_snapshot!(said.expect("a change").text.plain_text(), @"Taken out: “Here it is”");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn one_wrong_word_never_brings_the_whole_text_again(
        words in proptest::collection::vec("[a-z]{2,9}", 15..60),
        at in any::<proptest::sample::Index>(),
        new in "[a-z]{2,9}",
    ) {
        let at = at.index(words.len());
        prop_assume!(words[at] != new);
        let mut changed = words.clone();
        changed[at].clone_from(&new);
        let said = said(&words.join(" "), &changed.join(" "));
        prop_assert!(said.starts_with("* ") && said.contains(&new), "{said}");
        prop_assert!(said.split_whitespace().count() <= 8, "{said}");
    }

    #[test]
    fn whatever_changes_something_is_said_or_nothing_is_different(old in ".{0,60}", new in ".{0,60}") {
        let same = old.split_whitespace().eq(new.split_whitespace());
        prop_assert_eq!(said(&old, &new) == "(nothing)", same);
    }
}
