//! What was said while we did not listen.

use conversation::Timestamp;
use insta::assert_snapshot;

use crate::bridge::{Bridge, channel_ref, now, words};
use crate::intake::Ears;

#[tokio::test]
async fn messages_replies_and_edits_of_an_outage_are_heard_in_order_before_what_is_new() {
    let bridge = Bridge::open().await;
    let it = &bridge.stand_in;
    let (channel, ana) = bridge.channel_with("Ana");
    let old = it.say(&channel, &ana, "Long ago").unwrap();
    let typo = it.say(&channel, &ana, "Firday").unwrap();
    // By the second: what is older than this is known.
    tokio::time::sleep(std::time::Duration::from_millis(1200)).await;
    let since = now();
    let asked = it.say(&channel, &ana, "Who comes?").unwrap();
    it.reply_in_thread(&channel, old, &ana, "still true")
        .unwrap();
    it.reply_and_broadcast(&channel, asked, &ana, "nobody?")
        .unwrap();
    it.edit(&channel, typo, &ana, "Friday").unwrap();
    bridge.post(&channel, words("by us")).await;
    let mut ears = Ears::new();
    ears.memory
        .link(channel_ref(&channel), Timestamp(since.0 + 500));
    let _receiving = ears.start(&bridge);
    assert_snapshot!(ears.next_lines(4).await, @r#"
    Ana (Person) posted #1: "Who comes?"
    Ana (Person) posted #2 in #3: "still true"
    Ana (Person) posted #4 in #1: "nobody?"
    Ana (Person) edited #5: "Friday"
    "#);
    it.say(&channel, &ana, "and now?").unwrap();
    assert_snapshot!(ears.next().await, @r#"Ana (Person) posted #6: "and now?""#);
    bridge.assert_legal();
}

#[tokio::test]
async fn what_history_does_not_tell_is_said_to_be_missed() {
    let bridge = Bridge::open().await;
    let (channel, ana) = bridge.channel_with("Ana");
    bridge.stand_in.say(&channel, &ana, "unheard").unwrap();
    bridge.stand_in.take_scope("channels:history");
    let mut ears = Ears::new();
    ears.memory
        .link(channel_ref(&channel), Timestamp(now().0 - 60_000));
    let _receiving = ears.start(&bridge);
    assert_snapshot!(ears.next().await, @"Slack (Person) was not heard");
}

#[tokio::test]
async fn a_dropped_socket_leaves_no_gap() {
    let bridge = Bridge::open().await;
    let it = &bridge.stand_in;
    let (channel, ana) = bridge.channel_with("Ana");
    let mut ears = Ears::new();
    ears.memory.link(channel_ref(&channel), now());
    let _receiving = ears.start(&bridge);
    crate::intake::sockets(&bridge, 1).await;
    it.say(&channel, &ana, "before").unwrap();
    ears.next().await;
    it.set_event_faults(sandbox::slack::EventFaults {
        lose_next: 1,
        ..Default::default()
    });
    it.drop_sockets();
    it.say(&channel, &ana, "meanwhile").unwrap();
    assert_snapshot!(ears.next().await, @r#"Ana (Person) posted #2: "meanwhile""#);
    it.say(&channel, &ana, "after").unwrap();
    assert_snapshot!(ears.next().await, @r#"Ana (Person) posted #3: "after""#);
}

#[tokio::test]
async fn what_could_not_be_read_at_first_is_read_later_whatever_came_since() {
    let bridge = Bridge::open().await;
    let it = &bridge.stand_in;
    let (channel, ana) = bridge.channel_with("Ana");
    let mut ears = Ears::new();
    ears.memory.link(channel_ref(&channel), now());
    it.say(&channel, &ana, "while you were away").unwrap();
    it.set_faults(None, broken_history());
    let _receiving = ears.start(&bridge);
    crate::intake::sockets(&bridge, 1).await;
    let asked = || {
        it.counters()
            .by_method
            .contains_key("conversations.history")
    };
    crate::intake::until(asked).await;
    it.say(&channel, &ana, "hello again").unwrap();
    assert_snapshot!(ears.next().await, @r#"Ana (Person) posted #1: "hello again""#);
    // As the store says it then.
    ears.memory
        .link(channel_ref(&channel), Timestamp(now().0 + 60_000));
    it.set_faults(None, sandbox::slack::Faults::default());
    assert_snapshot!(ears.next().await, @r#"Ana (Person) posted #2: "while you were away""#);
}

fn broken_history() -> sandbox::slack::Faults {
    sandbox::slack::Faults {
        methods: vec!["conversations.history".to_owned()],
        error: Some(sandbox::slack::ErrorAnswer {
            error: "service_unavailable".to_owned(),
            ..Default::default()
        }),
        ..Default::default()
    }
}

#[tokio::test]
async fn one_channel_waits_for_its_own_history_and_not_for_that_of_all() {
    let bridge = Bridge::open().await;
    let it = &bridge.stand_in;
    let ana = it.add_person("Ana");
    let mut ears = Ears::new();
    let mut channels = Vec::new();
    for number in 0..20 {
        let channel = it.add_channel(&format!("room-{number}"));
        it.join(&channel, &ana).unwrap();
        it.invite_bot(&channel).unwrap();
        ears.memory.link(channel_ref(&channel), now());
        it.say(&channel, &ana, "before").unwrap();
        channels.push(channel);
    }
    it.set_faults(
        None,
        sandbox::slack::Faults {
            methods: vec!["conversations.history".to_owned()],
            latency_ms: 200,
            ..Default::default()
        },
    );
    let _receiving = ears.start(&bridge);
    crate::intake::sockets(&bridge, 1).await;
    it.say(&channels[19], &ana, "now").unwrap();
    let mut heard = Vec::new();
    while !heard
        .last()
        .is_some_and(|it: &String| it.ends_with("\"now\""))
    {
        heard.push(ears.next().await);
    }
    assert!(heard.len() < 15, "{heard:?}");
    assert!(heard[heard.len() - 2].ends_with("\"before\""), "{heard:?}");
}
