//! What people do, in our words.

use conversation::{Adapter, AttachmentSource, Event, Operation};
use futures::TryStreamExt;
use insta::assert_snapshot;
use sandbox::discord::{Said, SaidFile};
use serde_json::json;

use crate::bridge::{Bridge, words};
use crate::intake::Ears;

#[tokio::test]
async fn words_answers_edits_deletes_and_reactions_are_heard_in_order() {
    let bridge = Bridge::open().await;
    let (channel, ana) = bridge.channel_with("Ana");
    let it = &bridge.stand_in;
    let (mut ears, _receiving) = Ears::listen(&bridge).await;
    let asked = it.say(channel, ana, "Who **comes**?").unwrap();
    let bo = it.add_member("Bo");
    it.set_nick(bo, Some("Bo of the garden")).unwrap();
    let answer = Said::from(format!("I do, <@{ana}>").as_str()).in_reply_to(asked);
    it.say(channel, bo, answer).unwrap();
    it.edit(channel, asked, ana, "Who comes on Friday?")
        .unwrap();
    it.react(channel, asked, bo, "👍").unwrap();
    it.react(channel, asked, bo, "🎉").unwrap();
    it.unreact(channel, asked, bo, "👍").unwrap();
    it.clear_reactions(channel, asked, None).unwrap();
    it.pin(channel, asked, ana).unwrap();
    it.delete(channel, asked, ana).unwrap();
    assert_snapshot!(ears.next_lines(8).await, @r#"
    Ana posted 1: "Who comes?"
    Bo of the garden posted 2 in reply to 1: "I do, @Ana"
    Ana edited 1: "Who comes on Friday?"
    Bo of the garden reacted to 1: +👍 -
    Bo of the garden reacted to 1: +🎉 -
    Bo of the garden reacted to 1: + -👍
    Bo of the garden reacted to 1: + -🎉
    Somebody deleted 1
    "#);
}

#[tokio::test]
async fn what_we_do_ourselves_is_known_for_ours() {
    let bridge = Bridge::open().await;
    let (channel, ana) = bridge.channel_with("Ana");
    let (mut ears, _receiving) = Ears::listen(&bridge).await;
    let ours = bridge.post(channel, words("me")).await.remote_ids;
    let react = Operation::React {
        target: ours[0].clone(),
        emoji: vec!["👍".to_owned()],
    };
    bridge.send(channel, react).await.unwrap();
    let edit = Operation::Edit {
        targets: ours.clone(),
        post: Box::new(words("not me")),
    };
    bridge.send(channel, edit).await.unwrap();
    bridge
        .send(channel, Operation::Delete { targets: ours })
        .await
        .unwrap();
    bridge.stand_in.say(channel, ana, "Hello").unwrap();
    assert_snapshot!(ears.next_lines(3).await, @r#"
    Bo (email) (Ourselves) posted 1: "me"
    Bo (email) (Ourselves) edited 1: "not me"
    Ana posted 2: "Hello"
    "#);
}

#[tokio::test]
async fn files_polls_stickers_and_forwarded_words_are_heard() {
    let bridge = Bridge::open().await;
    let (channel, ana) = bridge.channel_with("Ana");
    let it = &bridge.stand_in;
    let (mut ears, _receiving) = Ears::listen(&bridge).await;
    let bytes = vec![7; 200_000];
    let file = SaidFile::new("bed.png", bytes.clone()).described("A bed");
    let said = it
        .say(channel, ana, Said::from("Look").with_file(file))
        .unwrap();
    it.say(
        channel,
        ana,
        Said::default().with_poll("Friday?", &["Yes", "No"]),
    )
    .unwrap();
    it.say(channel, ana, Said::default().with_sticker("Wave"))
        .unwrap();
    it.forward((channel, said), channel, ana).unwrap();
    let first = ears.next().await;
    let Event::Posted(posted) = &first.event else {
        panic!("{first:?}")
    };
    let [file] = &posted.content.attachments[..] else {
        panic!("{first:?}")
    };
    assert!(matches!(file.source, AttachmentSource::Remote { .. }));
    let stream = bridge.adapter.fetch(file).await.unwrap();
    let pieces: Vec<_> = stream.try_collect().await.unwrap();
    assert!(pieces.concat() == bytes);
    assert_snapshot!(ears.line(&first), @r#"Ana posted 1: "Look" [Photo bed.png image/png A bed]"#);
    assert_snapshot!(ears.next_lines(3).await, @r#"
    Ana posted 2: "Poll: Friday?\n- Yes\n- No"
    Ana posted 3: "" [Sticker - image/png Wave]
    Ana posted 4: "Look" [Photo bed.png image/png A bed]
    "#);
}

#[tokio::test]
async fn a_channel_that_discord_cannot_describe_stops_nobody_else() {
    let bridge = Bridge::open().await;
    let (channel, ana) = bridge.channel_with("Ana");
    let it = &bridge.stand_in;
    let (mut ears, _receiving) = Ears::listen(&bridge).await;
    let faults = sandbox::discord::Faults {
        routes: vec!["GET /channels/{channel_id}".to_owned()],
        malformed: Some(sandbox::discord::Broken {
            accepted: true,
            next: None,
            for_s: None,
        }),
        ..Default::default()
    };
    it.set_faults(None, faults);
    let unheard_of = json!({
        "id": "9000000000000000001", "channel_id": "9000000000000000000", "guild_id": "1",
        "author": { "id": "9000000000000000002", "username": "ana" }, "content": "Hello?",
    });
    it.gateway_event("MESSAGE_CREATE", unheard_of);
    it.say(channel, ana, "Hello").unwrap();
    assert_snapshot!(ears.next_lines(1).await, @r#"Ana posted 1: "Hello""#);
    // Only what was said there waits for the answer, until there is one.
    it.set_faults(None, sandbox::discord::Faults::default());
    assert_snapshot!(ears.next_lines(1).await, @r#"ana posted 2: "Hello?""#);
}

#[tokio::test]
async fn odd_events_are_read_or_kept_and_never_lost() {
    let bridge = Bridge::open().await;
    let (channel, ana) = bridge.channel_with("Ana");
    let it = &bridge.stand_in;
    let (mut ears, _receiving) = Ears::listen(&bridge).await;
    it.set_gateway_faults(sandbox::discord::GatewayFaults {
        without: vec!["burst".to_owned(), "member.joined_at".to_owned()],
        unknown_fields: true,
        duplicate: true,
        ..Default::default()
    });
    let said = it.say(channel, ana, "Hello").unwrap();
    it.react(channel, said, ana, "👍").unwrap();
    it.gateway_event("MESSAGE_CREATE", json!({ "id": "x", "content": 7 }));
    it.gateway_event("SOMETHING_NEW", json!({ "id": "1" }));
    it.say(channel, ana, "Bye").unwrap();
    let lines = ears.next_lines(4).await;
    assert!(
        lines.starts_with("Ana posted 1: \"Hello\"\nAna reacted to 1: +👍 -"),
        "{lines}"
    );
    assert!(lines.ends_with("Ana posted 2: \"Bye\""), "{lines}");
    assert_eq!(ears.aside[0], "malformed-dispatch");
}

#[tokio::test]
async fn a_private_word_is_heard() {
    let bridge = Bridge::open().await;
    let ana = bridge.stand_in.add_member("Ana");
    let (mut ears, _receiving) = Ears::listen(&bridge).await;
    bridge.stand_in.dm(ana, "Hello, bridge").unwrap();
    assert_snapshot!(ears.next_lines(1).await, @r#"Ana posted 1: "Hello, bridge""#);
}
