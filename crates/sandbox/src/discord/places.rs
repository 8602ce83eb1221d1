//! Who and what there is: members, roles, channels and threads, and how the bot and people come and go.

use serde_json::{Value, json};

use super::channel::{Kind, Permission, Thread};
use super::gateway::dispatch::{ALWAYS, GUILDS, MEMBERS};
use super::guild::{Member, User};
use super::ids::{ChannelId, MessageId, RoleId, UserId, WebhookId};
use super::message::{By, Message};
use super::said::{Deed, Misuse};
use super::wire;
use super::world::{Discord, World};
use crate::kit::now_ms;

impl Discord {
    /// A person joins the guild; the name becomes the display name. Discord says hello in no channel.
    pub fn add_member(&self, name: &str) -> UserId {
        self.change(|world| {
            let id = world.new_id();
            world.users.insert(id, User::new(id, name));
            let member = Member {
                joined_at: now_ms(),
                ..Member::default()
            };
            world.guild.members.insert(id, member);
            world.tell_member("GUILD_MEMBER_ADD", id);
            UserId(id)
        })
    }

    /// Another bot, which speaks by `say` like a person.
    pub fn add_bot(&self, name: &str) -> UserId {
        let bot = self.add_member(name);
        self.change(|world| {
            if let Some(user) = world.users.get_mut(&bot.0) {
                user.is_bot = true;
            }
        });
        bot
    }

    /// The bot of the token, as people see it.
    pub fn bot_id(&self) -> UserId {
        UserId(self.look(|world| world.bot.id))
    }

    pub fn guild_id(&self) -> u64 {
        self.look(|world| world.guild.id)
    }

    /// What Discord writes into the first text channel when somebody joins.
    pub fn say_joined(&self, user: UserId) -> Deed<MessageId> {
        self.change(|world| {
            let channel = world.system_channel();
            let channel = channel.ok_or(Misuse::UnknownChannel(ChannelId(0)))?;
            world.member(user)?;
            let joined = Message {
                kind: 7,
                ..Message::new(channel, By::User(user.0))
            };
            Ok(MessageId(world.post(joined)))
        })
    }

    /// The name in this guild; None takes it back.
    pub fn set_nick(&self, user: UserId, nick: Option<&str>) -> Deed {
        self.change(|world| {
            world.member(user)?.nick = nick.map(str::to_owned);
            world.tell_updated(user)
        })
    }

    /// The display name; without one the user name is shown.
    pub fn set_global_name(&self, user: UserId, name: Option<&str>) -> Deed {
        self.change(|world| {
            world.user(user)?.global_name = name.map(str::to_owned);
            world.tell_updated(user)
        })
    }

    /// Whether the person has a picture of their own; everybody has one at first.
    pub fn set_picture(&self, user: UserId, has_one: bool) -> Deed {
        self.change(|world| {
            let own = User::new(user.0, "").avatar;
            world.user(user)?.avatar = own.filter(|_| has_one);
            world.tell_updated(user)
        })
    }

    pub fn leave(&self, user: UserId) -> Deed {
        self.change(|world| {
            world.member(user)?;
            world.guild.members.remove(&user.0);
            let body =
                json!({ "guild_id": wire::id(world.guild.id), "user": world.user_value(user.0) });
            world.tell("GUILD_MEMBER_REMOVE", MEMBERS, body);
            Ok(())
        })
    }

    /// Whether a person takes private messages of the bot; all do at first.
    pub fn set_dms_open(&self, user: UserId, open: bool) -> Deed {
        self.change(|world| {
            world.user(user)?.takes_private_messages = open;
            Ok(())
        })
    }

    pub fn add_role(&self, name: &str) -> RoleId {
        self.change(|world| {
            let id = world.new_id();
            world.guild.roles.push((id, name.to_owned()));
            RoleId(id)
        })
    }

    pub fn give_role(&self, user: UserId, role: RoleId) -> Deed {
        self.change(|world| {
            world.member(user)?.roles.push(role.0);
            world.tell_updated(user)
        })
    }

    /// Gives what people type for it: `<:name:id>`.
    pub fn add_emoji(&self, name: &str) -> String {
        self.change(|world| {
            let id = world.new_id();
            world.guild.emojis.push((id, name.to_owned()));
            format!("<:{name}:{id}>")
        })
    }

    pub fn add_text_channel(&self, name: &str) -> ChannelId {
        self.change(|world| world.add_channel(Kind::Text, name))
    }

    pub fn add_announcement_channel(&self, name: &str) -> ChannelId {
        self.change(|world| world.add_channel(Kind::Announcement, name))
    }

    pub fn add_forum(&self, name: &str) -> ChannelId {
        self.change(|world| world.add_channel(Kind::Forum, name))
    }

    /// A channel or a thread.
    pub fn rename(&self, channel: ChannelId, name: &str) -> Deed {
        self.change(|world| {
            let place = world.place_mut(channel)?;
            name.clone_into(&mut place.name);
            let event = match place.kind {
                Kind::Thread => "THREAD_UPDATE",
                _ => "CHANNEL_UPDATE",
            };
            world.tell_channel(event, channel.0);
            Ok(())
        })
    }

    /// A channel with all its threads, or a thread.
    pub fn delete_channel(&self, channel: ChannelId) -> Deed {
        self.change(|world| {
            world.place(channel)?;
            world.remove_channel(channel.0);
            Ok(())
        })
    }

    /// A person closes a thread; the next message opens it again.
    pub fn set_archived(&self, thread: ChannelId, archived: bool) -> Deed {
        self.change(|world| {
            world.change_thread(thread, |it| {
                (it.archived, it.archived_at) = (archived, now_ms());
            })
        })
    }

    /// Only those who manage threads write in a locked one.
    pub fn set_locked(&self, thread: ChannelId, locked: bool) -> Deed {
        self.change(|world| world.change_thread(thread, |it| it.locked = locked))
    }

    /// Takes something from the bot in a channel and its threads.
    pub fn deny(&self, channel: ChannelId, permission: Permission) -> Deed {
        self.change(|world| {
            world.place_mut(channel)?.denied.insert(permission);
            world.tell_permissions(channel.0);
            Ok(())
        })
    }

    pub fn allow(&self, channel: ChannelId, permission: Permission) -> Deed {
        self.change(|world| {
            world.place_mut(channel)?.denied.remove(&permission);
            world.tell_permissions(channel.0);
            if permission == Permission::ViewChannel {
                world.tell_threads(channel.0);
            }
            Ok(())
        })
    }

    pub fn kick_bot(&self) {
        self.change(|world| {
            let body = json!({ "id": wire::id(world.guild.id) });
            world.tell("GUILD_DELETE", GUILDS, body);
            world.guild.has_bot = false;
        });
    }

    pub fn add_bot_back(&self) {
        self.change(|world| {
            world.guild.has_bot = true;
            let body = world.guild_created();
            world.tell("GUILD_CREATE", GUILDS, body);
        });
    }

    /// The guild cannot be reached on Discord's own side for a while.
    pub fn set_outage(&self, on: bool) {
        self.change(|world| match on {
            true => {
                let body = json!({ "id": wire::id(world.guild.id), "unavailable": true });
                world.tell("GUILD_DELETE", GUILDS, body);
                world.guild.outage = true;
            }
            false => {
                world.guild.outage = false;
                let body = world.guild_created();
                world.tell("GUILD_CREATE", GUILDS, body);
            }
        });
    }

    /// Every request gets 401 from now on, and all sockets close with 4004.
    pub fn revoke_token(&self) {
        self.change(|world| world.bot.revoked = true);
        self.gateway_close(4004);
    }

    pub fn restore_token(&self) {
        self.change(|world| world.bot.revoked = false);
    }

    /// Whether the developer portal grants the privileged intent for content; without it, asking for it
    /// closes the socket with 4014.
    pub fn set_may_read_content(&self, granted: bool) {
        self.change(|world| world.bot.may_read_content = granted);
    }

    /// Somebody deletes a webhook in the settings.
    pub fn delete_webhook(&self, webhook: WebhookId) -> bool {
        self.change(|world| world.remove_webhook(webhook.0))
    }

    /// Somebody makes a webhook in the settings that is none of the bot's.
    pub fn add_webhook(&self, channel: ChannelId, name: &str, by: UserId) -> Deed<WebhookId> {
        self.change(|world| {
            world.place(channel)?;
            let id = world.new_webhook(channel.0, name.to_owned(), None, by.0);
            Ok(WebhookId(id))
        })
    }
}

impl World {
    fn member(&mut self, user: UserId) -> Deed<&mut Member> {
        let member = self.guild.members.get_mut(&user.0);
        member.ok_or(Misuse::NotAMember(user))
    }

    fn user(&mut self, user: UserId) -> Deed<&mut User> {
        self.users.get_mut(&user.0).ok_or(Misuse::UnknownUser(user))
    }

    fn change_thread(&mut self, thread: ChannelId, change: impl FnOnce(&mut Thread)) -> Deed {
        let state = self.place_mut(thread)?.thread.as_mut();
        change(state.ok_or(Misuse::UnknownChannel(thread))?);
        self.tell_channel("THREAD_UPDATE", thread.0);
        Ok(())
    }

    fn tell_updated(&mut self, user: UserId) -> Deed {
        self.tell_member("GUILD_MEMBER_UPDATE", user.0);
        Ok(())
    }

    fn tell_member(&mut self, name: &str, user: u64) {
        if let Some(mut body) = self.member_value(user) {
            body["guild_id"] = wire::id(self.guild.id);
            // Of itself a bot hears whatever it asked for.
            let intent = if user == self.bot.id { ALWAYS } else { MEMBERS };
            self.tell(name, intent, body);
        }
    }

    fn add_channel(&mut self, kind: Kind, name: &str) -> ChannelId {
        let id = self.new_channel(kind, name);
        self.tell_channel("CHANNEL_CREATE", id);
        ChannelId(id)
    }

    /// The bot is told of its own loss too.
    fn tell_permissions(&mut self, channel: u64) {
        if let Some(place) = self.channels.get(&channel) {
            let body = self.channel_value(place);
            self.tell("CHANNEL_UPDATE", GUILDS, body);
        }
    }

    /// Who comes to see a channel is told of its open threads.
    fn tell_threads(&mut self, channel: u64) {
        let open = self.channels.values();
        let open = open.filter(|it| it.parent == Some(channel) && it.is_open_thread());
        let threads: Vec<Value> = open.map(|it| self.channel_value(it)).collect();
        let body = json!({
            "guild_id": wire::id(self.guild.id), "channel_ids": [wire::id(channel)], "threads": threads,
            "members": [],
        });
        self.tell_of("THREAD_LIST_SYNC", GUILDS, channel, body);
    }
}
