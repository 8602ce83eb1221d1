//! The same message again in another place, with its origin or without.

use serde_json::json;

use super::post::{self, Draft, required_integer};
use super::words;
use crate::telegram::answer::{Answer, ApiError, Checked};
use crate::telegram::message::Stored;
use crate::telegram::params::Params;
use crate::telegram::text::Formatted;
use crate::telegram::world::World;

fn source(world: &World, params: &Params, what: &str) -> Checked<Stored> {
    let place = post::chat_id(params, "from_chat_id")?;
    let why = "message identifier is not specified";
    let id = required_integer(params, "message_id", why)?;
    world.chat(place)?;
    let message = world.message(place, id).cloned();
    message.ok_or_else(|| ApiError::bad(format!("message to {what} not found")))
}

pub(super) fn copy_message(world: &mut World, params: &Params) -> Answer {
    let source = source(world, params, "copy")?;
    refuse!(source.is_service() => "message can't be copied");
    let words = match (params.text("caption"), source.media()) {
        (Some(_), Some(_)) => words::caption(world, params)?,
        _ => Formatted {
            text: source.text.clone(),
            entities: source.entities.clone(),
        },
    };
    let target = post::target(world, params)?;
    let draft = Draft {
        words,
        media: source.media().cloned(),
        markup: post::markup(params)?,
        group: None,
    };
    let id = post::put(world, &target, draft);
    Ok(json!({ "message_id": id }))
}

pub(super) fn forward_message(world: &mut World, params: &Params) -> Answer {
    let source = source(world, params, "forward")?;
    refuse!(source.is_service() => "message can't be forwarded");
    let target = post::target(world, params)?;
    let bot = world.bot.id;
    let mut copy = world.forwarded(&source, bot);
    copy.thread = params.integer("message_thread_id").filter(|topic| {
        let chat = world.chat(target.chat);
        chat.is_ok_and(|it| it.topic(*topic).is_some())
    });
    let id = world.insert(target.chat, copy);
    post::shown(world, target.chat, id)
}
