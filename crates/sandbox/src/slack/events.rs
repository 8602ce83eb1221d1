//! Makes the events that the app hears, in Slack's envelope, if the app is there to hear them and may.

use serde_json::{Value, json};

use super::app::Standing;
use super::channel::{Channel, Kind};
use super::ids::now_micros;
use super::message::Stored;
use super::wire::{Metadata, ts};
use super::world::World;
use crate::kit::Fields;

impl World {
    /// What happens in a channel is heard by those who are in it; None is for what concerns the app or the workspace.
    pub(crate) fn emit(&mut self, channel: Option<&str>, mut event: Value) {
        if self.standing != Standing::Installed || !self.hears(channel, &event) {
            return;
        }
        if event.get("event_ts").is_none() {
            event["event_ts"] = ts(now_micros()).into();
        }
        let payload = self.enveloped(event);
        self.hand_over(channel, payload);
    }

    pub(super) fn hand_over(&mut self, channel: Option<&str>, payload: Value) {
        self.kit.counters.events += 1;
        let spare = format!("Ev0F{:08X}", self.number());
        self.delivery.take_in(channel, payload, || spare);
    }

    /// What Slack puts around an event, for an app that sees it in its own workspace.
    pub(super) fn enveloped(&mut self, event: Value) -> Value {
        let id = format!("Ev07{:08X}", self.number());
        let app = &self.app;
        json!({
            "token": "verification-token", "type": "event_callback", "event": event, "event_id": id,
            "team_id": app.team_id, "context_team_id": app.team_id, "context_enterprise_id": app.enterprise_id,
            "api_app_id": app.app_id, "event_time": now_micros() / 1_000_000,
            "authorizations": [{
                "enterprise_id": app.enterprise_id, "team_id": app.team_id, "user_id": app.bot_user_id,
                "is_bot": true, "is_enterprise_install": app.is_enterprise_install,
            }],
            "is_ext_shared_channel": false, "event_context": format!("4-{id}"),
        })
    }

    fn hears(&self, channel: Option<&str>, event: &Value) -> bool {
        let channel = channel.and_then(|it| self.channels.get(it));
        let family = channel.map_or("channels", |it| it.kind.scope_family());
        let scope = match event["type"].as_str().unwrap_or("") {
            "app_uninstalled" | "tokens_revoked" => return true,
            "message" => format!("{family}:history"),
            "reaction_added" | "reaction_removed" => "reactions:read".into(),
            "user_change" => "users:read".into(),
            "file_shared" | "file_deleted" => "files:read".into(),
            kind if kind.starts_with("group_") => "groups:read".into(),
            _ => format!("{family}:read"),
        };
        let is_there = channel.is_none_or(|it| it.has(&self.app.bot_user_id));
        is_there && self.app.scopes.contains(&scope)
    }

    pub(crate) fn message_value(&self, channel: &str, at: u64, metadata: Metadata) -> Value {
        let place = self.channels.get(channel);
        let found = place.and_then(|place| Some((place, place.messages.get(&at)?)));
        let Some((place, message)) = found else {
            return Value::Null;
        };
        self.stored_value(place, message, metadata)
    }

    fn stored_value(&self, place: &Channel, message: &Stored, metadata: Metadata) -> Value {
        let files = message.files.iter().filter_map(|it| self.file_value(it));
        message.value(place, &self.app.team_id, files.collect(), metadata)
    }

    pub(crate) fn tell_message(&mut self, channel: &str, at: u64) {
        let mut event = self.message_value(channel, at, Metadata::Whole);
        let Some(place) = self.channels.get(channel) else {
            return;
        };
        event["channel"] = channel.into();
        event["channel_type"] = place.kind.channel_type().into();
        event["event_ts"] = ts(at).into();
        let root = place.messages.get(&at).and_then(|it| it.thread);
        self.emit(Some(channel), event);
        if let Some(root) = root.filter(|_| self.delivery.faults.message_replied) {
            self.tell_replied(channel, root, at);
        }
    }

    /// Slack's own oddity: over the Events API this has no `subtype`.
    fn tell_replied(&mut self, channel: &str, root: u64, at: u64) {
        let mut message = self.message_value(channel, root, Metadata::Left);
        message["replies"] =
            json!([{ "user": self.message(channel, at).map(|it| &it.user), "ts": ts(at) }]);
        let event = self.about_message(channel, at, json!({ "message": message }));
        self.emit(Some(channel), event);
    }

    /// A message event about another message.
    fn about_message(&self, channel: &str, at: u64, fields: Value) -> Value {
        let place = self.channels.get(channel);
        let kind = place.map_or(Kind::Public, |it| it.kind);
        let mut event = json!({
            "type": "message", "channel": channel, "channel_type": kind.channel_type(), "hidden": true,
            "ts": ts(at), "event_ts": ts(at),
        });
        event.lay_over(fields);
        event
    }

    /// Someone rewrote a message; `before` is how it stood.
    pub(crate) fn tell_changed(&mut self, channel: &str, before: &Stored, at: u64) {
        let Some(place) = self.channels.get(channel) else {
            return;
        };
        let previous = self.stored_value(place, before, Metadata::Whole);
        let message = self.message_value(channel, at, Metadata::Whole);
        let fields = json!({ "subtype": "message_changed", "message": message, "previous_message": previous });
        let event = self.about_message(channel, now_micros(), fields);
        self.emit(Some(channel), event);
    }

    /// Takes a message away; a root with replies becomes a stone.
    pub(crate) fn remove_message(&mut self, channel: &str, at: u64) {
        let Some(place) = self.channels.get_mut(channel) else {
            return;
        };
        if place.threads.contains_key(&at) {
            self.bury(channel, at);
            return;
        }
        let Some(before) = place.messages.get(&at).cloned() else {
            return;
        };
        let previous = self.message_value(channel, at, Metadata::Whole);
        if let Some(place) = self.channels.get_mut(channel) {
            place.take(before.ts);
        }
        let fields = json!({ "subtype": "message_deleted", "deleted_ts": ts(at), "previous_message": previous });
        let event = self.about_message(channel, now_micros(), fields);
        self.emit(Some(channel), event);
    }

    fn bury(&mut self, channel: &str, at: u64) {
        let Some(message) = self.message_mut(channel, at) else {
            return;
        };
        let before = message.clone();
        *message = Stored {
            ts: at,
            user: "USLACKBOT".into(),
            subtype: Some("tombstone"),
            text: "This message was deleted.".into(),
            ..Stored::default()
        };
        message.extra.insert("hidden".into(), true.into());
        self.tell_changed(channel, &before, at);
    }

    pub(crate) fn tell_reaction(
        &mut self,
        kind: &str,
        channel: &str,
        at: u64,
        user: &str,
        name: &str,
    ) {
        let item_user = self.message(channel, at).map(|it| it.user.clone());
        let item = json!({ "type": "message", "channel": channel, "ts": ts(at) });
        let event = json!({
            "type": kind, "user": user, "reaction": name, "item_user": item_user, "item": item,
        });
        self.emit(Some(channel), event);
    }

    pub(crate) fn tell_file_shared(&mut self, file: &str, channel: &str, user: &str) {
        let event = json!({
            "type": "file_shared", "channel_id": channel, "user_id": user, "file_id": file, "file": { "id": file },
        });
        self.emit(Some(channel), event);
    }
}
