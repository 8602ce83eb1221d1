//! Who there is: members, their profiles, and groups of them.

use serde_json::{Value, json};

use super::pages;
use crate::slack::answer::Answer;
use crate::slack::params::Params;
use crate::slack::world::World;

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
