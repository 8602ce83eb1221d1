//! What the app may ask about itself, the workspace, its members and groups of them.

use serde_json::{Value, json};

use super::pages;
use crate::kit::Fields;
use crate::slack::answer::{Answer, ApiError};
use crate::slack::params::{Param, Params};
use crate::slack::wire::icons;
use crate::slack::world::World;

pub(super) fn api_test(_: &mut World, params: &Params) -> Answer {
    if let Some(error) = params.text("error") {
        return Err(ApiError::named(&error));
    }
    let mut args = json!({});
    for (name, param) in params.iter() {
        args[name] = match param {
            Param::Text(text) => text.as_str().into(),
            Param::Json(value) => value.clone(),
            Param::File(_) => Value::Null,
        };
    }
    Ok(json!({ "args": args }))
}

pub(super) fn auth_test(world: &mut World, _: &Params) -> Answer {
    let app = &world.app;
    let mut answer = json!({
        "url": format!("{}/", world.base), "team": app.team_name,
        "user": world.name_of(&app.bot_user_id).to_lowercase(), "team_id": app.team_id,
        "user_id": app.bot_user_id, "bot_id": app.bot_id, "is_enterprise_install": app.is_enterprise_install,
    });
    answer.put("enterprise_id", app.enterprise_id.as_deref());
    Ok(answer)
}

pub(super) fn connections_open(world: &mut World, _: &Params) -> Answer {
    let ticket = world.delivery.new_ticket()?;
    let base = world.base.replacen("http", "ws", 1);
    let app_id = &world.app.app_id;
    Ok(json!({ "url": format!("{base}/link/?ticket={ticket}&app_id={app_id}") }))
}

pub(super) fn team_info(world: &mut World, params: &Params) -> Answer {
    world.need("team:read")?;
    let app = &world.app;
    refuse!(params.text("team").is_some_and(|it| it != app.team_id) => "team_not_found");
    Ok(json!({ "team": {
        "id": app.team_id, "name": app.team_name, "url": format!("{}/", world.base),
        "domain": app.team_name.to_lowercase(), "email_domain": "",
        "icon": { "image_default": true, "image_68": "https://a.slack-edge.com/team_68.png" },
    } }))
}

pub(super) fn bots_info(world: &mut World, params: &Params) -> Answer {
    world.need("users:read")?;
    let wanted = params.text("bot");
    let wanted = wanted.unwrap_or_else(|| world.app.bot_id.clone());
    let mut members = world.members.values();
    let bot = members.find(|it| it.bot_id.as_ref() == Some(&wanted));
    let bot = bot.ok_or("bot_not_found")?;
    let app_id = match wanted == world.app.bot_id {
        true => &world.app.app_id,
        false => "A0OTHERAPP1",
    };
    Ok(json!({ "bot": {
        "id": wanted, "deleted": bot.deleted, "name": bot.shown(), "updated": bot.updated, "app_id": app_id,
        "user_id": bot.id, "icons": icons(),
    } }))
}

pub(super) fn info(world: &mut World, params: &Params) -> Answer {
    world.need("users:read")?;
    let id = params.text("user").unwrap_or_default();
    let member = world.members.get(&id);
    let member = member.ok_or("user_not_found")?;
    Ok(json!({ "user": member.value(&world.app.team_id) }))
}

pub(super) fn list(world: &mut World, params: &Params) -> Answer {
    world.need("users:read")?;
    let members = world.members.values();
    let members = members.map(|it| it.value(&world.app.team_id)).collect();
    let mut answer = pages::page(params, "members", members, 1000)?;
    answer["cache_ts"] = 1_700_000_000.into();
    Ok(answer)
}

pub(super) fn profile_get(world: &mut World, params: &Params) -> Answer {
    world.need("users.profile:read")?;
    let id = params.text("user");
    let id = id.unwrap_or_else(|| world.app.bot_user_id.clone());
    let member = world.members.get(&id);
    let member = member.ok_or("user_not_found")?;
    Ok(json!({ "profile": member.profile(&world.app.team_id) }))
}

pub(super) fn groups(world: &mut World, params: &Params) -> Answer {
    world.need("usergroups:read")?;
    let with_users = params.flag("include_users");
    let app = &world.app;
    let groups: Vec<Value> = world
        .groups
        .values()
        .map(|it| {
            let mut value = it.value(&app.team_id, &app.bot_user_id);
            if with_users {
                value["users"] = json!(it.members);
            }
            value
        })
        .collect();
    Ok(json!({ "usergroups": groups }))
}
