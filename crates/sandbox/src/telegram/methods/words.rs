//! Texts and captions: what is too long, what is empty, and `sendMessage`.

use super::post::{self, Draft};
use crate::telegram::answer::{Answer, ApiError, Checked};
use crate::telegram::params::Params;
use crate::telegram::text::{self, Formatted, utf16_len};
use crate::telegram::world::World;

/// In UTF-16 units.
const LONGEST_TEXT: usize = 4_096;
const LONGEST_CAPTION: usize = 1_024;

pub(super) fn send_message(world: &mut World, params: &Params) -> Answer {
    let words = message_text(world, params)?;
    let markup = post::markup(params)?;
    let target = post::target(world, params)?;
    check_text(&words)?;
    let draft = Draft {
        words,
        markup,
        ..Draft::default()
    };
    post::send(world, &target, draft)
}

pub(super) fn message_text(world: &World, params: &Params) -> Checked<Formatted> {
    let empty = || ApiError::bad("message text is empty");
    let source = params.text("text").filter(|it| !it.is_empty());
    let source = source.ok_or_else(empty)?;
    let mut words = text::take(
        &source,
        params.text("parse_mode").as_deref(),
        params.json("entities").unwrap_or_default().as_ref(),
    )?;
    world.name_people(&mut words)?;
    refuse!(words.text.is_empty() => empty());
    Ok(words)
}

pub(super) fn check_text(words: &Formatted) -> Checked {
    refuse!(utf16_len(&words.text) > LONGEST_TEXT => "message is too long");
    Ok(())
}

pub(super) fn caption(world: &World, params: &Params) -> Checked<Formatted> {
    let mut words = text::take(
        &params.text("caption").unwrap_or_default(),
        params.text("parse_mode").as_deref(),
        params.json("caption_entities").unwrap_or_default().as_ref(),
    )?;
    world.name_people(&mut words)?;
    check_caption(&words)?;
    Ok(words)
}

pub(super) fn check_caption(words: &Formatted) -> Checked {
    refuse!(utf16_len(&words.text) > LONGEST_CAPTION => "message caption is too long");
    Ok(())
}
