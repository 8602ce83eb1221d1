//! The bot itself, its files and the answers to pressed buttons.

use serde_json::json;

use crate::kit::Fields;
use crate::telegram::answer::{Answer, ApiError};
use crate::telegram::params::Params;
use crate::telegram::webhook;
use crate::telegram::world::World;

pub(super) fn get_me(world: &mut World, _: &Params) -> Answer {
    let mut me = world.user_value(world.bot.id);
    me["can_join_groups"] = true.into();
    me["can_read_all_group_messages"] = (!world.bot.privacy).into();
    me.lay_over(json!({
        "supports_guest_queries": false, "supports_inline_queries": false, "supports_join_request_queries": false,
        "can_connect_to_business": false, "can_manage_bots": false, "has_main_web_app": false,
        "has_topics_enabled": false, "allows_users_to_create_topics": false,
    }));
    Ok(me)
}

pub(super) fn get_webhook_info(world: &mut World, _: &Params) -> Answer {
    Ok(webhook::info(&world.updates))
}

pub(super) fn get_file(world: &mut World, params: &Params) -> Answer {
    match params.text("file_id").filter(|it| !it.is_empty()) {
        Some(id) => world.files.get_file(&id),
        None => Err(ApiError::bad("file_id not specified")),
    }
}

/// Ids of queries are long numbers; whatever else is given is no query of ours.
pub(super) fn answer_callback_query(world: &mut World, params: &Params) -> Answer {
    let id = params.text("callback_query_id").unwrap_or_default();
    let text = params.text("text").unwrap_or_default();
    refuse!(text.chars().count() > 200 => "MESSAGE_TOO_LONG");
    let is_news = !world.answered.iter().any(|(it, _)| *it == id);
    match id.parse::<u64>() {
        Ok(4_000_000_000_000_000_001..) if is_news => {
            world.answered.push((id.to_string(), text.to_string()));
            Ok(true.into())
        }
        _ => Err(ApiError::bad(
            "query is too old and response timeout expired or query ID is invalid",
        )),
    }
}

pub(super) fn agreed(_: &mut World, _: &Params) -> Answer {
    Ok(true.into())
}
