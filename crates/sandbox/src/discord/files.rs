//! What the paths below the CDN's host name, and what a page is shown of them.

use std::time::Duration;

use super::picture;
use super::world::{Discord, World};
use crate::kit::FileFault;
use crate::kit::shell::File;

impl World {
    /// MIME type and bytes of what a path below the CDN's host names.
    pub(crate) fn fetch(&self, path: &str, query: &str) -> Option<File> {
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
    pub fn file(&self, path: &str) -> Option<File> {
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
