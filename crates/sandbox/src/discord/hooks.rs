//! Webhooks: how they come and go, whoever does it.

use serde_json::json;

use super::gateway::dispatch::WEBHOOKS;
use super::guild::Webhook;
use super::wire;
use super::world::World;

impl World {
    pub(crate) fn new_webhook(
        &mut self,
        channel: u64,
        name: String,
        avatar: Option<String>,
        user: u64,
    ) -> u64 {
        let id = self.new_id();
        let token = format!(
            "{:034x}{:034x}",
            u128::from(id).wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835),
            id
        );
        let webhook = Webhook {
            id,
            token,
            channel,
            name,
            avatar,
            user,
        };
        self.webhooks.insert(id, webhook);
        self.tell_webhooks(channel);
        id
    }

    pub(crate) fn remove_webhook(&mut self, id: u64) -> bool {
        let Some(webhook) = self.webhooks.remove(&id) else {
            return false;
        };
        self.tell_webhooks(webhook.channel);
        true
    }

    /// The event names the channel and nothing else.
    pub(super) fn tell_webhooks(&mut self, channel: u64) {
        let body = json!({ "guild_id": wire::id(self.guild.id), "channel_id": wire::id(channel) });
        self.tell_of("WEBHOOKS_UPDATE", WEBHOOKS, channel, body);
    }
}
