//! The commands that the bot registered; those of the guild and those for all are one list here.

use serde_json::{Value, json};

use crate::discord::answer::{Answer, ApiError, Checked, ok};
use crate::discord::call::Call;
use crate::discord::world::World;
use crate::discord::{tree, wire};
use crate::kit::Fields;

fn own(world: &World, call: &Call) -> Checked {
    refuse!(call.id("application_id")? != world.bot.id => ApiError::NOT_THE_APPLICATION);
    Ok(())
}

pub(super) fn list(world: &mut World, call: &Call) -> Answer {
    own(world, call)?;
    ok(world.commands.clone().into())
}

pub(super) fn set(world: &mut World, call: &Call) -> Answer {
    own(world, call)?;
    let wanted = call.body.as_array().map(Vec::as_slice).unwrap_or_default();
    let mut commands = Vec::with_capacity(wanted.len());
    for (at, command) in wanted.iter().enumerate() {
        tree::check(command, &at.to_string())?;
        commands.push(registered(world, call, command));
    }
    world.commands = commands;
    list(world, call)
}

fn registered(world: &mut World, call: &Call, command: &Value) -> Value {
    let id = world.new_id();
    let mut value = json!({
        "id": wire::id(id), "application_id": wire::id(world.bot.id), "version": wire::id(id),
        "default_member_permissions": command["default_member_permissions"],
        "type": command["type"].as_u64().unwrap_or(1), "name": command["name"],
        "description": command["description"].as_str().unwrap_or(""), "nsfw": false,
    });
    value.put("options", command["options"].as_array().cloned());
    value.put("guild_id", call.id("guild_id").ok().map(wire::id));
    value
}
