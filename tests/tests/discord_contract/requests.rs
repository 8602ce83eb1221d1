//! What people ask of us, and the answer that they alone see.

use conversation::{
    Adapter, Author, AuthorKind, Button, Does, Event, Operation, Outbound, Post, Standing, WayBack,
};
use insta::assert_snapshot;
use sandbox::discord::{Broken, ChannelId, Faults, GatewayFaults, MessageId, Misuse};
use serde_json::json;

use crate::bridge::{Bridge, id, outbound, post, reference, words};
use crate::intake::{Ears, until};

#[tokio::test]
async fn commands_and_buttons_are_answered_in_time() {
    let bridge = Bridge::open().await;
    let (channel, ana) = bridge.channel_with("Ana");
    let (mut ears, _receiving) = Ears::listen(&bridge).await;
    let topic = [("about", "room")];
    let command = bridge
        .command((channel, ana), "causeway help", &topic)
        .await;
    let event = ears.next().await;
    assert_snapshot!(ears.line(&event), @"Ana commanded help room");
    let answered = || bridge.stand_in.interaction(command).unwrap();
    for (number, said) in ["Rest well", "for two weeks"].into_iter().enumerate() {
        let mut answer = words(said);
        (answer.part.number, answer.part.of) = (number, 2);
        let answer = Outbound {
            way_back: event.way_back.clone(),
            ..outbound(channel, post(answer))
        };
        bridge.adapter.send(&answer).await.unwrap();
    }
    assert_eq!(answered().answered, Some(5));
    assert_eq!(answered().hidden, ["Rest well", "for two weeks"]);
    assert_eq!(bridge.seen(channel), "");
}

/// By the command's own way, and by that of the press.
#[tokio::test]
async fn what_one_person_sees_is_changed_while_the_way_to_them_lasts() {
    let bridge = Bridge::open().await;
    let (channel, ana) = bridge.channel_with("Ana");
    let (mut ears, _receiving) = Ears::listen(&bridge).await;
    let it = &bridge.stand_in;
    let command = bridge.command((channel, ana), "causeway help", &[]).await;
    let asked = ears.next().await;
    let say = async |operation: Operation, way_back: &Option<WayBack>| {
        let way_back = way_back.clone();
        let outbound = Outbound {
            way_back,
            ..outbound(channel, operation)
        };
        bridge.adapter.send(&outbound).await.unwrap()
    };
    let mut question = words("Shall I?");
    question.part.buttons = vec![Button {
        label: "Yes".to_owned(),
        does: Does::Press("yes".to_owned()),
    }];
    let said = say(post(question), &asked.way_back).await;
    let message = MessageId(said.remote_ids[0].as_str().parse().unwrap());
    it.press_button(channel, message, ana, "yes").unwrap();
    let pressed = ears.next().await;
    for (way_back, becomes) in [(&asked.way_back, "Wait"), (&pressed.way_back, "It is done")] {
        let closed = words(becomes);
        let author = Author {
            kind: AuthorKind::Ourselves,
            ..closed.author.clone()
        };
        let edit = Operation::Edit {
            targets: said.remote_ids.clone(),
            post: Box::new(Post { author, ..closed }),
        };
        say(edit, way_back).await;
        assert_eq!(it.interaction(command).unwrap().hidden, [becomes]);
    }
    let no_button = it.press_button(channel, message, ana, "yes");
    assert!(no_button.is_err(), "{no_button:?}");
    let targets = said.remote_ids.clone();
    say(Operation::Delete { targets }, &asked.way_back).await;
    assert_eq!(it.interaction(command).unwrap().hidden.len(), 0);
    assert_eq!(bridge.seen(channel), "");
}

fn broken(routes: &str, more: Faults) -> Faults {
    Faults {
        routes: vec![routes.to_owned()],
        ..more
    }
}

const CALLBACK: &str = "POST /interactions/{interaction_id}/{interaction_token}/callback";

#[tokio::test]
async fn what_was_heard_is_told_once_more_where_the_connection_fails() {
    let bridge = Bridge::open().await;
    let (channel, ana) = bridge.channel_with("Ana");
    let (mut ears, _receiving) = Ears::listen(&bridge).await;
    let it = &bridge.stand_in;
    for accepted in [false, true] {
        let once = Broken {
            accepted,
            next: Some(1),
            for_s: None,
        };
        let cut = Faults {
            cut: Some(once),
            ..Faults::default()
        };
        it.set_faults(None, broken(CALLBACK, cut));
        let command = bridge.command((channel, ana), "causeway help", &[]).await;
        let event = ears.next().await;
        let answer = Outbound {
            way_back: event.way_back.clone(),
            ..outbound(channel, post(words("Here I am")))
        };
        bridge.adapter.send(&answer).await.unwrap();
        assert_eq!(it.interaction(command).unwrap().hidden, ["Here I am"]);
    }
}

#[tokio::test]
async fn a_command_that_nothing_answers_does_not_seem_to_wait() {
    let bridge = Bridge::open().await;
    let (channel, ana) = bridge.channel_with("Ana");
    let (mut ears, _receiving) = Ears::listen(&bridge).await;
    let it = &bridge.stand_in;
    let command = bridge.command((channel, ana), "causeway help", &[]).await;
    let event = ears.next().await;
    until("told", || {
        it.interaction(command).unwrap().answered.is_some()
    })
    .await;
    assert_eq!(it.interaction(command).unwrap().hidden.len(), 1);
    let way_back = event.way_back.unwrap();
    for _ in 0..2 {
        bridge.adapter.leave_unanswered(&way_back).await;
        assert_eq!(it.interaction(command).unwrap().hidden.len(), 0);
    }
}

/// Discord waits three seconds, whether or not it told us of the place.
#[tokio::test]
async fn a_command_from_a_place_that_is_not_known_yet_is_heard_in_time() {
    for waits in [false, true] {
        let bridge = Bridge::open().await;
        let (mut ears, _receiving) = Ears::listen(&bridge).await;
        let it = &bridge.stand_in;
        let without = |field: &str| {
            it.set_gateway_faults(GatewayFaults {
                without: vec![field.to_owned()],
                ..Default::default()
            });
        };
        without("id");
        let (channel, ana) = bridge.channel_with("Ana");
        without(if waits { "channel" } else { "nothing" });
        let hangs = Faults {
            never_answer: Some(Broken::default()),
            ..Faults::default()
        };
        it.set_faults(None, broken("GET /channels/{channel_id}", hangs));
        let command = bridge.command((channel, ana), "causeway help", &[]).await;
        let answered = || it.interaction(command).unwrap().answered;
        until("told", || answered() == Some(5)).await;
        if waits {
            assert!(ears.has_heard_nothing());
            it.set_faults(None, Faults::default());
        }
        assert_eq!(ears.next_lines(1).await, "Ana commanded help");
    }
}

#[tokio::test]
async fn people_are_offered_our_command_once_a_session_begins() {
    let bridge = Bridge::open().await;
    let (channel, ana) = bridge.channel_with("Ana");
    let (_ears, _receiving) = Ears::listen(&bridge).await;
    let it = &bridge.stand_in;
    bridge.command((channel, ana), "causeway help", &[]).await;
    assert_eq!(it.offered_commands(), ["causeway"]);
    let fly = it.slash_command(channel, ana, "causeway fly", &[]);
    assert_eq!(fly, Err(Misuse::NoCommand("causeway fly".to_owned())));
}

#[tokio::test]
async fn a_press_is_answered_to_whoever_pressed_alone() {
    let bridge = Bridge::open().await;
    let (_, ana) = bridge.channel_with("Ana");
    let (mut ears, _receiving) = Ears::listen(&bridge).await;
    let alone = bridge.adapter.open_direct_channel(&id(ana)).await.unwrap();
    let channel = ChannelId(alone.id.as_str().parse().unwrap());
    let mut question = words("Shall I?");
    question.part.buttons = vec![Button {
        label: "Yes".to_owned(),
        does: Does::Press("yes".to_owned()),
    }];
    let posted = bridge.post(channel, question).await;
    let message = posted.remote_ids[0].as_str().parse().unwrap();
    let press = bridge
        .stand_in
        .press_button(channel, MessageId(message), ana, "yes")
        .unwrap();
    let event = loop {
        let event = ears.next().await;
        if matches!(event.event, Event::Pressed { .. }) {
            break event;
        }
    };
    let answer = Outbound {
        way_back: event.way_back.clone(),
        ..outbound(channel, post(words("It is too late")))
    };
    bridge.adapter.send(&answer).await.unwrap();
    let answered = bridge.stand_in.interaction(press).unwrap();
    assert_eq!(answered.answered, Some(6));
    assert_eq!(answered.hidden, ["It is too late"]);
    let closed = words("It was done");
    let edit = Operation::Edit {
        targets: posted.remote_ids.clone(),
        post: Box::new(Post {
            author: Author {
                kind: AuthorKind::Ourselves,
                ..closed.author.clone()
            },
            ..closed
        }),
    };
    bridge.send(channel, edit).await.unwrap();
    let view = bridge.stand_in.view_channel(channel, 1).unwrap();
    assert_eq!(view.messages[0].text, "It was done");
    assert!(
        view.messages[0].buttons.is_empty(),
        "{:?}",
        view.messages[0].buttons
    );
}

#[tokio::test]
async fn what_begins_with_our_name_is_ours() {
    let bridge = Bridge::open().await;
    let (channel, ana) = bridge.channel_with("Ana");
    let (mut ears, _receiving) = Ears::listen(&bridge).await;
    let bot = bridge.stand_in.bot_id();
    let role = json!({ "id": "4711", "name": "Causeway", "managed": true, "tags": { "bot_id": bot.to_string() } });
    let created = json!({ "guild_id": bridge.stand_in.guild_id().to_string(), "role": role });
    bridge.stand_in.gateway_event("GUILD_ROLE_CREATE", created);
    for said in [
        format!("<@{bot}> room list"),
        format!("<@!{bot}>, help"),
        "<@&4711> status".to_owned(),
        format!("Ask <@{bot}>"),
    ] {
        bridge.stand_in.say(channel, ana, said.as_str()).unwrap();
    }
    assert_snapshot!(ears.next_lines(3).await, @r"
    Ana commanded room list
    Ana commanded help
    Ana commanded status
    ");
    let posted = ears.next().await;
    assert!(matches!(posted.event, Event::Posted(_)));
}

#[tokio::test]
async fn who_takes_part_and_who_administers_is_asked_of_discord() {
    let bridge = Bridge::open().await;
    let (channel, ana) = bridge.channel_with("Ana");
    let reference = reference(channel);
    for (who, standing) in [
        (id(ana), Standing::Member),
        ("12345".into(), Standing::Stranger),
    ] {
        let found = bridge.adapter.standing(&reference, &who).await;
        assert_eq!(found.unwrap(), standing, "{who}");
    }
    let bo = bridge.stand_in.add_member("Bo");
    let alone = bridge.adapter.open_direct_channel(&id(ana)).await.unwrap();
    let thread = bridge
        .stand_in
        .start_private_thread(channel, ana, "Two of us");
    let thread = crate::bridge::reference(thread.unwrap());
    for place in [&alone, &thread] {
        for (who, standing) in [(ana, Standing::Member), (bo, Standing::Stranger)] {
            let found = bridge.adapter.standing(place, &id(who)).await;
            assert_eq!(found.unwrap(), standing, "{place} {who}");
        }
    }
    assert!(
        bridge
            .adapter
            .standing(&reference, &"ana".into())
            .await
            .is_err()
    );
}

#[tokio::test]
async fn what_is_being_told_is_told_while_nothing_can_be_taken_in() {
    let bridge = Bridge::open().await;
    let (channel, ana) = bridge.channel_with("Ana");
    let (mut ears, _receiving) = Ears::listen(&bridge).await;
    let it = &bridge.stand_in;
    let hangs_once = Broken {
        next: Some(1),
        ..Broken::default()
    };
    let hangs = Faults {
        never_answer: Some(hangs_once),
        ..Faults::default()
    };
    it.set_faults(None, broken(CALLBACK, hangs));
    let command = bridge.command((channel, ana), "causeway help", &[]).await;
    ears.next().await;
    ears.memory.refuse(true);
    it.say(channel, ana, "Hello").unwrap();
    until("told", || {
        it.interaction(command).unwrap().answered.is_some()
    })
    .await;
    assert!(ears.has_heard_nothing());
    ears.memory.refuse(false);
    assert_eq!(ears.next_lines(1).await, r#"Ana posted 1: "Hello""#);
}

#[tokio::test]
async fn what_fits_is_offered_while_a_command_is_written() {
    let bridge = Bridge::open().await;
    let (channel, ana) = bridge.channel_with("Ana");
    let (mut ears, _receiving) = Ears::listen(&bridge).await;
    let it = &bridge.stand_in;
    until("offered", || !it.offered_commands().is_empty()).await;
    let long = ["a".repeat(101), String::new()];
    let many = long
        .into_iter()
        .chain((0..30).map(|it| format!("room {it}")));
    for suggested in [None, Some(many.collect())] {
        let offers = suggested.clone();
        *ears.memory.suggested.lock().unwrap() = suggested;
        let typed = (&[][..], ("about", "ro"));
        let written = it
            .autocomplete(channel, ana, "causeway help", typed)
            .unwrap();
        let shown = || it.interaction(written).unwrap();
        until("offered", || shown().answered.is_some()).await;
        let expected = offers.map_or(Vec::new(), |it| it[2..27].to_vec());
        assert_eq!((shown().answered, shown().choices), (Some(8), expected));
    }
    let asked = ears.memory.asked.lock().unwrap().clone();
    assert_eq!(asked, vec![format!("{ana} help about: ro"); 2]);
    assert!(ears.has_heard_nothing());
}
