//! Every fault that the stand-in knows, and the name that the adapter gives it.

use std::time::Duration;

use conversation::{ChannelRef, Operation, SendError};
use insta::assert_snapshot;
use sandbox::telegram::{Broken, ChatId, Faults, Forbidden, ServerError};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::bridge::{Bridge, channel, words};
use crate::intake::{Ears, line};

fn a_post() -> Operation {
    Operation::Post(Box::new(words("Bo: me")))
}

impl Bridge {
    async fn fails(&self, channel: &ChannelRef, operation: Operation) -> SendError {
        self.send(channel, operation).await.unwrap_err()
    }

    /// How many messages of ours stand in a chat.
    fn said(&self, chat: ChatId) -> usize {
        self.seen(chat).lines().count()
    }
}

fn status(status: u16) -> Faults {
    Faults {
        server_error: Some(ServerError {
            status,
            ..ServerError::default()
        }),
        ..Faults::default()
    }
}

#[tokio::test]
async fn a_wait_of_ten_minutes_is_kept() {
    let bridge = Bridge::open().await;
    let (chat, _) = bridge.group_with("Ana");
    let (other, _) = bridge.group_with("Bo");
    let limit = Faults {
        rate_limit_s: Some(600.0),
        ..Faults::default()
    };
    bridge.stand_in.set_faults(Some(chat), limit);
    for _ in 0..3 {
        let SendError::RateLimited { wait } = bridge.fails(&channel(chat), a_post()).await else {
            panic!("the chat asked to be left alone");
        };
        assert!(
            wait > Duration::from_secs(590) && wait <= Duration::from_secs(600),
            "{wait:?}"
        );
    }
    assert_eq!(bridge.stand_in.counters().by_method["sendMessage"], 1);
    assert_eq!(bridge.stand_in.early_requests(), 0);
    bridge.post(&channel(other), words("Bo: me")).await;
    bridge.assert_legal();
}

#[tokio::test]
async fn errors_of_the_server_are_named_by_what_to_do_next() {
    let bridge = Bridge::open().await;
    let (chat, _) = bridge.group_with("Ana");
    let (elsewhere, _) = bridge.group_with("Bo");
    let mut names = Vec::new();
    for (at, code) in [
        (chat, 500),
        (chat, 502),
        (chat, 503),
        (chat, 504),
        (elsewhere, 429),
    ] {
        bridge.stand_in.set_faults(Some(at), status(code));
        let error = bridge.fails(&channel(at), a_post()).await;
        names.push(format!("{code} {error:?}"));
    }
    assert_snapshot!(names.join("\n"), @r#"
    500 Unavailable("Internal Server Error")
    502 Unavailable("Bad Gateway")
    503 Unavailable("Service Unavailable")
    504 Unavailable("Gateway Timeout")
    429 RateLimited { wait: 5s }
    "#);
    assert_eq!(bridge.said(chat), 0);
    bridge.stand_in.set_faults(Some(chat), Faults::default());
    bridge.post(&channel(chat), words("Bo: me")).await;
    bridge.assert_legal();
}

/// Answers each call in the same way.
async fn answers(status: u16, body: &str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let length = body.len();
    let answer = format!("HTTP/1.1 {status} x\r\ncontent-length: {length}\r\n\r\n{body}");
    tokio::spawn(async move {
        while let Ok((mut socket, _)) = listener.accept().await {
            let mut request = [0; 4096];
            assert!(socket.read(&mut request).await.unwrap() > 0);
            socket.write_all(answer.as_bytes()).await.unwrap();
        }
    });
    url
}

/// What stands before Telegram does not speak its JSON, and Telegram never says no without a code.
#[tokio::test]
async fn what_is_no_word_of_telegrams_refuses_nothing() {
    let mut seen = Vec::new();
    for (status, body) in [
        (502, "<html>Oh no.</html>"),
        (403, "<html>Oh no.</html>"),
        (404, r#"{"ok":false}"#),
        (400, r#"{"ok":false}"#),
        (400, r#"{"ok":true,"result":{}}"#),
        (400, "{}"),
        (200, r#"{"ok":false}"#),
        (200, r#"{"ok":false,"description":" "}"#),
        (200, r#"{"ok":false,"error_code":0,"description":"x"}"#),
        (200, r#"{"ok":true}"#),
        (200, "{}"),
        (200, ""),
        (200, "<html>Welcome</html>"),
        (400, r#"{"ok":false,"error_code":400}"#),
    ] {
        let url = answers(status, body).await;
        let bridge = Bridge::open_with(|settings| settings.api_url = url).await;
        let (chat, _) = bridge.group_with("Ana");
        let error = bridge.fails(&channel(chat), a_post()).await;
        seen.push(format!("{status} {body} {error:?}"));
    }
    assert_snapshot!(seen.join("\n"), @r#"
    502 <html>Oh no.</html> Unavailable("HTTP status 502")
    403 <html>Oh no.</html> Unavailable("HTTP status 403")
    404 {"ok":false} Unavailable("HTTP status 404")
    400 {"ok":false} Unavailable("HTTP status 400")
    400 {"ok":true,"result":{}} Unavailable("HTTP status 400")
    400 {} Unavailable("HTTP status 400")
    200 {"ok":false} Uncertain("the answer says neither yes nor no")
    200 {"ok":false,"description":" "} Uncertain("the answer says neither yes nor no")
    200 {"ok":false,"error_code":0,"description":"x"} Uncertain("the answer says neither yes nor no")
    200 {"ok":true} Uncertain("the answer says neither yes nor no")
    200 {} Uncertain("the answer is not Telegram's JSON")
    200  Uncertain("the answer is not Telegram's JSON")
    200 <html>Welcome</html> Uncertain("the answer is not Telegram's JSON")
    400 {"ok":false,"error_code":400} Refused("no reason is given")
    "#);
}

#[tokio::test]
async fn whoever_is_gone_before_answering_leaves_a_post_in_doubt() {
    let bridge = Bridge::open_with(|settings| settings.request_timeout_s = 1).await;
    let mut names = Vec::new();
    for accepted in [false, true] {
        let broken = || {
            Some(Broken {
                accepted,
                next: Some(1),
                for_s: None,
            })
        };
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
        ] {
            let (chat, _) = bridge.group_with("Ana");
            bridge.stand_in.set_faults(Some(chat), faults);
            let error = bridge.fails(&channel(chat), a_post()).await;
            assert!(matches!(error, SendError::Uncertain(_)), "{error:?}");
            names.push(format!("{error}, and there stand {}", bridge.said(chat)));
        }
    }
    assert_snapshot!(names.join("\n"), @r"
    no answer after the message went out: connection closed before message completed, and there stand 0
    no answer after the message went out: operation timed out, and there stand 0
    no answer after the message went out: the answer is not Telegram's JSON, and there stand 0
    no answer after the message went out: connection closed before message completed, and there stand 1
    no answer after the message went out: operation timed out, and there stand 1
    no answer after the message went out: the answer is not Telegram's JSON, and there stand 1
    ");
    bridge.assert_legal();
}

#[tokio::test]
async fn a_lost_answer_to_an_edit_or_a_delete_is_simply_tried_again() {
    let bridge = Bridge::open().await;
    let (chat, _) = bridge.group_with("Ana");
    let targets = bridge.post(&channel(chat), words("Bo: Firday")).await;
    for operation in [
        Operation::Edit {
            targets: targets.clone(),
            post: Box::new(words("Bo: Friday")),
        },
        Operation::React {
            target: targets[0].clone(),
            emoji: vec!["👍".to_owned()],
        },
        Operation::Delete { targets },
    ] {
        let cut = Faults {
            cut: Some(Broken {
                accepted: true,
                next: Some(1),
                for_s: None,
            }),
            ..Faults::default()
        };
        bridge.stand_in.set_faults(Some(chat), cut);
        let error = bridge.fails(&channel(chat), operation.clone()).await;
        assert!(matches!(error, SendError::Unavailable(_)), "{error:?}");
        bridge.send(&channel(chat), operation).await.unwrap();
    }
    assert_eq!(bridge.said(chat), 0);
    bridge.assert_legal();
}

#[tokio::test]
async fn a_place_that_is_closed_to_us_is_gone() {
    let bridge = Bridge::open().await;
    let (chat, ana) = bridge.group_with("Ana");
    let private = ChatId::from(ana);
    let mut names = Vec::new();
    names.push(bridge.fails(&channel(private), a_post()).await);
    bridge.stand_in.say(private, None, ana, "/start").unwrap();
    bridge.stand_in.block_bot(ana).unwrap();
    names.push(bridge.fails(&channel(private), a_post()).await);
    bridge.stand_in.kick_bot(chat, ana).unwrap();
    names.push(bridge.fails(&channel(chat), a_post()).await);
    names.push(bridge.fails(&channel(ChatId(-100)), a_post()).await);
    for forbidden in [Forbidden::Kicked, Forbidden::Blocked] {
        let (chat, _) = bridge.group_with("Bo");
        let faults = Faults {
            forbidden: Some(forbidden),
            ..Faults::default()
        };
        bridge.stand_in.set_faults(Some(chat), faults);
        names.push(bridge.fails(&channel(chat), a_post()).await);
    }
    let names: Vec<String> = names.iter().map(|it| format!("{it:?}")).collect();
    assert_snapshot!(names.join("\n"), @r#"
    ChannelGone("Forbidden: bot can't initiate conversation with a user: its person must write to the bot first")
    ChannelGone("Forbidden: bot was blocked by the user: its person blocked the bot, and can unblock it")
    ChannelGone("Forbidden: bot was kicked from the supergroup chat: the bot was put out of the chat: add it again")
    ChannelGone("Bad Request: chat not found: the chat is gone for the bot: add it again, or take the chat out of its room with `causeway room unlink`")
    ChannelGone("Forbidden: bot was kicked from the supergroup chat: the bot was put out of the chat: add it again")
    ChannelGone("Forbidden: bot was blocked by the user: its person blocked the bot, and can unblock it")
    "#);
    bridge.stand_in.add_bot_back(chat, ana).unwrap();
    bridge.post(&channel(chat), words("Bo: back")).await;
    bridge.assert_legal();
}

#[tokio::test]
async fn a_group_that_became_a_supergroup_says_where_it_went() {
    let bridge = Bridge::open().await;
    let group = bridge.stand_in.add_group("Old friends");
    let supergroup = bridge.stand_in.migrate(group).unwrap();
    let error = bridge.fails(&channel(group), a_post()).await;
    assert_eq!(error, SendError::ChannelMoved(channel(supergroup)));
    bridge.post(&channel(supergroup), words("Bo: me")).await;
    bridge.assert_legal();
}

#[tokio::test]
async fn a_revoked_token_stops_sending_and_receiving() {
    let bridge = Bridge::open().await;
    let (chat, _) = bridge.group_with("Ana");
    let (_ears, receiving) = Ears::listen(&bridge).await;
    let revoked = Faults {
        unauthorised: true,
        ..Faults::default()
    };
    bridge.stand_in.set_faults(None, revoked);
    let unauthorised = bridge.fails(&channel(chat), a_post()).await;
    assert_snapshot!(unauthorised, @"the account cannot be used: Telegram does not take `telegram.token` (Unauthorized): copy it again from @BotFather");
    // What she says ends the poll that is under way; the next one is refused.
    let ana = bridge.stand_in.add_person("Ana");
    bridge
        .stand_in
        .say(ana.into(), None, ana, "anybody?")
        .unwrap();
    assert_eq!(receiving.await.unwrap(), unauthorised);
}

#[tokio::test]
async fn while_somebody_else_polls_nothing_is_lost() {
    let bridge = Bridge::open().await;
    let (chat, ana) = bridge.group_with("Ana");
    let conflict = Faults {
        conflict: true,
        ..Faults::default()
    };
    bridge.stand_in.set_faults(None, conflict);
    let (mut ears, _receiving) = Ears::listen(&bridge).await;
    bridge.stand_in.say(chat, None, ana, "Hello").unwrap();
    while !bridge.stand_in.counters().errors.contains_key(&409) {
        tokio::task::yield_now().await;
    }
    assert!(ears.has_heard_nothing());
    bridge.stand_in.set_faults(None, Faults::default());
    // She joined before she spoke.
    ears.next().await;
    assert!(line(&ears.next().await).ends_with("\"Hello\""));
    bridge.assert_legal();
}

#[tokio::test]
async fn a_server_that_is_not_there_was_sent_nothing() {
    let bridge = Bridge::open_with(|settings| settings.api_url = "http://127.0.0.1:1".into()).await;
    let (chat, _) = bridge.group_with("Ana");
    let error = bridge.fails(&channel(chat), a_post()).await;
    assert!(matches!(error, SendError::Unavailable(_)), "{error:?}");
}
