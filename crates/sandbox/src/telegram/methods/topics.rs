//! Topics of forums.

use serde_json::json;

use super::asked::{chat_id, required_integer};
use crate::telegram::answer::{Answer, ApiError, Checked};
use crate::telegram::chat::{ChatKind, Standing};
use crate::telegram::params::Params;
use crate::telegram::places::TOPIC_COLOR;
use crate::telegram::world::World;

fn forum(world: &World, params: &Params) -> Checked<i64> {
    let id = chat_id(params, "chat_id")?;
    let chat = world.chat(id)?;
    chat.check_write()?;
    refuse!(chat.kind != ChatKind::Forum => "the chat is not a forum");
    refuse!(chat.bot != Standing::Administrator => "not enough rights to create a topic");
    Ok(id)
}

fn name(params: &Params) -> Option<String> {
    let name = params.text("name")?.trim().to_owned();
    (!name.is_empty()).then_some(name)
}

pub(super) fn create(world: &mut World, params: &Params) -> Answer {
    let chat = forum(world, params)?;
    let name = name(params).ok_or("TOPIC_TITLE_EMPTY")?;
    let color = params.integer("icon_color").unwrap_or(TOPIC_COLOR);
    let bot = world.bot.id;
    let id = world.open_topic(chat, bot, &name, color);
    Ok(json!({ "message_thread_id": id, "name": name, "icon_color": color }))
}

pub(super) fn edit(world: &mut World, params: &Params) -> Answer {
    let chat = forum(world, params)?;
    let why = "message thread not found";
    let id = required_integer(params, "message_thread_id", why)?;
    let topics = &mut world.chat_mut(chat)?.topics;
    let topic = topics.iter_mut().find(|it| it.id == id);
    let topic = topic.ok_or_else(|| ApiError::bad(why))?;
    if let Some(name) = name(params) {
        topic.name = name;
    }
    Ok(true.into())
}
