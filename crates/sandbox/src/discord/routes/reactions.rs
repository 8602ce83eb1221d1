//! Reactions of the bot, and those of others that it may see or take away.

use super::super::answer::{Answer, ApiError, nothing, ok};
use super::super::call::Call;
use super::super::channel::Permission;
use super::super::message::Emoji;
use super::super::world::World;

/// Channel, message and emoji of a call.
fn named(world: &World, call: &Call) -> Result<(u64, u64, Emoji), ApiError> {
    let (channel, id) = (call.id("channel_id")?, call.id("message_id")?);
    let emoji = Emoji::parse(call.text("emoji_name")).ok_or_else(ApiError::unknown_emoji)?;
    world.channel(channel)?;
    world
        .message(channel, id)
        .ok_or_else(ApiError::unknown_message)?;
    Ok((channel, id, emoji))
}

/// In an archived thread nothing changes.
fn open(world: &World, channel: u64) -> Result<(), ApiError> {
    let thread = world.channel(channel)?.thread.as_ref();
    match thread.is_some_and(|it| it.archived) {
        true => Err(ApiError::archived()),
        false => Ok(()),
    }
}

/// A heart without the mark that makes it a picture is no emoji here.
fn is_spelt_in_full(emoji: &Emoji) -> bool {
    let of_unicode = || emojis::get(&emoji.name).is_some_and(|it| it.as_str() == emoji.name);
    emoji.id.is_some() || of_unicode()
}

pub(super) fn add(world: &mut World, call: &Call) -> Answer {
    let (channel, id, emoji) = named(world, call)?;
    open(world, channel)?;
    if !is_spelt_in_full(&emoji) {
        return Err(ApiError::unknown_emoji());
    }
    let message = world
        .message(channel, id)
        .ok_or_else(ApiError::unknown_message)?;
    // Whoever may not begin a reaction may still join one.
    if !message.reactions.iter().any(|it| it.emoji == emoji) {
        world.needs(channel, Permission::AddReactions)?;
    }
    world.react(channel, id, world.bot.id, emoji)?;
    nothing()
}

pub(super) fn remove(world: &mut World, call: &Call) -> Answer {
    let (channel, id, emoji) = named(world, call)?;
    open(world, channel)?;
    world.unreact(channel, id, world.bot.id, &emoji)?;
    nothing()
}

pub(super) fn remove_of(world: &mut World, call: &Call) -> Answer {
    let (channel, id, emoji) = named(world, call)?;
    world.needs(channel, Permission::ManageMessages)?;
    world.unreact(channel, id, call.id("user_id")?, &emoji)?;
    nothing()
}

pub(super) fn clear(world: &mut World, call: &Call) -> Answer {
    let channel = call.id("channel_id")?;
    world.needs(channel, Permission::ManageMessages)?;
    world.clear_reactions(channel, call.id("message_id")?, None)?;
    nothing()
}

pub(super) fn clear_one(world: &mut World, call: &Call) -> Answer {
    let (channel, id, emoji) = named(world, call)?;
    world.needs(channel, Permission::ManageMessages)?;
    world.clear_reactions(channel, id, Some(&emoji))?;
    nothing()
}

pub(super) fn list(world: &mut World, call: &Call) -> Answer {
    let (channel, id, emoji) = named(world, call)?;
    let limit = call.limit(25, 100)?;
    let after = call.asked_id("after")?.unwrap_or(0);
    let message = world
        .message(channel, id)
        .ok_or_else(ApiError::unknown_message)?;
    let reaction = message.reactions.iter().find(|it| it.emoji == emoji);
    let by = reaction.map(|it| it.by.as_slice()).unwrap_or_default();
    let mut users: Vec<u64> = by.iter().copied().filter(|it| *it > after).collect();
    users.sort_unstable();
    ok(users
        .iter()
        .take(limit)
        .map(|it| world.user_value(*it))
        .collect())
}
