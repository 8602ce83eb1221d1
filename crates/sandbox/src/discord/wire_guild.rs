//! The guild with its roles, emoji, stickers, channels and members, as REST and `GUILD_CREATE` show it.

use serde_json::{Map, Value, json};

use super::channel::{Channel, Kind};
use super::ids::made_at_ms;
use super::wire::{ORDINARY_PERMISSIONS, id, maybe_id, timestamp};
use super::world::World;

impl World {
    pub(crate) fn role_values(&self) -> Vec<Value> {
        let role = |(at, (role, name)): (usize, &(u64, String))| {
            json!({
                "id": id(*role),
                "name": name,
                "permissions": ORDINARY_PERMISSIONS.to_string(),
                "position": at,
                "color": 0,
                "colors": { "primary_color": 0, "secondary_color": null, "tertiary_color": null },
                "hoist": false,
                "managed": false,
                "mentionable": true,
                "icon": null,
                "unicode_emoji": null,
                "flags": 0,
            })
        };
        self.guild.roles.iter().enumerate().map(role).collect()
    }

    fn emoji_values(&self) -> Vec<Value> {
        let emoji = |(emoji, name): &(u64, String)| {
            json!({
                "id": id(*emoji),
                "name": name,
                "user": self.user_value(self.guild.owner),
                "roles": [],
                "require_colons": true,
                "managed": false,
                "animated": false,
                "available": true,
            })
        };
        self.guild.emojis.iter().map(emoji).collect()
    }

    fn sticker_values(&self) -> Vec<Value> {
        let sticker = |(sticker, name): &(u64, String)| {
            json!({
                "id": id(*sticker),
                "name": name,
                "tags": name,
                "type": 2,
                "format_type": 1,
                "description": null,
                "available": true,
                "guild_id": id(self.guild.id),
            })
        };
        self.guild.stickers.iter().map(sticker).collect()
    }

    /// What `GET /guilds/{guild_id}` answers.
    pub(crate) fn guild_value(&self) -> Map<String, Value> {
        let value = json!({
            "id": id(self.guild.id),
            "name": self.guild.name,
            "icon": null,
            "description": null,
            "home_header": null,
            "splash": null,
            "discovery_splash": null,
            "features": [],
            "banner": null,
            "owner_id": id(self.guild.owner),
            "application_id": null,
            "region": "deprecated",
            "afk_channel_id": null,
            "afk_timeout": 300,
            "system_channel_id": maybe_id(self.system_channel()),
            "system_channel_flags": 0,
            "widget_enabled": false,
            "widget_channel_id": null,
            "verification_level": 0,
            "roles": self.role_values(),
            "default_message_notifications": 0,
            "mfa_level": 0,
            "explicit_content_filter": 0,
            "max_presences": null,
            "max_members": 500_000,
            "max_stage_video_channel_users": 50,
            "max_video_channel_users": 25,
            "vanity_url_code": null,
            "premium_tier": 0,
            "premium_subscription_count": 0,
            "preferred_locale": "en-US",
            "rules_channel_id": null,
            "safety_alerts_channel_id": null,
            "public_updates_channel_id": null,
            "premium_progress_bar_enabled": false,
            "nsfw": false,
            "nsfw_level": 0,
            "emojis": self.emoji_values(),
            "stickers": self.sticker_values(),
            "incidents_data": null,
        });
        match value {
            Value::Object(fields) => fields,
            _ => Map::new(),
        }
    }

    /// The first text channel: Discord itself speaks there.
    pub(crate) fn system_channel(&self) -> Option<u64> {
        let is_text = |it: &&u64| {
            self.channels
                .get(it)
                .is_some_and(|it| it.kind == Kind::Text)
        };
        self.order.iter().find(is_text).copied()
    }

    /// What `GUILD_CREATE` holds.
    pub(crate) fn guild_created(&self) -> Value {
        let mut fields = self.guild_value();
        let places = self.order.iter().filter_map(|it| self.channels.get(it));
        let places: Vec<&Channel> = places.filter(|it| it.kind != Kind::Private).collect();
        let (threads, channels): (Vec<&Channel>, Vec<&Channel>) =
            places.into_iter().partition(|it| it.kind == Kind::Thread);
        let values = |list: Vec<&Channel>| {
            list.into_iter()
                .map(|it| self.channel_value(it))
                .collect::<Vec<_>>()
        };
        let open = threads
            .into_iter()
            .filter(|it| it.is_open_thread() && self.sees(it))
            .collect();
        let members = self
            .guild
            .members
            .keys()
            .filter_map(|it| self.member_value(*it));
        let more = json!({
            "joined_at": timestamp(made_at_ms(self.guild.id)),
            "large": false,
            "unavailable": false,
            "member_count": self.guild.members.len(),
            "voice_states": [],
            "members": members.collect::<Vec<_>>(),
            "channels": values(channels),
            "threads": values(open),
            "presences": [],
            "stage_instances": [],
            "guild_scheduled_events": [],
            "soundboard_sounds": [],
        });
        if let Value::Object(more) = more {
            fields.extend(more);
        }
        Value::Object(fields)
    }
}
