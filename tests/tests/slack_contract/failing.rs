//! What goes wrong, by the name of what to do next.

use std::time::{Duration, Instant};

use conversation::{Operation, SendError};
use insta::assert_snapshot;
use sandbox::slack::{Broken, ErrorAnswer, Faults, RetryAfter, ServerError};

use crate::bridge::{Bridge, a_picture, carrying, words};
use crate::intake::Ears;

fn next() -> Option<u64> {
    Some(1)
}

#[tokio::test]
async fn a_429_is_waited_out_and_nothing_goes_out_before() {
    let bridge = Bridge::open().await;
    let (channel, _) = bridge.channel_with("Ana");
    let limited = |retry_after| Faults {
        methods: vec!["chat.postMessage".to_owned()],
        rate_limit_s: Some(2.0),
        retry_after,
        ..Faults::default()
    };
    bridge
        .stand_in
        .set_faults(None, limited(RetryAfter::Honest));
    for _ in 0..3 {
        let SendError::RateLimited { wait } = bridge.refusal(&channel, words("a")).await else {
            panic!("not limited")
        };
        assert!(wait <= Duration::from_secs(2), "{wait:?}");
    }
    assert_eq!(bridge.stand_in.early_requests(), 0);
    for (odd, most) in [
        (RetryAfter::Huge, 3600),
        (RetryAfter::Words, 5),
        (RetryAfter::Missing, 5),
    ] {
        let other = bridge
            .stand_in
            .add_channel(&format!("{odd:?}").to_lowercase());
        bridge.stand_in.set_faults(None, limited(odd));
        let limited = bridge.refusal(&other, words("a")).await;
        let wait = Duration::from_secs(most);
        assert_eq!(limited, SendError::RateLimited { wait }, "{odd:?}");
    }
    bridge.assert_legal();
}

#[tokio::test]
async fn our_own_pace_answers_at_once() {
    let bridge = Bridge::open_with(|it| it.pace.per_channel_per_s = 1).await;
    let (channel, _) = bridge.channel_with("Ana");
    let start = Instant::now();
    for _ in 0..3 {
        bridge.post(&channel, words("a")).await;
    }
    let limited = bridge.refusal(&channel, words("a")).await;
    assert!(
        matches!(limited, SendError::RateLimited { .. }),
        "{limited:?}"
    );
    assert!(start.elapsed() < Duration::from_secs(3));
}

/// R7: as the core does, each wait is kept, and Slack never has to ask for one.
#[tokio::test]
async fn within_our_own_pace_slack_asks_for_no_wait() {
    let bridge = Bridge::open_with(|it| it.pace.per_channel_per_s = 1).await;
    let (channel, _) = bridge.channel_with("Ana");
    bridge.stand_in.set_faults(
        None,
        Faults {
            real_limits: true,
            ..Faults::default()
        },
    );
    let mut posted = 0;
    while posted < 6 {
        let operation = Operation::Post(Box::new(words("a")));
        match bridge.send(&channel, operation).await {
            Ok(_) => posted += 1,
            Err(SendError::RateLimited { wait }) => tokio::time::sleep(wait).await,
            Err(other) => panic!("{other}"),
        }
    }
    let errors = bridge.stand_in.counters().errors;
    assert!(errors.is_empty(), "{errors:?}");
}

#[tokio::test]
async fn what_may_have_arrived_is_in_doubt_and_what_did_not_is_tried_again() {
    let bridge = Bridge::open_with(|it| it.request_timeout_s = 1).await;
    let (channel, _) = bridge.channel_with("Ana");
    let broken = || {
        Some(Broken {
            accepted: true,
            next: next(),
            ..Broken::default()
        })
    };
    let error = |error: &str| {
        Some(ErrorAnswer {
            error: error.to_owned(),
            next: next(),
            ..ErrorAnswer::default()
        })
    };
    let status = |status| {
        Some(ServerError {
            status,
            next: next(),
            ..ServerError::default()
        })
    };
    let mut seen = Vec::new();
    for faults in [
        Faults {
            cut: broken(),
            ..Faults::default()
        },
        Faults {
            never_answer: broken(),
            ..Faults::default()
        },
        Faults {
            malformed: broken(),
            ..Faults::default()
        },
        Faults {
            error: error("fatal_error"),
            ..Faults::default()
        },
        Faults {
            error: error(""),
            ..Faults::default()
        },
        Faults {
            server_error: status(500),
            ..Faults::default()
        },
        Faults {
            server_error: status(503),
            ..Faults::default()
        },
        Faults {
            error: error("msg_too_long"),
            ..Faults::default()
        },
    ] {
        bridge.stand_in.set_faults(None, faults);
        let failed = format!("{:?}", bridge.refusal(&channel, words("a")).await);
        seen.push(failed.split('(').next().unwrap().to_owned());
    }
    assert_snapshot!(seen.join(" "), @"Uncertain Uncertain Uncertain Uncertain Uncertain Uncertain Unavailable Refused");
    let nowhere = Bridge::open_with(|it| it.api_url = "http://127.0.0.1:1/api".to_owned()).await;
    let failed = nowhere.refusal(&channel, words("a")).await;
    assert!(matches!(failed, SendError::Unavailable(_)), "{failed:?}");
}

#[tokio::test]
async fn a_closed_channel_says_how_it_is_opened() {
    let bridge = Bridge::open().await;
    let (channel, ana) = bridge.channel_with("Ana");
    let private = bridge.stand_in.add_private_channel("board");
    assert_snapshot!(bridge.refusal(&private, words("a")).await, @"the channel is closed to us: channel_not_found: write /invite @Causeway in the channel");
    bridge.stand_in.archive(&channel, &ana).unwrap();
    assert_snapshot!(bridge.refusal(&channel, words("a")).await, @"the channel is closed to us: is_archived: unarchive the channel");
    bridge.stand_in.unarchive(&channel, &ana).unwrap();
    bridge.stand_in.remove_bot(&channel).unwrap();
    bridge.stand_in.take_scope("channels:join");
    assert_snapshot!(bridge.refusal(&channel, words("a")).await, @"the channel is closed to us: not_in_channel: write /invite @Causeway in the channel");
    bridge.assert_legal();
}

#[tokio::test]
async fn a_missing_scope_is_named_with_its_cure() {
    let bridge = Bridge::open().await;
    let (channel, _) = bridge.channel_with("Ana");
    bridge.stand_in.take_scope("chat:write.customize");
    let refusal = bridge.refusal(&channel, words("a")).await.to_string();
    assert!(refusal.starts_with("the channel is closed to us: missing_scope: the app lacks the scope chat:write.customize"), "{refusal}");
    bridge.stand_in.grant_scope("chat:write.customize");
    bridge.stand_in.take_scope("files:write");
    let folder = tempfile::tempdir().unwrap();
    let picture = carrying(words(""), vec![a_picture(&folder, "a.png", b"a")]);
    let refusal = bridge.refusal(&channel, picture).await.to_string();
    assert!(refusal.contains("files:write"), "{refusal}");
}

#[tokio::test]
async fn a_revoked_token_ends_the_account() {
    let bridge = Bridge::open().await;
    let (channel, _) = bridge.channel_with("Ana");
    let (_ears, receiving) = Ears::listen(&bridge).await;
    bridge.stand_in.uninstall();
    let end = tokio::time::timeout(Duration::from_secs(20), receiving)
        .await
        .unwrap()
        .unwrap();
    assert!(matches!(end, SendError::Unauthorised(_)), "{end:?}");
    assert_snapshot!(bridge.refusal(&channel, words("a")).await, @"the account cannot be used: token_revoked: install the app again in this workspace, then copy its new `slack.bot_token`");
    let again = Ears::new().start(&bridge);
    let end = tokio::time::timeout(Duration::from_secs(20), again)
        .await
        .unwrap()
        .unwrap();
    assert!(matches!(end, SendError::Unauthorised(_)), "{end:?}");
}

#[tokio::test]
async fn a_wrong_token_of_either_kind_ends_the_account() {
    for change in [
        (|it: &mut slack::Settings| it.bot_token = slack::Secret::new("xoxb-wrong"))
            as fn(&mut slack::Settings),
        |it| it.app_token = slack::Secret::new("xapp-wrong"),
    ] {
        let bridge = Bridge::open_with(change).await;
        let receiving = Ears::new().start(&bridge);
        let end = tokio::time::timeout(Duration::from_secs(20), receiving)
            .await
            .unwrap()
            .unwrap();
        assert!(matches!(end, SendError::Unauthorised(_)), "{end:?}");
    }
}

#[tokio::test]
async fn an_operation_without_a_place_is_refused() {
    let bridge = Bridge::open().await;
    let (channel, _) = bridge.channel_with("Ana");
    let targets = vec!["odd".into()];
    let odd = bridge
        .send(&channel, Operation::Delete { targets })
        .await
        .unwrap_err();
    assert!(matches!(odd, SendError::Refused(_)), "{odd:?}");
    let nowhere = sandbox::slack::ChannelId("general".to_owned());
    let odd = bridge.refusal(&nowhere, words("a")).await;
    assert_snapshot!(odd, @"the platform refused the message: slack:general is no channel of Slack: write slack:C…, as in the channel's details");
}
