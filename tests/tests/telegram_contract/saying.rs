//! Words, edits, deletes and reactions, as the people of a chat see them.

use conversation::{
    AuthorKind, Button, Event, Markup, Node, Operation, RemoteId, SendError, Style,
};
use insta::assert_snapshot;
use sandbox::telegram::Said;
use serde_json::{Value, json};
use telegram::{Bot, Normalised, normalise};

use crate::bridge::{Bridge, TOKEN, answering, channel, of_markup, topic, words};

fn text(text: &str) -> Node {
    Node::Text(text.to_owned())
}

fn styled(style: Style, children: Vec<Node>) -> Node {
    Node::Styled { style, children }
}

/// Every mark that there is, with characters of one, two and many UTF-16 units before and inside.
fn everything(mentioned: i64) -> Markup {
    let link = Node::Link {
        url: "https://example.org/a?b=1".to_owned(),
        children: vec![text("link "), styled(Style::Bold, vec![text("bold")])],
    };
    let mention = Node::Mention {
        account: Some(mentioned.to_string().into()),
        name: "Ana".to_owned(),
    };
    let emoji = Node::Emoji {
        id: "5368324170671202286".into(),
        text: "👍".to_owned(),
    };
    let item = |it: &str| vec![text(it)];
    Markup(vec![
        text("👩‍👩‍👧 "),
        styled(
            Style::Bold,
            vec![text("bold"), styled(Style::Italic, vec![text(" both")])],
        ),
        text(" "),
        styled(Style::Underline, vec![text("under")]),
        text(" "),
        styled(Style::Strike, vec![text("gone")]),
        text(" "),
        styled(Style::Spoiler, vec![text("e\u{301}nd")]),
        text(" "),
        Node::Code("let x".to_owned()),
        text(" "),
        link,
        text(" "),
        mention,
        text(" "),
        emoji,
        Node::CodeBlock {
            language: Some("rust".to_owned()),
            code: "fn main() {}".to_owned(),
        },
        Node::CodeBlock {
            language: None,
            code: "plain".to_owned(),
        },
        Node::Quote(vec![text("said before")]),
        Node::List {
            start: Some(1),
            items: vec![item("one"), item("two")],
        },
    ])
}

#[tokio::test]
async fn all_markup_arrives_where_it_belongs() {
    let bridge = Bridge::open().await;
    let (chat, ana) = bridge.group_with("Ana Ruiz");
    let mut post = of_markup(everything(ana.0));
    post.from = "telegram".into();
    bridge.post(&channel(chat), post).await;
    assert_snapshot!(bridge.seen(chat), @r#"
    2: 👩‍👩‍👧 bold both under gone énd let x link bold Ana 👍
    fn main() {}
    plain
    said before
    1. one
    2. two
      bold "bold both"
      italic " both"
      underline "under"
      strikethrough "gone"
      spoiler "e\u{301}nd"
      code "let x"
      text_link "link bold" {"url":"https://example.org/a?b=1"}
      bold "bold"
      text_mention "Ana" {"user":{"first_name":"Ana","id":700000001,"is_bot":false,"last_name":"Ruiz"}}
      custom_emoji "👍" {"custom_emoji_id":"5368324170671202286"}
      pre "fn main() {}" {"language":"rust"}
      pre "plain"
      blockquote "said before"
    "#);
    bridge.assert_legal();
}

#[tokio::test]
async fn emoji_of_other_platforms_become_words_and_who_is_known_is_rung() {
    let bridge = Bridge::open().await;
    let (chat, ana) = bridge.group_with("Ana Ruiz");
    bridge
        .post(&channel(chat), of_markup(everything(ana.0)))
        .await;
    let seen = bridge.seen(chat);
    assert!(seen.contains("text_mention"), "{seen}");
    assert!(!seen.contains("custom_emoji"), "{seen}");
    bridge.assert_legal();
}

#[tokio::test]
async fn a_reply_hangs_under_what_it_answers_and_is_sent_without_it_if_need_be() {
    let bridge = Bridge::open().await;
    let (chat, ana) = bridge.group_with("Ana");
    let [asked] = bridge.stand_in.say(chat, None, ana, "Who comes?").unwrap()[..] else {
        unreachable!()
    };
    let asked = RemoteId(asked.to_string());
    bridge
        .post(&channel(chat), answering(&asked, words("Bo: me")))
        .await;
    bridge
        .post(
            &channel(chat),
            answering(&"999".into(), words("Bo: to nobody")),
        )
        .await;
    assert_snapshot!(bridge.seen(chat), @r"
    3: Bo: me <- Ana: Who comes?
    4: Bo: to nobody
    ");
    bridge.assert_legal();
}

#[tokio::test]
async fn words_land_in_their_topic() {
    let bridge = Bridge::open().await;
    let ana = bridge.stand_in.add_person("Ana");
    let forum = bridge.stand_in.add_forum("Spring", &["Plans", "Songs"]);
    bridge.stand_in.join(forum, ana).unwrap();
    let [plans, songs] = bridge.stand_in.topic_ids(forum)[..] else {
        unreachable!()
    };
    let asked = bridge
        .stand_in
        .say(forum, Some(songs), ana, "Which one?")
        .unwrap()[0];
    let answer = answering(&RemoteId(asked.to_string()), words("that one"));
    bridge.post(&topic(forum, plans), words("a plan")).await;
    bridge.post(&topic(forum, songs), answer).await;
    bridge.post(&channel(forum), words("in General")).await;
    assert_snapshot!(bridge.seen(forum), @r"
    6: a plan in topic 2
    7: that one in topic 3 <- Ana: Which one?
    8: in General
    ");
    let gone = Operation::Post(Box::new(words("nowhere")));
    let gone = bridge.send(&topic(forum, 77), gone).await.unwrap_err();
    assert_eq!(
        gone,
        SendError::ChannelGone("Bad Request: message thread not found: the topic is gone: take it out of its room with `causeway room unlink`, and link another".to_owned())
    );
    bridge.assert_legal();
}

#[tokio::test]
async fn a_text_is_edited_and_edited_to_the_same() {
    let bridge = Bridge::open().await;
    let (chat, _) = bridge.group_with("Ana");
    let targets = bridge.post(&channel(chat), words("Bo: Firday")).await;
    for _ in 0..2 {
        let bold = vec![styled(Style::Bold, vec![text("Bo")]), text(": Friday")];
        let edit = Operation::Edit {
            targets: targets.clone(),
            post: Box::new(of_markup(Markup(bold))),
        };
        let receipt = bridge.send(&channel(chat), edit).await.unwrap();
        assert_eq!(receipt.remote_ids, targets);
    }
    assert_snapshot!(bridge.seen(chat), @r#"
    2: Bo: Friday (edited)
      bold "Bo"
    "#);
    bridge.assert_legal();
}

#[tokio::test]
async fn what_is_deleted_is_gone_and_may_have_been_gone_before() {
    let bridge = Bridge::open().await;
    let (chat, _) = bridge.group_with("Ana");
    let mut targets = Vec::new();
    for number in 0..4 {
        targets.extend(
            bridge
                .post(&channel(chat), words(&number.to_string()))
                .await,
        );
    }
    for targets in [&targets[..1], &targets[..1], &targets[..3]] {
        let targets = targets.to_vec();
        bridge
            .send(&channel(chat), Operation::Delete { targets })
            .await
            .unwrap();
    }
    assert_snapshot!(bridge.seen(chat), @"5: 3");
    bridge.assert_legal();
}

#[tokio::test]
async fn a_reaction_is_set_changed_and_taken_back() {
    let bridge = Bridge::open().await;
    let (chat, _) = bridge.group_with("Ana");
    let target = bridge.post(&channel(chat), words("Bo: me")).await.remove(0);
    let mut seen = Vec::new();
    for emoji in [&["👍🏽"][..], &["❤\u{fe0f}", "🎉"], &[], &[]] {
        let react = Operation::React {
            target: target.clone(),
            emoji: emoji.iter().map(|it| (*it).to_owned()).collect(),
        };
        bridge.send(&channel(chat), react).await.unwrap();
        seen.push(bridge.seen(chat));
    }
    assert_snapshot!(seen.join("\n"), @r"
    2: Bo: me 👍 by Causeway
    2: Bo: me ❤ by Causeway
    2: Bo: me
    2: Bo: me
    ");
    bridge.assert_legal();
}

/// Telegram does not bring a bot its own messages; whatever does (a second bridge, a replay) is known by its id.
#[tokio::test]
async fn our_own_post_is_known_as_ours() {
    let bridge = Bridge::open().await;
    let (chat, ana) = bridge.group_with("Ana");
    let body = json!({ "chat_id": chat.0, "text": "Bo: me" });
    let send = format!("{}/bot{TOKEN}/sendMessage", bridge.url);
    let answer = reqwest::Client::new()
        .post(send)
        .json(&body)
        .send()
        .await
        .unwrap();
    let answer: Value = answer.json().await.unwrap();
    let bot = Bot {
        id: bridge.stand_in.bot_id().0,
        username: "causeway_bot".to_owned(),
    };
    let update = json!({ "update_id": 1, "message": answer["result"] }).to_string();
    let Normalised::Events(events) = normalise(&update, &bot, conversation::Timestamp(7)) else {
        panic!("{update}")
    };
    assert_eq!(events[0].actor.kind, AuthorKind::Ourselves);
    assert!(matches!(events[0].event, Event::Posted(_)));

    // What we posted came to nobody's ears but people's.
    let before = bridge.stand_in.pending_updates();
    bridge.post(&channel(chat), words("Bo: again")).await;
    assert_eq!(bridge.stand_in.pending_updates(), before);
    bridge
        .stand_in
        .say(chat, None, ana, Said::from("heard"))
        .unwrap();
    assert_eq!(bridge.stand_in.pending_updates(), before + 1);
    bridge.assert_legal();
}

#[tokio::test]
async fn buttons_stay_with_words_that_offer_them_and_go_with_what_is_settled() {
    let bridge = Bridge::open().await;
    let (group, _) = bridge.group_with("Ana");
    let offering = |text: &str| {
        let mut post = words(text);
        post.part.buttons = vec![Button {
            does: conversation::Does::Press("short.id".to_owned()),
            label: "Yes".to_owned(),
        }];
        post
    };
    let targets = bridge.post(&channel(group), offering("Shall I?")).await;
    for (post, n_buttons) in [(offering("Shall we?"), 1), (words("We shall."), 0)] {
        let edit = Operation::Edit {
            targets: targets.clone(),
            post: Box::new(post),
        };
        bridge.send(&channel(group), edit).await.unwrap();
        let view = bridge.stand_in.view_chat(group, 1).unwrap();
        assert_eq!(view.messages[0].buttons.len(), n_buttons);
    }
    assert_snapshot!(bridge.seen(group), @"2: We shall. (edited)");
    bridge.assert_legal();
}
