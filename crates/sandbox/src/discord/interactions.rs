//! Buttons that were pressed and commands that were used: each waits three seconds for its answer, and takes
//! more messages for a quarter of an hour.

use serde_json::{Value, json};

use super::gateway::dispatch::ALWAYS;
use super::ids::{ChannelId, InteractionId, MessageId, UserId};
use super::interaction::{Interaction, InteractionView};
use super::message::{LARGEST_UPLOAD, Message};
use super::said::{Deed, Misuse};
use super::wire::{self, ALL_PERMISSIONS};
use super::world::{Discord, World};
use crate::kit::Fields;

/// Older ones are forgotten.
const MOST: usize = 1_000;

impl Discord {
    /// A button under a message of the bot, by its `custom_id`.
    pub fn press_button(
        &self,
        channel: ChannelId,
        message: MessageId,
        user: UserId,
        custom_id: &str,
    ) -> Deed<InteractionId> {
        self.change(|world| {
            world.check_place(channel, user)?;
            let hidden = world.hidden(message.0).map(Ok);
            let stored = hidden.unwrap_or_else(|| world.there(channel, message))?;
            refuse!(!has_button(&stored.components, custom_id) => Misuse::NoButton(custom_id.to_owned()));
            let shown = world.message_value(stored);
            let data = json!({ "id": 2, "custom_id": custom_id, "component_type": 2 });
            let more = json!({ "data": data, "message": shown });
            Ok(world.interact(3, channel, user, more, Some(message.0)))
        })
    }

    pub fn interaction(&self, id: InteractionId) -> Option<InteractionView> {
        self.look(|world| {
            let it = world.interactions.get(&id.0)?;
            let shown = it.shown.iter();
            let shown = shown.filter_map(|id| world.message(it.channel, *id));
            Some(InteractionView {
                answered: it.answered,
                shown: shown.map(|it| it.content.clone()).collect(),
                hidden: it.hidden.values().map(|it| it.content.clone()).collect(),
                choices: it.choices.iter().map(|it| it.0.clone()).collect(),
            })
        })
    }
}

fn has_button(rows: &[Value], custom_id: &str) -> bool {
    let rows = rows.iter().filter_map(|it| it["components"].as_array());
    let mut buttons = rows.flatten();
    buttons.any(|it| it["custom_id"] == custom_id && it["disabled"] != true)
}

impl World {
    pub(crate) fn hidden(&self, message: u64) -> Option<&Message> {
        let mut all = self.interactions.values();
        all.find_map(|it| it.hidden.get(&message))
    }

    pub(crate) fn hidden_mut(&mut self, message: u64) -> Option<&mut Message> {
        let mut all = self.interactions.values_mut();
        all.find_map(|it| it.hidden.get_mut(&message))
    }

    pub(super) fn interact(
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
            "id": wire::id(id), "application_id": wire::id(self.bot.id), "type": kind, "token": token,
            "version": 1, "channel_id": wire::id(channel.0),
            "channel": self.channels.get(&channel.0).map(|it| self.channel_value(it)),
            "app_permissions": ALL_PERMISSIONS.to_string(), "locale": "en-US", "entitlements": [],
            "authorizing_integration_owners": { "0": wire::id(self.guild.id) }, "context": 0,
            "attachment_size_limit": LARGEST_UPLOAD,
        });
        self.add_person(&mut body, channel.0, user.0);
        body.lay_over(more);
        let interaction = Interaction {
            id,
            token,
            kind,
            channel: channel.0,
            user: user.0,
            on,
            ..Interaction::default()
        };
        self.interactions.insert(id, interaction);
        while self.interactions.len() > MOST {
            self.interactions.pop_first();
        }
        self.tell_of("INTERACTION_CREATE", ALWAYS, channel.0, body);
        InteractionId(id)
    }

    /// In a guild the member, elsewhere the user.
    fn add_person(&self, body: &mut Value, channel: u64, user: u64) {
        let member = self.member_value(user);
        match member.filter(|_| self.is_in_guild(channel)) {
            Some(mut member) => {
                member["permissions"] = ALL_PERMISSIONS.to_string().into();
                let guild = wire::id(self.guild.id);
                body.lay_over(json!({
                    "member": member, "guild_id": guild, "guild_locale": "en-US",
                    "guild": { "id": guild, "locale": "en-US", "features": [] },
                }));
            }
            None => body.lay_over(json!({ "user": self.user_value(user), "context": 1 })),
        }
    }
}
