//! What every method that writes has in common: where, in whose name, and what is said.

use serde_json::Value;

use crate::slack::answer::{ApiError, Checked};
use crate::slack::blocks;
use crate::slack::channel::Kind;
use crate::slack::message::{Stored, Voice};
use crate::slack::params::Params;
use crate::slack::world::World;

/// Longer texts are refused.
pub(super) const LONGEST_POST: usize = 40_000;
/// Of their JSON, about.
const LARGEST_BLOCKS: usize = 13_200;
const LARGEST_METADATA: usize = 32 * 1024;

/// The words of a message that the app writes.
#[derive(Default)]
pub(super) struct Words {
    pub(super) text: Option<String>,
    pub(super) blocks: Option<Value>,
    pub(super) attachments: Option<Value>,
}

pub(super) fn words(params: &Params, longest: usize) -> Checked<Words> {
    let text = params.text("text").or_else(|| params.text("markdown_text"));
    refuse!(text.as_ref().is_some_and(|it| it.chars().count() > longest) => "msg_too_long");
    let large = |it: String| it.chars().count() > LARGEST_BLOCKS;
    refuse!(params.text("blocks").is_some_and(large) => "msg_blocks_too_long");
    let blocks = params.json("blocks", "invalid_blocks_format")?;
    if let Some(blocks) = &blocks {
        blocks::check(blocks).map_err(|it| ApiError::with_messages("invalid_blocks", &it))?;
    }
    let attachments = params.json("attachments", "invalid_attachments")?;
    refuse!(attachments.as_ref().is_some_and(|it| !it.is_array()) => "invalid_attachments");
    Ok(Words {
        text: parsed(text, params),
        blocks,
        attachments,
    })
}

/// With `parse=full` and `link_names` Slack itself finds names in plain words.
fn parsed(text: Option<String>, params: &Params) -> Option<String> {
    let finds_names = params.flag("link_names") || params.text("parse").as_deref() == Some("full");
    let text = text?;
    if !finds_names {
        return Some(text);
    }
    let mut text = text;
    for name in ["here", "channel", "everyone"] {
        text = text.replace(&format!("@{name}"), &format!("<!{name}>"));
    }
    Some(text)
}

impl Words {
    pub(super) fn is_empty(&self) -> bool {
        let filled = |it: &Option<Value>| {
            it.as_ref()
                .and_then(Value::as_array)
                .is_some_and(|it| !it.is_empty())
        };
        self.text.as_ref().is_none_or(|it| it.trim().is_empty())
            && !filled(&self.blocks)
            && !filled(&self.attachments)
    }

    /// An empty list takes away what was there.
    pub(super) fn put(self, message: &mut Stored) {
        if let Some(text) = self.text {
            message.text = text;
        }
        let unless_empty = |it: Value| it.as_array().is_some_and(|it| !it.is_empty()).then_some(it);
        if let Some(blocks) = self.blocks {
            message.blocks = unless_empty(blocks).map(blocks::with_ids);
        }
        if let Some(attachments) = self.attachments {
            message.attachments = unless_empty(attachments);
        }
    }
}

pub(super) fn metadata(params: &Params) -> Checked<Option<Value>> {
    let Some(metadata) = params.json("metadata", "invalid_metadata_format")? else {
        return Ok(None);
    };
    let Some(fields) = metadata.as_object() else {
        return Err(ApiError::of("invalid_metadata_format"));
    };
    if fields.is_empty() {
        return Ok(None);
    }
    let named = fields.get("event_type").is_some_and(Value::is_string);
    let loaded = fields.get("event_payload").is_some_and(Value::is_object);
    refuse!(!named || !loaded => "invalid_metadata_format");
    refuse!(metadata.to_string().len() > LARGEST_METADATA => "metadata_too_large");
    Ok(Some(metadata))
}

impl World {
    /// Where the app wants to write; a person's id stands for the direct message with them.
    pub(super) fn writable(&mut self, channel: Option<String>) -> Checked<String> {
        let id = channel.ok_or(ApiError::CHANNEL_NOT_FOUND)?;
        let id = match id.starts_with('U') {
            true => self
                .direct_message(&id)
                .ok_or(ApiError::CHANNEL_NOT_FOUND)?,
            false => id,
        };
        let channel = self.channel(&id)?;
        refuse!(channel.is_archived => "is_archived");
        if channel.kind == Kind::Public
            && !channel.has(&self.app.bot_user_id)
            && !self.app.scopes.contains("chat:write.public")
        {
            return Err(ApiError::of("not_in_channel"));
        }
        Ok(id)
    }

    /// The root of a thread in which the app wants to write.
    pub(super) fn thread(&mut self, channel: &str, params: &Params) -> Checked<Option<u64>> {
        let Some(ts) = params.ts("thread_ts", "invalid_thread_ts")? else {
            return Ok(None);
        };
        let parent = self.message(channel, ts);
        let parent = parent.ok_or("thread_not_found")?;
        let service = ["channel_join", "group_join", "channel_topic"];
        refuse!(parent.subtype.is_some_and(|it| service.contains(&it)) => "cannot_reply_to_message");
        let root = parent.thread;
        if root.is_some() {
            self.kit
                .violations
                .push("thread_ts names a reply, not the root of its thread".into());
        }
        Ok(Some(root.unwrap_or(ts)))
    }

    /// A message in the app's name, or in the name that it asks for.
    pub(super) fn app_message(&self, params: &Params) -> Checked<Stored> {
        let username = params.text("username");
        let icon_url = params.text("icon_url");
        let icon_emoji = params.text("icon_emoji");
        if username.is_some() || icon_url.is_some() || icon_emoji.is_some() {
            self.need("chat:write.customize")?;
        }
        Ok(Stored {
            bot: Some(Box::new(Voice {
                username,
                icon_url,
                icon_emoji,
                ..*self.app_voice()
            })),
            ..self.own_message()
        })
    }

    pub(crate) fn app_voice(&self) -> Box<Voice> {
        Box::new(Voice {
            bot_id: self.app.bot_id.clone(),
            app_id: self.app.app_id.clone(),
            name: self.app.name.clone(),
            ..Voice::default()
        })
    }

    pub(crate) fn own_message(&self) -> Stored {
        Stored {
            user: self.app.bot_user_id.clone(),
            bot: Some(self.app_voice()),
            ..Stored::default()
        }
    }
}
