//! What people do, as it comes out of long polling.

use conversation::{Adapter, Attachment, AttachmentSource, Event, Inbound, Operation};
use futures::TryStreamExt;
use insta::assert_snapshot;
use sandbox::telegram::{FileKind, Said, SaidFile};

use crate::bridge::{Bridge, channel, picture, words};
use crate::intake::{Ears, line};

#[tokio::test]
async fn each_deed_of_people_is_heard_as_what_it_was() {
    let bridge = Bridge::open().await;
    let it = &bridge.stand_in;
    let group = it.add_supergroup("Spring");
    let ana = it.add_person("Ana Ruiz");
    let bo = it.add_person("Bo");
    let (mut ears, _receiving) = Ears::listen(&bridge).await;
    it.join(group, ana).unwrap();
    it.join(group, bo).unwrap();
    let asked = it
        .say(group, None, ana, "Who comes on #friday? 😀")
        .unwrap()[0];
    let me = Said::from("me!").in_reply_to(asked);
    let me = it.say(group, None, bo, me).unwrap()[0];
    let too = Said::from("me too").in_reply_to(me);
    it.say(group, None, ana, too).unwrap();
    it.edit(group, asked, ana, "Who comes on #sunday?").unwrap();
    it.react(group, asked, bo, Some("👍")).unwrap();
    it.react(group, asked, bo, Some("🔥")).unwrap();
    it.react(group, asked, bo, None).unwrap();
    it.send_location(group, None, ana, 41.38, 2.17).unwrap();
    it.send_poll(group, None, ana, "When?", &["Friday", "Sunday"])
        .unwrap();
    it.forward((group, asked), group, bo).unwrap();
    it.say(group, None, bo, "/causeway room list").unwrap();
    it.pin(group, asked, ana).unwrap();
    it.leave(group, bo).unwrap();
    it.say(ana.into(), None, ana, "in private").unwrap();
    assert_snapshot!(ears.next_lines(15).await, @r#"
    telegram:-1002200000001 Ana Ruiz "joined"
    telegram:-1002200000001 Bo "joined"
    telegram:-1002200000001 Ana Ruiz posted 3: "Who comes on #friday? 😀"
    telegram:-1002200000001 Bo posted 4 in reply to 3: "me!"
    telegram:-1002200000001 Ana Ruiz posted 5 in reply to 4+3: "me too"
    telegram:-1002200000001 Ana Ruiz edited 3: "Who comes on #sunday?"
    telegram:-1002200000001 Bo reacted to 3: +👍 -
    telegram:-1002200000001 Bo reacted to 3: +🔥 -👍
    telegram:-1002200000001 Bo reacted to 3: + -🔥
    telegram:-1002200000001 Ana Ruiz posted 6: "📍 https://www.openstreetmap.org/?mlat=41.38&mlon=2.17#map=16/41.38/2.17"
    telegram:-1002200000001 Ana Ruiz posted 7: "📊 When?\n• Friday\n• Sunday"
    telegram:-1002200000001 Bo posted 8: "Forwarded from Ana Ruiz:\nWho comes on #sunday?"
    telegram:-1002200000001 Bo commanded 9: room list
    telegram:-1002200000001 Bo "left"
    telegram:700000001 Ana Ruiz posted 1: "in private"
    "#);
    assert!(ears.has_heard_nothing());
    bridge.assert_legal();
}

#[tokio::test]
async fn what_happens_to_our_own_place_is_heard() {
    let bridge = Bridge::open().await;
    let it = &bridge.stand_in;
    let (mut ears, _receiving) = Ears::listen(&bridge).await;
    let group = it.add_group("Old friends");
    let ana = it.add_person("Ana");
    it.join(group, ana).unwrap();
    it.kick_bot(group, ana).unwrap();
    it.add_bot_back(group, ana).unwrap();
    it.say(ana.into(), None, ana, "Hi").unwrap();
    it.block_bot(ana).unwrap();
    it.unblock(ana).unwrap();
    it.migrate(group).unwrap();
    assert_snapshot!(ears.next_lines(9).await, @r#"
    telegram:-4200000001 Ana "joined"
    telegram:-4200000001 Ana {"closed":{"why":"the bot was put out of the chat: add it again"}}
    telegram:-4200000001/* Ana {"closed":{"why":"the bot was put out of the chat: add it again"}}
    telegram:-4200000001 Ana "opened"
    telegram:-4200000001/* Ana "opened"
    telegram:700000001 Ana posted 3: "Hi"
    telegram:700000001 Ana {"closed":{"why":"its person blocked the bot, and can unblock it"}}
    telegram:700000001 Ana "opened"
    telegram:-4200000001 Ana moved to telegram:-1002200000002
    "#);
    bridge.assert_legal();
}

#[tokio::test]
async fn topics_are_channels_of_their_own() {
    let bridge = Bridge::open().await;
    let it = &bridge.stand_in;
    let (mut ears, _receiving) = Ears::listen(&bridge).await;
    let forum = it.add_forum("Spring", &["Plans"]);
    let ana = it.add_person("Ana");
    it.join(forum, ana).unwrap();
    let plans = it.topic_ids(forum)[0];
    let asked = it.say(forum, Some(plans), ana, "a plan").unwrap()[0];
    let answer = Said::from("another").in_reply_to(asked);
    it.say(forum, Some(plans), ana, answer).unwrap();
    it.say(forum, None, ana, "in General").unwrap();
    it.react(forum, asked, ana, Some("👍")).unwrap();
    it.edit(forum, asked, ana, "no plan").unwrap();
    let songs = it.add_topic(forum, ana, "Songs").unwrap();
    it.say(forum, Some(songs), ana, "a song").unwrap();
    assert_snapshot!(ears.next_lines(7).await, @r#"
    telegram:-1002200000001 Ana "joined"
    telegram:-1002200000001/2 Ana posted 4 under "Plans": "a plan"
    telegram:-1002200000001/2 Ana posted 5 in reply to 4: "another"
    telegram:-1002200000001 Ana posted 6: "in General"
    telegram:-1002200000001/2 Ana reacted to 4: +👍 -
    telegram:-1002200000001/2 Ana edited 4: "no plan"
    telegram:-1002200000001/7 Ana posted 8 under "Songs": "a song"
    "#);
    bridge.assert_legal();
}

#[tokio::test]
async fn a_button_under_our_message_is_heard_and_stops_waiting() {
    let bridge = Bridge::open().await;
    let (group, ana) = bridge.group_with("Ana");
    let (mut ears, _receiving) = Ears::listen(&bridge).await;
    ears.next().await;
    let ours = bridge.post(&channel(group), words("Shall I?")).await;
    let ours = ours[0].as_str().parse().unwrap();
    bridge
        .stand_in
        .press_button(group, ours, ana, "yes")
        .unwrap();
    assert_snapshot!(ears.next_lines(1).await, @"telegram:-1002200000001 Ana pressed yes of 2");
    crate::intake::asked(&bridge, "answerCallbackQuery").await;
    bridge.assert_legal();
}

fn album(caption: &str, count: usize) -> Said {
    let photo = || SaidFile::new(FileKind::Photo, "bed.png", picture());
    Said {
        text: caption.to_owned(),
        files: (0..count).map(|_| photo()).collect(),
        album: true,
        ..Said::default()
    }
}

#[tokio::test]
async fn an_album_is_one_message_and_its_caption_can_change() {
    let bridge = Bridge::open().await;
    let (group, ana) = bridge.group_with("Ana");
    let (mut ears, _receiving) = Ears::listen(&bridge).await;
    ears.next().await;
    let two = bridge
        .stand_in
        .say(group, None, ana, album("Two beds", 2))
        .unwrap();
    bridge
        .stand_in
        .say(group, None, ana, album("", 10))
        .unwrap();
    bridge
        .stand_in
        .say(group, None, ana, "That is all")
        .unwrap();
    bridge
        .stand_in
        .edit_caption(group, two[0], ana, "Both beds")
        .unwrap();
    assert_snapshot!(ears.next_lines(4).await, @r#"
    telegram:-1002200000001 Ana posted 2+3: "Two beds" [Photo - image/jpeg 29] [Photo - image/jpeg 29]
    telegram:-1002200000001 Ana posted 4+5+6+7+8+9+10+11+12+13: "" [Photo - image/jpeg 29] [Photo - image/jpeg 29] [Photo - image/jpeg 29] [Photo - image/jpeg 29] [Photo - image/jpeg 29] [Photo - image/jpeg 29] [Photo - image/jpeg 29] [Photo - image/jpeg 29] [Photo - image/jpeg 29] [Photo - image/jpeg 29]
    telegram:-1002200000001 Ana posted 14: "That is all"
    telegram:-1002200000001 Ana edited 2: "Both beds" [Photo - image/jpeg 29]
    "#);
    bridge.assert_legal();
}

fn files(event: &Inbound) -> &[Attachment] {
    match &event.event {
        Event::Posted(posted) => &posted.content.attachments,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn files_of_every_kind_come_byte_by_byte() {
    let bridge = Bridge::open().await;
    let (group, ana) = bridge.group_with("Ana");
    let (mut ears, _receiving) = Ears::listen(&bridge).await;
    ears.next().await;
    let mut lines = Vec::new();
    for (kind, name) in [
        (FileKind::Photo, "bed.png"),
        (FileKind::Video, "bed.mp4"),
        (FileKind::Animation, "bed.mp4"),
        (FileKind::Audio, "song.mp3"),
        (FileKind::Voice, "note.oga"),
        (FileKind::VideoNote, "round.mp4"),
        (FileKind::Document, "Plan für Bo.pdf"),
        (FileKind::Sticker, "wave.webp"),
    ] {
        let mut bytes = picture();
        bytes.extend_from_slice(format!("{kind:?}").repeat(40_000).as_bytes());
        let file = SaidFile::new(kind, name, bytes.clone());
        let said = Said::from("").with_file(file);
        bridge.stand_in.say(group, None, ana, said).unwrap();
        let event = ears.next().await;
        let [file] = files(&event) else {
            panic!("{event:?}")
        };
        assert!(matches!(file.source, AttachmentSource::Remote { .. }));
        let stream = bridge.adapter.fetch(file).await.unwrap();
        let pieces: Vec<_> = stream.try_collect().await.unwrap();
        assert!(pieces.concat() == bytes, "{kind:?}");
        lines.push(line(&event));
    }
    assert_snapshot!(lines.join("\n"), @r#"
    telegram:-1002200000001 Ana posted 2: "" [Photo - image/jpeg 200029]
    telegram:-1002200000001 Ana posted 3: "" [Video bed.mp4 video/mp4 200029]
    telegram:-1002200000001 Ana posted 4: "" [Animation bed.mp4 video/mp4 360029]
    telegram:-1002200000001 Ana posted 5: "" [Audio song.mp3 audio/mpeg 200029]
    telegram:-1002200000001 Ana posted 6: "" [Voice - audio/ogg 200029]
    telegram:-1002200000001 Ana posted 7: "" [Video - video/mp4 360029]
    telegram:-1002200000001 Ana posted 8: "" [Document Plan für Bo.pdf application/octet-stream 320029]
    telegram:-1002200000001 Ana posted 9: "" [Sticker - image/webp 280029]
    "#);
    bridge.assert_legal();
}

#[tokio::test]
async fn what_the_intake_refuses_comes_again_in_order() {
    let bridge = Bridge::open().await;
    let (group, ana) = bridge.group_with("Ana");
    let (mut ears, _receiving) = Ears::listen(&bridge).await;
    ears.next().await;
    ears.memory.refuse(true);
    for number in 0..5 {
        bridge
            .stand_in
            .say(group, None, ana, number.to_string().as_str())
            .unwrap();
    }
    let polls = || bridge.stand_in.counters().by_method["getUpdates"];
    let before = polls();
    while polls() < before + 2 {
        tokio::task::yield_now().await;
    }
    assert!(ears.has_heard_nothing());
    ears.memory.refuse(false);
    assert_snapshot!(ears.next_lines(5).await, @r#"
    telegram:-1002200000001 Ana posted 2: "0"
    telegram:-1002200000001 Ana posted 3: "1"
    telegram:-1002200000001 Ana posted 4: "2"
    telegram:-1002200000001 Ana posted 5: "3"
    telegram:-1002200000001 Ana posted 6: "4"
    "#);
    assert!(ears.has_heard_nothing());
}

#[tokio::test]
async fn what_we_do_ourselves_is_not_heard() {
    let bridge = Bridge::open().await;
    let (group, ana) = bridge.group_with("Ana");
    let (mut ears, _receiving) = Ears::listen(&bridge).await;
    ears.next().await;
    let ours = bridge.post(&channel(group), words("Bo: me")).await;
    let react = Operation::React {
        target: ours[0].clone(),
        emoji: vec!["👍".to_owned()],
    };
    bridge.send(&channel(group), react).await.unwrap();
    let post = Box::new(words("Bo: not me"));
    let edit = Operation::Edit {
        targets: ours,
        post,
    };
    bridge.send(&channel(group), edit).await.unwrap();
    bridge.stand_in.say(group, None, ana, "Hello").unwrap();
    assert!(ears.next_lines(1).await.ends_with("\"Hello\""));
    bridge.assert_legal();
}
