//! Telegram's entities and our markup, both ways. **Invariant:** no word is lost, whatever the entities say;
//! offsets are UTF-16 units there and bytes here. What goes out is teloxide-core's, what comes in is ours.

mod literal;
#[cfg(test)]
mod tests;

use conversation::{Flat, Mark, Markup, RemoteId, Span, Style};
use literal::{literal, utf16_length};
use reqwest::Url;
use serde::{Deserialize, Serialize};
use teloxide_core::types::{CustomEmojiId, MessageEntity, MessageEntityKind, User, UserId};

use crate::wire;

/// Whose emoji stand in a markup: those of other platforms mean nothing to Telegram.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum IdsOf {
    Telegram,
    AnotherPlatform,
}

pub(crate) fn from_entities(text: &str, entities: &[wire::MessageEntity]) -> Markup {
    // PostgreSQL cannot hold U+0000; Telegram never sends it, but whoever stands in for it may.
    let text = text.replace('\0', "\u{fffd}");
    let spans = spans(&text, entities);
    Flat { text, spans }.to_markup()
}

/// The text and its entities, in the order that Telegram likes: outer before inner.
pub(crate) fn to_entities(markup: &Markup, ids: IdsOf) -> (String, Vec<MessageEntity>) {
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
    match ids {
        IdsOf::Telegram => (text, entities),
        IdsOf::AnotherPlatform => literal(text, entities),
    }
}

/// Reads the form in which `causeway debug render` takes Telegram's markup: `{"text", "entities"}`, or
/// plain text.
pub fn markup_from_json(input: &str) -> Result<Markup, serde_json::Error> {
    if !input.trim_start().starts_with('{') {
        return Ok(Markup::plain(input.trim_end_matches('\n')));
    }
    let formatted: Given = serde_json::from_str(input)?;
    Ok(from_entities(&formatted.text, &formatted.entities))
}

pub fn markup_to_json(markup: &Markup) -> String {
    let (text, entities) = to_entities(markup, IdsOf::Telegram);
    serde_json::to_string_pretty(&Shown { text, entities })
        .expect("a struct of strings and numbers always becomes JSON")
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Given {
    text: String,
    #[serde(default)]
    entities: Vec<wire::MessageEntity>,
}

#[derive(Serialize)]
struct Shown {
    text: String,
    entities: Vec<MessageEntity>,
}

fn spans(text: &str, entities: &[wire::MessageEntity]) -> Vec<Span> {
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

fn range(entity: &wire::MessageEntity) -> Option<(usize, usize)> {
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
fn mark(entity: &wire::MessageEntity) -> Option<Mark> {
    let mark = match entity.kind.as_str() {
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
    let kind = kind(&span.mark, words, ids)?;
    let offset = utf16_length(&text[..span.start]);
    Some(MessageEntity::new(kind, offset, utf16_length(words)))
}

fn kind(mark: &Mark, words: &str, ids: IdsOf) -> Option<MessageEntityKind> {
    let kind = match mark {
        Mark::Style(style) => style_kind(*style),
        Mark::Code => MessageEntityKind::Code,
        Mark::CodeBlock { language } => MessageEntityKind::Pre {
            language: language.clone(),
        },
        Mark::Link { url } => MessageEntityKind::TextLink {
            url: web_address(url)?,
        },
        Mark::Quote => MessageEntityKind::Blockquote,
        // Whoever still bears an account here is known on Telegram, and wants to be rung.
        Mark::Mention { account } => MessageEntityKind::TextMention {
            user: mentioned_user(account.as_ref()?, words)?,
        },
        Mark::Emoji { id } if ids == IdsOf::Telegram => MessageEntityKind::CustomEmoji {
            custom_emoji_id: CustomEmojiId(id.0.clone()),
        },
        Mark::Emoji { .. } => return None,
    };
    Some(kind)
}

fn style_kind(style: Style) -> MessageEntityKind {
    match style {
        Style::Bold => MessageEntityKind::Bold,
        Style::Italic => MessageEntityKind::Italic,
        Style::Underline => MessageEntityKind::Underline,
        Style::Strike => MessageEntityKind::Strikethrough,
        Style::Spoiler => MessageEntityKind::Spoiler,
    }
}

/// `tg://user?id=…` would ring somebody's telephone, and `javascript:` has no business anywhere.
fn web_address(url: &str) -> Option<Url> {
    let url = Url::parse(url).ok()?;
    matches!(url.scheme(), "http" | "https").then_some(url)
}

/// Telegram looks at the id alone; the rest has to be there.
fn mentioned_user(account: &RemoteId, name: &str) -> Option<User> {
    Some(User {
        id: UserId(account.as_str().parse().ok()?),
        is_bot: false,
        first_name: name.to_owned(),
        last_name: None,
        username: None,
        language_code: None,
        is_premium: false,
        added_to_attachment_menu: false,
    })
}
