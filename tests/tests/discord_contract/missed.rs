//! What was said while we were away, and doubts after a crash.

use std::time::Duration;

use conversation::{Reconciled, SendError};
use insta::assert_snapshot;
use sandbox::discord::{Broken, ChannelId, Faults, Permission, RateLimit, ServerError};

use crate::bridge::{Bridge, answering, id, now, post, reference, words};
use crate::intake::{Ears, until};

#[tokio::test]
async fn after_an_outage_channel_and_threads_are_read() {
    let bridge = Bridge::open().await;
    let (channel, ana) = bridge.channel_with("Ana");
    let it = &bridge.stand_in;
    let old = it.say(channel, ana, "one").unwrap();
    let since = now();
    let second = it.say(channel, ana, "two").unwrap();
    let thread = it.start_thread(channel, ana, second, "Guests").unwrap();
    it.say(thread, ana, "in the thread").unwrap();
    it.say(channel, ana, "three").unwrap();
    it.edit(channel, old, ana, "one!").unwrap();
    it.set_archived(thread, true).unwrap();
    let mut ears = Ears::new();
    ears.memory.link(reference(channel), since);
    let _receiving = ears.open(&bridge).await;
    let lines = ears.next_lines(5).await;
    assert_snapshot!(lines, @r#"
    Ana posted 1: "one!"
    Ana edited 1: "one!"
    Ana posted 2: "two"
    Ana posted 2/3 in reply to 2 in thread 2: "in the thread"
    Ana posted 4: "three"
    "#);
    assert!(ears.has_heard_nothing());
}

#[tokio::test]
async fn after_an_outage_a_forum_is_read() {
    let bridge = Bridge::open().await;
    let it = &bridge.stand_in;
    let ana = it.add_member("Ana");
    let forum = it.add_forum("ideas");
    let mut ears = Ears::new();
    ears.memory.link(reference(forum), now());
    it.forum_post(forum, ana, "A garden", "On the roof?")
        .unwrap();
    let _receiving = ears.open(&bridge).await;
    assert_snapshot!(ears.next_lines(1).await, @r#"Ana posted 1/1 in thread 1 under "A garden": "On the roof?""#);
    assert!(ears.has_heard_nothing());
}

#[tokio::test]
async fn many_pages_come_in_order() {
    let bridge = Bridge::open().await;
    let (channel, ana) = bridge.channel_with("Ana");
    let it = &bridge.stand_in;
    let since = now();
    let root = it.say(channel, ana, "root").unwrap();
    let thread = it.start_thread(channel, ana, root, "Guests").unwrap();
    for number in 0..250 {
        let at = if number % 5 == 0 { thread } else { channel };
        it.say(at, ana, number.to_string().as_str()).unwrap();
    }
    let mut ears = Ears::new();
    ears.memory.link(reference(channel), since);
    let _receiving = ears.open(&bridge).await;
    ears.next().await;
    for number in 0..250 {
        let line = ears.next_lines(1).await;
        assert!(line.ends_with(&format!("\"{number}\"")), "{number}: {line}");
    }
    assert!(ears.has_heard_nothing());
}

#[tokio::test]
async fn a_history_that_is_shut_is_told_as_missed() {
    let bridge = Bridge::open().await;
    let (channel, ana) = bridge.channel_with("Ana");
    let since = now();
    bridge.stand_in.say(channel, ana, "one").unwrap();
    bridge
        .stand_in
        .deny(channel, Permission::ReadMessageHistory)
        .unwrap();
    let mut ears = Ears::new();
    ears.memory.link(reference(channel), since);
    let _receiving = ears.open(&bridge).await;
    assert_snapshot!(ears.next_lines(1).await, @"Somebody missed");
}

#[tokio::test]
async fn a_thread_that_is_shut_or_gone_keeps_nothing_else_back() {
    use sandbox::discord::Forbidden;
    let bridge = Bridge::open().await;
    let (channel, ana) = bridge.channel_with("Ana");
    let it = &bridge.stand_in;
    let since = now();
    let root = it.say(channel, ana, "root").unwrap();
    let shut = it.start_thread(channel, ana, root, "Guests").unwrap();
    it.say(shut, ana, "unheard").unwrap();
    let other = it.say(channel, ana, "other").unwrap();
    let open = it.start_thread(channel, ana, other, "Food").unwrap();
    it.say(open, ana, "soup").unwrap();
    let faults = Faults {
        routes: vec!["GET /channels/{channel_id}/messages".to_owned()],
        forbidden: Some(Forbidden::MissingAccess),
        ..Faults::default()
    };
    it.set_faults(Some(shut), faults);
    let mut ears = Ears::new();
    ears.memory.link(reference(channel), since);
    let _receiving = ears.open(&bridge).await;
    assert_snapshot!(ears.next_lines(4).await, @r#"
    Ana posted 1: "root"
    Ana posted 2: "other"
    Ana posted 2/3 in reply to 2 in thread 2: "soup"
    Somebody missed
    "#);
}

#[tokio::test]
async fn threads_that_may_not_be_listed_do_not_hide_the_channel() {
    let bridge = Bridge::open().await;
    let (channel, ana) = bridge.channel_with("Ana");
    let it = &bridge.stand_in;
    let since = now();
    it.say(channel, ana, "one").unwrap();
    let faults = Faults {
        routes: vec!["archived".to_owned()],
        forbidden: Some(sandbox::discord::Forbidden::MissingAccess),
        ..Faults::default()
    };
    it.set_faults(Some(channel), faults);
    let mut ears = Ears::new();
    ears.memory.link(reference(channel), since);
    let _receiving = ears.open(&bridge).await;
    assert_snapshot!(ears.next_lines(2).await, @r#"
    Ana posted 1: "one"
    Somebody missed
    "#);
}

fn broken(accepted: bool) -> Option<Broken> {
    Some(Broken {
        accepted,
        next: Some(1),
        for_s: None,
    })
}

#[tokio::test]
async fn a_doubt_is_settled_by_the_history() {
    let bridge = Bridge::open_with(|it| it.request_timeout_s = 1).await;
    let (channel, ana) = bridge.channel_with("Ana");
    bridge.post(channel, words("hello")).await;
    let asked = bridge.stand_in.say(channel, ana, "Who comes?").unwrap();
    bridge
        .post(channel, answering(&id(asked), words("Bo does")))
        .await;
    for (number, accepted) in [true, false, true, false].into_iter().enumerate() {
        let fault = match number {
            0 | 1 => Faults {
                cut: broken(accepted),
                ..Faults::default()
            },
            _ => Faults {
                never_answer: broken(accepted),
                ..Faults::default()
            },
        };
        let fault = Faults {
            routes: vec!["POST /webhooks/{webhook_id}/{webhook_token}".to_owned()],
            ..fault
        };
        bridge.stand_in.set_faults(None, fault);
        let mut said = answering(&id(asked), words(&format!("me {number}")));
        if number % 2 == 0 {
            said.reply = None;
        }
        let error = bridge.fails(channel, post(said.clone())).await;
        assert!(matches!(error, SendError::Uncertain(_)), "{error:?}");
        bridge.stand_in.set_faults(None, Faults::default());
        tokio::time::sleep(Duration::from_millis(50)).await;
        let found = bridge.look(channel, said).await;
        match accepted {
            true => assert!(matches!(found, Reconciled::Found(_)), "{number}"),
            false => assert_eq!(found, Reconciled::NotFound, "{number}"),
        }
    }
}

/// It is asked before a session tells who we are.
#[tokio::test]
async fn a_doubt_is_settled_by_the_history_right_after_a_restart() {
    let mut settings = None;
    let bridge = Bridge::open_with(|it| settings = Some(it.clone())).await;
    let (channel, _) = bridge.channel_with("Ana");
    bridge.post(channel, words("hello")).await;
    let again = bridge.restarted(settings.unwrap());
    let found = again.look(channel, words("hello")).await;
    assert!(matches!(found, Reconciled::Found(_)), "{found:?}");
}

#[tokio::test]
async fn an_empty_history_that_we_may_not_read_settles_nothing() {
    let bridge = Bridge::open().await;
    let (channel, _) = bridge.channel_with("Ana");
    assert_eq!(
        bridge.look(channel, words("hello")).await,
        Reconciled::NotFound
    );
    bridge.post(channel, words("hello")).await;
    bridge
        .stand_in
        .deny(channel, Permission::ReadMessageHistory)
        .unwrap();
    let found = bridge.look(channel, words("hello")).await;
    assert_eq!(found, Reconciled::CannotTell);
}

#[tokio::test]
async fn an_equal_message_of_the_same_author_is_not_taken_for_the_lost_one() {
    let bridge = Bridge::open().await;
    let (channel, _) = bridge.channel_with("Ana");
    bridge.post(channel, words("ok")).await;
    let mut lost = crate::bridge::outbound(channel, post(words("ok")));
    lost.key = "d2.0".to_owned();
    let found = conversation::Adapter::reconcile(&*bridge.adapter, &lost)
        .await
        .unwrap();
    assert_eq!(found, Reconciled::NotFound);
}

#[tokio::test]
async fn a_doubt_about_a_new_post_of_a_forum_is_settled() {
    let bridge = Bridge::open().await;
    let forum = bridge.stand_in.add_forum("ideas");
    bridge.post(forum, words("one")).await;
    assert_eq!(
        bridge.look(forum, words("A garden?")).await,
        Reconciled::NotFound
    );
    let fault = Faults {
        cut: broken(true),
        routes: vec!["POST /webhooks/{webhook_id}/{webhook_token}".to_owned()],
        ..Faults::default()
    };
    bridge.stand_in.set_faults(None, fault);
    let error = bridge.fails(forum, post(words("A garden?"))).await;
    assert!(matches!(error, SendError::Uncertain(_)), "{error:?}");
    let Reconciled::Found(receipt) = bridge.look(forum, words("A garden?")).await else {
        panic!("it stands there");
    };
    assert!(receipt.thread.is_some());
}

/// Three channels whose history does not come, and one that is well: in each "1" was said while nobody listened, and "2" is
/// said afterwards.
async fn hears_on_beside(faults: Faults) {
    let bridge = Bridge::open().await;
    let it = &bridge.stand_in;
    let ana = it.add_member("Ana");
    let ears = Ears::new();
    let since = now();
    let channels = ["one", "two", "three", "well"].map(|name| {
        let channel = it.add_text_channel(name);
        ears.memory.link(reference(channel), since);
        it.say(channel, ana, "1").unwrap();
        channel
    });
    let (ill, well) = channels.split_at(3);
    for channel in ill {
        it.set_faults(Some(*channel), faults.clone());
    }
    let _receiving = ears.open(&bridge).await;
    for channel in channels {
        it.say(channel, ana, "2").unwrap();
    }
    let heard = |channel: &ChannelId| ears.memory.numbers(&reference(*channel));
    until("the news", || {
        channels.iter().all(|it| heard(it).contains(&2))
    })
    .await;
    let took = now().0 - since.0;
    assert!(took < 20_000, "{took} ms");
    assert_eq!(heard(&well[0]), [1, 2]);
    let unheard = ears.memory.unheard.lock().unwrap().clone();
    let unheard: Vec<_> = ill.iter().map(|it| unheard.get(&reference(*it))).collect();
    assert_eq!(unheard, [Some(&since); 3]);
    for channel in ill {
        assert_eq!(heard(channel), [2]);
        it.set_faults(Some(*channel), Faults::default());
    }
    until("the rest", || ill.iter().all(|it| heard(it) == [2, 1])).await;
    let is_noted = || !ears.memory.unheard.lock().unwrap().is_empty();
    until("the gaps closed", || !is_noted()).await;
}

fn at(routes: &str) -> Faults {
    Faults {
        routes: vec![routes.to_owned()],
        ..Faults::default()
    }
}

#[tokio::test]
async fn a_history_that_fails_or_hangs_holds_up_neither_its_own_channel_nor_others() {
    let hanging = |routes| Faults {
        never_answer: Some(Broken::default()),
        ..at(routes)
    };
    let failing = |status| Faults {
        server_error: Some(ServerError {
            status,
            ..ServerError::default()
        }),
        ..at("GET /channels/{channel_id}/messages")
    };
    tokio::join!(
        hears_on_beside(hanging("GET /channels/{channel_id}/messages")),
        hears_on_beside(hanging("GET /channels/{channel_id}")),
        hears_on_beside(failing(500)),
        hears_on_beside(failing(503)),
    );
}

#[tokio::test]
async fn a_history_that_is_limited_for_an_hour_holds_up_nothing() {
    let bridge = Bridge::open().await;
    let (channel, ana) = bridge.channel_with("Ana");
    let mut ears = Ears::new();
    let since = now();
    ears.memory.link(reference(channel), since);
    let limited = Faults {
        rate_limit: Some(RateLimit {
            for_s: 3_600.0,
            ..RateLimit::default()
        }),
        ..at("GET /channels/{channel_id}/messages")
    };
    bridge.stand_in.set_faults(None, limited);
    let _receiving = ears.open(&bridge).await;
    bridge.stand_in.say(channel, ana, "now").unwrap();
    assert_snapshot!(ears.next_lines(1).await, @r#"Ana posted 1: "now""#);
    let unheard = ears.memory.unheard.lock().unwrap().clone();
    assert_eq!(unheard.get(&reference(channel)), Some(&since));
}
