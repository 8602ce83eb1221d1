//! Buttons that were pressed and slash commands that were given.

use std::ops::RangeInclusive;

use conversation::{Asking, Event, EventKey, Inbound, command::Chosen};
use serde_json::Value;

use super::author;
use super::dispatch::{Dispatch, MALFORMED, Normalised, Scene, one, read};
use crate::id::Spot;
use crate::id::{PLATFORM, Snowflake};
use crate::known::Known;
use crate::way_back::{AUTOCOMPLETE, COMMAND, COMPONENT, way_back};
use crate::wire::{Interaction, InteractionOption};

/// The program's own command: what follows stands for itself.
pub(crate) const OURS: &str = "causeway";
const HELP: &str = "help";

pub(super) fn made(dispatch: &Dispatch<'_>, known: &Known) -> Normalised {
    let Some(interaction) = read::<Interaction>(dispatch) else {
        return MALFORMED;
    };
    if interaction.kind == AUTOCOMPLETE {
        return Normalised::Ignored("command-being-written");
    }
    let Some(channel) = interaction.channel_id else {
        return Normalised::Unreadable("interaction-nowhere");
    };
    let scene = match Scene::of(channel, interaction.guild_id.is_none(), known) {
        Ok(scene) => scene,
        Err(unknown) => return Normalised::Unknown(unknown),
    };
    let event = match interaction.kind {
        COMMAND => commanded(&interaction),
        COMPONENT => pressed(&interaction, &scene),
        _ => return Normalised::Ignored("interaction-of-no-use"),
    };
    let Some(event) = event else {
        return MALFORMED;
    };
    let Some(happened) = happened(&interaction, &scene, event, known) else {
        return Normalised::Unreadable("interaction-of-nobody");
    };
    one(Inbound {
        way_back: way_back(&interaction),
        ..happened
    })
}

/// What somebody fills in while they write a command of ours. None where nobody told of the place yet.
pub(crate) fn asking(interaction: &Interaction, known: &Known) -> Option<Asking> {
    let options = &interaction.data.as_ref()?.options;
    let verb = chosen(options)?.verb()?;
    let focused = leaf(options).1.iter().find(|it| it.focused)?;
    let (channel, is_direct) = (interaction.channel_id?, interaction.guild_id.is_none());
    let scene = Scene::of(channel, is_direct, known).ok()?;
    let event = commanded(interaction)?;
    Some(Asking {
        event: happened(interaction, &scene, event, known)?,
        verb,
        param: verb.param(&focused.name)?,
        typed: value(focused).unwrap_or_default(),
    })
}

fn happened(
    interaction: &Interaction,
    scene: &Scene<'_>,
    event: Event,
    known: &Known,
) -> Option<Inbound> {
    let member = interaction.member.as_ref();
    let user = member.and_then(|it| it.user.as_ref());
    let user = user.or(interaction.user.as_ref())?;
    Some(calls::happened(
        EventKey(format!("interaction/{}", interaction.id)),
        scene.channel.channel(),
        interaction.id.time(),
        author::of_user(user, member, interaction.guild_id, known),
        event,
    ))
}

fn pressed(interaction: &Interaction, scene: &Scene<'_>) -> Option<Event> {
    let message = Spot {
        thread: scene.thread_id(),
        message: interaction.message?.id,
    };
    Some(Event::Pressed {
        message: message.remote(),
        button: interaction.data.as_ref()?.custom_id.clone()?,
    })
}

/// A command is no message: its own id stands for one.
fn commanded(interaction: &Interaction) -> Option<Event> {
    let data = interaction.data.as_ref()?;
    let name = data.name.as_deref()?;
    let text = match (name.eq_ignore_ascii_case(OURS), chosen(&data.options)) {
        (true, Some(chosen)) => chosen.line(),
        (is_ours, _) => {
            let values = data.options.iter().filter_map(value);
            let words: Vec<String> = values.collect();
            match words.join(" ") {
                said if !is_ours => format!("{name} {said}").trim_end().to_owned(),
                said if said.is_empty() => HELP.to_owned(),
                said => said,
            }
        }
    };
    Some(Event::Commanded {
        message: interaction.id.remote(),
        text,
    })
}

/// From the tree that we offer: a group or none, a subcommand, and what it was given.
fn chosen(options: &[InteractionOption]) -> Option<Chosen> {
    let (path, given) = leaf(options);
    let given = given.iter();
    let given = given.filter_map(|it| Some((it.name.clone(), value(it)?)));
    (!path.is_empty()).then(|| Chosen {
        options: given.collect(),
        path,
    })
}

fn leaf(mut options: &[InteractionOption]) -> (Vec<String>, &[InteractionOption]) {
    const SUBCOMMANDS: RangeInclusive<u64> = 1..=2;
    let mut path = Vec::new();
    while let [only] = options
        && SUBCOMMANDS.contains(&only.kind)
    {
        path.push(only.name.clone());
        options = &only.options;
    }
    (path, options)
}

/// Channels and people as commands take them, where Discord writes them in its own way.
pub(super) fn as_typed(text: &str) -> String {
    let mut typed = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('<') {
        typed += before;
        let sign = behind.split_once('>').and_then(|(inside, after)| {
            let id = inside
                .strip_prefix("@!")
                .or_else(|| inside.strip_prefix(['@', '#']))?;
            Some((Snowflake::parse(id)?, after))
        });
        rest = match sign {
            Some((id, after)) => {
                typed += &format!("{PLATFORM}:{id}");
                after
            }
            None => {
                typed.push('<');
                behind
            }
        };
    }
    typed + rest
}

fn value(option: &InteractionOption) -> Option<String> {
    match option.value.as_ref()? {
        Value::String(text) => Some(as_typed(text)),
        other => Some(other.to_string()),
    }
}
