//! Kinds of files by the ends of their names.

/// The end, its MIME type, and what people call it.
const KINDS: &[(&str, &str, &str)] = &[
    ("png", "image/png", "PNG"),
    ("jpg", "image/jpeg", "JPEG"),
    ("jpeg", "image/jpeg", "JPEG"),
    ("gif", "image/gif", "GIF"),
    ("webp", "image/webp", "WebP"),
    ("pdf", "application/pdf", "PDF"),
    ("txt", "text/plain", "Plain Text"),
    ("md", "text/plain", "Plain Text"),
    ("csv", "text/csv", "CSV"),
    ("mp3", "audio/mpeg", "MP3"),
    ("oga", "audio/ogg", "Ogg"),
    ("ogg", "audio/ogg", "Ogg"),
    ("m4a", "audio/mp4", "MPEG 4 Audio"),
    ("mp4", "video/mp4", "MPEG 4 Video"),
    ("zip", "application/zip", "Zip"),
];

fn of(name: &str) -> Option<&'static (&'static str, &'static str, &'static str)> {
    let end = name.rsplit_once('.')?.1.to_lowercase();
    KINDS.iter().find(|it| it.0 == end)
}

pub(crate) fn mime_of(name: &str) -> &'static str {
    of(name).map_or("application/octet-stream", |it| it.1)
}

/// Its end, and what people call it.
pub(crate) fn called(name: &str) -> (&'static str, &'static str) {
    of(name).map_or(("binary", "Binary"), |it| (it.0, it.2))
}

pub(crate) fn end_of(mime: &str) -> &'static str {
    let kind = KINDS.iter().find(|it| it.1 == mime);
    kind.map_or("bin", |it| it.0)
}
