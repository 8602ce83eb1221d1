//! Long polling: what is confirmed to Telegram, and when.

use std::sync::Arc;

use conversation::{Adapter, SendError};
use serde_json::{Value, json};
use telegram::Telegram;
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::task::JoinHandle;

use crate::support::{Memory, Reply, Server, Taken, next, says, telegram};

struct Bridge {
    server: Server,
    intake: Arc<Memory>,
    taken: UnboundedReceiver<Taken>,
    telegram: Arc<Telegram>,
}

impl Bridge {
    async fn new() -> Bridge {
        let server = Server::start().await;
        let (intake, taken) = Memory::new();
        let telegram = Arc::new(telegram(&server));
        Bridge {
            server,
            intake,
            taken,
            telegram,
        }
    }

    fn receive(&self) -> JoinHandle<Result<(), SendError>> {
        let (telegram, intake) = (Arc::clone(&self.telegram), Arc::clone(&self.intake));
        tokio::spawn(async move { telegram.receive(&*intake).await })
    }

    fn brings(&self, updates: Value) {
        self.server.answers("getUpdates", Reply::Result(updates));
    }

    async fn offset_of_poll(&self, count: usize) -> Value {
        self.server.call("getUpdates", count).await.json()["offset"].take()
    }
}

fn says_in(chat: i64, id: i64) -> Value {
    json!({"update_id": id, "message": {
        "message_id": id, "date": 1_700_000_000, "text": "hello",
        "chat": {"id": chat, "type": "supergroup", "title": "Garden"},
        "from": {"id": 7001, "is_bot": false, "first_name": "Ana"}
    }})
}

fn album_part(id: i64) -> Value {
    let mut update = says_in(-100, id);
    let message = update["message"].as_object_mut().unwrap();
    message.remove("text");
    message.insert("media_group_id".to_owned(), json!("a"));
    message.insert("photo".to_owned(), json!([{"file_id": "P"}]));
    update
}

#[tokio::test]
async fn updates_are_confirmed_after_they_were_taken_in() {
    let mut bridge = Bridge::new().await;
    bridge.brings(json!([
        says_in(-100, 5),
        says_in(-200, 6),
        says_in(-100, 7)
    ]));
    let _running = bridge.receive();
    for expected in [
        "post:-100:5 in telegram:-100",
        "post:-200:6 in telegram:-200",
        "post:-100:7 in telegram:-100",
    ] {
        assert_eq!(next(&mut bridge.taken).await, expected);
    }
    assert_eq!(bridge.offset_of_poll(1).await, Value::Null);
    assert_eq!(bridge.offset_of_poll(2).await, 8);
}

#[tokio::test]
async fn reactions_and_our_own_membership_are_asked_for() {
    let bridge = Bridge::new().await;
    let _running = bridge.receive();
    let poll = bridge.server.call("getUpdates", 1).await.json();
    for wanted in ["message_reaction", "my_chat_member", "callback_query"] {
        assert!(
            poll["allowed_updates"]
                .as_array()
                .unwrap()
                .contains(&json!(wanted))
        );
    }
    assert_eq!(poll["timeout"], 25);
}

#[tokio::test]
async fn what_the_intake_refuses_is_asked_for_again() {
    let mut bridge = Bridge::new().await;
    bridge.intake.refuses(1);
    bridge.brings(json!([says_in(-100, 5), says_in(-100, 6)]));
    bridge.brings(json!([says_in(-100, 5), says_in(-100, 6)]));
    let _running = bridge.receive();
    assert_eq!(
        next(&mut bridge.taken).await,
        "post:-100:6 in telegram:-100"
    );
    assert_eq!(bridge.offset_of_poll(2).await, 5);
    assert_eq!(
        next(&mut bridge.taken).await,
        "post:-100:5 in telegram:-100"
    );
    assert_eq!(bridge.offset_of_poll(3).await, 7);
}

#[tokio::test]
async fn a_malformed_update_is_kept_raw_and_holds_nobody_back() {
    let mut bridge = Bridge::new().await;
    bridge.brings(json!([
        {"update_id": 5, "message": {"message_id": "five"}},
        {"update_id": 6, "some_future_thing": {}},
        says_in(-100, 7)
    ]));
    let _running = bridge.receive();
    assert_eq!(
        next(&mut bridge.taken).await,
        r#"raw: malformed-update {"message":{"message_id":"five"},"update_id":5}"#
    );
    assert_eq!(
        next(&mut bridge.taken).await,
        r#"raw: unknown-update {"some_future_thing":{},"update_id":6}"#
    );
    assert_eq!(
        next(&mut bridge.taken).await,
        "post:-100:7 in telegram:-100"
    );
    assert_eq!(bridge.offset_of_poll(2).await, 8);
}

#[tokio::test]
async fn an_album_is_one_message_even_if_it_comes_in_two_batches() {
    let mut bridge = Bridge::new().await;
    bridge.brings(json!([says_in(-100, 5), album_part(6)]));
    bridge.brings(json!([album_part(6), album_part(7), says_in(-200, 8)]));
    bridge.brings(json!([album_part(6), album_part(7), says_in(-200, 8)]));
    let _running = bridge.receive();
    assert_eq!(
        next(&mut bridge.taken).await,
        "post:-100:5 in telegram:-100"
    );
    assert_eq!(
        next(&mut bridge.taken).await,
        "post:-200:8 in telegram:-200"
    );
    assert_eq!(
        next(&mut bridge.taken).await,
        "post:-100:6+7 in telegram:-100"
    );
    assert_eq!(bridge.offset_of_poll(2).await, 6);
    assert_eq!(bridge.offset_of_poll(3).await, 6);
    assert_eq!(bridge.offset_of_poll(4).await, 9);
}

#[tokio::test]
async fn a_reaction_in_a_forum_lands_in_the_topic_of_its_message() {
    let mut bridge = Bridge::new().await;
    let reaction = |update: i64, message: i64| {
        json!({"update_id": update, "message_reaction": {
            "chat": {"id": -100, "type": "supergroup", "is_forum": true},
            "message_id": message, "date": 1, "user": {"id": 7001, "first_name": "Ana"},
            "old_reaction": [], "new_reaction": [{"type": "emoji", "emoji": "👍"}]
        }})
    };
    let mut post = says_in(-100, 5);
    post["message"]["is_topic_message"] = json!(true);
    post["message"]["message_thread_id"] = json!(7);
    bridge.telegram.send(&says("-100/9", "ours")).await.unwrap();
    bridge.brings(json!([
        post,
        reaction(6, 5),
        reaction(7, 500),
        reaction(8, 999)
    ]));
    let _running = bridge.receive();
    for expected in [
        "post:-100:5 in telegram:-100/7",
        "react:4242:6:1 in telegram:-100/7",
        "react:4242:7:1 in telegram:-100/9",
        "react:4242:8:1 in telegram:-100",
    ] {
        assert_eq!(next(&mut bridge.taken).await, expected);
    }
}

#[tokio::test]
async fn a_pressed_button_is_answered() {
    let mut bridge = Bridge::new().await;
    bridge.brings(json!([{"update_id": 5, "callback_query": {
        "id": "q1", "from": {"id": 7001, "first_name": "Ana"}, "chat_instance": "1", "data": "n:1",
        "message": {"message_id": 3, "date": 1, "chat": {"id": 7001, "type": "private"}}
    }}]));
    let _running = bridge.receive();
    assert_eq!(
        next(&mut bridge.taken).await,
        "press:4242:q1 in telegram:7001"
    );
    let answer = bridge.server.call("answerCallbackQuery", 1).await;
    assert_eq!(answer.json(), json!({"callback_query_id": "q1"}));
}

#[tokio::test]
async fn two_pollers_and_a_bad_gateway_are_waited_out() {
    let mut bridge = Bridge::new().await;
    let conflict = json!({"description": "Conflict: terminated by other getUpdates request"});
    bridge
        .server
        .answers("getMe", Reply::Text(502, "<html>Bad Gateway</html>"));
    bridge
        .server
        .answers("getUpdates", Reply::Failure(409, conflict));
    bridge.brings(json!([says_in(-100, 5)]));
    let _running = bridge.receive();
    assert_eq!(
        next(&mut bridge.taken).await,
        "post:-100:5 in telegram:-100"
    );
}

#[tokio::test]
async fn a_refused_token_ends_it() {
    let bridge = Bridge::new().await;
    let unauthorised = || Reply::Failure(401, json!({"description": "Unauthorized"}));
    bridge.server.answers("getMe", unauthorised());
    let end = bridge.receive().await.unwrap();
    assert!(matches!(end, Err(SendError::Unauthorised(_))), "{end:?}");
    bridge.server.answers("getUpdates", unauthorised());
    let end = bridge.receive().await.unwrap();
    assert!(matches!(end, Err(SendError::Unauthorised(_))), "{end:?}");
}
