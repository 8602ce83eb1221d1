//! Buttons that were pressed and slash commands that were given.

use conversation::{Event, EventKey, Inbound};
use serde_json::Value;

use super::author;
use super::dispatch::{Dispatch, MALFORMED, Normalised, Scene, one, read};
use crate::id::Spot;
use crate::known::Known;
use crate::way_back::{COMMAND, COMPONENT, way_back};
use crate::wire::{Interaction, InteractionOption};

/// The program's own command: what follows stands for itself.
pub(crate) const OURS: &str = "causeway";

pub(super) fn made(dispatch: &Dispatch<'_>, known: &Known) -> Normalised {
    let Some(interaction) = read::<Interaction>(dispatch) else {
        return MALFORMED;
    };
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
    let member = interaction.member.as_ref();
    let user = member
        .and_then(|it| it.user.as_ref())
        .or(interaction.user.as_ref());
    let Some(user) = user else {
        return Normalised::Unreadable("interaction-of-nobody");
    };
    one(Inbound {
        way_back: way_back(&interaction),
        ..calls::happened(
            EventKey(format!("interaction/{}", interaction.id)),
            scene.channel.channel(),
            interaction.id.time(),
            author::of_user(user, member, interaction.guild_id, known),
            event,
        )
    })
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
    let mut words = vec![data.name.clone()?];
    add_words(&data.options, &mut words);
    if words.len() > 1 && words[0].eq_ignore_ascii_case(OURS) {
        words.remove(0);
    }
    Some(Event::Commanded {
        message: interaction.id.remote(),
        text: words.join(" "),
    })
}

/// Names of subcommands, and values of what they are given.
fn add_words(options: &[InteractionOption], words: &mut Vec<String>) {
    const GROUP: u64 = 2;
    for option in options {
        if (1..=GROUP).contains(&option.kind) {
            words.push(option.name.clone());
        }
        match &option.value {
            Some(Value::String(text)) => words.push(text.clone()),
            Some(other) => words.push(other.to_string()),
            None => {}
        }
        add_words(&option.options, words);
    }
}
