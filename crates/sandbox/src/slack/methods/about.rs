//! What the app may ask about itself and the workspace.

use serde_json::{Value, json};

use super::super::answer::{Answer, ApiError};
use super::super::params::Param;
use super::super::world::World;
use super::Call;

pub(super) fn api_test(_: &mut World, call: &Call<'_>) -> Answer {
    if let Some(error) = call.params.text("error") {
        return Err(ApiError::named(&error));
    }
    let mut args = json!({});
    for (name, param) in call.params.iter() {
        args[name] = match param {
            Param::Text(text) => text.as_str().into(),
            Param::Json(value) => value.clone(),
        };
    }
    Ok(json!({ "args": args }))
}

pub(super) fn auth_test(world: &mut World, _: &Call<'_>) -> Answer {
    let app = &world.app;
    let mut answer = json!({
        "url": format!("{}/", world.base),
        "team": app.team_name,
        "user": world.name_of(&app.bot_user_id).to_lowercase(),
        "team_id": app.team_id,
        "user_id": app.bot_user_id,
        "bot_id": app.bot_id,
        "is_enterprise_install": app.is_enterprise_install,
    });
    if let Some(enterprise) = &app.enterprise_id {
        answer["enterprise_id"] = enterprise.as_str().into();
    }
    Ok(answer)
}

pub(super) fn connections_open(world: &mut World, _: &Call<'_>) -> Answer {
    let ticket = world.delivery.new_ticket()?;
    let base = world.base.replacen("http", "ws", 1);
    let app_id = &world.app.app_id;
    Ok(json!({ "url": format!("{base}/link/?ticket={ticket}&app_id={app_id}") }))
}

pub(super) fn team_info(world: &mut World, call: &Call<'_>) -> Answer {
    world.need("team:read")?;
    let app = &world.app;
    if call.params.text("team").is_some_and(|it| it != app.team_id) {
        return Err(ApiError::of("team_not_found"));
    }
    Ok(json!({ "team": {
        "id": app.team_id,
        "name": app.team_name,
        "url": format!("{}/", world.base),
        "domain": app.team_name.to_lowercase(),
        "email_domain": "",
        "icon": { "image_default": true, "image_68": "https://a.slack-edge.com/team_68.png" },
    } }))
}

pub(super) fn bots_info(world: &mut World, call: &Call<'_>) -> Answer {
    world.need("users:read")?;
    let wanted = call.params.text("bot");
    let wanted = wanted.unwrap_or_else(|| world.app.bot_id.clone());
    let bot = world
        .members
        .values()
        .find(|it| it.bot_id.as_ref() == Some(&wanted))
        .ok_or(ApiError::of("bot_not_found"))?;
    let ours = wanted == world.app.bot_id;
    let app_id: Value = match ours {
        true => world.app.app_id.as_str().into(),
        false => "A0OTHERAPP1".into(),
    };
    Ok(json!({ "bot": {
        "id": wanted,
        "deleted": bot.deleted,
        "name": bot.shown(),
        "updated": bot.updated,
        "app_id": app_id,
        "user_id": bot.id,
        "icons": { "image_36": "https://a.slack-edge.com/bot_36.png", "image_48": "https://a.slack-edge.com/bot_48.png", "image_72": "https://a.slack-edge.com/bot_72.png" },
    } }))
}
