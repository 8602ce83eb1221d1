//! What people do with messages: they react, press buttons, fill in modals and call commands.

use super::emoji;
use super::ids::{ChannelId, Ts, UserId, ViewId};
use super::said::{Deed, Misuse};
use super::world::{Slack, World};

impl Slack {
    /// By the name without colons. Twice is once.
    pub fn react(&self, channel: &ChannelId, message: Ts, user: &UserId, name: &str) -> Deed {
        self.change(|world| {
            world.check_reaction(channel, message, user, name)?;
            world.add_reaction(&channel.0, message.0, &user.0, name);
            Ok(())
        })
    }

    pub fn unreact(&self, channel: &ChannelId, message: Ts, user: &UserId, name: &str) -> Deed {
        self.change(|world| {
            world.check_reaction(channel, message, user, name)?;
            world.remove_reaction(&channel.0, message.0, &user.0, name);
            Ok(())
        })
    }

    /// `button` is its action id or its label. What the app answers is seen in `view`.
    pub fn press(&self, channel: &ChannelId, message: Ts, user: &UserId, button: &str) -> Deed {
        self.change(|world| {
            world.check_member(channel, user)?;
            world.check_seen(channel, message)?;
            world.press(channel, message, user, button)
        })
    }

    /// `values` are what was typed, by action id.
    pub fn submit(&self, modal: &ViewId, user: &UserId, values: &[(&str, &str)]) -> Deed {
        self.change(|world| world.submit(modal, user, values))
    }

    pub fn close_modal(&self, modal: &ViewId) -> Deed {
        self.change(|world| world.close_modal(modal))
    }

    /// `command` with its slash, as in `/causeway`.
    pub fn slash(&self, channel: &ChannelId, user: &UserId, command: &str, text: &str) -> Deed {
        self.change(|world| {
            world.check_member(channel, user)?;
            world.slash(channel, user, command, text);
            Ok(())
        })
    }
}

impl World {
    fn check_reaction(&mut self, channel: &ChannelId, at: Ts, user: &UserId, name: &str) -> Deed {
        self.check_member(channel, user)?;
        self.check_message(channel, at)?;
        refuse!(!emoji::is_name(name) => Misuse::NoEmoji(name.to_owned()));
        Ok(())
    }

    /// Ephemeral messages have buttons too.
    fn check_seen(&mut self, channel: &ChannelId, message: Ts) -> Deed {
        let place = self.place(channel)?;
        match place.ephemeral.iter().any(|it| it.ts == message.0) {
            true => Ok(()),
            false => self.check_message(channel, message),
        }
    }

    /// False where it was there before.
    pub(super) fn add_reaction(&mut self, channel: &str, ts: u64, user: &str, name: &str) -> bool {
        let Some(message) = self.message_mut(channel, ts) else {
            return false;
        };
        match message.reactions.iter_mut().find(|(it, _)| it == name) {
            Some((_, users)) if users.iter().any(|it| it == user) => return false,
            Some((_, users)) => users.push(user.to_owned()),
            None => message
                .reactions
                .push((name.to_owned(), vec![user.to_owned()])),
        }
        self.tell_reaction("reaction_added", channel, ts, user, name);
        true
    }

    /// False where there was none.
    pub(super) fn remove_reaction(&mut self, channel: &str, ts: u64, by: &str, name: &str) -> bool {
        let Some(message) = self.message_mut(channel, ts) else {
            return false;
        };
        let Some((_, users)) = message.reactions.iter_mut().find(|(it, _)| it == name) else {
            return false;
        };
        let before = users.len();
        users.retain(|it| it != by);
        if users.len() == before {
            return false;
        }
        message.reactions.retain(|(_, users)| !users.is_empty());
        self.tell_reaction("reaction_removed", channel, ts, by, name);
        true
    }
}
