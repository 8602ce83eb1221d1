//! Reactions of the bot, and those of others that it may see or take away.

use crate::discord::answer::{Answer, ApiError, Checked, nothing, ok};
use crate::discord::call::Call;
use crate::discord::channel::Permission;
use crate::discord::message::Emoji;
use crate::discord::world::World;

/// Channel, message and emoji of a call.
fn named(world: &World, call: &Call) -> Checked<((u64, u64), Emoji)> {
    let at = call.message()?;
    let emoji = Emoji::parse(call.text("emoji_name")).ok_or(ApiError::UNKNOWN_EMOJI)?;
    world.channel(at.0)?;
    world.found(at)?;
    Ok((at, emoji))
}

/// A heart without the mark that makes it a picture is no emoji here.
fn is_spelt_in_full(emoji: &Emoji) -> bool {
    let of_unicode = || emojis::get(&emoji.name).is_some_and(|it| it.as_str() == emoji.name);
    emoji.id.is_some() || of_unicode()
}

pub(super) fn add(world: &mut World, call: &Call) -> Answer {
    let (at, emoji) = named(world, call)?;
    world.still_open(at.0)?;
    refuse!(!is_spelt_in_full(&emoji) => ApiError::UNKNOWN_EMOJI);
    let message = world.found(at)?;
    // Whoever may not begin a reaction may still join one.
    if !message.reactions.iter().any(|it| it.emoji == emoji) {
        world.needs(at.0, Permission::AddReactions)?;
    }
    world.react(at, world.bot.id, emoji)?;
    nothing()
}

pub(super) fn remove(world: &mut World, call: &Call) -> Answer {
    let (at, emoji) = named(world, call)?;
    world.still_open(at.0)?;
    world.unreact(at, world.bot.id, &emoji)?;
    nothing()
}

pub(super) fn remove_of(world: &mut World, call: &Call) -> Answer {
    let (at, emoji) = named(world, call)?;
    world.needs(at.0, Permission::ManageMessages)?;
    world.unreact(at, call.id("user_id")?, &emoji)?;
    nothing()
}

pub(super) fn clear(world: &mut World, call: &Call) -> Answer {
    let at = call.message()?;
    world.needs(at.0, Permission::ManageMessages)?;
    world.clear_reactions(at, None)?;
    nothing()
}

pub(super) fn clear_one(world: &mut World, call: &Call) -> Answer {
    let (at, emoji) = named(world, call)?;
    world.needs(at.0, Permission::ManageMessages)?;
    world.clear_reactions(at, Some(&emoji))?;
    nothing()
}

pub(super) fn list(world: &mut World, call: &Call) -> Answer {
    let (at, emoji) = named(world, call)?;
    let limit = call.limit(25, 100)?;
    let after = call.asked_id("after")?.unwrap_or(0);
    let message = world.found(at)?;
    let reaction = message.reactions.iter().find(|it| it.emoji == emoji);
    let by = reaction.map(|it| it.by.as_slice()).unwrap_or_default();
    let mut users: Vec<u64> = by.iter().copied().filter(|it| *it > after).collect();
    users.sort_unstable();
    let users = users.iter().take(limit);
    ok(users.map(|it| world.user_value(*it)).collect())
}
