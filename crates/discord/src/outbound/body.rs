//! The body of a post or a change. Buttons and the list of who is notified are serenity's.

use calls::{Upload, file_name, media_type, refused};
use conversation::{AuthorKind, Button, Does, LocalFile, Outbound, Post, SendError};
use serde::Serialize;
use serenity::builder::{CreateActionRow, CreateAllowedMentions, CreateButton};
use serenity::model::id::UserId;
use sha2::{Digest, Sha256};

use super::text::{notified, text};
use crate::id::Snowflake;

/// "username (1-80)" of webhooks.
const LONGEST_NAME: usize = 80;
const LONGEST_SUBJECT: usize = 100;
const LONGEST_ALT: usize = 1024;
const LONGEST_PICTURE: usize = 2048;
const LONGEST_LABEL: usize = 80;
const BUTTONS_IN_A_ROW: usize = 5;
/// "Can be an integer or a string (max of 25 characters)".
const NONCE_LENGTH: usize = 25;

#[derive(Debug, Default, Serialize)]
pub(super) struct Body {
    pub(super) content: String,
    pub(super) allowed_mentions: CreateAllowedMentions,
    /// An empty list takes buttons away.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) components: Option<Vec<CreateActionRow>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) attachments: Vec<Described>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) username: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) avatar_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) thread_name: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) applied_tags: Vec<Snowflake>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) nonce: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) enforce_nonce: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) flags: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) message_reference: Option<Reference>,
}

#[derive(Debug, Serialize)]
pub(super) struct Reference {
    pub(super) message_id: Snowflake,
    pub(super) channel_id: Snowflake,
    /// Sent all the same where the message that it answers is gone.
    pub(super) fail_if_not_exists: bool,
}

#[derive(Debug, Serialize)]
pub(super) struct Described {
    /// The number of `files[n]` in the form.
    id: String,
    filename: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
}

/// A post, before it is decided who says it and where.
#[derive(Debug)]
pub(super) struct Draft<'a> {
    pub(super) post: &'a Post,
    pub(super) nonce: String,
    content: String,
}

impl<'a> Draft<'a> {
    pub(super) fn of(outbound: &Outbound, post: &'a Post) -> Result<Draft<'a>, SendError> {
        let content = text(post)?;
        let is_empty = content.trim().is_empty() && post.part.files.is_empty();
        if is_empty && post.part.buttons.is_empty() {
            return Err(refused("there are no words in the message"));
        }
        Ok(Draft {
            post,
            nonce: nonce(&outbound.key),
            content,
        })
    }

    pub(super) fn body(&self) -> Body {
        let changed = changed(self.content.clone(), self.post);
        Body {
            components: changed.components.filter(|it| !it.is_empty()),
            attachments: described(&self.post.part.files),
            ..changed
        }
    }

    pub(super) fn uploads(&self) -> Vec<Upload> {
        let files = self.post.part.files.iter().enumerate();
        files.map(|(number, file)| upload(number, file)).collect()
    }

    pub(super) fn picture(&self) -> Option<String> {
        let picture = self.post.author.picture.clone()?;
        let is_web = picture.starts_with("https://") || picture.starts_with("http://");
        (is_web && picture.len() <= LONGEST_PICTURE).then_some(picture)
    }

    pub(super) fn subject(&self) -> String {
        subject(self.post)
    }
}

/// What a change says: its words, its buttons and whom it rings.
pub(super) fn changed(content: String, post: &Post) -> Body {
    let people = notified(&post.part.text)
        .into_iter()
        .map(|it| UserId::new(it.0));
    Body {
        content,
        allowed_mentions: CreateAllowedMentions::new().users(people),
        // Only our own words ever had any.
        components: Some(buttons(post))
            .filter(|it| !it.is_empty() || post.author.kind == AuthorKind::Ourselves),
        ..Body::default()
    }
}

fn buttons(post: &Post) -> Vec<CreateActionRow> {
    let rows = post.part.buttons.chunks(BUTTONS_IN_A_ROW);
    let button = |it: &Button| {
        let button = match &it.does {
            Does::Press(id) => CreateButton::new(id.clone()),
            Does::Open(address) => CreateButton::new_link(address.clone()),
        };
        button.label(cut(&it.label, LONGEST_LABEL))
    };
    rows.map(|row| CreateActionRow::Buttons(row.iter().map(button).collect()))
        .collect()
}

/// The same for every attempt: Discord gives back the first message instead of posting a second.
pub(crate) fn nonce(key: &str) -> String {
    let mut nonce = hex::encode(Sha256::digest(key.as_bytes()));
    nonce.truncate(NONCE_LENGTH);
    nonce
}

/// The name under which a webhook speaks. Discord takes none that holds its own name or that of its helper: the
/// thinnest space keeps those apart, and everybody reads what was meant. One of no width Discord takes away.
pub(crate) fn username(post: &Post) -> String {
    let names = [post.shown_name.as_str(), post.author.display_name.as_str()];
    let name = names.into_iter().map(str::trim).find(|it| !it.is_empty());
    let mut name = name.unwrap_or("Somebody").replace("```", "'''");
    for reserved in ["discord", "clyde"] {
        name = apart(&name, reserved);
    }
    if ["everyone", "here"].contains(&name.to_lowercase().as_str()) {
        name.insert(1, APART);
    }
    cut(&name, LONGEST_NAME)
}

pub(crate) const APART: char = '\u{200a}';

/// `reserved` is ASCII, and so is each place where it stands.
fn apart(name: &str, reserved: &str) -> String {
    let mut name = name.to_owned();
    while let Some(at) = name.to_ascii_lowercase().find(reserved) {
        name.insert(at + reserved.len() / 2, APART);
    }
    name
}

pub(super) fn subject(post: &Post) -> String {
    let words = post
        .subject
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    match words.is_empty() {
        true => cut(&format!("From {}", username(post)), LONGEST_SUBJECT),
        false => cut(&words, LONGEST_SUBJECT),
    }
}

fn described(files: &[LocalFile]) -> Vec<Described> {
    let files = files.iter().enumerate();
    files
        .map(|(number, file)| Described {
            id: number.to_string(),
            filename: file_name(&file.attachment),
            description: file.attachment.alt.as_ref().map(|it| cut(it, LONGEST_ALT)),
        })
        .collect()
}

fn upload(number: usize, file: &LocalFile) -> Upload {
    Upload {
        field: format!("files[{number}]"),
        path: file.path.clone(),
        name: file_name(&file.attachment),
        mime: media_type(&file.attachment).map(str::to_owned),
    }
}

fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most - 1).collect();
    format!("{}…", kept.trim_end())
}
