//! Chats themselves, who is in them, and topics of forums.

use serde_json::{Value, json};

use super::post::{chat_id, required_integer};
use crate::telegram::answer::{Answer, ApiError, Checked};
use crate::telegram::chat::{Chat, ChatKind, Standing};
use crate::telegram::params::Params;
use crate::telegram::places::TOPIC_COLOR;
use crate::telegram::world::World;

const ACTIONS: &str = "\
    typing upload_photo record_video upload_video record_voice upload_voice upload_document \
    choose_sticker find_location record_video_note upload_video_note";

pub(super) fn send_chat_action(world: &mut World, params: &Params) -> Answer {
    let chat = chat_id(params, "chat_id")?;
    world.chat(chat)?.check_write()?;
    let action = params.text("action").unwrap_or_default();
    refuse!(ACTIONS.split(' ').all(|it| it != action) => "wrong parameter action in request");
    Ok(true.into())
}

pub(super) fn get_chat(world: &mut World, params: &Params) -> Answer {
    let chat = world.chat(chat_id(params, "chat_id")?)?;
    if chat.counts_its_own_messages() {
        chat.check_write()?;
    }
    let mut info = world.chat_value(chat);
    info["accent_color_id"] = 0.into();
    info["max_reaction_count"] = 11.into();
    info["accepted_gift_types"] = json!({
        "unlimited_gifts": false, "limited_gifts": false, "unique_gifts": false,
        "premium_subscription": false, "gifts_from_channels": false,
    });
    if chat.kind != ChatKind::Private {
        info["permissions"] = json!({
            "can_send_messages": true, "can_send_photos": true, "can_send_documents": true, "can_invite_users": true,
        });
    }
    Ok(info)
}

pub(super) fn leave_chat(world: &mut World, params: &Params) -> Answer {
    let id = chat_id(params, "chat_id")?;
    let chat = world.chat_mut(id)?;
    refuse!(chat.kind == ChatKind::Private => "chat member status can't be changed in private chats");
    chat.check_write()?;
    let old = std::mem::replace(&mut chat.bot, Standing::Left);
    let bot = world.bot.id;
    world.tell_standing(id, bot, old);
    Ok(true.into())
}

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
