//! Who is in a chat.

use serde_json::Value;

use super::asked::{chat_id, required_integer};
use crate::telegram::answer::{Answer, ApiError, Checked};
use crate::telegram::chat::{Chat, ChatKind, Standing};
use crate::telegram::params::Params;
use crate::telegram::world::World;

fn visited<'a>(world: &'a World, params: &Params) -> Checked<&'a Chat> {
    let chat = world.chat(chat_id(params, "chat_id")?)?;
    chat.check_write()?;
    Ok(chat)
}

pub(super) fn get_chat_member(world: &mut World, params: &Params) -> Answer {
    let chat = visited(world, params)?;
    let user = required_integer(params, "user_id", "invalid user_id specified")?;
    match world.user(user) {
        Some(_) => Ok(world.member_value(chat, user)),
        None => Err(ApiError::bad("PARTICIPANT_ID_INVALID")),
    }
}

pub(super) fn get_chat_member_count(world: &mut World, params: &Params) -> Answer {
    let chat = visited(world, params)?;
    Ok((chat.members.len() + usize::from(chat.bot_hears())).into())
}

/// People own nothing here, so the bot is the only administrator that there can be.
pub(super) fn get_chat_administrators(world: &mut World, params: &Params) -> Answer {
    let chat = visited(world, params)?;
    refuse!(chat.kind == ChatKind::Private => "there are no administrators in the private chat");
    let is_admin = chat.bot == Standing::Administrator;
    let bot = is_admin.then(|| world.member_value(chat, world.bot.id));
    Ok(Value::Array(bot.into_iter().collect()))
}
