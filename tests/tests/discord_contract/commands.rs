//! Our command: how people are offered it, and how each that is given is told that it was heard.

use conversation::{Adapter, Outbound};
use sandbox::discord::{Broken, Faults, Misuse};

use crate::bridge::{Bridge, outbound, post, words};
use crate::intake::{Ears, until};
use crate::requests::{CALLBACK, broken};

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

/// Discord counts each interaction by itself.
#[tokio::test]
async fn many_who_ask_at_once_are_all_answered() {
    let bridge = Bridge::open().await;
    let (channel, ana) = bridge.channel_with("Ana");
    let (mut ears, _receiving) = Ears::listen(&bridge).await;
    let limits = Faults {
        real_limits: true,
        ..Faults::default()
    };
    bridge.stand_in.set_faults(None, limits);
    for _ in 0..12 {
        bridge.command((channel, ana), "causeway help", &[]).await;
        let answer = Outbound {
            way_back: ears.next().await.way_back,
            ..outbound(channel, post(words("Here I am")))
        };
        bridge.adapter.send(&answer).await.unwrap();
    }
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
