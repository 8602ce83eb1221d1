//! What happens to channels: people and the bot come and go, channels are renamed, archived and deleted.

use serde_json::{Value, json};

use super::channel::{Channel, Kind};
use super::ids::{ChannelId, UserId, now_micros};
use super::message::Stored;
use super::said::{Deed, Misuse};
use super::wire::ts;
use super::world::{Slack, World};
use crate::kit::Fields;

impl Slack {
    pub fn join(&self, channel: &ChannelId, user: &UserId) -> Deed {
        self.change(|world| {
            world.check_person(user)?;
            world.check_open(channel)?;
            world.enter(&channel.0, &user.0, None);
            Ok(())
        })
    }

    pub fn leave(&self, channel: &ChannelId, user: &UserId) -> Deed {
        self.change(|world| {
            world.check_member(channel, user)?;
            world.exit(&channel.0, &user.0);
            Ok(())
        })
    }

    /// Somebody brings the app into a channel; only then can it hear what is said there.
    pub fn invite_bot(&self, channel: &ChannelId) -> Deed {
        let bot = self.bot();
        self.change(|world| {
            world.check_open(channel)?;
            let inviter = world.channels.get(&channel.0);
            let inviter = inviter.and_then(|it| it.members.first().cloned());
            world.enter(&channel.0, &bot.0, inviter.as_deref());
            Ok(())
        })
    }

    pub fn remove_bot(&self, channel: &ChannelId) -> Deed {
        let bot = self.bot();
        self.change(|world| {
            world.check_member(channel, &bot)?;
            let family = world.place(channel)?.kind.family();
            let event = json!({
                "type": format!("{family}_left"), "channel": channel, "actor_id": world.app.bot_user_id,
                "event_ts": ts(now_micros()),
            });
            world.emit(None, event);
            world.exit(&channel.0, &bot.0);
            Ok(())
        })
    }

    pub fn archive(&self, channel: &ChannelId, user: &UserId) -> Deed {
        self.set_archived(channel, user, true)
    }

    pub fn unarchive(&self, channel: &ChannelId, user: &UserId) -> Deed {
        self.set_archived(channel, user, false)
    }

    fn set_archived(&self, channel: &ChannelId, user: &UserId, is_archived: bool) -> Deed {
        self.change(|world| {
            world.check_person(user)?;
            let place = world.place(channel)?;
            place.is_archived = is_archived;
            let family = place.kind.family();
            let verb = if is_archived { "archive" } else { "unarchive" };
            let event =
                json!({ "type": format!("{family}_{verb}"), "channel": channel, "user": user });
            world.emit(Some(&channel.0), event);
            Ok(())
        })
    }

    pub fn rename(&self, channel: &ChannelId, name: &str) -> Deed {
        self.change(|world| {
            let place = world.place(channel)?;
            place.name = name.to_owned();
            let family = place.kind.family();
            let event = json!({
                "type": format!("{family}_rename"),
                "channel": {
                    "id": channel, "is_channel": true, "name": name, "name_normalized": name, "created": place.created,
                },
            });
            world.emit(Some(&channel.0), event);
            Ok(())
        })
    }

    pub fn set_topic(&self, channel: &ChannelId, user: &UserId, topic: &str) -> Deed {
        self.change(|world| {
            world.check_member(channel, user)?;
            world.place(channel)?.topic = topic.to_owned();
            let text = format!("<@{user}> set the channel topic: {topic}");
            let extra = json!({ "topic": topic });
            world.service(&channel.0, &user.0, "channel_topic", text, extra);
            Ok(())
        })
    }

    /// It is gone for everybody, with all that was said in it.
    pub fn delete_channel(&self, channel: &ChannelId, user: &UserId) -> Deed {
        self.change(|world| {
            let family = world.place(channel)?.kind.family();
            let event = json!({ "type": format!("{family}_deleted"), "channel": channel, "actor_id": user });
            world.emit(Some(&channel.0), event);
            world.channels.remove(&channel.0);
            world.order.retain(|it| *it != channel.0);
            Ok(())
        })
    }
}

impl World {
    pub(super) fn place(&mut self, channel: &ChannelId) -> Deed<&mut Channel> {
        let unknown = || Misuse::UnknownChannel(channel.clone());
        self.channels.get_mut(&channel.0).ok_or_else(unknown)
    }

    pub(super) fn check_open(&mut self, channel: &ChannelId) -> Deed {
        refuse!(self.place(channel)?.is_archived => Misuse::Archived(channel.clone()));
        Ok(())
    }

    /// Comes into a channel, or does nothing if already there. Bots are announced like people.
    pub(super) fn enter(&mut self, channel: &str, user: &str, inviter: Option<&str>) {
        let Some(place) = self.channels.get_mut(channel).filter(|it| !it.has(user)) else {
            return;
        };
        place.members.push(user.to_owned());
        let (kind, subtype) = match place.kind {
            Kind::Private => ("G", "group_join"),
            _ => ("C", "channel_join"),
        };
        let mut extra = json!({});
        extra.put("inviter", inviter);
        self.tell_member("joined", channel, user, kind, &extra);
        let text = format!("<@{user}> has joined the channel");
        self.service(channel, user, subtype, text, extra);
    }

    pub(super) fn exit(&mut self, channel: &str, user: &str) {
        let Some(place) = self.channels.get_mut(channel) else {
            return;
        };
        let kind = if place.kind == Kind::Private {
            "G"
        } else {
            "C"
        };
        place.members.retain(|it| it != user);
        self.tell_member("left", channel, user, kind, &json!({}));
    }

    fn tell_member(&mut self, what: &str, channel: &str, user: &str, kind: &str, more: &Value) {
        let mut event = json!({
            "type": format!("member_{what}_channel"), "user": user, "channel": channel, "channel_type": kind,
            "team": self.app.team_id, "event_ts": ts(now_micros()),
        });
        event.lay_over(more.clone());
        self.emit(Some(channel), event);
    }

    /// A message that Slack itself writes, in the name of whom it is about.
    fn service(
        &mut self,
        channel: &str,
        user: &str,
        subtype: &'static str,
        text: String,
        extra: Value,
    ) {
        let message = Stored {
            user: user.to_owned(),
            subtype: Some(subtype),
            text,
            extra: extra.as_object().cloned().unwrap_or_default(),
            ..Stored::default()
        };
        let ts = self.insert(channel, message);
        self.tell_message(channel, ts);
    }
}
