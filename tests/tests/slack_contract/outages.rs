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
    for number in 0..40 {
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
    it.say(&channels[39], &ana, "now").unwrap();
    let mut heard = Vec::new();
    while !heard
        .last()
        .is_some_and(|it: &String| it.ends_with("\"now\""))
    {
        heard.push(ears.next().await);
    }
    assert!(heard.len() < 30, "{heard:?}");
    assert!(heard[heard.len() - 2].ends_with("\"before\""), "{heard:?}");
}

/// Three channels whose history does not come, and one that is well: in each 1 was said while nobody listened, and 2 is
/// said afterwards.
async fn hears_on_beside(faults: sandbox::slack::Faults) {
    let bridge = Bridge::open_with(|it| it.request_timeout_s = 30).await;
    let it = &bridge.stand_in;
    let ana = it.add_person("Ana");
    let ears = Ears::new();
    let since = now();
    let channels = ["one", "two", "three", "well"].map(|name| {
        let channel = it.add_channel(name);
        it.join(&channel, &ana).unwrap();
        it.invite_bot(&channel).unwrap();
        ears.memory.link(channel_ref(&channel), since);
        it.say(&channel, &ana, "1").unwrap();
        channel
    });
    let (ill, well) = channels.split_at(3);
    for channel in ill {
        it.set_faults(Some(channel), faults.clone());
    }
    it.forget_undelivered();
    let _receiving = ears.start(&bridge);
    crate::intake::sockets(&bridge, 1).await;
    for channel in &channels {
        it.say(channel, &ana, "2").unwrap();
    }
    let heard = |channel| ears.memory.numbers(&channel_ref(channel));
    crate::intake::until(|| channels.iter().all(|it| heard(it).contains(&2))).await;
    let took = now().0 - since.0;
    assert!(took < 15_000, "{took} ms");
    assert_eq!(heard(&well[0]), [1, 2]);
    let unheard = ears.memory.unheard.lock().unwrap().clone();
    let unheard: Vec<_> = ill.iter().map(|it| unheard.get(&channel_ref(it))).collect();
    assert_eq!(unheard, [Some(&since); 3]);
    for channel in ill {
        assert_eq!(heard(channel), [2]);
        it.set_faults(Some(channel), sandbox::slack::Faults::default());
    }
    crate::intake::until(|| ill.iter().all(|it| heard(it) == [2, 1])).await;
    crate::intake::until(|| ears.memory.unheard.lock().unwrap().is_empty()).await;
}

#[tokio::test]
async fn a_history_that_fails_or_hangs_holds_up_neither_its_own_channel_nor_others() {
    let failing = |status| {
        Some(sandbox::slack::ServerError {
            status,
            ..Default::default()
        })
    };
    let of_history = || sandbox::slack::Faults {
        methods: vec!["conversations.history".to_owned()],
        ..Default::default()
    };
    tokio::join!(
        hears_on_beside(sandbox::slack::Faults {
            never_answer: Some(sandbox::slack::Broken::default()),
            ..of_history()
        }),
        hears_on_beside(sandbox::slack::Faults {
            server_error: failing(500),
            ..of_history()
        }),
        hears_on_beside(sandbox::slack::Faults {
            server_error: failing(503),
            ..of_history()
        }),
    );
}

#[tokio::test]
async fn a_history_that_is_limited_for_an_hour_holds_up_nothing() {
    let bridge = Bridge::open().await;
    let it = &bridge.stand_in;
    let (channel, ana) = bridge.channel_with("Ana");
    let mut ears = Ears::new();
    let since = now();
    ears.memory.link(channel_ref(&channel), since);
    it.set_faults(
        None,
        sandbox::slack::Faults {
            methods: vec!["conversations.history".to_owned()],
            rate_limit_s: Some(3_600.0),
            ..Default::default()
        },
    );
    let _receiving = ears.start(&bridge);
    crate::intake::sockets(&bridge, 1).await;
    it.say(&channel, &ana, "now").unwrap();
    assert_snapshot!(ears.next().await, @r#"Ana (Person) posted #1: "now""#);
    let unheard = ears.memory.unheard.lock().unwrap().clone();
    assert_eq!(unheard.get(&channel_ref(&channel)), Some(&since));
}

#[tokio::test]
async fn a_thread_that_cannot_be_read_keeps_the_channel_in_order() {
    let bridge = Bridge::open().await;
    let it = &bridge.stand_in;
    let (channel, ana) = bridge.channel_with("Ana");
    let mut ears = Ears::new();
    ears.memory.link(channel_ref(&channel), now());
    let root = it.say(&channel, &ana, "root").unwrap();
    it.reply_in_thread(&channel, root, &ana, "reply").unwrap();
    it.say(&channel, &ana, "before").unwrap();
    it.forget_undelivered();
    it.set_faults(
        None,
        sandbox::slack::Faults {
            methods: vec!["conversations.replies".to_owned()],
            server_error: Some(sandbox::slack::ServerError::default()),
            ..Default::default()
        },
    );
    let _receiving = ears.start(&bridge);
    crate::intake::sockets(&bridge, 1).await;
    it.say(&channel, &ana, "now").unwrap();
    assert_snapshot!(ears.next_lines(3).await, @r#"
    Ana (Person) posted #1: "root"
    Ana (Person) posted #2: "before"
    Ana (Person) posted #3: "now"
    "#);
    it.set_faults(None, sandbox::slack::Faults::default());
    assert_snapshot!(ears.next().await, @r#"Ana (Person) posted #4 in #1: "reply""#);
}
