//! Files on the server: bytes by path, and by each file id the media that it can be sent again as.

use std::collections::HashMap;

use bytes::Bytes;
use serde_json::{Map, Value, json};

use super::answer::{Answer, Checked};
use super::message::{Media, MediaFile};
use super::params::{FileArg, Upload};
use super::said::FileKind;
use crate::kit::{FileFault, kinds, shell};

/// Bots download at most 20 MB.
const LARGEST_DOWNLOAD: usize = 20 * 1024 * 1024;
const LARGEST_PHOTO: usize = 10 * 1024 * 1024;

/// One transparent pixel: the small sizes of a picture are visibly not the picture itself.
const THUMBNAIL: &[u8] =
    b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff!\xf9\x04\x01\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x01D\0;";

#[derive(Debug, Default)]
pub(crate) struct Files {
    held: HashMap<String, Held>,
    contents: HashMap<String, shell::File>,
    count: u64,
    /// In place of every file.
    pub(crate) fault: Option<FileFault>,
}

#[derive(Debug, Clone)]
struct Held {
    unique_id: String,
    path: String,
    size: usize,
    media: Option<Media>,
}

struct Named {
    id: String,
    unique_id: String,
}

impl Files {
    /// What a method's file argument stands for; refused where the real server would refuse it.
    pub(crate) fn media(
        &mut self,
        kind: FileKind,
        file: FileArg,
        details: &Map<String, Value>,
    ) -> Checked<Media> {
        match file {
            FileArg::Upload(upload) => {
                check(kind, &upload)?;
                Ok(self.store(kind, upload, details))
            }
            FileArg::Named(name) => self.again(kind, &name),
        }
    }

    fn again(&self, kind: FileKind, name: &str) -> Checked<Media> {
        refuse!(name.contains("://") => "failed to get HTTP URL content");
        let media = self.held.get(name).and_then(|held| held.media.as_ref());
        let media = media.ok_or("wrong file identifier/HTTP URL specified")?;
        let was = || media.file.as_ref().map_or("File", |it| it.kind.title());
        let other = || format!("can't use file of type {} as {}", was(), kind.title());
        refuse!(media.field != kind.field() => other());
        Ok(media.clone())
    }

    /// Keeps a file, with what is known of it laid over what its field needs.
    pub(crate) fn store(
        &mut self,
        kind: FileKind,
        upload: Upload,
        details: &Map<String, Value>,
    ) -> Media {
        let (_, _, usual) = kind.storage();
        let mime = match kind {
            FileKind::Photo => usual.to_owned(),
            _ => upload.mime.clone().unwrap_or_else(|| usual.to_owned()),
        };
        let path = self.new_path(kind, upload.name.as_deref(), &mime);
        let named = self.new_name(kind);
        let value = match kind {
            FileKind::Photo => self.photo_sizes(&named, &upload.bytes),
            _ => described(kind, &named, &upload, &mime, details),
        };
        let media = Media {
            field: kind.field(),
            value,
            file: Some(MediaFile {
                kind,
                name: upload.name,
                mime: mime.clone(),
                path: path.clone(),
                bytes: upload.bytes.clone(),
            }),
        };
        for smaller in small_sizes(&media.value) {
            if let Some(held) = self.held.get_mut(&smaller) {
                held.media = Some(media.clone());
            }
        }
        self.hold(named, path, mime, upload.bytes, Some(media.clone()));
        media
    }

    fn hold(
        &mut self,
        named: Named,
        path: String,
        mime: String,
        bytes: Bytes,
        media: Option<Media>,
    ) {
        let held = Held {
            unique_id: named.unique_id,
            path: path.clone(),
            size: bytes.len(),
            media,
        };
        self.contents.insert(path, (mime, bytes));
        self.held.insert(named.id, held);
    }

    fn new_path(&mut self, kind: FileKind, name: Option<&str>, mime: &str) -> String {
        self.count += 1;
        let (folder, _, _) = kind.storage();
        let own = match kind {
            FileKind::Photo => None,
            _ => name.and_then(|it| it.rsplit_once('.')).map(|(_, end)| end),
        };
        let own = own.filter(|it| it.len() <= 8 && it.bytes().all(|it| it.is_ascii_alphanumeric()));
        let end = own.map_or_else(|| kinds::end_of(mime).to_owned(), str::to_ascii_lowercase);
        format!("{folder}/file_{}.{end}", self.count)
    }

    fn new_name(&mut self, kind: FileKind) -> Named {
        self.count += 1;
        let (_, prefix, _) = kind.storage();
        Named {
            id: format!(
                "{prefix}{:016x}AAE",
                self.count.wrapping_mul(0x9e37_79b9_7f4a_7c15)
            ),
            unique_id: format!("AQAD{:010x}", self.count),
        }
    }

    /// Smallest first, the picture itself last, as the real server lists them.
    fn photo_sizes(&mut self, whole: &Named, bytes: &Bytes) -> Value {
        let (width, height) = kinds::dimensions(bytes).unwrap_or((800, 600));
        let mut sizes = Vec::new();
        for edge in [90, 320] {
            let longest = width.max(height);
            if longest <= edge {
                continue;
            }
            let small = self.new_name(FileKind::Photo);
            let (w, h) = (width * edge / longest, height * edge / longest);
            sizes.push(photo_size(&small, w.max(1), h.max(1), THUMBNAIL.len()));
            let path = format!("thumbnails/file_{}.gif", self.count);
            let bytes = Bytes::from_static(THUMBNAIL);
            self.hold(small, path, "image/gif".into(), bytes, None);
        }
        sizes.push(photo_size(whole, width, height, bytes.len()));
        Value::Array(sizes)
    }

    pub(crate) fn get_file(&self, id: &str) -> Answer {
        let held = self.held.get(id).ok_or("invalid file_id")?;
        refuse!(held.size > LARGEST_DOWNLOAD => "file is too big");
        Ok(json!({
            "file_id": id, "file_unique_id": held.unique_id, "file_size": held.size, "file_path": held.path,
        }))
    }

    /// MIME type and bytes.
    pub(crate) fn contents(&self, path: &str) -> Option<shell::File> {
        self.contents.get(path).cloned()
    }
}

/// The ids of a picture's smaller sizes.
fn small_sizes(value: &Value) -> Vec<String> {
    let sizes = value.as_array().map(Vec::as_slice).unwrap_or_default();
    let id = |size: &Value| size["file_id"].as_str().map(str::to_owned);
    sizes.iter().rev().skip(1).filter_map(id).collect()
}

fn photo_size(named: &Named, width: i64, height: i64, bytes: usize) -> Value {
    json!({
        "file_id": named.id, "file_unique_id": named.unique_id, "width": width, "height": height,
        "file_size": bytes,
    })
}

fn described(
    kind: FileKind,
    named: &Named,
    upload: &Upload,
    mime: &str,
    details: &Map<String, Value>,
) -> Value {
    let mut value = json!({
        "file_id": named.id, "file_unique_id": named.unique_id, "file_size": upload.bytes.len(),
    });
    let needed = match kind {
        FileKind::Video | FileKind::Animation => {
            json!({ "width": 640, "height": 360, "duration": 1 })
        }
        FileKind::Audio | FileKind::Voice => json!({ "duration": 1 }),
        FileKind::VideoNote => json!({ "length": 240, "duration": 1 }),
        FileKind::Sticker => json!({
            "type": "regular", "width": 512, "height": 512, "is_animated": false, "is_video": false,
        }),
        FileKind::Photo | FileKind::Document => json!({}),
    };
    let fields = needed.as_object().cloned().unwrap_or_default();
    for (name, usual) in fields {
        value[&name] = details.get(&name).cloned().unwrap_or(usual);
    }
    let optional: &[&str] = match kind {
        FileKind::Audio => &["performer", "title"],
        FileKind::Sticker => &["emoji"],
        _ => &[],
    };
    for name in optional
        .iter()
        .filter_map(|it| Some((it, details.get(*it)?)))
    {
        value[*name.0] = name.1.clone();
    }
    if !matches!(kind, FileKind::VideoNote | FileKind::Sticker) {
        value["mime_type"] = mime.into();
    }
    let is_named = !matches!(
        kind,
        FileKind::Voice | FileKind::VideoNote | FileKind::Sticker
    );
    if let Some(name) = upload.name.as_deref().filter(|_| is_named) {
        value["file_name"] = name.into();
    }
    value
}

fn check(kind: FileKind, upload: &Upload) -> Checked {
    let size = upload.bytes.len();
    refuse!(size == 0 => "file must be non-empty");
    if kind != FileKind::Photo {
        return Ok(());
    }
    let name = upload.name.as_deref().unwrap_or("photo");
    let large = || format!("file \"{name}\" of size {size} bytes is too big for a photo");
    refuse!(size > LARGEST_PHOTO => large());
    let (width, height) = kinds::dimensions(&upload.bytes).ok_or("IMAGE_PROCESS_FAILED")?;
    let (long, short) = (width.max(height), width.min(height));
    refuse!(short == 0 || width + height > 10_000 || long > 20 * short => "PHOTO_INVALID_DIMENSIONS");
    Ok(())
}
