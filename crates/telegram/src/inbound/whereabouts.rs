//! Where an update happened that could not be read, as far as it can be told.

use conversation::ChannelRef;
use serde_json::Value;

use crate::id::ChatAddress;

/// The chat or topic, and the forum that it may be. What bears no chat, and whoever did it, was for the bot alone.
pub(crate) fn places(raw: &[u8]) -> Vec<ChannelRef> {
    let update = serde_json::from_slice(raw).unwrap_or_default();
    let Value::Object(update) = update else {
        return Vec::new();
    };
    let told = update.values().filter(|it| it.is_object());
    told.filter_map(of).next().unwrap_or_default()
}

fn of(told: &Value) -> Option<Vec<ChannelRef>> {
    let message = match told.get("chat") {
        Some(_) => told,
        None => &told["message"],
    };
    if let Some(chat) = message["chat"]["id"].as_i64() {
        let topic = message["message_thread_id"].as_i64();
        let topic = topic.filter(|_| message["is_topic_message"] == true);
        let topic = topic.and_then(|it| i32::try_from(it).ok());
        let place = ChatAddress { chat, topic };
        return Some(vec![place.channel(), place.forum()]);
    }
    let person = ["from", "user"]
        .iter()
        .find_map(|it| told[it]["id"].as_i64());
    person.map(|chat| vec![ChatAddress { chat, topic: None }.channel()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_update_that_cannot_be_read_tells_where_it_was() {
        for (raw, expected) in [
            (
                r#"{"update_id":1,"message":{"chat":{"id":-5},"text":7}}"#,
                "telegram:-5 telegram:-5/*",
            ),
            (
                r#"{"update_id":1,"message":{"chat":{"id":-5},"is_topic_message":true,"message_thread_id":3}}"#,
                "telegram:-5/3 telegram:-5/*",
            ),
            (
                r#"{"update_id":1,"callback_query":{"from":{"id":9},"message":{"chat":{"id":-5}}}}"#,
                "telegram:-5 telegram:-5/*",
            ),
            (
                r#"{"update_id":1,"some_query":{"from":{"id":9},"query":"psst"}}"#,
                "telegram:9",
            ),
            (r#"{"update_id":1,"poll":{"id":"3"}}"#, ""),
            (r#"{"update_id":1,"message":{"chat":{"id":"x"}}}"#, ""),
            ("[]", ""),
            ("{", ""),
        ] {
            let places: Vec<_> = places(raw.as_bytes())
                .iter()
                .map(ToString::to_string)
                .collect();
            assert_eq!(places.join(" "), expected, "{raw}");
        }
    }
}
