//! Words, files, edits, deletes and reactions, as the people of a channel see them.

use conversation::{
    Adapter, Attachment, AttachmentKind, AttachmentSource, AuthorKind, BlobRef, Button, LocalFile,
    Markup, Node, Operation, Style,
};
use discord::AuthorMode;
use insta::assert_snapshot;
use sandbox::discord::ChannelId;

use crate::bridge::{Bridge, answering, id, of_markup, post, words};

#[tokio::test]
async fn people_speak_under_their_own_name_and_picture() {
    let bridge = Bridge::open().await;
    let (channel, _) = bridge.channel_with("Ana");
    bridge.post(channel, words("Who comes?")).await;
    bridge.post(channel, words("I do")).await;
    assert_snapshot!(bridge.seen(channel), @r"
    Bo (email): Who comes?
    Bo (email): I do
    ");
    let view = bridge.stand_in.view_channel(channel, 1).unwrap();
    assert_eq!(
        view.messages[0].picture.as_deref(),
        Some("https://example.org/bo.png")
    );
    assert_eq!(bridge.stand_in.webhooks(channel).len(), 1);
}

#[tokio::test]
async fn after_a_restart_the_same_webhook_is_found() {
    let mut settings = None;
    let bridge = Bridge::open_with(|it| settings = Some(it.clone())).await;
    let (channel, ana) = bridge.channel_with("Ana");
    bridge
        .stand_in
        .add_webhook(channel, "Weather", ana)
        .unwrap();
    bridge.post(channel, words("one")).await;
    let again = bridge.restarted(settings.unwrap());
    again.post(channel, words("two")).await;
    assert_eq!(bridge.stand_in.webhooks(channel).len(), 2);
    assert_snapshot!(bridge.seen(channel), @r"
    Bo (email): one
    Bo (email): two
    ");
}

#[tokio::test]
async fn names_that_discord_reserves_are_shown_all_the_same() {
    let bridge = Bridge::open().await;
    let (channel, _) = bridge.channel_with("Ana");
    for name in [
        "Ana (Discord)",
        "DISCORD discord",
        "Clyde",
        "everyone",
        &"x".repeat(100),
    ] {
        let mut said = words("hi");
        said.shown_name = name.to_owned();
        bridge.post(channel, said).await;
    }
    let seen = bridge.seen(channel).replace('\u{200a}', "|");
    assert_snapshot!(seen, @r"
    Ana (Dis|cord): hi
    DIS|CORD dis|cord: hi
    Cl|yde: hi
    e|veryone: hi
    xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…: hi
    ");
}

#[tokio::test]
async fn only_people_whom_the_text_names_by_account_are_rung() {
    let bridge = Bridge::open().await;
    let (channel, ana) = bridge.channel_with("Ana");
    bridge.post(channel, words("@everyone @here <@1>")).await;
    assert_eq!(bridge.stand_in.pings(), 0);
    let mention = Node::Mention {
        account: Some(id(ana)),
        name: "@Ana".to_owned(),
    };
    bridge.post(channel, of_markup(Markup(vec![mention]))).await;
    assert_eq!(bridge.stand_in.pings(), 1);
}

#[tokio::test]
async fn an_edit_and_a_delete_find_their_message() {
    let bridge = Bridge::open().await;
    let (channel, _) = bridge.channel_with("Ana");
    let first = bridge.post(channel, words("one")).await.remote_ids;
    let second = bridge.post(channel, words("two")).await.remote_ids;
    let edit = Operation::Edit {
        targets: first.clone(),
        post: Box::new(words("one!")),
    };
    bridge.send(channel, edit).await.unwrap();
    let delete = || Operation::Delete {
        targets: second.clone(),
    };
    bridge.send(channel, delete()).await.unwrap();
    assert_snapshot!(bridge.seen(channel), @"Bo (email): one! (edited)");
    // What is gone already is what was asked for.
    bridge.send(channel, delete()).await.unwrap();
}

#[tokio::test]
async fn reactions_become_what_is_wanted() {
    let bridge = Bridge::open().await;
    let (channel, ana) = bridge.channel_with("Ana");
    let message = bridge.stand_in.say(channel, ana, "Shall we?").unwrap();
    let wanted = |emoji: &[&str]| Operation::React {
        target: id(message),
        emoji: emoji.iter().map(|it| (*it).to_owned()).collect(),
    };
    bridge.send(channel, wanted(&["👍", "🎉"])).await.unwrap();
    bridge
        .send(channel, wanted(&["🎉", "❤", ":party:"]))
        .await
        .unwrap();
    let view = bridge.stand_in.view_channel(channel, 1).unwrap();
    let emoji: Vec<&str> = view.messages[0]
        .reactions
        .iter()
        .map(|it| it.emoji.as_str())
        .collect();
    // As Discord spells it.
    assert_eq!(emoji, ["🎉", "❤\u{fe0f}"]);
    bridge.send(channel, wanted(&[])).await.unwrap();
    let view = bridge.stand_in.view_channel(channel, 1).unwrap();
    assert!(view.messages[0].reactions.is_empty());
}

pub(crate) fn file(folder: &tempfile::TempDir, name: &str, bytes: &[u8]) -> LocalFile {
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    LocalFile {
        attachment: Attachment {
            kind: AttachmentKind::Photo,
            name: Some(name.to_owned()),
            mime: Some("image/png".to_owned()),
            size: Some(bytes.len() as u64),
            alt: Some("A bed".to_owned()),
            source: AttachmentSource::Blob(BlobRef {
                sha256: name.to_owned(),
                size: bytes.len() as u64,
            }),
        },
        path,
    }
}

#[tokio::test]
async fn files_go_along_with_what_they_show() {
    let bridge = Bridge::open().await;
    let (channel, _) = bridge.channel_with("Ana");
    let folder = tempfile::TempDir::new().unwrap();
    let mut said = words("Two beds");
    said.part.files = vec![
        file(&folder, "one.png", &[1; 5000]),
        file(&folder, "two beds.png", &[2; 6000]),
    ];
    bridge.post(channel, said).await;
    assert_snapshot!(bridge.seen(channel), @"Bo (email): Two beds [one.png image/png 5000 A bed] [two_beds.png image/png 6000 A bed]");
    let mut large = words("large");
    large.part.files = vec![file(&folder, "large.png", &vec![0; (10 << 20) + 1])];
    let error = bridge.fails(channel, post(large)).await;
    assert_snapshot!(error, @"the platform refused the message: a file of 10485761 bytes is too large: at most 10485760 go up");
}

#[tokio::test]
async fn a_text_that_marks_make_too_long_loses_marks_and_no_words() {
    let bridge = Bridge::open().await;
    let (channel, _) = bridge.channel_with("Ana");
    let bold = |text: String| Node::Styled {
        style: Style::Bold,
        children: vec![Node::Text(text)],
    };
    let text = "a".repeat(1999);
    bridge
        .post(channel, of_markup(Markup(vec![bold(text.clone())])))
        .await;
    assert_eq!(bridge.seen(channel), format!("Bo (email): {text}"));
    let error = bridge.fails(channel, post(words(&"b".repeat(2001)))).await;
    assert_snapshot!(error, @"the platform refused the message: 2001 characters are more than the 2000 that Discord takes");
    let error = bridge.fails(channel, post(words(" \n"))).await;
    assert_snapshot!(error, @"the platform refused the message: there are no words in the message");
}

#[tokio::test]
async fn the_bot_itself_answers_natively_and_never_twice() {
    let bridge = Bridge::open_with(|it| it.author = AuthorMode::Bot).await;
    let (channel, ana) = bridge.channel_with("Ana");
    let asked = bridge.stand_in.say(channel, ana, "Who comes?").unwrap();
    let answer = answering(&id(asked), words("Bo (email): me"));
    let first = bridge.post(channel, answer.clone()).await;
    let second = bridge.post(channel, answer).await;
    assert_eq!(first, second);
    assert_eq!(bridge.stand_in.counters().known_nonces, 1);
    let seen = bridge.seen(channel);
    assert!(
        seen.ends_with("Bo (email): me <- Ana: Who comes?"),
        "{seen}"
    );
    assert!(bridge.stand_in.webhooks(channel).is_empty());
}

#[tokio::test]
async fn a_person_is_spoken_to_alone_with_buttons() {
    let bridge = Bridge::open().await;
    let ana = bridge.stand_in.add_member("Ana");
    let channel = bridge.adapter.open_direct_channel(&id(ana)).await.unwrap();
    let channel = ChannelId(channel.id.as_str().parse().unwrap());
    let mut said = words("Shall I?");
    said.part.buttons = vec![Button {
        label: "Yes".to_owned(),
        does: conversation::Does::Press("yes".to_owned()),
    }];
    let asked = bridge.post(channel, said).await;
    let view = bridge.stand_in.view_channel(channel, 1).unwrap();
    assert_eq!(view.messages[0].text, "Shall I?");
    assert_eq!(
        view.messages[0].buttons[0]["components"][0]["custom_id"],
        "yes"
    );
    let mut settled = words("Ana said yes");
    settled.author.kind = AuthorKind::Ourselves;
    let edit = Operation::Edit {
        targets: asked.remote_ids,
        post: Box::new(settled),
    };
    bridge.send(channel, edit).await.unwrap();
    let view = bridge.stand_in.view_channel(channel, 1).unwrap();
    assert_eq!(view.messages[0].text, "Ana said yes");
    assert!(view.messages[0].buttons.is_empty());
    bridge.stand_in.set_dms_open(ana, false).unwrap();
    let error = bridge.fails(channel, post(words("Hello?"))).await;
    assert!(
        matches!(error, conversation::SendError::Refused(_)),
        "{error:?}"
    );
}

#[tokio::test]
async fn the_bot_itself_opens_posts_of_forums() {
    let bridge = Bridge::open_with(|it| it.author = AuthorMode::Bot).await;
    let forum = bridge.stand_in.add_forum("ideas");
    let folder = tempfile::TempDir::new().unwrap();
    let mut root = words("Bo (email): A garden?");
    root.part.files = vec![file(&folder, "one.png", &[1; 5000])];
    let root = bridge.post(forum, root).await;
    let answer = answering(&root.remote_ids[0], words("Bo (email): yes"));
    bridge.post(forum, answer).await;
    let seen = bridge.seen(forum);
    assert!(seen.starts_with("# Friday\n"), "{seen}");
    assert!(
        seen.contains("A garden? [one.png image/png 5000 A bed]"),
        "{seen}"
    );
    assert_eq!(seen.lines().count(), 3, "{seen}");
}
