//! Spoils events on their way, as the faults say: lost, doubled, out of order, or written oddly.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::Instant;

use super::delivery::{Cargo, Delivery, Parcel};
use super::faults::Odd;

/// How long events are gathered before they come in reverse order all the same.
const GATHERED_FOR: Duration = Duration::from_secs(1);

impl Delivery {
    /// One event, as it was made; `spare_id` names an event that is not.
    pub(crate) fn take_in(
        &mut self,
        channel: Option<&str>,
        mut payload: Value,
        spare_id: impl FnOnce() -> String,
    ) {
        if self.faults.lose_next > 0 {
            self.faults.lose_next -= 1;
            return;
        }
        if self.faults.odd == Some(Odd::UnknownTypes) {
            let mut unknown = payload.clone();
            unknown["event_id"] = spare_id().into();
            unknown["event"] =
                json!({ "type": "message_shimmered", "shimmer": { "of": ["a", 1] } });
            self.gather(channel, unknown);
        } else if let Some(odd) = self.faults.odd {
            spoil(odd, &mut payload);
        }
        for _ in 0..self.faults.duplicates {
            self.gather(channel, payload.clone());
        }
        self.gather(channel, payload);
    }

    fn gather(&mut self, channel: Option<&str>, payload: Value) {
        let parcel = Parcel::new(Cargo::Event, channel, payload);
        if self.faults.reorder < 2 {
            self.enqueue(parcel, Instant::now());
            return;
        }
        self.gathered_until
            .get_or_insert_with(|| Instant::now() + GATHERED_FOR);
        self.gathered.push(parcel);
        if self.gathered.len() >= self.faults.reorder {
            self.release();
        }
    }

    /// Last ones first.
    pub(crate) fn release(&mut self) {
        self.gathered_until = None;
        let now = Instant::now();
        for parcel in std::mem::take(&mut self.gathered).into_iter().rev() {
            self.enqueue(parcel, now);
        }
    }
}

fn spoil(odd: Odd, payload: &mut Value) {
    let leave_out = |value: &mut Value, names: &str| {
        if let Some(fields) = value.as_object_mut() {
            fields.retain(|name, _| names.split(' ').all(|it| it != name));
        }
    };
    match odd {
        Odd::MissingFields => {
            leave_out(payload, "authorizations event_context context_team_id");
            let names = "client_msg_id blocks team event_ts channel_type";
            leave_out(&mut payload["event"], names);
        }
        Odd::MissingEssentials => {
            leave_out(&mut payload["event"], "user text channel");
        }
        Odd::UnknownFields => {
            payload["shimmer"] = json!({ "deep": [1, null, { "x": true }] });
            payload["event"]["shimmer"] = json!([{ "type": "glow" }]);
            let blocks = payload["event"]["blocks"].as_array_mut();
            if let Some(blocks) = blocks {
                blocks.push(json!({ "type": "shimmer_block", "elements": [] }));
            }
        }
        Odd::OddTypes => {
            payload["event"]["metadata"] = json!({ "event_type": 7, "event_payload": "a word" });
            payload["event"]["attachments"] = json!([{ "id": "one", "fallback": null, "ts": {} }]);
        }
        // These come beside the real ones.
        Odd::UnknownTypes => {}
    }
}
