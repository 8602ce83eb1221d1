//! Where files lie: attachments behind signed links that expire, and pictures of people, stickers and emoji.
//! A link without a valid signature, or past its time, is not found, as on the real CDN.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::time::Duration;

use bytes::Bytes;

use super::Discord;
use super::message::Attachment;
use super::picture;
use super::world::World;
use crate::kit::{FileFault, now_ms};

pub(crate) struct Cdn {
    /// Scheme, host and port of the links.
    pub(crate) base: String,
    /// By the attachment's number, with the channel.
    held: HashMap<u64, (u64, Attachment)>,
    lifetime: Duration,
    /// In place of every file.
    pub(crate) fault: Option<FileFault>,
}

impl Default for Cdn {
    fn default() -> Cdn {
        Cdn {
            base: String::new(),
            held: HashMap::new(),
            lifetime: Duration::from_secs(24 * 60 * 60),
            fault: None,
        }
    }
}

impl Cdn {
    pub(crate) fn hold(&mut self, channel: u64, attachment: &Attachment) {
        self.held
            .insert(attachment.id, (channel, attachment.clone()));
    }

    pub(crate) fn forget(&mut self, attachments: &[Attachment]) {
        for attachment in attachments {
            self.held.remove(&attachment.id);
        }
    }

    /// A fresh link, as every answer that shows the attachment carries one.
    pub(crate) fn link(&self, channel: u64, attachment: &Attachment) -> String {
        let path = format!("{channel}/{}/{}", attachment.id, attachment.name);
        let issued = now_ms() / 1_000;
        let lifetime = i64::try_from(self.lifetime.as_secs()).unwrap_or(0);
        let (ex, is) = (format!("{:x}", issued + lifetime), format!("{issued:x}"));
        let hm = signature(&path, &ex, &is);
        format!("{}/attachments/{path}?ex={ex}&is={is}&hm={hm}&", self.base)
    }

    fn opened(&self, path: &str, query: &str) -> Option<(String, Bytes)> {
        let field = |name: &str| {
            let mut pairs = query.split('&').filter_map(|it| it.split_once('='));
            pairs.find(|(it, _)| *it == name).map(|(_, value)| value)
        };
        let (ex, is) = (field("ex")?, field("is")?);
        let signed = field("hm")? == signature(path, ex, is);
        let until = i64::from_str_radix(ex, 16).ok()?;
        match signed && now_ms() < until * 1_000 {
            true => self.attachment(path),
            false => None,
        }
    }

    fn attachment(&self, path: &str) -> Option<(String, Bytes)> {
        let mut steps = path.splitn(3, '/');
        let channel: u64 = steps.next()?.parse().ok()?;
        let id: u64 = steps.next()?.parse().ok()?;
        let (of, held) = self.held.get(&id)?;
        let whole = *of == channel && steps.next()? == held.name;
        whole.then(|| (held.mime.clone(), held.bytes.clone()))
    }
}

/// It keeps callers from making links up, as the real one does; it guards nothing that is secret.
fn signature(path: &str, ex: &str, is: &str) -> String {
    let part = |salt: u8| {
        let mut hasher = DefaultHasher::new();
        (salt, path, ex, is).hash(&mut hasher);
        format!("{:016x}", hasher.finish())
    };
    (0..4).map(part).collect()
}

impl World {
    /// MIME type and bytes of what a path below the CDN's host names.
    pub(crate) fn fetch(&self, path: &str, query: &str) -> Option<(String, Bytes)> {
        if let Some(path) = path.strip_prefix("attachments/") {
            return self.cdn.opened(path, query);
        }
        let steps: Vec<&str> = path.split('/').collect();
        let known = match steps.as_slice() {
            ["avatars", id, _] => self.has_picture(id.parse().ok()?),
            ["embed", "avatars", _] => true,
            ["stickers", file] => number(file).is_some_and(|it| named(&self.guild.stickers, it)),
            ["emojis", file] => number(file).is_some_and(|it| named(&self.guild.emojis, it)),
            _ => false,
        };
        known.then(|| ("image/png".to_owned(), picture::of(path)))
    }

    fn has_picture(&self, id: u64) -> bool {
        self.users.contains_key(&id) || self.webhooks.contains_key(&id)
    }
}

fn number(file: &str) -> Option<u64> {
    file.split_once('.')?.0.parse().ok()
}

fn named(list: &[(u64, String)], id: u64) -> bool {
    list.iter().any(|it| it.0 == id)
}

impl Discord {
    /// MIME type and bytes of an attachment or picture, by its `url` in the view behind `/files/discord/`.
    pub fn file(&self, path: &str) -> Option<(String, Bytes)> {
        self.look(|world| match path.strip_prefix("attachments/") {
            Some(path) => world.cdn.attachment(path),
            None => world.fetch(path, ""),
        })
    }

    /// What comes in place of every file from now on.
    pub fn set_file_fault(&self, fault: Option<FileFault>) {
        self.look(|world| world.cdn.fault = fault);
    }

    /// Links that are given from now on work for so long; 24 hours at first. Zero: they are dead at once.
    pub fn expire_links_after(&self, lifetime: Duration) {
        self.look(|world| world.cdn.lifetime = lifetime);
    }
}
