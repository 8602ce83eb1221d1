//! Words, edits, deletes and reactions, and the names of what goes wrong with them.

use conversation::{Adapter, Operation, Outbound, Reconciled, SendError};
use insta::assert_snapshot;
use serde_json::json;
use std::time::{Duration, Instant};
use telegram::{Pace, Telegram};
use tokio::io::AsyncReadExt;

use crate::support::{Reply, Server, TOKEN, a_post, ids, operation, says, settings, telegram};

fn edits(text: &str) -> Outbound {
    let post = a_post(text, Vec::new());
    let targets = ids(&["80"]);
    operation("-100", Operation::Edit { targets, post })
}

#[tokio::test]
async fn a_message_is_sent_and_its_id_comes_back() {
    let server = Server::start().await;
    let sent = telegram(&server).send(&says("-100/7", "hello")).await;
    assert_eq!(sent.unwrap().remote_ids, ids(&["500"]));
    let [call] = server.calls("sendMessage").try_into().unwrap();
    assert_snapshot!(call.body, @r#"{"chat_id":-100,"text":"hello","message_thread_id":7}"#);
}

#[tokio::test]
async fn what_is_no_chat_or_message_of_telegram_is_refused_before_anything_is_sent() {
    let server = Server::start().await;
    let telegram = telegram(&server);
    let target = "<id@example.org>".into();
    let emoji = Vec::new();
    for odd in [
        says("list@example.org", "hello"),
        says("-100", "  "),
        operation("-100", Operation::React { target, emoji }),
        operation(
            "-100",
            Operation::Delete {
                targets: ids(&["x"]),
            },
        ),
    ] {
        let error = telegram.send(&odd).await.unwrap_err();
        assert!(matches!(error, SendError::Refused(_)), "{error}");
    }
    assert!(server.calls("sendMessage").is_empty());
}

#[tokio::test]
async fn after_a_429_the_chat_is_left_alone_and_others_are_not() {
    let server = Server::start().await;
    let telegram = telegram(&server);
    let wait = Duration::from_secs(30);
    let limits = json!({"parameters": {"retry_after": 30}});
    server.answers("sendMessage", Reply::Failure(429, limits));
    let first = telegram.send(&says("-100", "one")).await;
    assert_eq!(first, Err(SendError::RateLimited { wait }));
    let Err(SendError::RateLimited { wait: left }) = telegram.send(&says("-100", "one")).await
    else {
        panic!("the chat asked to be left alone");
    };
    assert!(left <= wait && left > Duration::from_secs(20));
    telegram.send(&says("-200", "two")).await.unwrap();
    assert_eq!(server.calls("sendMessage").len(), 2);
}

#[tokio::test]
async fn our_own_count_stops_a_message_before_it_is_sent() {
    let server = Server::start().await;
    let mut settings = settings(&server.url);
    settings.pace = Pace {
        per_bot_per_s: 0,
        per_chat_per_s: 0,
        per_group_per_min: 1,
    };
    let telegram = Telegram::new(settings).unwrap();
    telegram.send(&says("-100", "one")).await.unwrap();
    let second = telegram.send(&says("-100", "two")).await;
    assert!(matches!(second, Err(SendError::RateLimited { .. })));
    assert_eq!(server.calls("sendMessage").len(), 1);
}

#[tokio::test]
async fn a_server_that_is_not_there_was_sent_nothing() {
    let telegram = Telegram::new(settings("http://127.0.0.1:1")).unwrap();
    let error = telegram.send(&says("-100", "hello")).await.unwrap_err();
    assert!(matches!(&error, SendError::Unavailable(_)), "{error}");
    assert!(!error.to_string().contains(TOKEN), "{error}");
}

#[tokio::test]
async fn a_cut_connection_leaves_a_post_in_doubt_and_an_edit_to_be_repeated() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut socket, _)) = listener.accept().await {
            let mut request = [0; 4096];
            assert!(socket.read(&mut request).await.unwrap() > 0);
        }
    });
    let telegram = Telegram::new(settings(&url)).unwrap();
    let error = telegram.send(&says("-100", "hello")).await.unwrap_err();
    assert!(matches!(&error, SendError::Uncertain(_)), "{error}");
    assert!(!error.to_string().contains(TOKEN), "{error}");
    let error = telegram.send(&edits("hello")).await.unwrap_err();
    assert!(matches!(&error, SendError::Unavailable(_)), "{error}");
}

#[tokio::test]
async fn a_server_that_never_answers_is_given_up_and_leaves_a_post_in_doubt() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut settings = settings(&format!("http://{}", listener.local_addr().unwrap()));
    settings.request_timeout_s = 1;
    let telegram = Telegram::new(settings).unwrap();
    let asked = Instant::now();
    let error = telegram.send(&says("-100", "hello")).await.unwrap_err();
    assert!(matches!(&error, SendError::Uncertain(_)), "{error}");
    assert!(asked.elapsed() < Duration::from_secs(5));
}

#[tokio::test]
async fn an_answer_that_cannot_be_read_leaves_a_post_in_doubt() {
    let server = Server::start().await;
    let telegram = telegram(&server);
    for reply in [
        Reply::CutOff,
        Reply::Text(200, "<html>fine</html>"),
        Reply::Text(200, ""),
        Reply::Result(json!({"message_id": "x"})),
    ] {
        server.answers("sendMessage", reply);
        let error = telegram.send(&says("-100", "hello")).await.unwrap_err();
        assert!(matches!(&error, SendError::Uncertain(_)), "{error}");
    }
}

#[tokio::test]
async fn the_outcomes_of_a_post_have_names() {
    let server = Server::start().await;
    let telegram = telegram(&server);
    let description = |text: &str| json!({ "description": text });
    let mut told = Vec::new();
    for (code, rest) in [
        (500, json!({})),
        (502, json!({})),
        (401, description("Unauthorized")),
        (
            403,
            description("Forbidden: bot was kicked from the group chat"),
        ),
        (400, description("Bad Request: chat not found")),
        (400, description("Bad Request: message is too long")),
        (400, json!({"parameters": {"migrate_to_chat_id": -1_005}})),
    ] {
        server.answers("sendMessage", Reply::Failure(code, rest));
        let error = telegram.send(&says("-100", "hello")).await.unwrap_err();
        told.push(error.to_string());
    }
    assert_snapshot!(told.join("\n"), @r"
    the platform cannot be reached: Oops
    the platform cannot be reached: Oops
    the account cannot be used: Telegram does not take `telegram.token` (Unauthorized): copy it again from @BotFather
    the channel is closed to us: Forbidden: bot was kicked from the group chat: the bot was put out of the chat: add it again
    the channel is closed to us: Bad Request: chat not found: the chat is gone for the bot: add it again, or take the chat out of its room with `causeway room unlink`
    the platform refused the message: Bad Request: message is too long
    the channel is now telegram:-1005
    ");
}

#[tokio::test]
async fn an_edit_that_changes_nothing_is_done() {
    let server = Server::start().await;
    let telegram = telegram(&server);
    let same = "Bad Request: message is not modified: specified new message content and reply markup \
                are exactly the same as a current content and reply markup of the message";
    server.answers(
        "editMessageText",
        Reply::Failure(400, json!({"description": same})),
    );
    let edited = telegram.send(&edits("hello")).await.unwrap();
    assert_eq!(edited.remote_ids, ids(&["80"]));
}

#[tokio::test]
async fn an_edit_of_what_is_gone_is_refused() {
    let server = Server::start().await;
    let telegram = telegram(&server);
    for gone in ["message to edit not found", "message can't be edited"] {
        let rest = json!({"description": format!("Bad Request: {gone}")});
        server.answers("editMessageText", Reply::Failure(400, rest));
        let error = telegram.send(&edits("hello")).await.unwrap_err();
        assert!(matches!(&error, SendError::Refused(_)), "{error}");
    }
}

#[tokio::test]
async fn what_turns_out_to_be_a_caption_is_edited_as_one() {
    let server = Server::start().await;
    let telegram = telegram(&server);
    let rest = json!({"description": "Bad Request: there is no text in the message to edit"});
    server.answers("editMessageText", Reply::Failure(400, rest));
    telegram.send(&edits("hello")).await.unwrap();
    let [call] = server.calls("editMessageCaption").try_into().unwrap();
    assert_eq!(call.json()["caption"], "hello");
}

#[tokio::test]
async fn a_delete_of_what_is_gone_is_done_and_one_that_comes_too_late_is_refused() {
    let server = Server::start().await;
    let telegram = telegram(&server);
    let delete = operation(
        "-100",
        Operation::Delete {
            targets: ids(&["80"]),
        },
    );
    let says = |text: &str| json!({"description": format!("Bad Request: {text}")});
    server.answers(
        "deleteMessage",
        Reply::Failure(400, says("message to delete not found")),
    );
    telegram.send(&delete).await.unwrap();
    server.answers(
        "deleteMessage",
        Reply::Failure(400, says("message can't be deleted")),
    );
    let error = telegram.send(&delete).await.unwrap_err();
    assert!(matches!(&error, SendError::Refused(_)), "{error}");
}

#[tokio::test]
async fn many_messages_are_deleted_a_hundred_at_a_time() {
    let server = Server::start().await;
    let targets = (1..=150).map(|id: i32| id.to_string().into()).collect();
    let delete = operation("-100", Operation::Delete { targets });
    telegram(&server).send(&delete).await.unwrap();
    let counts: Vec<usize> = server
        .calls("deleteMessages")
        .iter()
        .map(|call| call.json()["message_ids"].as_array().unwrap().len())
        .collect();
    assert_eq!(counts, [100, 50]);
}

#[tokio::test]
async fn a_reaction_is_set_and_taken_back() {
    let server = Server::start().await;
    let telegram = telegram(&server);
    for emoji in [vec!["👍🏽".to_owned()], vec![]] {
        let target = "80".into();
        let react = operation("-100", Operation::React { target, emoji });
        telegram.send(&react).await.unwrap();
    }
    let calls = server.calls("setMessageReaction");
    assert_eq!(
        calls[0].json()["reaction"],
        json!([{"type": "emoji", "emoji": "👍"}])
    );
    assert_eq!(calls[1].json()["reaction"], json!([]));
}

#[tokio::test]
async fn nobody_can_tell_whether_a_message_arrived() {
    let server = Server::start().await;
    let answer = telegram(&server).reconcile(&says("-100", "hello")).await;
    assert_eq!(answer, Ok(Reconciled::CannotTell));
}

#[tokio::test]
async fn a_person_can_be_written_to_alone_and_a_chat_cannot() {
    let server = Server::start().await;
    let telegram = telegram(&server);
    let channel = telegram.open_direct_channel(&"7001".into()).await.unwrap();
    assert_eq!(channel.to_string(), "telegram:7001");
    for odd in ["chat:-100", "-100", "ana@example.org", ""] {
        let refused = telegram.open_direct_channel(&odd.into()).await;
        assert!(matches!(refused, Err(SendError::Refused(_))), "{odd}");
    }
}
