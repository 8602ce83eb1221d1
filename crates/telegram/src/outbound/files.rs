//! Files with a caption: which method takes which file, and the form that carries them. Whatever does not
//! fit the finer methods goes as a document, which takes everything.

use calls::{Upload, clean_file_name, media_type, refused, usual_file_name};
use conversation::{AttachmentKind, LocalFile, Part, Post, SendError};
use serde::Serialize;
use teloxide_core::types::MessageEntity;

use super::{buttons, text};
use crate::api::{Request, RequestBody, json};
use crate::capabilities::MAX_FILES;
use crate::errors::CallError;
use crate::id::ChatAddress;

/// "The photo must be at most 10 MB in size."
const LARGEST_PHOTO: u64 = 10 << 20;

/// As what a file is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Photo,
    Video,
    Animation,
    Audio,
    Voice,
    Sticker,
    Document,
}

/// One call: a file by its own method, or an album, whose parts must be of kinds that go together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Shapes {
    Single(Shape),
    Album(Vec<Shape>),
}

impl Shapes {
    pub(super) fn of(part: &Part, sizes: &[u64]) -> Shapes {
        let captioned = !part.text.is_blank();
        let shapes: Vec<Shape> = part
            .files
            .iter()
            .zip(sizes)
            .map(|(file, size)| shape(file, *size, captioned))
            .collect();
        match shapes.as_slice() {
            [single] => Shapes::Single(*single),
            _ if go_together(&shapes) => Shapes::Album(shapes),
            _ => Shapes::documents(part),
        }
    }

    pub(super) fn documents(part: &Part) -> Shapes {
        match part.files.len() {
            1 => Shapes::Single(Shape::Document),
            count => Shapes::Album(vec![Shape::Document; count]),
        }
    }

    pub(super) fn could_be_plainer(&self) -> bool {
        match self {
            Shapes::Single(shape) => *shape != Shape::Document,
            Shapes::Album(shapes) => shapes.iter().any(|it| *it != Shape::Document),
        }
    }
}

/// "Documents and audio files can be only grouped in an album with messages of the same type."
fn go_together(shapes: &[Shape]) -> bool {
    shapes.iter().all(|it| *it == Shape::Audio)
        || shapes
            .iter()
            .all(|it| matches!(it, Shape::Photo | Shape::Video))
}

fn shape(file: &LocalFile, size: u64, captioned: bool) -> Shape {
    let attachment = &file.attachment;
    let mime = media_type(attachment).unwrap_or_default();
    let is = |list: &[&str]| list.contains(&mime);
    let picture = is(&["image/jpeg", "image/png", "image/webp"]) && size <= LARGEST_PHOTO;
    match attachment.kind {
        AttachmentKind::Photo if picture => Shape::Photo,
        AttachmentKind::Video if is(&["video/mp4", "video/quicktime"]) => Shape::Video,
        AttachmentKind::Animation if is(&["image/gif", "video/mp4"]) => Shape::Animation,
        AttachmentKind::Audio if is(&["audio/mpeg", "audio/mp3", "audio/mp4", "audio/x-m4a"]) => {
            Shape::Audio
        }
        AttachmentKind::Voice if is(&["audio/ogg", "audio/opus"]) => Shape::Voice,
        // Stickers bear no caption, so with words (the author's name, mostly) they are pictures.
        AttachmentKind::Sticker if captioned && picture => Shape::Photo,
        AttachmentKind::Sticker
            if !captioned && is(&["image/webp", "video/webm", "application/x-tgsticker"]) =>
        {
            Shape::Sticker
        }
        _ => Shape::Document,
    }
}

/// Telegram could not read the file as what it was said to be, or the person takes no such thing.
pub(super) fn wants_documents(error: &CallError) -> bool {
    [
        "PHOTO_",
        "IMAGE_PROCESS_FAILED",
        "VIDEO_",
        "MEDIA_",
        "STICKER_",
        "VOICE_MESSAGES_FORBIDDEN",
        "wrong file type",
        "can't use the media of the specified type in the album",
        "wrong type of the web page content",
    ]
    .iter()
    .any(|words| error.says(words))
}

/// In bytes, one for each file.
pub(super) async fn sizes(files: &[LocalFile], limit: u64) -> Result<Vec<u64>, SendError> {
    if files.len() > MAX_FILES {
        return Err(refused("more than 10 files do not go into one message"));
    }
    let mut sizes = Vec::with_capacity(files.len());
    for file in files {
        let metadata = tokio::fs::metadata(&file.path).await;
        let size = metadata
            .map_err(|error| refused(format!("a file cannot be read: {error}")))?
            .len();
        if size > limit {
            let problem = format!("a file of {size} bytes is too large: bots send at most {limit}");
            return Err(refused(&problem));
        }
        sizes.push(size);
    }
    Ok(sizes)
}

pub(super) fn send(place: ChatAddress, post: &Post, shapes: &Shapes) -> Result<Request, SendError> {
    let mut fields = vec![("chat_id", place.chat.to_string())];
    if let Some(topic) = place.topic {
        fields.push(("message_thread_id", topic.to_string()));
    }
    if let Some(reply) = text::reply(post) {
        fields.push(("reply_parameters", json(&reply)));
    }
    if let (Some(keyboard), Shapes::Single(_)) = (buttons::keyboard(post), shapes) {
        fields.push(("reply_markup", json(&keyboard)));
    }
    let mut caption = text::caption(post)?;
    if caption.0.trim().is_empty() {
        caption = Caption::default();
    }
    let files = &post.part.files;
    let (method, mut more, files) = match shapes {
        Shapes::Single(shape) => single(files, *shape, caption),
        Shapes::Album(shapes) => album(files, shapes, &caption),
    };
    fields.append(&mut more);
    Ok(Request {
        method,
        body: RequestBody::Form { fields, files },
    })
}

type Caption = (String, Vec<MessageEntity>);
type Fields = Vec<(&'static str, String)>;

fn single(
    files: &[LocalFile],
    shape: Shape,
    (caption, entities): Caption,
) -> (&'static str, Fields, Vec<Upload>) {
    let mut fields = Fields::new();
    if !caption.is_empty() && shape != Shape::Sticker {
        fields.push(("caption", caption));
        if !entities.is_empty() {
            fields.push(("caption_entities", json(&entities)));
        }
    }
    let (method, field) = shape.method();
    let uploads = files.iter().map(|it| upload(it, field.to_owned(), shape));
    (method, fields, uploads.collect())
}

/// One part of an album; `media` names the field of the form that holds the bytes, which teloxide-core's
/// type of this name leaves to its own forms.
#[derive(Serialize)]
struct InputMedia<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    media: String,
    #[serde(skip_serializing_if = "str::is_empty")]
    caption: &'a str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    caption_entities: &'a [MessageEntity],
}

fn album(
    files: &[LocalFile],
    shapes: &[Shape],
    (caption, entities): &Caption,
) -> (&'static str, Fields, Vec<Upload>) {
    let media = shapes.iter().enumerate().map(|(number, shape)| InputMedia {
        kind: shape.method().1,
        media: format!("attach://{}", field(number)),
        // The caption of the first is shown as the caption of all.
        caption: if number == 0 { caption } else { "" },
        caption_entities: if number == 0 { entities } else { &[] },
    });
    let fields = vec![("media", json(&media.collect::<Vec<_>>()))];
    let uploads = files.iter().zip(shapes).enumerate();
    let uploads = uploads.map(|(number, (file, shape))| upload(file, field(number), *shape));
    ("sendMediaGroup", fields, uploads.collect())
}

impl Shape {
    /// The method, and its parameter for the file, which is also the name of the kind in an album.
    fn method(self) -> (&'static str, &'static str) {
        match self {
            Shape::Photo => ("sendPhoto", "photo"),
            Shape::Video => ("sendVideo", "video"),
            Shape::Animation => ("sendAnimation", "animation"),
            Shape::Audio => ("sendAudio", "audio"),
            Shape::Voice => ("sendVoice", "voice"),
            Shape::Sticker => ("sendSticker", "sticker"),
            Shape::Document => ("sendDocument", "document"),
        }
    }
}

fn field(number: usize) -> String {
    format!("file{number}")
}

fn upload(file: &LocalFile, field: String, shape: Shape) -> Upload {
    let attachment = &file.attachment;
    // But for documents Telegram wants an ending.
    let name = clean_file_name(attachment);
    let name = name.filter(|it| shape == Shape::Document || it.contains('.'));
    Upload {
        field,
        path: file.path.clone(),
        name: name.unwrap_or_else(|| usual_file_name(attachment)),
        mime: media_type(attachment).map(str::to_owned),
    }
}
