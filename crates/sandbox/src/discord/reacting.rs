//! Reactions: how they come and go, whoever does it.

use serde_json::{Value, json};

use super::answer::{ApiError, Checked};
use super::gateway::dispatch::About;
use super::message::{Emoji, Message, Reaction};
use super::wire;
use super::world::World;
use crate::kit::Fields;

/// No message has more kinds of reactions.
const MOST_REACTIONS: usize = 20;

/// Channel and message.
type At = (u64, u64);

impl World {
    fn found_mut(&mut self, (channel, id): At) -> Checked<&mut Message> {
        let message = self.message_mut(channel, id);
        message.ok_or(ApiError::UNKNOWN_MESSAGE)
    }

    pub(crate) fn react(&mut self, at: At, user: u64, emoji: Emoji) -> Checked {
        let is_of_guild = |id: u64| self.guild.emojis.iter().any(|it| it.0 == id);
        refuse!(!emoji.id.is_none_or(is_of_guild) => ApiError::UNKNOWN_EMOJI);
        let message = self.found_mut(at)?;
        let kinds = message.reactions.len();
        match message.reactions.iter_mut().find(|it| it.emoji == emoji) {
            Some(reaction) if reaction.by.contains(&user) => return Ok(()),
            Some(reaction) => reaction.by.push(user),
            None if kinds >= MOST_REACTIONS => return Err(ApiError::MANY_REACTIONS),
            None => message.reactions.push(Reaction {
                emoji: emoji.clone(),
                by: vec![user],
            }),
        }
        let author = message.user().map(wire::id);
        let mut body = self.reaction_event(at, Some(&emoji), Some(user));
        body.put("message_author_id", author);
        let member = self.member_value(user);
        body.put("member", member.filter(|_| self.is_in_guild(at.0)));
        self.tell_about("MESSAGE_REACTION_ADD", About::Reactions, at.0, body);
        Ok(())
    }

    pub(crate) fn unreact(&mut self, at: At, user: u64, emoji: &Emoji) -> Checked {
        let message = self.found_mut(at)?;
        let reaction = message.reactions.iter_mut().find(|it| it.emoji == *emoji);
        let Some(reaction) = reaction.filter(|it| it.by.contains(&user)) else {
            return Ok(());
        };
        reaction.by.retain(|it| *it != user);
        message.reactions.retain(|it| !it.by.is_empty());
        let body = self.reaction_event(at, Some(emoji), Some(user));
        self.tell_about("MESSAGE_REACTION_REMOVE", About::Reactions, at.0, body);
        Ok(())
    }

    /// All reactions, or all of one kind.
    pub(crate) fn clear_reactions(&mut self, at: At, emoji: Option<&Emoji>) -> Checked {
        let message = self.found_mut(at)?;
        let goes = |it: &Reaction| emoji.is_none_or(|emoji| it.emoji == *emoji);
        message.reactions.retain(|it| !goes(it));
        let name = match emoji {
            None => "MESSAGE_REACTION_REMOVE_ALL",
            Some(_) => "MESSAGE_REACTION_REMOVE_EMOJI",
        };
        let body = self.reaction_event(at, emoji, None);
        self.tell_about(name, About::Reactions, at.0, body);
        Ok(())
    }

    fn reaction_event(&self, (channel, id): At, emoji: Option<&Emoji>, by: Option<u64>) -> Value {
        let mut body = self.place_of(channel, json!({ "message_id": wire::id(id) }));
        body.put("emoji", emoji.map(wire::emoji));
        if let Some(user) = by {
            body.lay_over(json!({ "user_id": wire::id(user), "burst": false, "type": 0 }));
        }
        body
    }
}
