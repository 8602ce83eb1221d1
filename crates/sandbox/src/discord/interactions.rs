//! Buttons that were pressed and commands that were used: each waits three seconds for its answer, and takes
//! more messages for a quarter of an hour.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Value, json};

use super::Discord;
use super::gateway::ALWAYS;
use super::ids::{ChannelId, InteractionId, MessageId, UserId, made_at_ms};
use super::message::Message;
use super::people::Misuse;
use super::wire::{self, ALL_PERMISSIONS};
use super::world::World;
use crate::kit::now_ms;

#[derive(Debug)]
pub(crate) struct Interaction {
    pub(crate) id: u64,
    pub(crate) token: String,
    /// 2 for a command, 3 for a button.
    pub(crate) kind: u8,
    pub(crate) channel: u64,
    pub(crate) user: u64,
    /// The message with the button.
    pub(crate) on: Option<u64>,
    /// The kind of the answer, once there is one.
    pub(crate) answered: Option<u8>,
    /// What `@original` names.
    pub(crate) original: Option<u64>,
    /// Messages that only their person sees.
    pub(crate) hidden: BTreeMap<u64, Message>,
    pub(crate) shown: Vec<u64>,
}

/// Where a button or command stands, for tests and the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InteractionView {
    /// 1 to 9 as in Discord's documentation: 4 is a message, 5 a message that is still to come, 6 and 7 the same
    /// for the message with the button.
    pub answered: Option<u8>,
    /// Texts that everybody sees, oldest first.
    pub shown: Vec<String>,
    /// Texts that only the person sees.
    pub hidden: Vec<String>,
}

const ANSWER_WITHIN_MS: i64 = 3_000;
const LASTS_MS: i64 = 15 * 60 * 1_000;

/// Older ones are forgotten.
const MOST: usize = 1_000;

impl Interaction {
    /// Whether an answer still comes in time.
    pub(crate) fn waits(&self) -> bool {
        now_ms() - made_at_ms(self.id) <= ANSWER_WITHIN_MS
    }

    pub(crate) fn lasts(&self) -> bool {
        now_ms() - made_at_ms(self.id) <= LASTS_MS
    }
}

impl Discord {
    /// A button under a message of the bot, by its `custom_id`.
    pub fn press_button(
        &self,
        channel: ChannelId,
        message: MessageId,
        user: UserId,
        custom_id: &str,
    ) -> Result<InteractionId, Misuse> {
        self.change(|world| {
            world.check_place(channel, user)?;
            let unknown = Misuse::UnknownMessage(channel, message);
            let stored = world.message(channel.0, message.0).ok_or(unknown)?;
            if !has_button(&stored.components, custom_id) {
                return Err(Misuse::NoButton(custom_id.to_owned()));
            }
            let shown = world.message_value(stored);
            let data = json!({ "id": 2, "custom_id": custom_id, "component_type": 2 });
            let more = json!({ "data": data, "message": shown });
            Ok(world.interact(3, channel, user, more, Some(message.0)))
        })
    }

    /// The names of the commands that people are offered.
    pub fn offered_commands(&self) -> Vec<String> {
        self.look(|world| {
            let names = world.commands.iter().filter_map(|it| it["name"].as_str());
            names.map(str::to_owned).collect()
        })
    }

    /// A command that the bot has registered or not; `options` are texts.
    pub fn slash_command(
        &self,
        channel: ChannelId,
        user: UserId,
        name: &str,
        options: &[(&str, &str)],
    ) -> Result<InteractionId, Misuse> {
        self.change(|world| {
            world.check_place(channel, user)?;
            let options = options.iter();
            let options =
                options.map(|(name, value)| json!({ "name": name, "type": 3, "value": value }));
            let known = world.commands.iter().find(|it| it["name"] == name);
            let id = known.map_or_else(|| wire::id(world.bot.id), |it| it["id"].clone());
            let data = json!({
                "id": id,
                "name": name,
                "type": 1,
                "options": options.collect::<Vec<_>>(),
            });
            Ok(world.interact(2, channel, user, json!({ "data": data }), None))
        })
    }

    pub fn interaction(&self, id: InteractionId) -> Option<InteractionView> {
        self.look(|world| {
            let it = world.interactions.get(&id.0)?;
            let shown = it
                .shown
                .iter()
                .filter_map(|id| world.message(it.channel, *id));
            Some(InteractionView {
                answered: it.answered,
                shown: shown.map(|it| it.content.clone()).collect(),
                hidden: it.hidden.values().map(|it| it.content.clone()).collect(),
            })
        })
    }
}

fn has_button(rows: &[Value], custom_id: &str) -> bool {
    let buttons = rows
        .iter()
        .filter_map(|it| it["components"].as_array())
        .flatten();
    buttons
        .into_iter()
        .any(|it| it["custom_id"] == custom_id && it["disabled"] != true)
}

impl World {
    fn interact(
        &mut self,
        kind: u8,
        channel: ChannelId,
        user: UserId,
        more: Value,
        on: Option<u64>,
    ) -> InteractionId {
        let id = self.new_id();
        let token = format!(
            "aW50ZXJhY3Rpb24{:032x}",
            u128::from(id).wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c)
        );
        let mut body = json!({
            "id": wire::id(id),
            "application_id": wire::id(self.bot.id),
            "type": kind,
            "token": token,
            "version": 1,
            "channel_id": wire::id(channel.0),
            "channel": self.channels.get(&channel.0).map(|it| self.channel_value(it)),
            "app_permissions": ALL_PERMISSIONS.to_string(),
            "locale": "en-US",
            "entitlements": [],
            "authorizing_integration_owners": { "0": wire::id(self.guild.id) },
            "context": 0,
            "attachment_size_limit": super::routes::largest_upload(),
        });
        self.add_person(&mut body, channel.0, user.0);
        if let (Value::Object(body), Value::Object(more)) = (&mut body, more) {
            body.extend(more);
        }
        self.interactions.insert(
            id,
            Interaction {
                id,
                token,
                kind,
                channel: channel.0,
                user: user.0,
                on,
                answered: None,
                original: None,
                hidden: BTreeMap::new(),
                shown: Vec::new(),
            },
        );
        while self.interactions.len() > MOST {
            self.interactions.pop_first();
        }
        self.tell_of("INTERACTION_CREATE", ALWAYS, channel.0, body);
        InteractionId(id)
    }

    /// In a guild the member, elsewhere the user.
    fn add_person(&self, body: &mut Value, channel: u64, user: u64) {
        let member = self
            .member_value(user)
            .filter(|_| self.is_in_guild(channel));
        match member {
            Some(mut member) => {
                member["permissions"] = ALL_PERMISSIONS.to_string().into();
                body["member"] = member;
                body["guild_id"] = wire::id(self.guild.id);
                body["guild_locale"] = "en-US".into();
                body["guild"] =
                    json!({ "id": wire::id(self.guild.id), "locale": "en-US", "features": [] });
            }
            None => {
                body["user"] = self.user_value(user);
                body["context"] = 1.into();
            }
        }
    }
}
