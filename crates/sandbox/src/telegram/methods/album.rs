//! Albums: 2 to 10 files that arrive as as many messages under one `media_group_id`.

use serde_json::{Map, Value};

use super::post::{self, Draft};
use super::words;
use crate::telegram::answer::{Answer, ApiError, Checked};
use crate::telegram::message::Media;
use crate::telegram::params::Params;
use crate::telegram::said::FileKind;
use crate::telegram::text::{self, Formatted};
use crate::telegram::world::World;

pub(super) fn send_media_group(world: &mut World, params: &Params) -> Answer {
    let media = params.json("media")?.unwrap_or_default();
    let media = media.as_array().ok_or("expected an Array of InputMedia")?;
    if !(2..=10).contains(&media.len()) {
        return Err(ApiError::bad(match media.len() {
            0 => "media group must be non-empty".to_owned(),
            1 => "media group must include 2-10 items".to_owned(),
            _ => "too many messages to send as an album".to_owned(),
        }));
    }
    check_mix(media)?;
    let target = post::target(world, params)?;
    let mut parts = Vec::with_capacity(media.len());
    for part in media {
        parts.push(read_part(world, params, part)?);
    }
    let group = Some(format!("{}", 13_000_000_000_000_000 + world.new_token()));
    let mut ids = Vec::with_capacity(parts.len());
    for (words, media) in parts {
        let draft = Draft {
            words,
            media: Some(media),
            group: group.clone(),
            markup: None,
        };
        ids.push(post::put(world, &target, draft));
    }
    ids.into_iter()
        .map(|id| post::shown(world, target.chat, id))
        .collect()
}

/// Documents and audio only go with their like.
fn check_mix(media: &[Value]) -> Checked {
    for alone in ["audio", "document"] {
        let count = media.iter().filter(|it| it["type"] == alone).count();
        if count > 0 && count < media.len() {
            return Err(ApiError::bad(format!(
                "{alone} can't be mixed with other media types"
            )));
        }
    }
    Ok(())
}

fn read_part(world: &mut World, params: &Params, part: &Value) -> Checked<(Formatted, Media)> {
    let wrong = |why: &str| ApiError::bad(format!("can't parse InputMedia: {why}"));
    let kind = match part["type"].as_str().unwrap_or("") {
        "photo" => FileKind::Photo,
        "video" => FileKind::Video,
        "audio" => FileKind::Audio,
        "document" => FileKind::Document,
        _ => return Err(wrong("type must be one of audio, document, photo or video")),
    };
    let reference = part["media"]
        .as_str()
        .ok_or_else(|| wrong("Can't find field \"media\""))?;
    let file = params
        .file_named(reference)
        .ok_or_else(|| wrong("media not found"))?;
    let caption = part["caption"].as_str().unwrap_or("");
    let mut words = text::take(
        caption,
        part["parse_mode"].as_str(),
        part.get("caption_entities"),
    )?;
    world.name_people(&mut words)?;
    words::check_caption(&words)?;
    let details: Map<String, Value> = part.as_object().cloned().unwrap_or_default();
    Ok((words, world.files.media(kind, file, &details)?))
}
