//! Where files lie: attachments behind signed links that expire, and pictures of people, stickers and emoji.
//! A link without a valid signature, or past its time, is not found, as on the real CDN.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::time::Duration;

use super::message::Attachment;
use crate::kit::shell::File;
use crate::kit::{FileFault, forms, now_ms};

pub(crate) struct Cdn {
    /// Scheme, host and port of the links.
    pub(crate) base: String,
    /// By the attachment's number, with the channel.
    held: HashMap<u64, (u64, Attachment)>,
    pub(super) lifetime: Duration,
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

    pub(super) fn opened(&self, path: &str, query: &str) -> Option<File> {
        let pairs: HashMap<String, String> = forms::pairs(query.as_bytes()).collect();
        let (ex, is) = (pairs.get("ex")?, pairs.get("is")?);
        let signed = *pairs.get("hm")? == signature(path, ex, is);
        let until = i64::from_str_radix(ex, 16).ok()?;
        match signed && now_ms() < until * 1_000 {
            true => self.attachment(path),
            false => None,
        }
    }

    pub(super) fn attachment(&self, path: &str) -> Option<File> {
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
