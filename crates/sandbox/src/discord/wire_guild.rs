//! The guild with its roles, emoji, stickers, channels and members, as REST and `GUILD_CREATE` show it.

use serde_json::{Value, json};

use super::channel::{Channel, Kind};
use super::ids::made_at_ms;
use super::wire::{ORDINARY_PERMISSIONS, id, maybe_id, timestamp};
use super::world::World;
use crate::kit::Fields;

impl World {
    pub(crate) fn role_values(&self) -> Vec<Value> {
        let role = |(at, (role, name)): (usize, &(u64, String))| {
            json!({
                "id": id(*role), "name": name, "permissions": ORDINARY_PERMISSIONS.to_string(), "position": at,
                "color": 0, "colors": { "primary_color": 0, "secondary_color": null, "tertiary_color": null },
                "hoist": false, "managed": false, "mentionable": true, "icon": null, "unicode_emoji": null, "flags": 0,
            })
        };
        self.guild.roles.iter().enumerate().map(role).collect()
    }

    fn emoji_values(&self) -> Vec<Value> {
        let emoji = |(emoji, name): &(u64, String)| {
            json!({
                "id": id(*emoji), "name": name, "user": self.user_value(self.guild.owner), "roles": [],
                "require_colons": true, "managed": false, "animated": false, "available": true,
            })
        };
        self.guild.emojis.iter().map(emoji).collect()
    }

    fn sticker_values(&self) -> Vec<Value> {
        let sticker = |(sticker, name): &(u64, String)| {
            json!({
                "id": id(*sticker), "name": name, "tags": name, "type": 2, "format_type": 1, "description": null,
                "available": true, "guild_id": id(self.guild.id),
            })
        };
        self.guild.stickers.iter().map(sticker).collect()
    }

    /// What `GET /guilds/{guild_id}` answers.
    pub(crate) fn guild_value(&self) -> Value {
        json!({
            "id": id(self.guild.id), "name": self.guild.name, "owner_id": id(self.guild.owner),
            "roles": self.role_values(), "emojis": self.emoji_values(), "stickers": self.sticker_values(),
            "system_channel_id": maybe_id(self.system_channel()), "system_channel_flags": 0,
            "icon": null, "description": null, "home_header": null, "splash": null, "discovery_splash": null,
            "features": [], "banner": null, "application_id": null, "region": "deprecated",
            "afk_channel_id": null, "afk_timeout": 300, "widget_enabled": false, "widget_channel_id": null,
            "verification_level": 0, "default_message_notifications": 0, "mfa_level": 0, "explicit_content_filter": 0,
            "max_presences": null, "max_members": 500_000,
            "max_stage_video_channel_users": 50, "max_video_channel_users": 25,
            "vanity_url_code": null, "premium_tier": 0, "premium_subscription_count": 0,
            "premium_progress_bar_enabled": false, "preferred_locale": "en-US", "rules_channel_id": null,
            "safety_alerts_channel_id": null, "public_updates_channel_id": null, "nsfw": false, "nsfw_level": 0,
            "incidents_data": null,
        })
    }

    /// The first text channel: Discord itself speaks there.
    pub(crate) fn system_channel(&self) -> Option<u64> {
        let mut places = self.order.iter().filter_map(|it| self.channels.get(it));
        places.find(|it| it.kind == Kind::Text).map(|it| it.id)
    }

    /// What `GUILD_CREATE` holds.
    pub(crate) fn guild_created(&self) -> Value {
        let places = self.order.iter().filter_map(|it| self.channels.get(it));
        let places = places.filter(|it| it.kind != Kind::Private);
        let (threads, channels): (Vec<&Channel>, Vec<&Channel>) =
            places.partition(|it| it.kind == Kind::Thread);
        let open = threads
            .into_iter()
            .filter(|it| it.is_open_thread() && self.sees(it));
        let value = |it: &Channel| self.channel_value(it);
        let members = self.guild.members.keys();
        let members = members.filter_map(|it| self.member_value(*it));
        let mut guild = self.guild_value();
        guild.lay_over(json!({
            "joined_at": timestamp(made_at_ms(self.guild.id)), "large": false, "unavailable": false,
            "member_count": self.guild.members.len(), "members": members.collect::<Vec<_>>(),
            "channels": channels.into_iter().map(value).collect::<Vec<_>>(),
            "threads": open.map(value).collect::<Vec<_>>(),
            "voice_states": [], "presences": [], "stage_instances": [], "guild_scheduled_events": [],
            "soundboard_sounds": [],
        }));
        guild
    }
}
