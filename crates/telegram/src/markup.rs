//! Telegram's entities and our markup, both ways. **Invariant:** no word is lost, whatever the entities say;
//! offsets are UTF-16 units there and bytes here.

#[cfg(test)]
mod tests;

use std::borrow::Cow;

use conversation::{Flat, Mark, Markup, RemoteId, Span, Style};
use serde::{Deserialize, Serialize};

/// A range of a text, in UTF-16 units, with its meaning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageEntity {
    #[serde(rename = "type")]
    pub kind: Cow<'static, str>,
    pub offset: i64,
    pub length: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<MentionedUser>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub custom_emoji_id: Option<String>,
}

/// Somebody who has no username to be mentioned by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MentionedUser {
    pub id: i64,
    #[serde(default)]
    pub is_bot: bool,
    #[serde(default)]
    pub first_name: String,
}

/// Whose account and emoji ids stand in a markup: those of other platforms mean nothing to Telegram,
/// or somebody else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdsOf {
    Telegram,
    AnotherPlatform,
}

pub fn from_entities(text: &str, entities: &[MessageEntity]) -> Markup {
    // PostgreSQL cannot hold U+0000; Telegram never sends it, but whoever stands in for it may.
    let text = text.replace('\0', "\u{fffd}");
    let spans = spans(&text, entities);
    Flat { text, spans }.to_markup()
}

/// The text and its entities, in the order that Telegram likes: outer before inner.
pub fn to_entities(markup: &Markup, ids: IdsOf) -> (String, Vec<MessageEntity>) {
    let Flat { text, spans } = markup.flatten();
    let mut quoted_until = 0;
    let mut entities = Vec::with_capacity(spans.len());
    for span in spans.iter().filter(|span| span.start < span.end) {
        if span.mark == Mark::Quote {
            // Telegram knows no quote inside a quote.
            if span.start < quoted_until {
                continue;
            }
            quoted_until = span.end;
        }
        entities.extend(entity(&text, span, ids));
    }
    (text, entities)
}

/// Reads the form in which `causeway debug render` takes Telegram's markup: `{"text", "entities"}`, or
/// plain text.
pub fn markup_from_json(input: &str) -> Result<Markup, serde_json::Error> {
    if !input.trim_start().starts_with('{') {
        return Ok(Markup::plain(input.trim_end_matches('\n')));
    }
    let formatted: FormattedText = serde_json::from_str(input)?;
    Ok(from_entities(&formatted.text, &formatted.entities))
}

pub fn markup_to_json(markup: &Markup) -> String {
    let (text, entities) = to_entities(markup, IdsOf::Telegram);
    serde_json::to_string_pretty(&FormattedText { text, entities })
        .expect("a struct of strings and numbers always becomes JSON")
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct FormattedText {
    text: String,
    #[serde(default)]
    entities: Vec<MessageEntity>,
}

fn spans(text: &str, entities: &[MessageEntity]) -> Vec<Span> {
    let mut marked: Vec<_> = entities
        .iter()
        .filter_map(|entity| Some((range(entity)?, mark(entity)?)))
        .collect();
    let mut units: Vec<usize> = marked
        .iter()
        .flat_map(|((start, end), _)| [*start, *end])
        .collect();
    units.sort_unstable();
    units.dedup();
    let bytes = byte_offsets(text, &units);
    let at = |unit: usize| {
        units
            .binary_search(&unit)
            .map_or(text.len(), |it| bytes[it])
    };
    marked
        .drain(..)
        .map(|((start, end), mark)| Span {
            start: at(start),
            end: at(end),
            mark,
        })
        .filter(|span| span.start < span.end)
        .collect()
}

fn range(entity: &MessageEntity) -> Option<(usize, usize)> {
    let start = usize::try_from(entity.offset).ok()?;
    let length = usize::try_from(entity.length).ok()?;
    (length > 0).then(|| (start, start.saturating_add(length)))
}

/// Where each of the rising `units` lies in bytes. The middle of a character counts as its start, and what
/// lies behind the text as its end.
fn byte_offsets(text: &str, units: &[usize]) -> Vec<usize> {
    let mut characters = text.char_indices();
    let mut passed = 0;
    let mut here = characters.next();
    units
        .iter()
        .map(|&unit| {
            while let Some((_, character)) = here
                && passed + character.len_utf16() <= unit
            {
                passed += character.len_utf16();
                here = characters.next();
            }
            here.map_or(text.len(), |(byte, _)| byte)
        })
        .collect()
}

/// Kinds that Telegram finds by itself (links, hashtags, commands ...) stay plain words here, as they do
/// for every kind that we do not know.
fn mark(entity: &MessageEntity) -> Option<Mark> {
    let mark = match &*entity.kind {
        "bold" => Mark::Style(Style::Bold),
        "italic" => Mark::Style(Style::Italic),
        "underline" => Mark::Style(Style::Underline),
        "strikethrough" => Mark::Style(Style::Strike),
        "spoiler" => Mark::Style(Style::Spoiler),
        "blockquote" | "expandable_blockquote" => Mark::Quote,
        "code" => Mark::Code,
        "pre" => Mark::CodeBlock {
            language: entity.language.clone().filter(|it| !it.is_empty()),
        },
        "text_link" => Mark::Link {
            url: entity.url.clone()?,
        },
        "mention" => Mark::Mention { account: None },
        "text_mention" => Mark::Mention {
            account: entity
                .user
                .as_ref()
                .map(|user| crate::id::user_account(user.id)),
        },
        "custom_emoji" => Mark::Emoji {
            id: RemoteId(entity.custom_emoji_id.clone()?),
        },
        _ => return None,
    };
    Some(mark)
}

fn entity(text: &str, span: &Span, ids: IdsOf) -> Option<MessageEntity> {
    let words = &text[span.start..span.end];
    let mut entity = MessageEntity {
        kind: Cow::Borrowed("bold"),
        offset: utf16_length(&text[..span.start]),
        length: utf16_length(words),
        url: None,
        user: None,
        language: None,
        custom_emoji_id: None,
    };
    entity.kind = Cow::Borrowed(match &span.mark {
        Mark::Style(style) => style_name(*style),
        Mark::Code => "code",
        Mark::CodeBlock { language } => {
            entity.language.clone_from(language);
            "pre"
        }
        Mark::Link { url } if is_web_address(url) => {
            entity.url = Some(url.clone());
            "text_link"
        }
        Mark::Quote => "blockquote",
        Mark::Mention { account } if ids == IdsOf::Telegram => {
            entity.user = Some(mentioned_user(account.as_ref()?, words)?);
            "text_mention"
        }
        Mark::Emoji { id } if ids == IdsOf::Telegram => {
            entity.custom_emoji_id = Some(id.0.clone());
            "custom_emoji"
        }
        Mark::Link { .. } | Mark::Mention { .. } | Mark::Emoji { .. } => return None,
    });
    Some(entity)
}

fn style_name(style: Style) -> &'static str {
    match style {
        Style::Bold => "bold",
        Style::Italic => "italic",
        Style::Underline => "underline",
        Style::Strike => "strikethrough",
        Style::Spoiler => "spoiler",
    }
}

/// `tg://user?id=…` would ring somebody's telephone, and `javascript:` has no business anywhere.
fn is_web_address(url: &str) -> bool {
    ["http://", "https://"].iter().any(|scheme| {
        url.get(..scheme.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    })
}

fn mentioned_user(account: &RemoteId, name: &str) -> Option<MentionedUser> {
    Some(MentionedUser {
        id: account.as_str().parse().ok()?,
        is_bot: false,
        first_name: name.to_owned(),
    })
}

fn utf16_length(text: &str) -> i64 {
    i64::try_from(text.encode_utf16().count()).unwrap_or(i64::MAX)
}
