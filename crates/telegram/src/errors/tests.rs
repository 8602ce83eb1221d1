#![allow(clippy::unwrap_used)]

use insta::assert_snapshot;
use serde_json::json;

use super::*;
use calls::Trouble;

fn place() -> ChatAddress {
    ChatAddress {
        chat: -100,
        topic: Some(7),
    }
}

fn answered(code: i64, description: &str, parameters: Value) -> CallError {
    CallError::Answered(Refusal {
        code,
        description: description.to_owned(),
        parameters: Some(parameters),
    })
}

fn outcome(error: CallError, repeated: Repeated) -> String {
    format!("{:?}", error.into_send_error(place(), repeated))
}

fn post(code: i64, description: &str) -> String {
    outcome(answered(code, description, json!({})), Repeated::Doubles)
}

#[test]
fn the_wait_is_telegrams_own_or_five_seconds() {
    let waits = [
        json!({"retry_after": 7}),
        json!({"retry_after": 1.5}),
        json!({"retry_after": 1_000_000_000}),
        json!({"retry_after": "soon"}),
        json!({"retry_after": -3}),
        json!({"retry_after": 1e300}),
        json!({}),
        json!(null),
    ];
    let told: Vec<String> = waits
        .into_iter()
        .map(|it| outcome(answered(429, "Too Many Requests", it), Repeated::Doubles))
        .collect();
    assert_snapshot!(told.join("\n"), @r"
    RateLimited { wait: 7s }
    RateLimited { wait: 1.5s }
    RateLimited { wait: 1000000000s }
    RateLimited { wait: 5s }
    RateLimited { wait: 5s }
    RateLimited { wait: 5s }
    RateLimited { wait: 5s }
    RateLimited { wait: 5s }
    ");
}

#[test]
fn a_post_to_a_closed_place_says_that_it_is_closed_and_what_opens_it() {
    let mut cures = Vec::new();
    for (code, description) in [
        (400, "Bad Request: chat not found"),
        (400, "Bad Request: group chat was deactivated"),
        (400, "Bad Request: message thread not found"),
        (400, "Bad Request: TOPIC_CLOSED"),
        (400, "Bad Request: TOPIC_DELETED"),
        (
            400,
            "Bad Request: not enough rights to send text messages to the chat",
        ),
        (400, "Bad Request: have no rights to send a message"),
        (400, "Bad Request: CHAT_WRITE_FORBIDDEN"),
        (
            400,
            "Bad Request: need administrator rights in the channel chat",
        ),
        (400, "Bad Request: CHANNEL_PRIVATE"),
        (400, "Bad Request: PEER_ID_INVALID"),
        (403, "Forbidden: bot was blocked by the user"),
        (403, "Forbidden: bot was kicked from the supergroup chat"),
        (403, "Forbidden: user is deactivated"),
        (
            403,
            "Forbidden: bot can't initiate conversation with a user",
        ),
    ] {
        let outcome = post(code, description);
        let closed = outcome.strip_prefix(&format!("ChannelGone(\"{description}: "));
        cures.push(format!(
            "{description}: {}",
            closed.expect("it is closed").trim_end_matches("\")")
        ));
    }
    assert_snapshot!(cures.join("\n"), @"
    Bad Request: chat not found: the chat is gone for the bot: add it again, or take the chat out of its room with `causeway room unlink`
    Bad Request: group chat was deactivated: the chat is gone for the bot: add it again, or take the chat out of its room with `causeway room unlink`
    Bad Request: message thread not found: the topic is gone: take it out of its room with `causeway room unlink`, and link another
    Bad Request: TOPIC_CLOSED: the topic is closed: reopen it, or let the bot manage topics
    Bad Request: TOPIC_DELETED: the topic is gone: take it out of its room with `causeway room unlink`, and link another
    Bad Request: not enough rights to send text messages to the chat: the bot may not write there: let it send messages, in a channel as an administrator
    Bad Request: have no rights to send a message: the bot may not write there: let it send messages, in a channel as an administrator
    Bad Request: CHAT_WRITE_FORBIDDEN: the bot may not write there: let it send messages, in a channel as an administrator
    Bad Request: need administrator rights in the channel chat: the bot may not write there: let it send messages, in a channel as an administrator
    Bad Request: CHANNEL_PRIVATE: the bot was put out of the chat: add it again
    Bad Request: PEER_ID_INVALID: its person must write to the bot first
    Forbidden: bot was blocked by the user: its person blocked the bot, and can unblock it
    Forbidden: bot was kicked from the supergroup chat: the bot was put out of the chat: add it again
    Forbidden: user is deactivated: its account is deleted: take the chat out of its room with `causeway room unlink`
    Forbidden: bot can't initiate conversation with a user: its person must write to the bot first
    ");
}

#[test]
fn a_message_that_will_never_be_taken_is_refused() {
    for description in [
        "Bad Request: message text is empty",
        "Bad Request: message is too long",
        "Bad Request: PHOTO_INVALID_DIMENSIONS",
        "Bad Request: not enough rights to send photos to the chat",
        "Bad Request: something quite new",
    ] {
        assert_eq!(post(400, description), format!("Refused({description:?})"));
    }
    let outcome = post(413, "Request Entity Too Large");
    assert_eq!(outcome, "Refused(\"Request Entity Too Large\")");
}

#[test]
fn a_right_that_lacks_for_an_edit_does_not_close_the_chat() {
    let description = "Bad Request: not enough rights to manage reactions";
    let error = answered(400, description, json!({}));
    let outcome = outcome(error, Repeated::IsHarmless);
    assert_eq!(outcome, format!("Refused({description:?})"));
}

#[test]
fn a_group_that_became_a_supergroup_has_moved_with_its_topic() {
    let error = answered(
        400,
        "Bad Request: group chat was upgraded to a supergroup chat",
        json!({"migrate_to_chat_id": -1_001_234_567_890_i64}),
    );
    assert_snapshot!(error.into_send_error(place(), Repeated::Doubles), @"the channel is now telegram:-1001234567890/7");
}

#[test]
fn a_refused_token_stops_the_account() {
    assert_snapshot!(post(401, "Unauthorized"), @r#"Unauthorised("Telegram does not take `telegram.token` (Unauthorized): copy it again from @BotFather")"#);
    assert_snapshot!(post(404, "Not Found"), @r#"Unauthorised("Telegram does not take `telegram.token` (Not Found): copy it again from @BotFather")"#);
}

#[test]
fn the_servers_own_faults_pass() {
    for code in [409, 500, 502, 503, 504] {
        assert_eq!(post(code, "Oops"), "Unavailable(\"Oops\")");
    }
}

#[test]
fn what_stands_before_telegram_is_not_believed_about_chats_and_tokens() {
    let told: Vec<String> = [301, 401, 403, 404, 413, 429, 502]
        .into_iter()
        .map(|status| outcome(CallError::Foreign { status, wait: None }, Repeated::Doubles))
        .collect();
    assert_snapshot!(told.join("\n"), @r#"
    Unavailable("HTTP status 301")
    Unavailable("HTTP status 401")
    Unavailable("HTTP status 403")
    Unavailable("HTTP status 404")
    Refused("the file is larger than the server takes")
    RateLimited { wait: 5s }
    Unavailable("HTTP status 502")
    "#);
}

#[test]
fn a_lost_answer_leaves_only_posts_in_doubt() {
    let lost = CallError::from(Transit::no_answer("cut"));
    assert_eq!(
        outcome(lost.clone(), Repeated::Doubles),
        "Uncertain(\"cut\")"
    );
    assert_eq!(outcome(lost, Repeated::IsHarmless), "Unavailable(\"cut\")");
    let unsent = CallError::from(Transit::NotSent("refused".to_owned()));
    assert_eq!(
        outcome(unsent, Repeated::Doubles),
        "Unavailable(\"refused\")"
    );
    let file = CallError::from(Transit::File("gone".to_owned()));
    assert_eq!(outcome(file, Repeated::Doubles), "Refused(\"gone\")");
}

/// R8: polling and signing in would else be silent for years.
#[test]
fn a_wait_of_years_is_not_believed() {
    let hour = Duration::from_secs(3600);
    let years = answered(429, "Too Many Requests", json!({"retry_after": 1e15}));
    assert_eq!(years.asked_to_wait(), hour);
    let wait = Some(Duration::MAX);
    let foreign = CallError::Foreign { status: 429, wait };
    assert_eq!(foreign.asked_to_wait(), hour);
}
