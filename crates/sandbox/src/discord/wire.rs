//! Users, members, channels and webhooks as the JSON objects of the API. Numbers that are snowflakes
//! are strings there.

use serde_json::{Value, json};

use super::channel::{Channel, Kind};
use super::guild::{Member, User, Webhook};
use super::ids::made_at_ms;
use super::message::{By, Emoji};
use super::world::World;
use crate::kit::{Fields, kinds, now_ms};

/// All that a bot can be allowed, as far as it matters here.
pub(crate) const ALL_PERMISSIONS: u64 = (1 << 50) - 1;
/// Of roles: neither "ADMINISTRATOR" nor "MANAGE_GUILD" nor "MANAGE_THREADS".
pub(crate) const ORDINARY_PERMISSIONS: u64 = ALL_PERMISSIONS & !(1 << 3 | 1 << 5 | 1 << 34);

pub(crate) fn id(snowflake: u64) -> Value {
    Value::String(snowflake.to_string())
}

pub(crate) fn ids(snowflakes: &[u64]) -> Value {
    snowflakes.iter().map(|it| id(*it)).collect()
}

pub(crate) fn maybe_id(snowflake: Option<u64>) -> Value {
    snowflake.map_or(Value::Null, id)
}

/// ISO 8601 with microseconds, as Discord writes it.
pub(crate) fn timestamp(unix_ms: i64) -> Value {
    let at = jiff::Timestamp::from_millisecond(unix_ms).unwrap_or_default();
    at.strftime("%Y-%m-%dT%H:%M:%S%.6f+00:00")
        .to_string()
        .into()
}

pub(crate) fn user(user: &User) -> Value {
    let mut value = json!({
        "id": id(user.id), "username": user.username, "global_name": user.global_name, "avatar": user.avatar,
        "discriminator": if user.is_bot { "7021" } else { "0" },
        "public_flags": 0, "flags": 0, "primary_guild": null, "banner": null, "accent_color": null,
        "avatar_decoration_data": null, "collectibles": null,
    });
    value.put("bot", user.is_bot.then_some(true));
    value
}

/// Without the user inside, as beside a message.
pub(crate) fn bare_member(member: &Member) -> Value {
    json!({
        "nick": member.nick, "roles": ids(&member.roles), "joined_at": timestamp(member.joined_at),
        "avatar": null, "banner": null, "communication_disabled_until": null, "premium_since": null,
        "flags": 0, "pending": false, "mute": false, "deaf": false,
    })
}

/// A poll as it begins, for a day.
pub(crate) fn poll(question: &str, answers: &[String]) -> Value {
    let answer = |(at, text)| json!({ "answer_id": at + 1, "poll_media": { "text": text } });
    let answers: Vec<Value> = answers.iter().enumerate().map(answer).collect();
    json!({
        "question": { "text": question }, "answers": answers,
        "expiry": timestamp(now_ms() + 24 * 60 * 60 * 1_000), "allow_multiselect": false, "layout_type": 1,
        "results": { "answer_counts": [], "is_finalized": false },
    })
}

pub(crate) fn sticker_item(sticker: u64, name: &str) -> Value {
    json!({ "id": id(sticker), "name": name, "format_type": 1 })
}

pub(crate) fn mime_of(name: &str) -> String {
    match kinds::mime_of(name) {
        "text/plain" => "text/plain; charset=utf-8".to_owned(),
        other => other.to_owned(),
    }
}

pub(crate) fn emoji(emoji: &Emoji) -> Value {
    let mut value = json!({ "id": maybe_id(emoji.id), "name": emoji.name });
    value.put("animated", emoji.id.map(|_| false));
    value
}

/// The hash that the real server gives a webhook's picture once it has fetched it.
fn picture_hash(address: &str) -> String {
    let step = |sum: u128, byte: u8| {
        (sum ^ u128::from(byte)).wrapping_mul(0x0100_0000_01b3_0000_0000_0000_0193)
    };
    format!("{:032x}", address.bytes().fold(0x6c62_272e_07bb_0142, step))
}

pub(crate) fn webhook(webhook: &Webhook, world: &World, with_token: bool) -> Value {
    let mut value = json!({
        "application_id": maybe_id(world.owns(webhook).then_some(world.bot.id)),
        "avatar": webhook.avatar.as_deref().map(picture_hash), "channel_id": id(webhook.channel),
        "guild_id": id(world.guild.id), "id": id(webhook.id), "name": webhook.name, "type": 1,
        "token": webhook.token,
        "url": format!("{}/api/webhooks/{}/{}", world.cdn.base, webhook.id, webhook.token),
    });
    if !with_token {
        value["user"] = world.user_value(webhook.user);
    }
    value
}

impl World {
    pub(crate) fn owns(&self, webhook: &Webhook) -> bool {
        webhook.user == self.bot.id
    }

    pub(crate) fn user_value(&self, user_id: u64) -> Value {
        match self.users.get(&user_id) {
            Some(it) => user(it),
            None => user(&User::new(user_id, "Deleted User")),
        }
    }

    pub(crate) fn author_value(&self, by: &By) -> Value {
        match by {
            By::User(id) => self.user_value(*id),
            By::Webhook {
                id: webhook,
                name,
                picture,
            } => json!({
                "id": id(*webhook), "username": name, "avatar": picture.as_deref().map(picture_hash),
                "discriminator": "0000", "public_flags": 0, "flags": 0, "bot": true,
                "global_name": null, "primary_guild": null,
            }),
        }
    }

    pub(crate) fn member_value(&self, user: u64) -> Option<Value> {
        let mut value = bare_member(self.guild.members.get(&user)?);
        value["user"] = self.user_value(user);
        Some(value)
    }

    /// The number of a channel's kind; private threads and those of announcements have their own.
    pub(crate) fn wire_kind(&self, channel: &Channel) -> u8 {
        if channel.is_private_thread() {
            return 12;
        }
        let parent = channel.parent.and_then(|it| self.channels.get(&it));
        match parent.map(|it| it.kind) {
            Some(Kind::Announcement) => 10,
            _ => channel.kind.wire(),
        }
    }

    pub(crate) fn channel_value(&self, channel: &Channel) -> Value {
        match channel.kind {
            Kind::Thread => self.thread_value(channel),
            Kind::Private => json!({
                "id": id(channel.id), "type": 1, "flags": 0, "last_message_id": maybe_id(channel.last_message),
                "recipients": channel.recipient.map(|it| self.user_value(it)).into_iter().collect::<Vec<_>>(),
            }),
            _ => self.place_value(channel),
        }
    }

    fn place_value(&self, channel: &Channel) -> Value {
        let mut value = json!({
            "id": id(channel.id), "type": channel.kind.wire(), "flags": 0, "guild_id": id(self.guild.id),
            "name": channel.name, "position": channel.position,
            "parent_id": null, "topic": null, "nsfw": false, "rate_limit_per_user": 0,
            "last_message_id": maybe_id(channel.last_message),
            "permission_overwrites": self.overwrites(channel),
        });
        if channel.kind == Kind::Forum {
            value.lay_over(json!({
                "available_tags": [], "default_reaction_emoji": null, "default_sort_order": null,
                "default_forum_layout": 0,
            }));
        }
        value
    }

    fn overwrites(&self, channel: &Channel) -> Value {
        let denied: u64 = channel.denied.iter().map(|it| it.bit()).sum();
        let mine =
            json!({ "id": id(self.bot.id), "type": 1, "allow": "0", "deny": denied.to_string() });
        (denied != 0).then_some(mine).into_iter().collect()
    }

    fn thread_value(&self, channel: &Channel) -> Value {
        let Some(thread) = &channel.thread else {
            return Value::Null;
        };
        let parent = channel.parent.and_then(|it| self.channels.get(&it));
        let made = timestamp(made_at_ms(channel.id));
        let mut value = json!({
            "id": id(channel.id), "type": self.wire_kind(channel), "flags": 0, "guild_id": id(self.guild.id),
            "name": channel.name, "parent_id": maybe_id(channel.parent), "rate_limit_per_user": 0,
            "last_message_id": maybe_id(channel.last_message), "owner_id": id(thread.owner),
            "message_count": thread.message_count, "member_count": thread.members.len(),
            "total_message_sent": thread.ever_sent,
            "thread_metadata": {
                "archived": thread.archived, "archive_timestamp": timestamp(thread.archived_at),
                "auto_archive_duration": thread.auto_archive_min, "locked": thread.locked,
                "create_timestamp": made,
            },
        });
        let of_forum = parent.filter(|it| it.kind == Kind::Forum);
        value.put("applied_tags", of_forum.map(|_| json!([])));
        let is_in = thread.members.contains(&self.bot.id);
        value.put(
            "member",
            is_in.then(|| thread_member(channel.id, self.bot.id)),
        );
        value
    }
}

pub(crate) fn thread_member(thread: u64, user: u64) -> Value {
    let joined = timestamp(made_at_ms(thread));
    json!({ "id": id(thread), "user_id": id(user), "join_timestamp": joined, "flags": 0 })
}
