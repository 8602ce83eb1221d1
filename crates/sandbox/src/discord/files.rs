//! What the paths below the CDN's host name, and small pictures for people who have none: a PNG in a colour that depends
//! on the name.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Read;
use std::time::Duration;

use bytes::Bytes;
use flate2::bufread::ZlibEncoder;
use flate2::{Compression, Crc};

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
        known.then(|| ("image/png".to_owned(), of(path)))
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

const EDGE: u32 = 32;

/// The same name gives the same picture.
pub(crate) fn of(name: &str) -> Bytes {
    let mut hasher = DefaultHasher::new();
    name.hash(&mut hasher);
    let [r, g, b, pattern @ ..] = hasher.finish().to_be_bytes();
    let mut rows = Vec::new();
    for y in 0..EDGE {
        // Each row begins with the number of its filter: none.
        rows.push(0);
        for x in 0..EDGE {
            // Mirrored, so that it looks like a face to those who want one.
            let column = (x.min(EDGE - 1 - x) / 4) as usize;
            let row = (y / 4) as usize;
            let light = pattern[column % 5] >> (row % 8) & 1 == 1;
            rows.extend(if light { [0xf2, 0xf3, 0xf5] } else { [r, g, b] });
        }
    }
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    let size = EDGE.to_be_bytes();
    chunk(
        &mut png,
        b"IHDR",
        &[&size[..], &size, &[8, 2, 0, 0, 0]].concat(),
    );
    chunk(&mut png, b"IDAT", &zlib(&rows));
    chunk(&mut png, b"IEND", &[]);
    png.into()
}

fn chunk(png: &mut Vec<u8>, kind: &[u8; 4], data: &[u8]) {
    let length = u32::try_from(data.len()).unwrap_or(0);
    png.extend(length.to_be_bytes());
    let mut sum = Crc::new();
    for part in [&kind[..], data] {
        sum.update(part);
        png.extend(part);
    }
    png.extend(sum.sum().to_be_bytes());
}

fn zlib(data: &[u8]) -> Vec<u8> {
    let mut packed = Vec::new();
    // It reads from memory, and cannot fail.
    let _ = ZlibEncoder::new(data, Compression::fast()).read_to_end(&mut packed);
    packed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_a_png_that_depends_on_its_name() {
        assert!(of("Ana").ends_with(b"IEND\xae\x42\x60\x82"));
        assert_eq!(crate::kit::kinds::dimensions(&of("Ana")), Some((32, 32)));
        assert_eq!(of("Ana"), of("Ana"));
        assert_ne!(of("Ana"), of("Bo"));
    }
}
