//! Buttons, modals and commands: what the app is sent when people use them.

use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::Instant;

use super::answer::ApiError;
use super::blocks;
use super::delivery::{Cargo, Parcel};
use super::ids::{ChannelId, Ts, UserId, ViewId};
use super::message::{Metadata, ts};
use super::people::Misuse;
use super::world::{World, now_micros};

/// A trigger opens one modal, soon.
const TRIGGER_LIFE: Duration = Duration::from_secs(3);
/// A response URL is good for five answers in half an hour.
const RESPONSE_LIFE: Duration = Duration::from_secs(30 * 60);
const MOST_RESPONSES: u32 = 5;

/// What a person did and waits for.
#[derive(Debug, Clone)]
pub(crate) enum Asked {
    Press {
        channel: String,
        user: String,
    },
    Command {
        channel: String,
        user: String,
        command: String,
    },
    Submission {
        modal: String,
    },
}

#[derive(Debug, Clone)]
pub(crate) struct Modal {
    pub(crate) user: String,
    pub(crate) view: Value,
    pub(crate) errors: Value,
}

pub(crate) struct ResponseUrl {
    pub(crate) channel: String,
    pub(crate) user: String,
    /// The message whose button was pressed.
    pub(crate) message: Option<u64>,
    pub(crate) until: Instant,
    pub(crate) left: u32,
}

#[derive(Default)]
pub(crate) struct Interactions {
    pub(crate) modals: BTreeMap<String, Modal>,
    triggers: HashMap<String, (Instant, String)>,
    used_triggers: Vec<String>,
    pub(crate) responses: HashMap<String, ResponseUrl>,
}

impl Interactions {
    /// Whose deed it was.
    pub(crate) fn use_trigger(&mut self, id: &str) -> Result<String, ApiError> {
        if self.used_triggers.iter().any(|it| it == id) {
            return Err(ApiError::of("exchanged_trigger_id"));
        }
        let (until, user) = self
            .triggers
            .remove(id)
            .ok_or(ApiError::of("invalid_trigger_id"))?;
        self.used_triggers.push(id.to_owned());
        match until > Instant::now() {
            true => Ok(user),
            false => Err(ApiError::of("expired_trigger_id")),
        }
    }

    pub(crate) fn open_modal(&mut self, id: &str, user: &str, view: Value) {
        let modal = Modal {
            user: user.to_owned(),
            view,
            errors: json!({}),
        };
        self.modals.insert(id.to_owned(), modal);
    }

    pub(crate) fn update_modal(&mut self, id: &str, view: Value) -> Result<(), ApiError> {
        let modal = self.modals.get_mut(id).ok_or(ApiError::of("not_found"))?;
        modal.view = view;
        modal.errors = json!({});
        Ok(())
    }
}

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

    fn interact(&mut self, asked: Asked, payload: Value) {
        let parcel = Parcel::new(Cargo::Interactive(asked), None, payload);
        self.delivery.enqueue(parcel, Instant::now());
    }

    pub(super) fn press(
        &mut self,
        channel: &ChannelId,
        message: Ts,
        user: &UserId,
        button: &str,
    ) -> Result<(), Misuse> {
        let (blocks, is_ephemeral, value) = self.pressed_message(channel, message);
        let found = blocks
            .as_ref()
            .and_then(|it| blocks::find_button(it, button));
        let no_button = || Misuse::NoButton(message, button.to_owned());
        let (block_id, element) = found.ok_or_else(no_button)?;
        let mut action = json!({
            "type": element["type"],
            "action_id": element["action_id"],
            "block_id": block_id,
            "text": element["text"],
            "action_ts": ts(now_micros()),
        });
        for field in ["value", "style"] {
            if let Some(value) = element.get(field) {
                action[field] = value.clone();
            }
        }
        let name = self.place(channel)?.name.clone();
        let trigger = self.new_trigger(&user.0);
        let response_url = self.new_response_url(&channel.0, &user.0, Some(message.0));
        let mut container = json!({
            "type": "message",
            "message_ts": message,
            "channel_id": channel,
            "is_ephemeral": is_ephemeral,
        });
        if let Some(root) = value.get("thread_ts") {
            container["thread_ts"] = root.clone();
        }
        let payload = json!({
            "type": "block_actions",
            "user": self.user_value(&user.0),
            "api_app_id": self.app.app_id,
            "token": "verification-token",
            "container": container,
            "trigger_id": trigger,
            "team": self.team_value(),
            "enterprise": null,
            "is_enterprise_install": false,
            "channel": { "id": channel, "name": name },
            "message": value,
            "state": { "values": {} },
            "response_url": response_url,
            "actions": [action],
        });
        let asked = Asked::Press {
            channel: channel.0.clone(),
            user: user.0.clone(),
        };
        self.interact(asked, payload);
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
        let blocks = self
            .message(&channel.0, message.0)
            .and_then(|it| it.blocks.clone());
        let value = self.message_value(&channel.0, message.0, Metadata::Left);
        (blocks, false, value)
    }

    pub(super) fn slash(&mut self, channel: &ChannelId, user: &UserId, command: &str, text: &str) {
        let name = self
            .channels
            .get(&channel.0)
            .map_or("", |it| it.name.as_str());
        let name = if channel.0.starts_with('D') {
            "directmessage"
        } else {
            name
        }
        .to_owned();
        let asked = Asked::Command {
            channel: channel.0.clone(),
            user: user.0.clone(),
            command: command.to_owned(),
        };
        let response_url = self.new_response_url(&channel.0, &user.0, None);
        let trigger = self.new_trigger(&user.0);
        let payload = json!({
            "token": "verification-token",
            "team_id": self.app.team_id,
            "team_domain": self.app.team_name.to_lowercase(),
            "channel_id": channel,
            "channel_name": name,
            "user_id": user,
            "user_name": self.members.get(&user.0).map_or("", |it| it.name.as_str()),
            "command": command,
            "text": text,
            "api_app_id": self.app.app_id,
            "is_enterprise_install": "false",
            "response_url": response_url,
            "trigger_id": trigger,
        });
        let parcel = Parcel::new(Cargo::Slash(asked), None, payload);
        self.delivery.enqueue(parcel, Instant::now());
    }

    pub(super) fn submit(
        &mut self,
        id: &ViewId,
        user: &UserId,
        values: &[(&str, &str)],
    ) -> Result<(), Misuse> {
        let no_modal = || Misuse::NoModal(id.0.clone());
        let mut view = self.modal_value(&id.0);
        let modal = self.interactions.modals.get(&id.0).ok_or_else(no_modal)?;
        if modal.user != user.0 {
            return Err(Misuse::NoModal(id.0.clone()));
        }
        view["state"] = json!({ "values": blocks::state(&modal.view["blocks"], values) });
        let trigger = self.new_trigger(&user.0);
        let payload = json!({
            "type": "view_submission",
            "team": self.team_value(),
            "user": self.user_value(&user.0),
            "api_app_id": self.app.app_id,
            "token": "verification-token",
            "trigger_id": trigger,
            "view": view,
            "response_urls": [],
            "is_enterprise_install": false,
            "enterprise": null,
        });
        let modal = id.0.clone();
        self.interact(Asked::Submission { modal }, payload);
        Ok(())
    }

    pub(super) fn close_modal(&mut self, id: &ViewId) -> Result<(), Misuse> {
        let closed = self.interactions.modals.remove(&id.0);
        closed.map(|_| ()).ok_or(Misuse::NoModal(id.0.clone()))
    }

    pub(crate) fn modal_value(&self, id: &str) -> Value {
        let Some(modal) = self.interactions.modals.get(id) else {
            return Value::Null;
        };
        let mut view = modal.view.clone();
        view["id"] = id.into();
        view["team_id"] = self.app.team_id.as_str().into();
        view["app_id"] = self.app.app_id.as_str().into();
        view["bot_id"] = self.app.bot_id.as_str().into();
        view["root_view_id"] = id.into();
        view["previous_view_id"] = Value::Null;
        view["hash"] = format!("{}.abcd", now_micros() / 1_000_000).into();
        for (name, usual) in [
            ("private_metadata", json!("")),
            ("callback_id", json!("")),
            ("external_id", json!("")),
            ("state", json!({ "values": {} })),
        ] {
            if view.get(name).is_none() {
                view[name] = usual;
            }
        }
        view
    }
}
