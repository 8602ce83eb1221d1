//! Texts as the server takes them: trimmed, with checked entities and those that it finds by itself.
//! Offsets and lengths count UTF-16 units everywhere.

use serde_json::Value;

use super::answer::{ApiError, Checked};

mod detect;
mod entity;
mod html;

pub(crate) use entity::{Entity, Formatted, utf16_len};

/// Those that the server finds by itself, whatever the sender says about them.
const FOUND_BY_THE_SERVER: &str =
    "mention hashtag cashtag bot_command url email phone_number bank_card_number";

/// Those that the sender gives.
const GIVEN: &str = "\
    bold italic underline strikethrough spoiler blockquote expandable_blockquote code pre \
    text_link text_mention custom_emoji date_time";

/// What an entity can say besides its place.
const MORE: &str = "url user language custom_emoji_id unix_time date_time_format";

/// In bytes; a longer text is not even looked at.
const LONGEST_INPUT: usize = 1 << 15;

/// Takes a text with the entities or the parse mode that came with it.
pub(crate) fn take(
    text: &str,
    parse_mode: Option<&str>,
    entities: Option<&Value>,
) -> Checked<Formatted> {
    refuse!(text.len() > LONGEST_INPUT => "text is too long");
    let given = match parse_mode.map(str::to_lowercase).as_deref() {
        None | Some("" | "none") => Formatted {
            text: text.to_owned(),
            entities: given_entities(entities)?,
        },
        Some("html") => html::parse(text)?,
        Some("markdown" | "markdownv2") => {
            let why = "can't parse entities: the stand-in reads HTML and entities, not Markdown";
            return Err(why.into());
        }
        Some(_) => return Err("unsupported parse_mode".into()),
    };
    check_ranges(&given)?;
    Ok(detect::complete(trimmed(given)))
}

/// What is no array is ignored, as the real server does.
fn given_entities(entities: Option<&Value>) -> Checked<Vec<Entity>> {
    let Some(Value::Array(entities)) = entities else {
        return Ok(Vec::new());
    };
    let mut given = Vec::with_capacity(entities.len());
    for entity in entities {
        given.extend(given_entity(entity)?);
    }
    given.sort_by_key(|it: &Entity| (it.offset, std::cmp::Reverse(it.length)));
    Ok(given)
}

fn given_entity(entity: &Value) -> Checked<Option<Entity>> {
    let wrong = |why: &str| ApiError::bad(format!("can't parse MessageEntity: {why}"));
    let fields = entity
        .as_object()
        .ok_or_else(|| wrong("expected an Object"))?;
    let number = |name: &str| match fields.get(name).map(Value::as_i64) {
        None => Err(wrong(&format!("Can't find field \"{name}\""))),
        Some(None) => Err(wrong(&format!("Field \"{name}\" must be of type Number"))),
        Some(Some(it)) => Ok(it),
    };
    let (offset, length) = (number("offset")?, number("length")?);
    let kind = fields.get("type").and_then(Value::as_str).unwrap_or("");
    if FOUND_BY_THE_SERVER.split(' ').any(|it| it == kind) {
        return Ok(None);
    }
    refuse!(GIVEN.split(' ').all(|it| it != kind) => wrong("Unsupported type specified"));
    let leads = kind != "text_link" || fields.get("url").is_some_and(Value::is_string);
    refuse!(!leads => wrong("Can't find field \"url\""));
    let incorrect = |_| format!("receive an entity with incorrect offset {offset}");
    let offset = usize::try_from(offset).map_err(incorrect)?;
    let length = usize::try_from(length).unwrap_or(0);
    let mut entity = Entity::new(kind, offset, length);
    let more = MORE
        .split(' ')
        .filter_map(|name| Some((name.to_owned(), fields.get(name)?)));
    let more = more.filter(|(_, value)| !value.is_null());
    entity.more = more.map(|(name, value)| (name, value.clone())).collect();
    Ok((length > 0).then_some(entity))
}

fn check_ranges(given: &Formatted) -> Checked {
    if given.entities.is_empty() {
        return Ok(());
    }
    let length = utf16_len(&given.text);
    for entity in &given.entities {
        let (from, to) = (entity.offset, entity.end());
        let begins = format!("entity beginning at UTF-16 offset {from}");
        let middle = "in a middle of a UTF-16 symbol at UTF-16 offset";
        let wrong = if from >= length {
            format!("entity begins after the end of the text at UTF-16 offset {from}")
        } else if to > length {
            format!("{begins} ends after the end of the text at UTF-16 offset {to}")
        } else if byte_at(&given.text, from).is_none() {
            format!("entity begins {middle} {from}")
        } else if byte_at(&given.text, to).is_none() {
            format!("{begins} ends {middle} {to}")
        } else {
            continue;
        };
        return Err(ApiError::bad(wrong));
    }
    Ok(())
}

/// The byte at which a UTF-16 offset stands; None inside a character or behind the end.
pub(crate) fn byte_at(text: &str, utf16: usize) -> Option<usize> {
    let mut units = 0;
    for (byte, character) in text.char_indices() {
        if units == utf16 {
            return Some(byte);
        }
        units += character.len_utf16();
    }
    (units == utf16).then_some(text.len())
}

/// White space at both ends goes, and the entities move with the text.
fn trimmed(given: Formatted) -> Formatted {
    let kept = given.text.trim();
    if kept.len() == given.text.len() {
        return given;
    }
    let start = given.text.len() - given.text.trim_start().len();
    let (skipped, length) = (utf16_len(&given.text[..start]), utf16_len(kept));
    let moved = |mut entity: Entity| {
        let from = entity.offset.max(skipped) - skipped;
        let to = (entity.end().max(skipped) - skipped).min(length);
        (entity.offset, entity.length) = (from, to.saturating_sub(from));
        (entity.length > 0).then_some(entity)
    };
    Formatted {
        text: kept.to_owned(),
        entities: given.entities.into_iter().filter_map(moved).collect(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use serde_json::json;

    use super::*;

    fn shown(text: &str, entities: Value) -> String {
        match take(text, None, Some(&entities)) {
            Ok(it) => {
                let entities: Vec<_> = it
                    .entities
                    .iter()
                    .map(|it| format!("{}@{}+{}", it.kind, it.offset, it.length))
                    .collect();
                format!("{:?} {}", it.text, entities.join(" "))
            }
            Err(error) => error.description,
        }
    }

    #[test]
    fn an_entity_behind_the_end_is_refused_in_the_real_words() {
        let bold = json!([{"type": "bold", "offset": 0, "length": 100}]);
        assert_eq!(
            shown("hello", bold),
            "Bad Request: entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 100"
        );
        let half = json!([{"type": "bold", "offset": 1, "length": 1}]);
        assert_eq!(
            shown("😀", half),
            "Bad Request: entity begins in a middle of a UTF-16 symbol at UTF-16 offset 1"
        );
        let odd = json!([{"type": "sparkle", "offset": 0, "length": 1}]);
        assert_eq!(
            shown("x", odd),
            "Bad Request: can't parse MessageEntity: Unsupported type specified"
        );
    }

    #[test]
    fn white_space_at_the_ends_goes_and_entities_move() {
        let bold = json!([{"type": "bold", "offset": 2, "length": 4}]);
        assert_eq!(shown("  😀 x  ", bold), "\"😀 x\" bold@0+4");
        assert_eq!(shown(" \n ", json!([])), "\"\" ");
    }

    #[test]
    fn links_mentions_hashtags_mails_and_commands_are_found() {
        assert_eq!(
            shown(
                "/start@my_bot 😀 (@ana_maria) #spring2 see https://example.org/a?b=c. or bo@example.org",
                json!([{"type": "url", "offset": 0, "length": 1}])
            ),
            "\"/start@my_bot 😀 (@ana_maria) #spring2 see https://example.org/a?b=c. or bo@example.org\" \
             bot_command@0+13 mention@18+10 hashtag@30+8 url@43+25 email@73+14"
        );
    }

    #[test]
    fn nothing_is_found_inside_code() {
        let code = json!([{"type": "code", "offset": 0, "length": 10}]);
        assert_eq!(shown("@ana_maria", code), "\"@ana_maria\" code@0+10");
    }

    #[test]
    fn html_becomes_entities() {
        let it = take(
            "<b>Ana</b>: 1 &lt; 2 <a href=\"https://x.org\">😀</a>",
            Some("HTML"),
            None,
        )
        .unwrap();
        assert_eq!(it.text, "Ana: 1 < 2 😀");
        assert_eq!(
            it.entities.iter().map(Entity::to_value).collect::<Value>(),
            json!([
                {"type": "bold", "offset": 0, "length": 3},
                {"type": "text_link", "offset": 11, "length": 2, "url": "https://x.org"},
            ])
        );
    }

    #[test]
    fn broken_html_is_refused() {
        for broken in ["<b>x", "x</b>", "<blink>x</blink>", "<b>x</i>", "<a"] {
            let error = take(broken, Some("HTML"), None).unwrap_err();
            assert!(
                error
                    .description
                    .starts_with("Bad Request: can't parse entities: "),
                "{broken}"
            );
        }
    }
}
