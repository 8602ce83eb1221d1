//! What people do, as it comes out of the socket.

use insta::assert_snapshot;
use sandbox::slack::{EventFaults, Odd, Said};

use crate::bridge::{Bridge, ts, words};
use crate::intake::Ears;

#[tokio::test]
async fn each_deed_of_people_is_heard_as_what_it_was() {
    let bridge = Bridge::open().await;
    let it = &bridge.stand_in;
    let (channel, ana) = bridge.channel_with("Ana");
    let bo = it.add_person("Bo");
    let (mut ears, _receiving) = Ears::listen(&bridge).await;
    it.join(&channel, &bo).unwrap();
    let asked = it
        .say(&channel, &ana, "Who comes on *Friday*, @Bo?")
        .unwrap();
    let me = it.reply_in_thread(&channel, asked, &bo, "me!").unwrap();
    it.reply_and_broadcast(&channel, asked, &ana, "then we are two")
        .unwrap();
    it.edit(&channel, asked, &ana, "Who comes on Sunday?")
        .unwrap();
    it.react(&channel, asked, &bo, "thumbsup").unwrap();
    it.unreact(&channel, asked, &bo, "thumbsup").unwrap();
    it.say(&channel, &ana, Said::me("waves")).unwrap();
    it.delete(&channel, me, &bo).unwrap();
    it.delete(&channel, asked, &ana).unwrap();
    it.slash(&channel, &ana, "/causeway", "room list").unwrap();
    it.leave(&channel, &bo).unwrap();
    it.say_to_bot(&ana, "in private").unwrap();
    assert_snapshot!(ears.next_lines(13).await, @r#"
    Bo (Person) "joined"
    Ana (Person) posted #1: "Who comes on Friday, @Bo?"
    Bo (Person) posted #2 in #1: "me!"
    Ana (Person) posted #3 in #1: "then we are two"
    Ana (Person) edited #1: "Who comes on Sunday?"
    Bo (Person) reacted to #1: +👍 -
    Bo (Person) reacted to #1: + -👍
    Ana (Person) posted #4: "waves"
    Bo (Person) deleted #2
    Ana (Person) deleted #1
    Ana (Person) commanded: room list
    Bo (Person) "left"
    Ana (Person) posted #5: "in private"
    "#);
    assert!(ears.has_heard_nothing());
    bridge.assert_legal();
}

#[tokio::test]
async fn our_own_words_are_recognised() {
    let bridge = Bridge::open().await;
    let (channel, _) = bridge.channel_with("Ana");
    let (mut ears, _receiving) = Ears::listen(&bridge).await;
    bridge.post(&channel, words("Hello")).await;
    let folder = tempfile::tempdir().unwrap();
    let picture = crate::bridge::a_picture(&folder, "a.png", b"one");
    bridge
        .post(
            &channel,
            crate::bridge::carrying(words("a bed"), vec![picture]),
        )
        .await;
    assert_snapshot!(ears.next_lines(2).await, @r#"
    Bo (Telegram) (Ourselves) posted #1: "Hello"
    Causeway (Ourselves) posted #2: "Bo (Telegram): a bed" [Photo a.png 3 A bed]
    "#);
}

#[tokio::test]
async fn who_took_down_a_post_of_ours_is_told_apart() {
    let bridge = Bridge::open().await;
    let (channel, _) = bridge.channel_with("Ana");
    let (mut ears, _receiving) = Ears::listen(&bridge).await;
    let spam = bridge.post(&channel, words("Buy watches")).await;
    let oops = bridge.post(&channel, words("Oops")).await;
    ears.next_lines(2).await;
    bridge
        .stand_in
        .delete_as_admin(&channel, ts(&spam))
        .unwrap();
    let targets = vec![oops];
    let deleted = bridge
        .send(&channel, conversation::Operation::Delete { targets })
        .await;
    deleted.unwrap();
    assert_snapshot!(ears.next_lines(2).await, @r"
    Slack (Person) deleted #1
    Bo (Telegram) (Ourselves) deleted #2
    ");
}

#[tokio::test]
async fn a_pressed_button_is_heard_with_its_id() {
    let bridge = Bridge::open().await;
    let (channel, ana) = bridge.channel_with("Ana");
    let (mut ears, _receiving) = Ears::listen(&bridge).await;
    let mut post = words("Do you come?");
    post.part.buttons = vec![conversation::Button {
        label: "Yes".to_owned(),
        does: conversation::Does::Press("yes".to_owned()),
    }];
    let posted = bridge.post(&channel, post).await;
    ears.next().await;
    bridge
        .stand_in
        .press(&channel, ts(&posted), &ana, "causeway-0")
        .unwrap();
    assert_snapshot!(ears.next().await, @"Ana (Person) pressed yes of #1");
}

#[tokio::test]
async fn what_happens_to_our_own_place_is_heard() {
    let bridge = Bridge::open().await;
    let it = &bridge.stand_in;
    let (channel, ana) = bridge.channel_with("Ana");
    let (mut ears, _receiving) = Ears::listen(&bridge).await;
    it.archive(&channel, &ana).unwrap();
    it.unarchive(&channel, &ana).unwrap();
    it.rename(&channel, "autumn").unwrap();
    it.set_topic(&channel, &ana, "seeds").unwrap();
    it.remove_bot(&channel).unwrap();
    it.invite_bot(&channel).unwrap();
    it.delete_channel(&channel, &ana).unwrap();
    assert_snapshot!(ears.next_lines(5).await, @r#"
    Ana (Person) {"closed":{"why":"it is archived: unarchive the channel"}}
    Ana (Person) "opened"
    Causeway (Ourselves) {"closed":{"why":"write /invite @Causeway in the channel"}}
    Causeway (Ourselves) "opened"
    Ana (Person) {"closed":{"why":"it is deleted: take it out of its room with `causeway room unlink`, and link another"}}
    "#);
}

#[tokio::test]
async fn odd_events_are_understood_as_far_as_they_go_and_kept_where_not() {
    let bridge = Bridge::open().await;
    let (channel, ana) = bridge.channel_with("Ana");
    let (mut ears, _receiving) = Ears::listen(&bridge).await;
    let mut heard = Vec::new();
    for odd in [
        Odd::MissingFields,
        Odd::UnknownFields,
        Odd::OddTypes,
        Odd::MissingEssentials,
    ] {
        let odd = Some(odd);
        bridge.stand_in.set_event_faults(EventFaults {
            odd,
            ..EventFaults::default()
        });
        bridge.stand_in.say(&channel, &ana, "seeds").unwrap();
        heard.push(ears.next().await);
    }
    let odd = Some(Odd::UnknownTypes);
    bridge.stand_in.set_event_faults(EventFaults {
        odd,
        ..EventFaults::default()
    });
    bridge.stand_in.say(&channel, &ana, "seeds").unwrap();
    // What is kept raw has no place among what was said.
    let mut last = [ears.next().await, ears.next().await];
    last.sort();
    heard.extend(last);
    assert_snapshot!(heard.join("\n"), @r#"
    Ana (Person) posted #1: "seeds"
    Ana (Person) posted #2: "seeds"
    Ana (Person) posted #3: "seeds"
    kept raw: malformed-message
    Ana (Person) posted #4: "seeds"
    kept raw: unknown-event
    "#);
}

#[tokio::test]
async fn what_comes_twice_is_heard_once() {
    let bridge = Bridge::open().await;
    let (channel, ana) = bridge.channel_with("Ana");
    let (mut ears, _receiving) = Ears::listen(&bridge).await;
    let twice = EventFaults {
        duplicates: 2,
        message_replied: true,
        ..EventFaults::default()
    };
    bridge.stand_in.set_event_faults(twice);
    let asked = bridge.stand_in.say(&channel, &ana, "Who comes?").unwrap();
    bridge
        .stand_in
        .reply_in_thread(&channel, asked, &ana, "I do")
        .unwrap();
    bridge
        .stand_in
        .say(&channel, &ana, "And who else?")
        .unwrap();
    assert_snapshot!(ears.next_lines(3).await, @r#"
    Ana (Person) posted #1: "Who comes?"
    Ana (Person) posted #2 in #1: "I do"
    Ana (Person) posted #3: "And who else?"
    "#);
    bridge.stand_in.say(&channel, &ana, "Nobody?").unwrap();
    assert_snapshot!(ears.next().await, @r#"Ana (Person) posted #4: "Nobody?""#);
    assert!(ears.has_heard_nothing());
}

#[tokio::test]
async fn a_burst_is_heard_in_its_order() {
    let bridge = Bridge::open().await;
    let (channel, ana) = bridge.channel_with("Ana");
    let (mut ears, _receiving) = Ears::listen(&bridge).await;
    for number in 0..400 {
        bridge
            .stand_in
            .say(&channel, &ana, format!("word {number}"))
            .unwrap();
    }
    for number in 0..400 {
        let line = ears.next().await;
        assert!(line.ends_with(&format!("\"word {number}\"")), "{line}");
    }
}

#[tokio::test]
async fn whoever_cannot_be_looked_up_is_heard_all_the_same() {
    let bridge = Bridge::open().await;
    let (channel, ana) = bridge.channel_with("Ana");
    let (mut ears, _receiving) = Ears::listen(&bridge).await;
    let silent = sandbox::slack::Broken::default();
    bridge.stand_in.set_faults(
        None,
        sandbox::slack::Faults {
            methods: vec!["users.info".to_owned()],
            never_answer: Some(silent),
            ..Default::default()
        },
    );
    bridge.stand_in.say(&channel, &ana, "seeds").unwrap();
    assert_snapshot!(ears.next().await, @r#"Someone (Person) posted #1: "seeds""#);
}

#[tokio::test]
async fn a_new_name_and_picture_are_heard_of() {
    let bridge = Bridge::open().await;
    let (channel, ana) = bridge.channel_with("Ana");
    let (mut ears, _receiving) = Ears::listen(&bridge).await;
    bridge.stand_in.say(&channel, &ana, "seeds").unwrap();
    assert_snapshot!(ears.next().await, @r#"Ana (Person) posted #1: "seeds""#);
    bridge.stand_in.set_names(&ana, "Ana Ruiz", "Ana").unwrap();
    let picture = "https://pictures.example/ana.png";
    bridge.stand_in.set_picture(&ana, Some(picture)).unwrap();
    bridge.stand_in.say(&channel, &ana, "more seeds").unwrap();
    assert_snapshot!(ears.next().await, @r#"Ana Ruiz (Person) posted #2: "more seeds""#);
    let events = ears.memory.events.lock().unwrap();
    let shown = events[1].actor.picture.as_deref().unwrap();
    assert!(shown.starts_with(picture), "{shown}");
}
