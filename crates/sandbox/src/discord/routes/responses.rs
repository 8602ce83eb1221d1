//! Answers to buttons and commands: at once, later, changed, taken back, and more of them.

use serde_json::{Value, json};

use super::compose::Draft;
use crate::discord::answer::{Answer, ApiError, Checked, nothing, ok};
use crate::discord::call::Call;
use crate::discord::chosen::AUTOCOMPLETE;
use crate::discord::interaction::Interaction;
use crate::discord::message::{By, Message};
use crate::discord::world::World;
use crate::discord::{tree, wire};
use crate::kit::Fields;

const EPHEMERAL: u64 = 1 << 6;
const LOADING: u64 = 1 << 7;
/// The answer while somebody types.
const CHOICES: u8 = 8;

impl World {
    fn interaction(&self, id: u64) -> Checked<&Interaction> {
        let it = self.interactions.get(&id);
        it.ok_or(ApiError::UNKNOWN_INTERACTION)
    }

    /// Whether what looks like a webhook is the application that answers interactions.
    pub(super) fn is_application(&self, call: &Call) -> bool {
        call.id("webhook_id").is_ok_and(|it| it == self.bot.id)
    }
}

pub(super) fn answer(world: &mut World, call: &Call) -> Answer {
    let found = world.interactions.get(&call.id("interaction_id")?);
    let found = found.filter(|it| it.token == call.text("interaction_token"));
    let found = found.filter(|it| it.waits());
    let it = found.ok_or(ApiError::UNKNOWN_INTERACTION)?;
    refuse!(it.answered.is_some() => ApiError::ACKNOWLEDGED);
    let (id, on, channel, asked) = (it.id, it.on, it.channel, it.kind);
    let kind = call.body["type"].as_u64();
    let kind = kind.and_then(|it| u8::try_from(it).ok());
    refuse!((asked == AUTOCOMPLETE) != (kind == Some(CHOICES)) => ApiError::choices("type", answers_to(asked)));
    let empty = json!({});
    let data = call.body.get("data").filter(|it| it.is_object());
    let draft = Draft {
        body: data.unwrap_or(&empty),
        files: &call.files,
    };
    let original = match kind {
        Some(CHOICES) => {
            offer(world, id, &call.body["data"]["choices"])?;
            None
        }
        Some(1 | 6 | 9) => on,
        Some(4) => Some(say(world, id, &draft, 0)?),
        Some(5) => Some(say(world, id, &draft, LOADING)?),
        Some(7) => {
            let on = on.ok_or_else(|| ApiError::required("type"))?;
            let message = world.found((channel, on))?.clone();
            let changed = draft.change(world, message)?;
            world.reword(channel, on, |it| *it = changed);
            Some(on)
        }
        _ => return Err(ApiError::choices("type", answers_to(asked))),
    };
    let it = world.interactions.get_mut(&id);
    let it = it.ok_or(ApiError::UNKNOWN_INTERACTION)?;
    (it.answered, it.original) = (kind, original);
    match call.flag("with_response") {
        true => ok(response(world, id)),
        false => nothing(),
    }
}

fn answers_to(asked: u8) -> &'static str {
    match asked {
        AUTOCOMPLETE => "8",
        _ => "1, 4, 5, 6, 7, 9, 10, 12",
    }
}

fn offer(world: &mut World, id: u64, choices: &Value) -> Checked {
    let choices = choices.as_array().map_or(&[][..], Vec::as_slice);
    tree::check_choices(choices, "data.choices")?;
    let shown = |it: &Value| it["name"].as_str().unwrap_or_default().to_owned();
    let value = |it: &Value| {
        it["value"]
            .as_str()
            .map_or(it["value"].to_string(), str::to_owned)
    };
    if let Some(it) = world.interactions.get_mut(&id) {
        it.choices = choices.iter().map(|it| (shown(it), value(it))).collect();
    }
    Ok(())
}

fn response(world: &World, id: u64) -> Value {
    let Some(it) = world.interactions.get(&id) else {
        return Value::Null;
    };
    let message = it.original.and_then(|original| find(world, it, original));
    let mut value = json!({ "interaction": { "id": wire::id(id), "type": it.kind } });
    let original = it.original.map(wire::id);
    value["interaction"].put("response_message_id", original);
    if let (Some(message), Some(4 | 7)) = (message, it.answered) {
        value["resource"] = json!({ "type": it.answered, "message": world.message_value(message) });
    }
    value
}

/// A button below what one person alone sees leads back to it by the token of the press as well.
fn find<'a>(world: &'a World, it: &Interaction, message: u64) -> Option<&'a Message> {
    world
        .hidden(message)
        .or_else(|| world.message(it.channel, message))
}

/// Writes a message of the bot for an interaction; only its person sees it where the flag says so.
fn say(world: &mut World, id: u64, draft: &Draft<'_>, flags: u64) -> Checked<u64> {
    let it = world.interaction(id)?;
    let (kind, user, channel) = (it.kind, it.user, it.channel);
    let mut message = Message::new(channel, By::User(world.bot.id));
    message.flags = flags;
    message.application = Some(world.bot.id);
    match (flags & LOADING != 0, draft.fill(world, &mut message)) {
        (false, Err(error)) => return Err(error),
        (false, Ok(())) => {}
        (true, _) => message.flags |= draft.body["flags"].as_u64().unwrap_or(0) & EPHEMERAL,
    }
    let mut more = json!({ "webhook_id": wire::id(world.bot.id) });
    if kind == 2 {
        message.kind = 20;
        more["interaction_metadata"] = json!({
            "id": wire::id(id), "type": kind, "user": world.user_value(user),
            "authorizing_integration_owners": { "0": wire::id(world.guild.id) },
        });
    }
    message
        .more
        .extend(more.as_object().cloned().unwrap_or_default());
    let hidden = message.flags & EPHEMERAL != 0;
    message.id = match hidden {
        true => world.new_id(),
        false => world.post(message.clone()),
    };
    let number = message.id;
    if let Some(it) = world.interactions.get_mut(&id) {
        match hidden {
            true => drop(it.hidden.insert(number, message)),
            false => it.shown.push(number),
        }
    }
    Ok(number)
}

/// The interaction of a token, while it still takes messages.
fn of_token<'a>(world: &'a World, call: &Call) -> Checked<&'a Interaction> {
    let token = call.text("webhook_token");
    let mut known = world.interactions.values().rev();
    let found = known.find(|it| it.token == token);
    let found = found.filter(|it| it.lasts());
    found.ok_or(ApiError::INVALID_WEBHOOK_TOKEN)
}

pub(super) fn follow_up(world: &mut World, call: &Call) -> Answer {
    let it = of_token(world, call)?;
    refuse!(it.answered.is_none() => ApiError::UNKNOWN_WEBHOOK);
    let id = it.id;
    let message = say(world, id, &Draft::of(call), 0)?;
    show(world, id, message)
}

fn show(world: &World, id: u64, message: u64) -> Answer {
    let it = world.interaction(id)?;
    let message = find(world, it, message).ok_or(ApiError::UNKNOWN_MESSAGE)?;
    ok(world.message_value(message))
}

/// Which interaction and which of its messages a call names; without a number it is the first answer.
fn named(world: &World, call: &Call) -> Checked<(u64, u64)> {
    let it = of_token(world, call)?;
    if call.text("message_id").is_empty() {
        return Ok((it.id, it.original.ok_or(ApiError::UNKNOWN_MESSAGE)?));
    }
    let message = call.id("message_id")?;
    let own = it.shown.contains(&message)
        || it.hidden.contains_key(&message)
        || it.original == Some(message);
    refuse!(!own => ApiError::UNKNOWN_MESSAGE);
    Ok((it.id, message))
}

pub(super) fn update(world: &mut World, call: &Call) -> Answer {
    let (id, message) = named(world, call)?;
    let it = world.interaction(id)?;
    let channel = it.channel;
    let stored = find(world, it, message).ok_or(ApiError::UNKNOWN_MESSAGE)?;
    let stored = stored.clone();
    let changed = Draft::of(call).change(world, stored)?;
    match world.hidden_mut(message) {
        Some(it) => *it = changed,
        None => world.reword(channel, message, |it| *it = changed),
    }
    show(world, id, message)
}

pub(super) fn delete(world: &mut World, call: &Call) -> Answer {
    let (id, message) = named(world, call)?;
    let it = world.interactions.get_mut(&id);
    let it = it.ok_or(ApiError::UNKNOWN_INTERACTION)?;
    let channel = it.channel;
    it.shown.retain(|shown| *shown != message);
    if it.original == Some(message) {
        it.original = None;
    }
    refuse!(it.hidden.remove(&message).is_none() && !world.remove(channel, message) => ApiError::UNKNOWN_MESSAGE);
    nothing()
}

pub(super) fn get(world: &mut World, call: &Call) -> Answer {
    let (id, message) = named(world, call)?;
    show(world, id, message)
}
