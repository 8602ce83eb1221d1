//! Commands that people choose from what the bot registered, as a client lets them: a path of names, and options filled in by
//! their kind.

use serde_json::{Value, json};

use super::ids::{ChannelId, InteractionId, UserId};
use super::said::{Deed, Misuse};
use super::tree::{self, BOOLEAN, INTEGER, NUMBER, STRING, inner, kind};
use super::world::{Discord, World};

const COMMAND: u8 = 2;
pub(crate) const AUTOCOMPLETE: u8 = 4;
/// Where the option names no length of its own.
const LONGEST_TEXT: u64 = 6_000;

impl Discord {
    /// The names of the commands that people are offered.
    pub fn offered_commands(&self) -> Vec<String> {
        self.look(|world| {
            let names = world.commands.iter().filter_map(|it| it["name"].as_str());
            names.map(str::to_owned).collect()
        })
    }

    /// `path` as in `causeway room link`, with the texts that were filled in.
    pub fn slash_command(
        &self,
        channel: ChannelId,
        user: UserId,
        path: &str,
        options: &[(&str, &str)],
    ) -> Deed<InteractionId> {
        self.change(|world| {
            world.check_place(channel, user)?;
            let data = world.chosen(path, options, None)?;
            Ok(world.interact(COMMAND, channel, user, json!({ "data": data }), None))
        })
    }

    /// Somebody fills in `typed`, and sees what the bot offers for it in `interaction`.
    pub fn autocomplete(
        &self,
        channel: ChannelId,
        user: UserId,
        path: &str,
        (options, typed): (&[(&str, &str)], (&str, &str)),
    ) -> Deed<InteractionId> {
        self.change(|world| {
            world.check_place(channel, user)?;
            let data = world.chosen(path, options, Some(typed))?;
            Ok(world.interact(AUTOCOMPLETE, channel, user, json!({ "data": data }), None))
        })
    }
}

impl World {
    fn chosen(
        &self,
        path: &str,
        options: &[(&str, &str)],
        typed: Option<(&str, &str)>,
    ) -> Deed<Value> {
        let unknown = || Misuse::NoCommand(path.to_owned());
        let mut names = path.split(' ');
        let command = named(&self.commands, names.next().unwrap_or("")).ok_or_else(unknown)?;
        let (mut at, mut steps) = (command, Vec::new());
        for name in names {
            at = named(inner(at), name)
                .filter(|it| is_step(it))
                .ok_or_else(unknown)?;
            steps.push(at);
        }
        refuse!(inner(at).iter().any(is_step) => unknown());
        let mut given = Vec::with_capacity(options.len() + 1);
        for (name, text) in options {
            let option = option(at, name)?;
            given.push(filled(option, value(option, text)?));
        }
        match typed {
            Some((name, text)) => given.push(focused(option(at, name)?, text)?),
            None => check_needed(at, options)?,
        }
        let wrap = |inside: Vec<Value>, step: &&Value| {
            vec![json!({ "name": step["name"], "type": step["type"], "options": inside })]
        };
        let given = steps.iter().rev().fold(given, wrap);
        Ok(json!({ "id": command["id"], "name": command["name"], "type": 1, "options": given }))
    }
}

fn is_step(option: &Value) -> bool {
    matches!(kind(option), tree::SUBCOMMAND | tree::GROUP)
}

fn named<'a>(all: &'a [Value], name: &str) -> Option<&'a Value> {
    all.iter().find(|it| it["name"] == name)
}

fn option<'a>(verb: &'a Value, name: &str) -> Deed<&'a Value> {
    named(inner(verb), name).ok_or_else(|| Misuse::NoOption(name.to_owned()))
}

/// A client sends nothing before all that is needed is filled in.
fn check_needed(verb: &Value, given: &[(&str, &str)]) -> Deed {
    let mut needed = inner(verb).iter().filter(|it| it["required"] == true);
    let is_missing = |it: &&Value| !given.iter().any(|(name, _)| it["name"] == *name);
    match needed.find(is_missing) {
        Some(missing) => Err(Misuse::NotFilledIn(text(missing, "name"))),
        None => Ok(()),
    }
}

fn text(option: &Value, field: &str) -> String {
    option[field].as_str().unwrap_or_default().to_owned()
}

fn filled(option: &Value, value: Value) -> Value {
    json!({ "name": option["name"], "type": option["type"], "value": value })
}

/// As it stands there while somebody types, whether or not it can stand so.
fn focused(option: &Value, typed: &str) -> Deed<Value> {
    refuse!(option["autocomplete"] != true => Misuse::NoOption(text(option, "name")));
    let mut filled = filled(option, typed.into());
    filled["focused"] = true.into();
    Ok(filled)
}

/// Of the option's kind, within its bounds, and one of its choices where it has some.
fn value(option: &Value, typed: &str) -> Deed<Value> {
    let not_so = || Misuse::NotSo(text(option, "name"), typed.to_owned());
    let value = match kind(option) {
        STRING => Some(typed).filter(|it| fits(option, it)).map(Value::from),
        INTEGER => typed.parse::<i64>().ok().map(Value::from),
        BOOLEAN => typed.parse::<bool>().ok().map(Value::from),
        NUMBER => typed.parse::<f64>().ok().map(Value::from),
        _ => None,
    };
    let value = value.ok_or_else(not_so)?;
    let number = value.as_f64();
    let is_beyond = |bound: &str, is_out: fn(f64, f64) -> bool| {
        let bound = option[bound].as_f64();
        number
            .zip(bound)
            .is_some_and(|(value, bound)| is_out(value, bound))
    };
    let choices = option["choices"].as_array().filter(|it| !it.is_empty());
    let is_chosen = choices.is_none_or(|it| it.iter().any(|it| it["value"] == value));
    let is_out = is_beyond("min_value", |it, least| it < least)
        || is_beyond("max_value", |it, most| it > most);
    match is_chosen && !is_out {
        true => Ok(value),
        false => Err(not_so()),
    }
}

fn fits(option: &Value, typed: &str) -> bool {
    let length = u64::try_from(typed.chars().count()).unwrap_or(u64::MAX);
    let least = option["min_length"].as_u64().unwrap_or(1);
    let most = option["max_length"].as_u64().unwrap_or(LONGEST_TEXT);
    (least..=most).contains(&length)
}
