//! The HTML that the Bot API reads, as entities.

use serde_json::Value;

use super::entity::{Entity, Formatted, utf16_len};
use crate::telegram::answer::{ApiError, Checked};

pub(super) fn parse(source: &str) -> Checked<Formatted> {
    let mut reading = Reading::default();
    let mut rest = source;
    while let Some(next) = rest.find(['<', '&']) {
        reading.text.push_str(&rest[..next]);
        rest = if rest[next..].starts_with('<') {
            let end = rest[next..]
                .find('>')
                .ok_or_else(|| wrong("Unclosed start tag"))?;
            reading.tag(&rest[next + 1..next + end])?;
            &rest[next + end + 1..]
        } else {
            reading.reference(&rest[next..])
        };
    }
    reading.text.push_str(rest);
    if let Some(Open { tag, .. }) = reading.open.last() {
        let why = "Can't find end tag corresponding to start tag";
        return Err(wrong(&format!("{why} \"{tag}\"")));
    }
    reading
        .entities
        .sort_by_key(|it| (it.offset, std::cmp::Reverse(it.length)));
    Ok(Formatted {
        text: reading.text,
        entities: reading.entities,
    })
}

fn wrong(why: &str) -> ApiError {
    ApiError::bad(format!("can't parse entities: {why}"))
}

#[derive(Default)]
struct Reading {
    text: String,
    open: Vec<Open>,
    entities: Vec<Entity>,
}

struct Open {
    tag: String,
    entity: Entity,
}

impl Reading {
    fn tag(&mut self, inside: &str) -> Checked {
        if let Some(name) = inside.strip_prefix('/') {
            return self.close(name.trim());
        }
        let name = inside
            .split_whitespace()
            .next()
            .unwrap_or("")
            .to_lowercase();
        let kind = kind_of(&name, inside)
            .ok_or_else(|| wrong(&format!("Unsupported start tag \"{name}\"")))?;
        let mut entity = Entity::new(kind, utf16_len(&self.text), 0);
        if kind == "text_link" {
            let href = attribute(inside, "href").unwrap_or_default();
            entity.more.insert("url".into(), Value::String(href));
        }
        self.open.push(Open { tag: name, entity });
        Ok(())
    }

    fn close(&mut self, name: &str) -> Checked {
        let open = self.open.pop().ok_or_else(|| wrong("Unexpected end tag"))?;
        let (tag, mut entity) = (open.tag, open.entity);
        let unmatched = || format!("Unmatched end tag, expected \"</{tag}>\", found \"</{name}>\"");
        refuse!(!tag.eq_ignore_ascii_case(name) => wrong(&unmatched()));
        entity.length = utf16_len(&self.text) - entity.offset;
        if entity.length > 0 {
            self.entities.push(entity);
        }
        Ok(())
    }

    /// Takes one character reference, or the bare `&`, and gives what follows.
    fn reference<'a>(&mut self, source: &'a str) -> &'a str {
        if let Some(end) = source.find(';')
            && let Some(character) = character_of(&source[1..end])
        {
            self.text.push(character);
            return &source[end + 1..];
        }
        self.text.push('&');
        &source[1..]
    }
}

fn kind_of(name: &str, inside: &str) -> Option<&'static str> {
    Some(match name {
        "b" | "strong" => "bold",
        "i" | "em" => "italic",
        "u" | "ins" => "underline",
        "s" | "strike" | "del" => "strikethrough",
        "code" => "code",
        "pre" => "pre",
        "a" => "text_link",
        "blockquote" => "blockquote",
        "tg-spoiler" => "spoiler",
        "span" if inside.contains("tg-spoiler") => "spoiler",
        _ => return None,
    })
}

fn attribute(inside: &str, name: &str) -> Option<String> {
    let (_, value) = inside.split_once(&format!("{name}="))?;
    let quote = value.chars().next().filter(|it| matches!(it, '"' | '\''));
    let raw = match quote {
        Some(quote) => value[1..].split(quote).next()?,
        None => value.split_whitespace().next()?,
    };
    Some(raw.replace("&amp;", "&"))
}

fn character_of(reference: &str) -> Option<char> {
    match reference {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "quot" => Some('"'),
        _ => {
            let number = reference.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}
