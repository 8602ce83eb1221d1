//! What a body says about a message, checked as the real server checks it. Bot messages, webhooks, forum posts
//! and answers to interactions share it.

use serde_json::{Value, json};

use crate::discord::answer::{ApiError, Checked};
use crate::discord::call::{Call, Upload, id_in, text_in};
use crate::discord::mentions::Allowed;
use crate::discord::message::{Attachment, LARGEST_UPLOAD, Message, Reference};
use crate::discord::wire;
use crate::discord::world::World;
use crate::kit::kinds;

const LONGEST_TEXT: usize = 2_000;
const MOST_FILES: usize = 10;
const MOST_EMBEDS: usize = 10;
const MOST_ROWS: usize = 5;
const MOST_BUTTONS: usize = 5;

/// Flags that a caller may set: no embeds, ephemeral, no notification, voice message.
const SETTABLE_FLAGS: u64 = 1 << 2 | 1 << 6 | 1 << 12 | 1 << 13;

/// A body of a message with the files that came beside it.
pub(super) struct Draft<'a> {
    pub(super) body: &'a Value,
    pub(super) files: &'a [Upload],
}

impl<'a> Draft<'a> {
    pub(super) fn of(call: &'a Call) -> Draft<'a> {
        Draft {
            body: &call.body,
            files: &call.files,
        }
    }

    /// Fills an empty message of its author in its place.
    pub(super) fn fill(&self, world: &mut World, message: &mut Message) -> Checked {
        message.content = self.text()?.unwrap_or("").to_owned();
        message.embeds = self.embeds()?.unwrap_or_default();
        message.components = self.components()?.unwrap_or_default();
        message.stickers = self.stickers(world)?;
        message.flags |= self.body["flags"].as_u64().unwrap_or(0) & SETTABLE_FLAGS;
        message.poll = self.poll();
        message.attachments = self.attachments(world)?;
        let parent = self.reference(world, message)?;
        let allowed = Allowed::read(&self.body["allowed_mentions"]);
        message.pings = world.pings(&message.content, &allowed, parent);
        filled(message)
    }

    /// Lays what the body names over a message that is there; what it does not name stays.
    pub(super) fn change(&self, world: &mut World, mut message: Message) -> Checked<Message> {
        if self.body.get("content").is_some() {
            message.content = self.text()?.unwrap_or("").to_owned();
        }
        if let Some(embeds) = self.embeds()? {
            message.embeds = embeds;
        }
        if let Some(components) = self.components()? {
            message.components = components;
        }
        if let Some(kept) = self.body["attachments"].as_array() {
            let kept: Vec<u64> = kept.iter().filter_map(|it| id_in(&it["id"])).collect();
            let attachments = std::mem::take(&mut message.attachments).into_iter();
            let (kept, gone): (Vec<_>, Vec<_>) = attachments.partition(|it| kept.contains(&it.id));
            message.attachments = kept;
            world.cdn.forget(&gone);
        }
        let added = self.attachments(world)?;
        for attachment in &added {
            world.cdn.hold(message.channel, attachment);
        }
        message.attachments.extend(added);
        // The flag of an answer that is still to come.
        message.flags &= !(1 << 7);
        filled(&message)?;
        Ok(message)
    }

    fn text(&self) -> Checked<Option<&str>> {
        let text = text_in(self.body, "content")?;
        let is_long = text.is_some_and(|it| it.chars().count() > LONGEST_TEXT);
        refuse!(is_long => ApiError::too_long("content", LONGEST_TEXT));
        Ok(text)
    }

    fn embeds(&self) -> Checked<Option<Vec<Value>>> {
        let Some(list) = self.body["embeds"].as_array() else {
            return Ok(None);
        };
        refuse!(list.len() > MOST_EMBEDS => ApiError::too_long("embeds", MOST_EMBEDS));
        let rich = list.iter().map(|it| {
            let mut embed = it.clone();
            embed["type"] = "rich".into();
            embed
        });
        Ok(Some(rich.collect()))
    }

    /// Rows of buttons; each gets a number, as in the real server's answers.
    fn components(&self) -> Checked<Option<Vec<Value>>> {
        let Some(rows) = self.body["components"].as_array() else {
            return Ok(None);
        };
        refuse!(rows.len() > MOST_ROWS => ApiError::too_long("components", MOST_ROWS));
        let mut rows = rows.clone();
        let mut number = 0;
        let mut known = Vec::new();
        for (at, row) in rows.iter_mut().enumerate() {
            number += 1;
            row["id"] = number.into();
            let field = format!("components.{at}.components");
            let buttons = row["components"].as_array_mut();
            let buttons = buttons.ok_or_else(|| ApiError::required(&field))?;
            for (within, button) in buttons.iter_mut().enumerate() {
                number += 1;
                button["id"] = number.into();
                check_button(button, &format!("{field}.{within}"), &mut known)?;
            }
            refuse!(buttons.len() > MOST_BUTTONS => ApiError::too_long(&field, MOST_BUTTONS));
        }
        Ok(Some(rows))
    }

    fn stickers(&self, world: &World) -> Checked<Vec<Value>> {
        let ids = self.body["sticker_ids"].as_array().into_iter().flatten();
        let sticker = |it: &Value| {
            let wanted = id_in(it);
            let mut known = world.guild.stickers.iter();
            let known = known.find(|(id, _)| Some(*id) == wanted);
            let (id, name) = known.ok_or(ApiError::UNKNOWN_STICKER)?;
            Ok(wire::sticker_item(*id, name))
        };
        ids.map(sticker).collect()
    }

    fn poll(&self) -> Option<Value> {
        let poll = self.body.get("poll").filter(|it| it.is_object())?;
        let answers = poll["answers"].as_array().into_iter().flatten();
        let text = |it: &Value| it["poll_media"]["text"].as_str().map(str::to_owned);
        let answers: Vec<String> = answers.filter_map(text).collect();
        let question = poll["question"]["text"].as_str().unwrap_or("");
        Some(wire::poll(question, &answers))
    }

    fn attachments(&self, world: &mut World) -> Checked<Vec<Attachment>> {
        refuse!(self.files.len() > MOST_FILES => ApiError::too_long("attachments", MOST_FILES));
        let is_large = |it: &Upload| it.bytes.len() > LARGEST_UPLOAD;
        refuse!(self.files.iter().any(is_large) => ApiError::TOO_LARGE);
        let described = &self.body["attachments"];
        let attachment = |upload: &Upload| {
            // Numbers in JSON name files as well as texts do.
            let number = |it: &Value| id_in(&it["id"]).map(|it| it.to_string());
            let mut described = described.as_array().into_iter().flatten();
            let about = described.find(|it| number(it).as_ref() == Some(&upload.number));
            let text = |name: &str| about.and_then(|it| it[name].as_str()).map(str::to_owned);
            let name = text("filename").unwrap_or_else(|| upload.name.clone());
            Attachment {
                id: world.new_id(),
                mime: upload.mime.clone().unwrap_or_else(|| wire::mime_of(&name)),
                name: cleaned(&name),
                description: text("description"),
                size: kinds::dimensions(&upload.bytes),
                voice_s: about.and_then(|it| it["duration_secs"].as_f64()),
                bytes: upload.bytes.clone(),
            }
        };
        Ok(self.files.iter().map(attachment).collect())
    }

    /// Sets what is answered or forwarded; gives the author of an answered message.
    fn reference(&self, world: &World, message: &mut Message) -> Checked<Option<u64>> {
        let named = &self.body["message_reference"];
        if !named.is_object() {
            return Ok(None);
        }
        let channel = id_in(&named["channel_id"]).unwrap_or(message.channel);
        let id = id_in(&named["message_id"]);
        let id = id.ok_or_else(|| ApiError::required("message_reference.message_id"))?;
        let wrong = |code, why| ApiError::form("message_reference", code, why);
        let Some(parent) = world.message(channel, id) else {
            let is_needed = named["fail_if_not_exists"] != false;
            refuse!(is_needed => wrong("MESSAGE_REFERENCE_UNKNOWN_MESSAGE", "Unknown message"));
            return Ok(None);
        };
        let forwarded = named["type"] == 1;
        let is_odd = parent.is_system() && !forwarded;
        refuse!(is_odd => wrong("REPLIES_CANNOT_REPLY_TO_SYSTEM_MESSAGE", "Cannot reply to a system message"));
        message.reference = Some(Reference {
            forwarded,
            ..Reference::to(channel, id)
        });
        match forwarded {
            true => message.snapshots = vec![json!({ "message": world.content_value(parent) })],
            false => message.kind = 19,
        }
        Ok(parent.user().filter(|_| !forwarded))
    }
}

fn filled(message: &Message) -> Checked {
    refuse!(message.is_empty() => ApiError::EMPTY_MESSAGE);
    Ok(())
}

fn check_button(button: &Value, field: &str, known: &mut Vec<String>) -> Checked {
    let label = button["label"].as_str().unwrap_or("");
    refuse!(label.chars().count() > 80 => ApiError::too_long(&format!("{field}.label"), 80));
    let Some(custom) = button["custom_id"].as_str() else {
        let is_link = button["style"] == 5 && button["url"].is_string();
        refuse!(!is_link => ApiError::required(&format!("{field}.custom_id")));
        return Ok(());
    };
    let field = format!("{field}.custom_id");
    refuse!(custom.chars().count() > 100 => ApiError::too_long(&field, 100));
    let twice = |code| ApiError::form(&field, code, "Component custom id cannot be duplicated");
    refuse!(known.iter().any(|it| it == custom) => twice("COMPONENT_CUSTOM_ID_DUPLICATED"));
    known.push(custom.to_owned());
    Ok(())
}

/// Discord keeps letters, digits, dots, dashes and underscores of a name.
fn cleaned(name: &str) -> String {
    let allowed = |it: &char| it.is_alphanumeric() || matches!(it, '.' | '-' | '_');
    let name: String = name.replace(' ', "_").chars().filter(allowed).collect();
    match name.is_empty() {
        true => "unknown".to_owned(),
        false => name,
    }
}
