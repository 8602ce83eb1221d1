//! Chats themselves.

use serde_json::json;

use super::asked::chat_id;
use crate::telegram::answer::Answer;
use crate::telegram::chat::{ChatKind, Standing};
use crate::telegram::params::Params;
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
