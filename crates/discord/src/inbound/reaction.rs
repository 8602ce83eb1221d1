//! What somebody's reaction to a message changed from and to.

use conversation::{Author, AuthorKind, Event, EventKey, Inbound, ReactionChange};

use super::author;
use super::dispatch::{Dispatch, MALFORMED, Normalised, Scene, one, read};
use crate::id::Spot;
use crate::known::{Known, ReactionOf};
use crate::wire::{Emoji, ReactionChanged};

/// A server's own emoji is a picture, for which others have no letter.
const CUSTOM_EMOJI: &str = "✨";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Change {
    Added,
    Removed,
}

pub(super) fn changed(dispatch: &Dispatch<'_>, known: &Known, change: Change) -> Normalised {
    let Some(reaction) = read::<ReactionChanged>(dispatch) else {
        return MALFORMED;
    };
    let (Some(person), Some(emoji)) = (reaction.user_id, reaction.emoji.as_ref().and_then(letter))
    else {
        return MALFORMED;
    };
    let actor = match reaction
        .member
        .as_ref()
        .and_then(|it| Some((it, it.user.as_ref()?)))
    {
        Some((member, user)) => author::of_user(user, Some(member), reaction.guild_id, known),
        None => author::of_id(person, known),
    };
    if known.bot == Some(person) || actor.kind == AuthorKind::Ourselves {
        return Normalised::Ignored("ourselves");
    }
    match event(dispatch, &reaction, known) {
        Ok(about) => one(about.by(actor, dispatch.name.to_owned(), vec![emoji], change)),
        Err(unknown) => unknown,
    }
}

/// A moderator took off all reactions, or all of one emoji. Discord does not say whose they were: those that we
/// saw are told one by one, and others are not known to anybody here either.
pub(super) fn cleared(dispatch: &Dispatch<'_>, known: &Known) -> Normalised {
    let Some(reaction) = read::<ReactionChanged>(dispatch) else {
        return MALFORMED;
    };
    let about = match event(dispatch, &reaction, known) {
        Ok(about) => about,
        Err(unknown) => return unknown,
    };
    let emoji = reaction.emoji.as_ref().and_then(letter);
    let seen = known.reactions_to(reaction.message_id, emoji.as_deref());
    if seen.is_empty() {
        return Normalised::Ignored("reactions-never-seen");
    }
    let events = seen.into_iter().enumerate().map(|(number, it)| {
        let name = format!("{}/{number}", dispatch.name);
        let actor = author::of_id(it.person, known);
        about.by(actor, name, vec![it.emoji], Change::Removed)
    });
    Normalised::Events(events.collect())
}

/// For the memory of who reacted how.
pub(crate) fn seen(dispatch: &Dispatch<'_>) -> Option<(ReactionOf, bool)> {
    let stands = match dispatch.kind {
        "MESSAGE_REACTION_ADD" => true,
        "MESSAGE_REACTION_REMOVE" => false,
        _ => return None,
    };
    let reaction: ReactionChanged = read(dispatch)?;
    let it = ReactionOf {
        message: reaction.message_id,
        person: reaction.user_id?,
        emoji: letter(reaction.emoji.as_ref()?)?,
    };
    Some((it, stands))
}

fn letter(emoji: &Emoji) -> Option<String> {
    match emoji.id {
        Some(_) => Some(CUSTOM_EMOJI.to_owned()),
        None => emoji.name.clone().filter(|it| !it.is_empty()),
    }
}

/// An event without who did it and what.
struct About {
    inbound: Inbound,
    message: Spot,
}

fn event(
    dispatch: &Dispatch<'_>,
    reaction: &ReactionChanged,
    known: &Known,
) -> Result<About, Normalised> {
    let is_direct = reaction.guild_id.is_none();
    let scene = Scene::of(reaction.channel_id, is_direct, known).map_err(Normalised::Unknown)?;
    Ok(About {
        message: Spot {
            thread: scene.thread_id(),
            message: reaction.message_id,
        },
        inbound: calls::happened(
            EventKey(String::new()),
            scene.channel.channel(),
            dispatch.now,
            author::unknown(),
            Event::Joined,
        ),
    })
}

impl About {
    fn by(&self, actor: Author, name: String, emoji: Vec<String>, change: Change) -> Inbound {
        let (added, removed) = match change {
            Change::Added => (emoji, Vec::new()),
            Change::Removed => (Vec::new(), emoji),
        };
        Inbound {
            key: EventKey(format!("react/{name}")),
            actor,
            event: Event::Reacted(ReactionChange {
                message: self.message.remote(),
                added,
                removed,
            }),
            ..self.inbound.clone()
        }
    }
}
