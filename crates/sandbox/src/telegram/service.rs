//! Messages that Telegram itself writes into a chat, and the polls that people and bots put there.

use serde_json::{Map, Value, json};

use super::ids::MessageId;
use super::message::{Media, Stored};
use super::world::{World, now};

impl World {
    /// Writes a service message with these fields, and tells the bot.
    pub(super) fn serve(&mut self, chat: i64, by: i64, fields: Value) -> MessageId {
        let id = self.serve_silently(chat, by, fields);
        self.tell("message", chat, id);
        id
    }

    pub(super) fn serve_silently(&mut self, chat: i64, by: i64, fields: Value) -> MessageId {
        let mut message = Stored {
            from: by,
            date: now(),
            ..Stored::default()
        };
        let extra = message.extra_mut();
        extra.is_service = true;
        if let Value::Object(fields) = fields {
            extra.fields = fields;
        }
        self.insert(chat, message)
    }

    /// `more` overrides what a poll is like by default.
    pub(super) fn new_poll(
        &mut self,
        question: &str,
        options: Vec<String>,
        more: Map<String, Value>,
    ) -> Media {
        let number = self.new_token();
        let option = |(at, text): (usize, String)| json!({ "persistent_id": format!("{number}-{at}"), "text": text, "voter_count": 0 });
        let options: Vec<Value> = options.into_iter().enumerate().map(option).collect();
        let mut poll = json!({
            "id": format!("{}", 5_000_000_000_000_000_000 + number), "question": question, "options": options,
            "total_voter_count": 0, "is_closed": false, "is_anonymous": true, "type": "regular",
            "allows_multiple_answers": false, "allows_revoting": true, "members_only": false,
        });
        for (name, value) in more {
            poll[name] = value;
        }
        Media {
            field: "poll",
            value: poll,
            file: None,
        }
    }
}
