//! The rules of `getUpdates`.

use serde_json::{Value, json};

use crate::stage::Stage;

fn texts(updates: &Value) -> Vec<&str> {
    let updates = updates.as_array().unwrap().iter();
    updates
        .map(|it| it["message"]["text"].as_str().unwrap_or("-"))
        .collect()
}

async fn with_messages(count: usize) -> Stage {
    let stage = Stage::open().await;
    let ana = stage.telegram.add_person("Ana");
    for number in 1..=count {
        stage
            .telegram
            .say(ana.into(), None, ana, number.to_string().as_str())
            .unwrap();
    }
    stage
}

#[tokio::test]
async fn updates_come_again_until_an_offset_confirms_them() {
    let stage = with_messages(3).await;
    let two = stage.call("getUpdates", json!({ "limit": 2 })).await;
    assert_eq!(texts(&two), ["1", "2"]);
    assert_eq!(
        texts(&stage.call("getUpdates", json!({})).await),
        ["1", "2", "3"]
    );
    let next = two[1]["update_id"].as_i64().unwrap() + 1;
    assert_eq!(
        texts(&stage.call("getUpdates", json!({ "offset": next })).await),
        ["3"]
    );
    assert_eq!(texts(&stage.call("getUpdates", json!({})).await), ["3"]);
}

#[tokio::test]
async fn a_negative_offset_forgets_all_but_the_newest() {
    let stage = with_messages(3).await;
    assert_eq!(
        texts(&stage.call("getUpdates", json!({ "offset": -2 })).await),
        ["2", "3"]
    );
    assert_eq!(
        texts(&stage.call("getUpdates", json!({})).await),
        ["2", "3"]
    );
}

#[tokio::test]
async fn a_long_poll_ends_as_soon_as_somebody_writes() {
    let stage = Stage::open().await;
    let ana = stage.telegram.add_person("Ana");
    let poll = stage.post("getUpdates", json!({ "timeout": 50 }));
    let say = async {
        let mut polls = 0;
        while polls == 0 {
            polls = stage
                .telegram
                .counters()
                .by_method
                .get("getUpdates")
                .copied()
                .unwrap_or(0);
            tokio::task::yield_now().await;
        }
        stage.telegram.say(ana.into(), None, ana, "now").unwrap();
    };
    let (updates, ()) = tokio::join!(poll, say);
    assert_eq!(texts(&updates.unwrap()["result"]), ["now"]);
}

#[tokio::test]
async fn of_two_pollers_the_older_gives_way() {
    let stage = Stage::open().await;
    let older = stage.post("getUpdates", json!({ "timeout": 50 }));
    let younger = async {
        while !stage
            .telegram
            .counters()
            .by_method
            .contains_key("getUpdates")
        {
            tokio::task::yield_now().await;
        }
        stage.call("getUpdates", json!({})).await
    };
    let (older, younger) = tokio::join!(older, younger);
    assert_eq!(younger, json!([]));
    let older = older.unwrap();
    assert_eq!(older["error_code"], 409);
    assert_eq!(
        older["description"],
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    );
}

#[tokio::test]
async fn wanted_kinds_are_remembered_and_an_empty_list_resets_them() {
    let stage = Stage::open().await;
    let (chat, ana) = stage.group_with("Ana");
    let id = stage.telegram.say(chat, None, ana, "one").unwrap()[0];
    let only = json!({ "offset": -1, "allowed_updates": ["edited_message"] });
    stage.call("getUpdates", only).await;
    stage.call("getUpdates", json!({})).await;
    stage.telegram.say(chat, None, ana, "two").unwrap();
    stage.telegram.edit(chat, id, ana, "one!").unwrap();
    stage
        .call("getUpdates", json!({ "allowed_updates": [] }))
        .await;
    stage.telegram.say(chat, None, ana, "three").unwrap();
    let kinds: Vec<bool> = stage
        .updates()
        .await
        .iter()
        .map(|it| it.get("message").is_some())
        .collect();
    // The message before the filter, the edit, and the message after the reset; "two" never existed.
    assert_eq!(kinds, [true, false, true]);
}
