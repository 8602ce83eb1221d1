//! What was said is read again: newest first in the main column, oldest first in a thread, between two times.

use serde_json::{Value, json};

use super::stage::{Meeting, Stage};

fn texts(answer: &Value) -> Vec<&str> {
    let messages = answer["messages"].as_array().unwrap();
    messages
        .iter()
        .map(|it| it["text"].as_str().unwrap())
        .collect()
}

async fn stage() -> (Stage, Meeting) {
    let stage = Stage::open().await;
    let place = stage.place();
    (stage, place)
}

#[tokio::test]
async fn pages_lead_back_to_the_beginning() {
    let (stage, place) = stage().await;
    for number in 0..7 {
        stage.say(&place.channel, &format!("m{number}")).await;
    }
    let mut seen: Vec<String> = Vec::new();
    let mut cursor = String::new();
    loop {
        let fields = [
            ("channel", place.channel.as_str()),
            ("limit", "3"),
            ("cursor", cursor.as_str()),
        ];
        let page = stage.read("conversations.history", &fields).await;
        seen.extend(texts(&page).iter().map(|it| (*it).to_owned()));
        match page["response_metadata"]["next_cursor"].as_str() {
            Some(next) => cursor = next.to_owned(),
            None => break,
        }
        assert_eq!(page["has_more"], true);
    }
    seen.truncate(7);
    assert_eq!(seen, ["m6", "m5", "m4", "m3", "m2", "m1", "m0"]);
    stage.assert_legal();
}

#[tokio::test]
async fn times_bound_what_is_read() {
    let (stage, place) = stage().await;
    let mut times = Vec::new();
    for number in 0..5 {
        times.push(stage.say(&place.channel, &format!("m{number}")).await);
    }
    let read = async |more: &[(&str, &str)]| {
        let mut fields = vec![("channel", place.channel.as_str())];
        fields.extend_from_slice(more);
        let answer = stage.read("conversations.history", &fields).await;
        texts(&answer).join(" ")
    };
    assert_eq!(read(&[("oldest", &times[2])]).await, "m4 m3");
    assert_eq!(
        read(&[("oldest", &times[2]), ("inclusive", "true")]).await,
        "m4 m3 m2"
    );
    assert_eq!(
        read(&[("oldest", &times[1]), ("latest", &times[3])]).await,
        "m2"
    );
    assert_eq!(
        read(&[("latest", &times[2]), ("oldest", &times[2])]).await,
        ""
    );
    assert_eq!(
        read(&[("latest", &times[1]), ("oldest", &times[3])]).await,
        ""
    );
    let one = [
        ("latest", times[2].as_str()),
        ("inclusive", "1"),
        ("limit", "1"),
    ];
    assert_eq!(read(&one).await, "m2");
}

#[tokio::test]
async fn a_thread_is_read_from_its_root_on() {
    let (stage, place) = stage().await;
    let root = stage.slack.say(&place.channel, &place.ana, "root").unwrap();
    for number in 0..5 {
        let reply =
            json!({ "channel": place.channel, "text": format!("r{number}"), "thread_ts": root });
        stage.call("chat.postMessage", reply).await;
    }
    let broadcast = json!({
        "channel": place.channel, "text": "for all", "thread_ts": root, "reply_broadcast": true,
    });
    let answer = stage.call("chat.postMessage", broadcast).await;
    assert_eq!(answer["message"]["subtype"], "thread_broadcast");
    let fields = [("channel", place.channel.as_str())];
    let column = stage.read("conversations.history", &fields).await;
    assert_eq!(texts(&column)[..2], ["for all", "root"]);
    let shown = &column["messages"][1];
    assert_eq!(shown["reply_count"], 6);
    assert_eq!(shown["latest_reply"], answer["ts"]);
    assert_eq!(shown["thread_ts"], shown["ts"]);
    let root = root.to_string();
    let mut fields = vec![
        ("channel", place.channel.as_str()),
        ("ts", &root),
        ("limit", "4"),
    ];
    let first = stage.read("conversations.replies", &fields).await;
    assert_eq!(texts(&first), ["root", "r0", "r1", "r2"]);
    let cursor = first["response_metadata"]["next_cursor"].as_str().unwrap();
    fields.push(("cursor", cursor));
    let second = stage.read("conversations.replies", &fields).await;
    assert_eq!(texts(&second), ["root", "r3", "r4", "for all"]);
    assert_eq!(second["has_more"], false);
    assert_eq!(
        second["messages"][1]["parent_user_id"],
        place.ana.0.as_str()
    );
    let missing = [
        ("channel", place.channel.as_str()),
        ("ts", "1700000000.000100"),
    ];
    assert_eq!(
        stage.refused_form("conversations.replies", &missing).await,
        "thread_not_found"
    );
}

#[tokio::test]
async fn metadata_is_there_for_those_who_ask() {
    let (stage, place) = stage().await;
    let metadata = json!({ "event_type": "causeway_copy", "event_payload": { "delivery": "d1" } });
    let body = json!({ "channel": place.channel, "text": "x", "metadata": metadata });
    stage.call("chat.postMessage", body).await;
    let mut fields = vec![("channel", place.channel.as_str()), ("limit", "1")];
    let without = stage.read("conversations.history", &fields).await;
    assert!(without["messages"][0].get("metadata").is_none());
    fields.push(("include_all_metadata", "true"));
    let with = stage.read("conversations.history", &fields).await;
    assert_eq!(with["messages"][0]["metadata"], metadata);
}

#[tokio::test]
async fn bad_pages_and_times_are_refused() {
    let (stage, place) = stage().await;
    stage
        .slack
        .set_strictness(sandbox::slack::Strictness::Record);
    let ask = async |name: &str, value: &str| {
        let fields = [("channel", place.channel.as_str()), (name, value)];
        stage.refused_form("conversations.history", &fields).await
    };
    assert_eq!(ask("cursor", "rubbish").await, "invalid_cursor");
    assert_eq!(ask("limit", "1001").await, "invalid_limit");
    assert_eq!(ask("oldest", "yesterday").await, "invalid_ts_oldest");
    assert_eq!(ask("latest", "1.2.3").await, "invalid_ts_latest");
}
