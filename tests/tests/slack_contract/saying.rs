//! Words, threads, edits, deletes and reactions, as the people of a channel see them.

use conversation::{AuthorKind, Button, Markup, Node, Operation, RemoteId, SendError, Style};
use insta::assert_snapshot;

use crate::bridge::{Bridge, answering, id, of_markup, ts, words};
use conversation::Adapter;

#[tokio::test]
async fn words_stand_under_their_authors_name_and_picture() {
    let bridge = Bridge::open().await;
    let (channel, _) = bridge.channel_with("Ana");
    let posted = bridge.post(&channel, words("Who comes on Friday?")).await;
    let mut ours = words("Welcome!");
    ours.author.kind = AuthorKind::Ourselves;
    bridge.post(&channel, ours).await;
    assert_snapshot!(bridge.seen(&channel), @r"
    Bo (Telegram): Who comes on Friday?
    Causeway: Welcome!
    ");
    let seen = bridge.stand_in.view_message(&channel, ts(&posted)).unwrap();
    assert_eq!(
        seen.picture.as_deref(),
        Some("https://pictures.example/bo.png")
    );
    assert_eq!(seen.metadata.unwrap()["event_payload"]["key"], "d1/0");
    bridge.assert_legal();
}

#[tokio::test]
async fn a_reply_stands_in_its_thread_and_in_the_channel_where_that_is_gone() {
    let bridge = Bridge::open().await;
    let (channel, ana) = bridge.channel_with("Ana");
    let asked = id(bridge.stand_in.say(&channel, &ana, "Who comes?").unwrap());
    let me = bridge.post(&channel, answering(&asked, words("me"))).await;
    let mut too = answering(&me, words("me too"));
    too.reply.as_mut().unwrap().ancestors = vec![asked, me];
    bridge.post(&channel, too).await;
    let nowhere = RemoteId("1600000000.000100".to_owned());
    bridge
        .post(&channel, answering(&nowhere, words("to nobody")))
        .await;
    assert_snapshot!(bridge.seen(&channel), @r"
    Ana: Who comes?
      Bo (Telegram): me
      Bo (Telegram): me too
    Bo (Telegram): to nobody
    ");
}

#[tokio::test]
async fn all_markup_arrives_and_nobody_is_called_but_who_was_meant() {
    let bridge = Bridge::open().await;
    let (channel, ana) = bridge.channel_with("Ana");
    let text = |it: &str| Node::Text(it.to_owned());
    let mention = |account: &str, name: &str| Node::Mention {
        account: Some(account.into()),
        name: name.to_owned(),
    };
    let markup = Markup(vec![
        Node::Styled {
            style: Style::Bold,
            children: vec![text("bold")],
        },
        text(" <!here> <!channel> @here @everyone <@U0000001> a&b "),
        mention(ana.as_str(), "@Ana"),
        text(" "),
        mention("12345", "@Cy"),
        text(" "),
        Node::Link {
            url: "https://example.org/a?b=1&c=2".to_owned(),
            children: vec![text("link")],
        },
        Node::CodeBlock {
            language: None,
            code: "let x = 1 < 2;".to_owned(),
        },
        Node::Quote(vec![text("said before")]),
    ]);
    bridge.post(&channel, of_markup(markup)).await;
    assert_snapshot!(bridge.seen(&channel), @r"Bo (Telegram): bold <!here> <!channel> @here @everyone <@U0000001> a&b @Ana @Cy link / let x = 1 < 2; / > said before !! @Ana");
    bridge.assert_legal();
}

#[tokio::test]
async fn a_text_as_long_as_declared_arrives_whole() {
    let bridge = Bridge::open().await;
    let (channel, _) = bridge.channel_with("Ana");
    let max = bridge
        .adapter
        .capabilities(&crate::bridge::channel_ref(&channel))
        .text
        .max;
    let long = "<&é>".repeat(max / 4);
    let posted = bridge.post(&channel, words(&long)).await;
    let seen = bridge.stand_in.view_message(&channel, ts(&posted)).unwrap();
    assert_eq!(seen.text, long);
    bridge.assert_legal();
}

#[tokio::test]
async fn a_text_is_edited_and_edited_to_the_same() {
    let bridge = Bridge::open().await;
    let (channel, _) = bridge.channel_with("Ana");
    let target = bridge.post(&channel, words("Firday")).await;
    for _ in 0..2 {
        let edit = Operation::Edit {
            targets: vec![target.clone()],
            post: Box::new(words("Friday")),
        };
        let receipt = bridge.send(&channel, edit).await.unwrap();
        assert_eq!(receipt.remote_ids, std::slice::from_ref(&target));
    }
    assert_snapshot!(bridge.seen(&channel), @"Bo (Telegram): Friday (edited)");
    bridge.assert_legal();
}

#[tokio::test]
async fn what_is_deleted_is_gone_and_may_have_been_gone_before() {
    let bridge = Bridge::open().await;
    let (channel, _) = bridge.channel_with("Ana");
    let first = bridge.post(&channel, words("one")).await;
    bridge.post(&channel, words("two")).await;
    for _ in 0..2 {
        let targets = vec![first.clone()];
        bridge
            .send(&channel, Operation::Delete { targets })
            .await
            .unwrap();
    }
    assert_snapshot!(bridge.seen(&channel), @"Bo (Telegram): two");
    bridge.assert_legal();
}

#[tokio::test]
async fn reactions_are_made_equal_to_what_is_wanted() {
    let bridge = Bridge::open().await;
    let (channel, ana) = bridge.channel_with("Ana");
    let asked = bridge.stand_in.say(&channel, &ana, "Cake?").unwrap();
    bridge
        .stand_in
        .react(&channel, asked, &ana, "thumbsup")
        .unwrap();
    let mut seen = Vec::new();
    for emoji in [&["👍", "🎉"][..], &["🎉", "❤️"], &["🎉", "❤️"], &[]] {
        let react = Operation::React {
            target: id(asked),
            emoji: emoji.iter().map(|it| (*it).to_owned()).collect(),
        };
        bridge.send(&channel, react).await.unwrap();
        seen.push(bridge.seen(&channel));
    }
    assert_snapshot!(seen.join("\n"), @r"
    Ana: Cake? :thumbsup: by Ana :+1: by Causeway :tada: by Causeway
    Ana: Cake? :thumbsup: by Ana :tada: by Causeway :heart: by Causeway
    Ana: Cake? :thumbsup: by Ana :tada: by Causeway :heart: by Causeway
    Ana: Cake? :thumbsup: by Ana
    ");
    bridge.assert_legal();
}

#[tokio::test]
async fn buttons_stand_below_the_words() {
    let bridge = Bridge::open().await;
    let (channel, _) = bridge.channel_with("Ana");
    let button = |id: &str, label: &str| Button {
        label: label.to_owned(),
        does: conversation::Does::Press(id.to_owned()),
    };
    let mut post = words("Do you come?");
    post.part.buttons = vec![button("y", "Yes"), button("n", "No")];
    let asked = bridge.post(&channel, post).await;
    assert_snapshot!(bridge.seen(&channel), @"Bo (Telegram): Do you come? (Yes) (No)");
    let settled = Operation::Edit {
        targets: vec![asked],
        post: Box::new(words("They come.")),
    };
    bridge.send(&channel, settled).await.unwrap();
    assert_snapshot!(bridge.seen(&channel), @"Bo (Telegram): They come. (edited)");
    bridge.assert_legal();
}

#[tokio::test]
async fn a_person_can_be_spoken_to_alone() {
    let bridge = Bridge::open().await;
    let (_, ana) = bridge.channel_with("Ana");
    let direct = bridge
        .adapter
        .open_direct_channel(&ana.as_str().into())
        .await
        .unwrap();
    assert_eq!(
        direct.id.as_str(),
        bridge.stand_in.direct_message(&ana).unwrap().as_str()
    );
    for odd in ["U0NOBODY", "7", "C1"] {
        let refused = bridge
            .adapter
            .open_direct_channel(&odd.into())
            .await
            .unwrap_err();
        assert!(matches!(refused, SendError::Refused(_)), "{refused:?}");
    }
    bridge.assert_legal();
}

#[tokio::test]
async fn a_public_channel_is_joined_when_we_first_speak_there() {
    let bridge = Bridge::open().await;
    let channel = bridge.stand_in.add_channel("garden");
    bridge.post(&channel, words("Hello")).await;
    assert_snapshot!(bridge.seen(&channel), @"Bo (Telegram): Hello");
    bridge.assert_legal();
}
