#![allow(clippy::unwrap_used)]

use conversation::{
    Attachment, AttachmentKind, AttachmentSource, Author, AuthorKind, BlobRef, Button, LocalFile,
    Markup, Node, Reply, arbitrary,
};
use insta::assert_snapshot;
use serde_json::Value;

use super::*;
use crate::api::Form;

fn a_post(text: Markup) -> Post {
    Post {
        author: Author {
            account: "1".into(),
            display_name: "Ana".to_owned(),
            picture: Some("https://pictures.example/ana.png".to_owned()),
            kind: AuthorKind::Person,
        },
        shown_name: "Ana (Telegram)".to_owned(),
        from: "telegram".into(),
        ..arbitrary::a_post(text)
    }
}

fn words(text: &str) -> Post {
    a_post(Markup::plain(text))
}

#[test]
fn marks_are_given_up_before_words_where_slack_takes_no_more() {
    let marked = |number: usize| Node::Styled {
        style: [conversation::Style::Bold, conversation::Style::Italic][number % 2],
        children: vec![Node::Text(format!("{number:03}&"))],
    };
    let text = Markup((0..900).map(marked).collect());
    let form = text::words(&a_post(text.clone()), &text).unwrap();
    let field = |name: &str| form.iter().find(|it| it.0 == name).unwrap().1.clone();
    let (blocks, beside) = (field("blocks"), field("text"));
    assert!(blocks.chars().count() <= 13_200 && beside.chars().count() <= 4_000);
    let blocks: Value = serde_json::from_str(&blocks).unwrap();
    let said = blocks[0]["elements"][0]["elements"][0]["text"].as_str();
    assert_eq!(said, Some(text.plain_text().as_str()));
    assert!(beside.starts_with("000&amp;001&amp;") && beside.ends_with('…'));
}

#[test]
fn a_bare_address_is_a_link_in_blocks() {
    let text = Markup(vec![
        Node::Text("See (https://example.org/a_(b)?c&d), https://".into()),
        Node::Styled {
            style: conversation::Style::Bold,
            children: vec![Node::Text("x.org".into())],
        },
        Node::Text(" or write ana@x.org.\nhttps://bank.com@evil.example ".into()),
        Node::Code("https://y.org".into()),
    ]);
    let form = text::words(&a_post(text.clone()), &text).unwrap();
    let blocks: Value = serde_json::from_str(&value(&form, "blocks").unwrap()).unwrap();
    let elements = blocks[0]["elements"][0]["elements"].as_array().unwrap();
    let elements: Vec<String> = elements.iter().map(Value::to_string).collect();
    assert_snapshot!(elements.join("\n"), @r#"
    {"text":"See (","type":"text"}
    {"type":"link","url":"https://example.org/a_(b)?c&d"}
    {"text":"), ","type":"text"}
    {"text":"https://","type":"link","url":"https://x.org"}
    {"style":{"bold":true},"text":"x.org","type":"link","url":"https://x.org"}
    {"text":" or write ","type":"text"}
    {"text":"ana@x.org","type":"link","url":"mailto:ana@x.org"}
    {"text":".","type":"text"}
    {"text":"\n","type":"text"}
    {"text":"https://bank.com@evil.example ","type":"text"}
    {"style":{"code":true},"text":"https://y.org","type":"text"}
    "#);
    assert!(
        value(&form, "text")
            .unwrap()
            .contains("https://bank.com@evil.example")
    );
}

/// A list of addresses is longer as links than Slack takes.
#[test]
fn many_addresses_are_words_before_anything_is_lost() {
    let text = Markup::plain(&"https://example.org/ ".repeat(180));
    let form = text::words(&a_post(text.clone()), &text).unwrap();
    let blocks = value(&form, "blocks").unwrap();
    assert!(
        blocks.chars().count() <= 13_200 && blocks.matches("https://example.org/").count() == 180
    );
}

fn file(name: &str) -> LocalFile {
    LocalFile {
        attachment: Attachment {
            kind: AttachmentKind::Photo,
            name: Some(name.to_owned()),
            mime: Some("image/png".to_owned()),
            size: None,
            alt: None,
            source: AttachmentSource::Blob(BlobRef {
                sha256: String::new(),
                size: 1,
            }),
        },
        path: "blob".into(),
    }
}

/// Without the blocks, whose form is tested where they are made.
fn shown(form: &Form) -> String {
    let lines = form.iter().filter(|(name, _)| *name != "blocks");
    lines
        .map(|(name, value)| format!("{name} = {value}"))
        .collect::<Vec<_>>()
        .join("\n")
}

fn value(form: &Form, wanted: &str) -> Option<String> {
    form.iter()
        .find(|(name, _)| *name == wanted)
        .map(|(_, value)| value.clone())
}

#[test]
fn words_go_under_their_authors_name_with_our_key() {
    let form = text::post("C1", "d1/0", &words("Who comes?")).unwrap();
    assert_snapshot!(shown(&form), @r#"
    channel = C1
    text = Who comes?
    parse = none
    link_names = false
    unfurl_links = false
    unfurl_media = false
    metadata = {"event_payload":{"key":"d1/0"},"event_type":"causeway"}
    username = Ana (Telegram)
    icon_url = https://pictures.example/ana.png
    "#);
}

#[test]
fn the_bridge_speaks_by_its_own_name() {
    let mut post = words("Hello");
    post.author.kind = AuthorKind::Ourselves;
    let form = text::post("C1", "k", &post).unwrap();
    assert_eq!(value(&form, "username"), None);
    assert_eq!(value(&form, "icon_url"), None);
}

#[test]
fn a_reply_goes_into_the_thread_of_its_root() {
    let thread = |to: &str, ancestors: &[&str]| {
        let mut post = words("me");
        post.reply = Some(Reply {
            to: to.into(),
            ancestors: ancestors.iter().map(|it| (*it).into()).collect(),
        });
        value(&text::post("C1", "k", &post).unwrap(), "thread_ts")
    };
    assert_eq!(thread("2.0", &["1.0", "2.0"]).as_deref(), Some("1.0"));
    assert_eq!(thread("2.0", &[]).as_deref(), Some("2.0"));
    assert_eq!(thread("odd", &[]), None);
}

#[test]
fn nobody_is_called_by_an_id_of_another_platform() {
    let mention = |account: &str| Node::Mention {
        account: Some(account.into()),
        name: "@Bo".to_owned(),
    };
    let sayable = |it| text::sayable(&Markup(vec![it]), false);
    let kept = |it| {
        matches!(
            &sayable(it).0[0],
            Node::Mention {
                account: Some(_),
                ..
            }
        )
    };
    assert!(kept(mention("U024BE7LH")));
    assert!(!kept(mention("700000001")) && !kept(mention("bo@example.org")));
    let emoji = Node::Emoji {
        id: "5368".into(),
        text: "🌻".to_owned(),
    };
    assert_eq!(sayable(emoji).0, [Node::Text("🌻".to_owned())]);
}

#[test]
fn nothing_empty_and_nothing_too_long_is_sent() {
    let refusal = |words: &Post| text::post("C1", "k", words).unwrap_err().to_string();
    assert_snapshot!(refusal(&words(" \n")), @"the platform refused the message: there are no words in the message");
    assert_snapshot!(refusal(&words(&"é".repeat(4081))), @"the platform refused the message: 4081 characters are more than the 4000 that Slack shows");
    assert!(text::post("C1", "k", &words(&"é".repeat(4000))).is_ok());
}

#[test]
fn buttons_stand_below_the_words() {
    let mut post = words("Do you come?");
    post.part.buttons = vec![Button {
        label: "Yes".to_owned(),
        does: conversation::Does::Press("yes".to_owned()),
    }];
    let form = text::post("C1", "k", &post).unwrap();
    let blocks: Value = serde_json::from_str(&value(&form, "blocks").unwrap()).unwrap();
    assert_snapshot!(blocks[1], @r#"{"elements":[{"action_id":"causeway-0","text":{"emoji":true,"text":"Yes","type":"plain_text"},"type":"button","value":"yes"}],"type":"actions"}"#);
}

#[test]
fn files_are_shared_by_one_message_that_begins_with_the_name() {
    let mut post = words("Two beds");
    post.part.files = vec![file("a.png"), file("../../etc/b.png")];
    let ids = ["F1".to_owned(), "F2".to_owned()];
    assert_snapshot!(shown(&files::share("C1", &post, &ids)), @r#"
    files = [{"id":"F1","title":"a.png"},{"id":"F2","title":"b.png"}]
    channel_id = C1
    initial_comment = *Ana (Telegram):* Two beds
    "#);
    post.part.text = Markup::default();
    assert_eq!(comment(&post), "*Ana (Telegram):*");
    post.author.kind = AuthorKind::Ourselves;
    assert_eq!(
        value(&files::share("C1", &post, &ids), "initial_comment"),
        None
    );
}

#[test]
fn an_edit_keeps_the_name_where_it_is_a_part_of_the_words() {
    let mut post = words("Friday");
    let form = change::edit_form("C1", "1.0", &post).unwrap();
    assert_eq!(value(&form, "text").as_deref(), Some("Friday"));
    assert_eq!(value(&form, "username"), None);
    post.part.files = vec![file("a.png")];
    let form = change::edit_form("C1", "1.0", &post).unwrap();
    assert_eq!(
        value(&form, "text").as_deref(),
        Some("*Ana (Telegram):* Friday")
    );
}

#[test]
fn what_an_earlier_attempt_brought_is_read_from_its_progress() {
    let mut post = words("");
    assert_eq!(uploaded(&post).count(), 0);
    post.progress = Some("F1,F2,nonsense".to_owned());
    assert_eq!(uploaded(&post).collect::<Vec<_>>(), ["F1", "F2"]);
}
