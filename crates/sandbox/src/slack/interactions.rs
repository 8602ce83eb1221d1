//! Buttons, modals and commands: what the app is sent when people use them.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::Instant;

use super::asked::{Asked, ResponseUrl};
use super::blocks;
use super::delivery::{Cargo, Parcel};
use super::ids::{ChannelId, Ts, UserId, ViewId, now_micros};
use super::said::{Deed, Misuse};
use super::wire::{Metadata, ts};
use super::world::World;
use crate::kit::Fields;

/// A trigger opens one modal, soon.
const TRIGGER_LIFE: Duration = Duration::from_secs(3);
/// A response URL is good for five answers in half an hour.
const RESPONSE_LIFE: Duration = Duration::from_secs(30 * 60);
const MOST_RESPONSES: u32 = 5;

impl World {
    fn new_trigger(&mut self, user: &str) -> String {
        let id = format!("{}.{}.{:032x}", now_micros(), self.number(), self.number());
        let until = Instant::now() + TRIGGER_LIFE;
        let triggers = &mut self.interactions.triggers;
        triggers.insert(id.clone(), (until, user.to_owned()));
        id
    }

    fn new_response_url(&mut self, channel: &str, user: &str, message: Option<u64>) -> String {
        let token = format!("R{:024x}", self.number());
        let url = ResponseUrl {
            channel: channel.to_owned(),
            user: user.to_owned(),
            message,
            until: Instant::now() + RESPONSE_LIFE,
            left: MOST_RESPONSES,
        };
        self.interactions.responses.insert(token.clone(), url);
        format!("{}/response/{token}", self.base)
    }

    fn team_value(&self) -> Value {
        json!({ "id": self.app.team_id, "domain": self.app.team_name.to_lowercase() })
    }

    fn user_value(&self, user: &str) -> Value {
        let name = self.members.get(user).map_or("", |it| it.name.as_str());
        json!({ "id": user, "username": name, "name": name, "team_id": self.app.team_id })
    }

    fn interact(&mut self, asked: Asked, user: &str, mut payload: Value) {
        payload.lay_over(json!({
            "team": self.team_value(), "user": self.user_value(user), "api_app_id": self.app.app_id,
            "token": "verification-token", "enterprise": null, "is_enterprise_install": false,
        }));
        let parcel = Parcel::new(Cargo::Interactive(asked), None, payload);
        self.delivery.enqueue(parcel, Instant::now());
    }

    pub(super) fn press(&mut self, channel: &ChannelId, at: Ts, by: &UserId, button: &str) -> Deed {
        let (blocks, is_ephemeral, value) = self.pressed_message(channel, at);
        let blocks = blocks.as_ref();
        let found = blocks.and_then(|it| blocks::find_button(it, button));
        let no_button = || Misuse::NoButton(at, button.to_owned());
        let (block_id, element) = found.ok_or_else(no_button)?;
        let mut action = json!({ "block_id": block_id, "action_ts": ts(now_micros()) });
        for field in ["type", "action_id", "text", "value", "style"] {
            action.put(field, element.get(field).cloned());
        }
        let name = self.place(channel)?.name.clone();
        let trigger = self.new_trigger(&by.0);
        let response_url = self.new_response_url(&channel.0, &by.0, Some(at.0));
        let mut container = json!({
            "type": "message", "message_ts": at, "channel_id": channel, "is_ephemeral": is_ephemeral,
        });
        container.put("thread_ts", value.get("thread_ts").cloned());
        let payload = json!({
            "type": "block_actions", "container": container, "trigger_id": trigger,
            "channel": { "id": channel, "name": name }, "message": value, "state": { "values": {} },
            "response_url": response_url, "actions": [action],
        });
        let asked = Asked::Press {
            channel: channel.0.clone(),
            user: by.0.clone(),
        };
        self.interact(asked, &by.0, payload);
        Ok(())
    }

    /// Its blocks, whether only one person sees it, and how it is written out.
    fn pressed_message(&self, channel: &ChannelId, message: Ts) -> (Option<Value>, bool, Value) {
        let place = self.channels.get(&channel.0);
        let ephemeral = place.and_then(|it| it.ephemeral.iter().find(|it| it.ts == message.0));
        if let Some(it) = ephemeral {
            let value =
                json!({ "type": "message", "ts": message, "text": it.text, "blocks": it.blocks });
            return (it.blocks.clone(), true, value);
        }
        let stored = self.message(&channel.0, message.0);
        let blocks = stored.and_then(|it| it.blocks.clone());
        let value = self.message_value(&channel.0, message.0, Metadata::Left);
        (blocks, false, value)
    }

    pub(super) fn slash(&mut self, channel: &ChannelId, user: &UserId, command: &str, text: &str) {
        let place = self.channels.get(&channel.0);
        let name = match place.map_or("", |it| it.name.as_str()) {
            _ if channel.0.starts_with('D') => "directmessage".to_owned(),
            name => name.to_owned(),
        };
        let asked = Asked::Command {
            channel: channel.0.clone(),
            user: user.0.clone(),
            command: command.to_owned(),
        };
        let response_url = self.new_response_url(&channel.0, &user.0, None);
        let trigger = self.new_trigger(&user.0);
        let payload = json!({
            "token": "verification-token", "api_app_id": self.app.app_id, "is_enterprise_install": "false",
            "team_id": self.app.team_id, "team_domain": self.app.team_name.to_lowercase(),
            "channel_id": channel, "channel_name": name,
            "user_id": user, "user_name": self.members.get(&user.0).map_or("", |it| it.name.as_str()),
            "command": command, "text": text, "response_url": response_url, "trigger_id": trigger,
        });
        let parcel = Parcel::new(Cargo::Slash(asked), None, payload);
        self.delivery.enqueue(parcel, Instant::now());
    }

    pub(super) fn submit(&mut self, id: &ViewId, user: &UserId, values: &[(&str, &str)]) -> Deed {
        let no_modal = || Misuse::NoModal(id.0.clone());
        let mut view = self.modal_value(&id.0);
        let modal = self.interactions.modals.get(&id.0).ok_or_else(no_modal)?;
        refuse!(modal.user != user.0 => Misuse::NoModal(id.0.clone()));
        let values = blocks::filled_in(&modal.view["blocks"], values)?;
        view["state"] = json!({ "values": values });
        let trigger = self.new_trigger(&user.0);
        let payload = json!({
            "type": "view_submission", "trigger_id": trigger, "view": view, "response_urls": [],
        });
        let modal = id.0.clone();
        self.interact(Asked::Submission { modal }, &user.0, payload);
        Ok(())
    }

    pub(super) fn close_modal(&mut self, id: &ViewId) -> Deed {
        let closed = self.interactions.modals.remove(&id.0);
        closed.map(|_| ()).ok_or(Misuse::NoModal(id.0.clone()))
    }

    pub(crate) fn modal_value(&self, id: &str) -> Value {
        let Some(modal) = self.interactions.modals.get(id) else {
            return Value::Null;
        };
        let mut view = json!({
            "private_metadata": "", "callback_id": "", "external_id": "", "state": { "values": {} },
        });
        view.lay_over(modal.view.clone());
        view.lay_over(json!({
            "id": id, "root_view_id": id, "previous_view_id": null,
            "team_id": self.app.team_id, "app_id": self.app.app_id, "bot_id": self.app.bot_id,
            "hash": format!("{}.abcd", now_micros() / 1_000_000),
        }));
        view
    }
}
