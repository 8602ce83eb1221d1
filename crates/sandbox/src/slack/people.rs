//! What people write: messages, replies, edits and deletions. Each reaches the app as the event that Slack would send.

use serde_json::json;

use super::ids::{ChannelId, Ts, UserId};
use super::message::{Stored, Voice};
use super::said::{Deed, Misuse, Said};
use super::world::{Slack, World};
use super::{compose, inline, render};

/// Whether a reply stands in the main column too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Broadcast {
    No,
    Also,
}

impl Slack {
    pub fn say(&self, channel: &ChannelId, user: &UserId, said: impl Into<Said>) -> Deed<Ts> {
        let said = said.into();
        self.change(|world| world.say(channel, user, said, None))
    }

    /// Below a message of the main column, or below another reply of its thread.
    pub fn reply_in_thread(
        &self,
        channel: &ChannelId,
        root: Ts,
        user: &UserId,
        said: impl Into<Said>,
    ) -> Deed<Ts> {
        let said = said.into();
        self.change(|world| world.say(channel, user, said, Some((root, Broadcast::No))))
    }

    /// "Also send to the channel".
    pub fn reply_and_broadcast(
        &self,
        channel: &ChannelId,
        root: Ts,
        user: &UserId,
        said: impl Into<Said>,
    ) -> Deed<Ts> {
        let said = said.into();
        self.change(|world| world.say(channel, user, said, Some((root, Broadcast::Also))))
    }

    /// Opens the direct message with the bot where there is none.
    pub fn say_to_bot(&self, user: &UserId, said: impl Into<Said>) -> Deed<Ts> {
        let channel = self.direct_message(user)?;
        self.say(&channel, user, said)
    }

    pub fn edit(&self, channel: &ChannelId, at: Ts, by: &UserId, said: impl Into<Said>) -> Deed {
        let said = said.into();
        self.change(|world| {
            world.check_author(channel, at, by)?;
            let words = world.words(&said)?;
            world.reword(&channel.0, at.0, words);
            Ok(())
        })
    }

    /// Where others have answered, a stone with "This message was deleted." stays.
    pub fn delete(&self, channel: &ChannelId, message: Ts, user: &UserId) -> Deed {
        self.change(|world| {
            world.check_author(channel, message, user)?;
            world.remove_message(&channel.0, message.0);
            Ok(())
        })
    }

    /// An administrator may delete what anybody wrote, the app's messages too.
    pub fn delete_as_admin(&self, channel: &ChannelId, message: Ts) -> Deed {
        self.change(|world| {
            world.check_message(channel, message)?;
            world.remove_message(&channel.0, message.0);
            Ok(())
        })
    }
}

/// What a message says, once it is understood.
struct Words {
    text: String,
    blocks: Option<serde_json::Value>,
}

impl World {
    fn say(
        &mut self,
        channel: &ChannelId,
        user: &UserId,
        said: Said,
        thread: Option<(Ts, Broadcast)>,
    ) -> Deed<Ts> {
        self.check_member(channel, user)?;
        self.check_open(channel)?;
        let root = match thread {
            Some((root, _)) => Some(self.root_of(channel, root)?),
            None => None,
        };
        let words = self.words(&said)?;
        let files: Vec<String> = said
            .files
            .into_iter()
            .map(|it| self.new_file(&user.0, it))
            .collect();
        let subtype = match (said.is_me, files.is_empty()) {
            (true, _) => Some("me_message"),
            (_, false) => Some("file_share"),
            _ => None,
        };
        let message = Stored {
            user: user.0.clone(),
            bot: self.voice_of(&user.0),
            subtype,
            text: words.text,
            blocks: words.blocks,
            thread: root,
            broadcast: thread.is_some_and(|(_, it)| it == Broadcast::Also),
            client_msg_id: Some(self.new_client_id()),
            files: files.clone(),
            ..Stored::default()
        };
        let ts = self.insert(&channel.0, message);
        for file in &files {
            self.share_file(file, &channel.0, ts, root);
            self.tell_file_shared(file, &channel.0, &user.0);
        }
        self.tell_message(&channel.0, ts);
        Ok(Ts(ts))
    }

    /// Only bots have one.
    fn voice_of(&self, user: &str) -> Option<Box<Voice>> {
        let member = self.members.get(user)?;
        Some(Box::new(Voice {
            bot_id: member.bot_id.clone()?,
            app_id: "A0OTHERAPP1".into(),
            name: member.shown().to_owned(),
            ..Voice::default()
        }))
    }

    fn words(&self, said: &Said) -> Deed<Words> {
        let block = match &said.rich_text {
            Some(block) => block.clone(),
            None if said.text.trim().is_empty() && said.files.is_empty() => {
                return Err(Misuse::Nothing);
            }
            None if said.text.is_empty() => {
                return Ok(Words {
                    text: String::new(),
                    blocks: None,
                });
            }
            None if said.is_me => {
                return Ok(Words {
                    text: inline::escape(&said.text),
                    blocks: None,
                });
            }
            None => compose::rich_text(&said.text, self),
        };
        super::blocks::check(&json!([block])).map_err(|it| Misuse::NotRichText(it.join("; ")))?;
        Ok(Words {
            text: render::to_mrkdwn(&block),
            blocks: Some(json!([block])),
        })
    }

    fn reword(&mut self, channel: &str, ts: u64, words: Words) {
        let now = super::ids::now_micros();
        let Some(message) = self.message_mut(channel, ts) else {
            return;
        };
        let before = message.clone();
        message.text = words.text;
        message.blocks = words.blocks;
        message.edited = Some((message.user.clone(), now));
        self.tell_changed(channel, &before, ts);
    }

    /// What a reply to this message hangs below.
    fn root_of(&mut self, channel: &ChannelId, ts: Ts) -> Deed<u64> {
        self.check_message(channel, ts)?;
        let message = self.message(&channel.0, ts.0);
        Ok(message.and_then(|it| it.thread).unwrap_or(ts.0))
    }

    fn new_client_id(&mut self) -> String {
        let number = self.number();
        format!("6b9a1c52-7f3e-4d18-a0c4-{number:012x}")
    }

    pub(super) fn check_person(&self, user: &UserId) -> Deed {
        refuse!(!self.members.contains_key(&user.0) => Misuse::UnknownUser(user.clone()));
        Ok(())
    }

    pub(super) fn check_member(&mut self, channel: &ChannelId, user: &UserId) -> Deed {
        self.check_person(user)?;
        refuse!(!self.place(channel)?.has(&user.0) => Misuse::NotAMember(user.clone(), channel.clone()));
        Ok(())
    }

    pub(super) fn check_message(&mut self, channel: &ChannelId, ts: Ts) -> Deed {
        refuse!(!self.place(channel)?.messages.contains_key(&ts.0) => Misuse::UnknownMessage(channel.clone(), ts));
        Ok(())
    }

    fn check_author(&mut self, channel: &ChannelId, ts: Ts, user: &UserId) -> Deed {
        self.check_message(channel, ts)?;
        match self
            .message(&channel.0, ts.0)
            .is_some_and(|it| it.user == user.0)
        {
            true => Ok(()),
            false => Err(Misuse::NotTheAuthor(ts)),
        }
    }
}
