//! Messages that carry one file, a place or a poll.

use serde_json::{Map, Value, json};

use super::post::{self, Draft};
use super::words;
use crate::telegram::answer::{Answer, ApiError, Checked};
use crate::telegram::message::Media;
use crate::telegram::params::Params;
use crate::telegram::said::FileKind;
use crate::telegram::text::{self, Formatted};
use crate::telegram::world::{World, now};

pub(crate) fn send_file(world: &mut World, params: &Params, kind: FileKind) -> Answer {
    let field = kind.field();
    let file = params.file(field).ok_or_else(|| {
        let what = field.replace('_', " ");
        ApiError::bad(format!("there is no {what} in the request"))
    })?;
    let words = match kind.can_have_caption() {
        true => words::caption(world, params)?,
        false => Formatted::default(),
    };
    let markup = post::markup(params)?;
    let target = post::target(world, params)?;
    let media = world.files.media(kind, file, &details(params))?;
    let draft = Draft {
        words,
        media: Some(media),
        markup,
        ..Draft::default()
    };
    post::send(world, &target, draft)
}

/// What the sender says about the file.
fn details(params: &Params) -> Map<String, Value> {
    let numbers = ["duration", "width", "height", "length"];
    let texts = ["performer", "title", "emoji"];
    let numbers = numbers
        .iter()
        .filter_map(|it| Some(((*it).to_owned(), params.integer(it)?.into())));
    let texts = texts
        .iter()
        .filter_map(|it| Some(((*it).to_owned(), params.text(it)?.into())));
    numbers.chain(texts).collect()
}

pub(super) fn send_location(world: &mut World, params: &Params) -> Answer {
    let degrees = |name: &str, most: f64| match params.float(name) {
        None => Err(ApiError::bad(format!("{name} is empty"))),
        Some(it) if it.abs() <= most => Ok(it),
        Some(_) => Err(ApiError::bad("location is invalid")),
    };
    let (latitude, longitude) = (degrees("latitude", 90.0)?, degrees("longitude", 180.0)?);
    let mut value = json!({ "latitude": latitude, "longitude": longitude });
    for name in ["live_period", "heading", "proximity_alert_radius"] {
        if let Some(number) = params.integer(name) {
            value[name] = number.into();
        }
    }
    let media = Media {
        field: "location",
        value,
        file: None,
    };
    send_ready(world, params, media)
}

fn send_ready(world: &mut World, params: &Params, media: Media) -> Answer {
    let markup = post::markup(params)?;
    let target = post::target(world, params)?;
    let draft = Draft {
        media: Some(media),
        markup,
        ..Draft::default()
    };
    post::send(world, &target, draft)
}

pub(super) fn send_poll(world: &mut World, params: &Params) -> Answer {
    let question = params.text("question").unwrap_or_default();
    let question = question.trim();
    match text::utf16_len(question) {
        0 => return Err(ApiError::bad("poll question must be non-empty")),
        301.. => return Err(ApiError::bad("poll question length must not exceed 300")),
        _ => {}
    }
    let options = poll_options(params)?;
    let more = poll_settings(params);
    let media = world.new_poll(question, options, more);
    send_ready(world, params, media)
}

fn poll_options(params: &Params) -> Checked<Vec<String>> {
    let options = params.json("options")?.unwrap_or_default();
    let options = options
        .as_array()
        .ok_or("expected an Array of String as options")?;
    let text = |it: &Value| {
        it.as_str()
            .or_else(|| it["text"].as_str())
            .map(str::to_owned)
    };
    let texts: Option<Vec<String>> = options.iter().map(text).collect();
    let texts = texts.ok_or("can't parse options JSON object")?;
    refuse!(texts.iter().any(|it| it.trim().is_empty()) => "poll options must be non-empty");
    if texts.iter().any(|it| text::utf16_len(it) > 100) {
        return Err(ApiError::bad("poll options length must not exceed 100"));
    }
    match texts.len() {
        0 => Err(ApiError::bad("poll must have at least 1 option")),
        1..=12 => Ok(texts),
        _ => Err(ApiError::bad("poll can't have more than 12 options")),
    }
}

fn poll_settings(params: &Params) -> Map<String, Value> {
    let mut more = Map::new();
    if params.text("is_anonymous").is_some() {
        more.insert("is_anonymous".into(), params.flag("is_anonymous").into());
    }
    for name in ["allows_multiple_answers", "is_closed"] {
        if params.flag(name) {
            more.insert(name.into(), true.into());
        }
    }
    if params.text("type").as_deref() == Some("quiz") {
        let right = params.json("correct_option_ids").ok().flatten();
        more.insert("type".into(), "quiz".into());
        more.insert(
            "correct_option_ids".into(),
            right.unwrap_or_else(|| json!([0])),
        );
    }
    if let Some(period) = params.integer("open_period") {
        more.insert("open_period".into(), period.into());
        more.insert("close_date".into(), (now() + period).into());
    }
    more
}
