//! Faults of requests, and the name that the adapter gives them.

use std::time::Duration;

use conversation::SendError;
use insta::assert_snapshot;
use sandbox::discord::{Faults, RateLimit, ServerError};

use crate::bridge::{Bridge, post, words};

#[tokio::test]
async fn a_wait_is_kept_in_its_channel_and_nowhere_else() {
    let bridge = Bridge::open().await;
    let (channel, _) = bridge.channel_with("Ana");
    let other = bridge.stand_in.add_text_channel("other");
    bridge.post(channel, words("one")).await;
    bridge.post(other, words("one")).await;
    let limit = Faults {
        rate_limit: Some(RateLimit {
            for_s: 600.0,
            ..RateLimit::default()
        }),
        ..Faults::default()
    };
    bridge.stand_in.set_faults(Some(channel), limit);
    for _ in 0..3 {
        let error = bridge.fails(channel, post(words("two"))).await;
        let SendError::RateLimited { wait } = error else {
            panic!("the channel asked to be left alone: {error:?}");
        };
        assert!(
            wait > Duration::from_secs(590) && wait <= Duration::from_secs(600),
            "{wait:?}"
        );
    }
    assert_eq!(bridge.stand_in.early_requests(), 0);
    bridge.post(other, words("two")).await;
}

#[tokio::test]
async fn a_wait_for_all_is_kept_everywhere_and_nonsense_is_five_seconds() {
    for (says, least, most) in [
        (None, 19, 20),
        (Some("soon"), 4, 5),
        (Some("-1"), 4, 5),
        (Some("1e99"), 4, 3600),
    ] {
        let bridge = Bridge::open().await;
        let (channel, _) = bridge.channel_with("Ana");
        let other = bridge.stand_in.add_text_channel("other");
        bridge.post(other, words("one")).await;
        let limit = Faults {
            rate_limit: Some(RateLimit {
                for_s: 20.0,
                global: true,
                says: says.map(str::to_owned),
                from_proxy: false,
            }),
            ..Faults::default()
        };
        bridge.stand_in.set_faults(None, limit);
        let error = bridge.fails(channel, post(words("two"))).await;
        let SendError::RateLimited { wait } = error else {
            panic!("{says:?} {error:?}");
        };
        assert!(
            (least..=most).contains(
                &wait
                    .as_secs_f64()
                    .round()
                    .abs()
                    .to_string()
                    .parse::<u64>()
                    .unwrap()
            ),
            "{says:?} {wait:?}"
        );
        let error = bridge.fails(other, post(words("two"))).await;
        assert!(matches!(error, SendError::RateLimited { .. }), "{error:?}");
    }
}

#[tokio::test]
async fn what_stands_before_discord_turns_away_all_that_we_ask() {
    let bridge = Bridge::open().await;
    let (channel, _) = bridge.channel_with("Ana");
    let other = bridge.stand_in.add_text_channel("other");
    bridge.post(other, words("one")).await;
    let limit = Faults {
        rate_limit: Some(RateLimit {
            for_s: 20.0,
            from_proxy: true,
            ..RateLimit::default()
        }),
        ..Faults::default()
    };
    bridge.stand_in.set_faults(Some(channel), limit);
    for place in [channel, other] {
        let error = bridge.fails(place, post(words("two"))).await;
        assert!(matches!(error, SendError::RateLimited { .. }), "{error:?}");
    }
}

#[tokio::test]
async fn the_real_limits_are_never_overrun() {
    let bridge = Bridge::open().await;
    let (channel, _) = bridge.channel_with("Ana");
    let real = Faults {
        real_limits: true,
        ..Faults::default()
    };
    bridge.stand_in.set_faults(None, real);
    let mut limited = 0;
    for _ in 0..30 {
        match bridge.send(channel, post(words("again"))).await {
            Ok(_) => {}
            Err(SendError::RateLimited { .. }) => limited += 1,
            Err(other) => panic!("{other:?}"),
        }
    }
    assert!(limited > 0);
    assert_eq!(bridge.stand_in.counters().errors.get(&429), None);
}

#[tokio::test]
async fn errors_of_the_server_are_named_by_what_to_do_next() {
    let bridge = Bridge::open().await;
    let (channel, _) = bridge.channel_with("Ana");
    bridge.post(channel, words("one")).await;
    let mut names = Vec::new();
    for status in [500, 502, 503, 504] {
        let fault = Faults {
            server_error: Some(ServerError {
                status,
                ..ServerError::default()
            }),
            ..Faults::default()
        };
        bridge.stand_in.set_faults(Some(channel), fault);
        let error = bridge.fails(channel, post(words("two"))).await;
        let name = format!("{error:?}");
        names.push(format!("{status} {}", name.split('(').next().unwrap()));
    }
    assert_snapshot!(names.join("\n"), @r"
    500 Uncertain
    502 Uncertain
    503 Unavailable
    504 Uncertain
    ");
    bridge.stand_in.set_faults(Some(channel), Faults::default());
    bridge.post(channel, words("two")).await;
}

#[tokio::test]
async fn without_a_connection_nothing_was_sent() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let nowhere = format!("http://{}/api/v10", listener.local_addr().unwrap());
    drop(listener);
    let bridge = Bridge::open_with(|it| it.api_url = nowhere).await;
    let (channel, _) = bridge.channel_with("Ana");
    let error = bridge.fails(channel, post(words("one"))).await;
    assert!(matches!(error, SendError::Unavailable(_)), "{error:?}");
}
