//! A photograph that says where it was taken.

/// 48° 51' 29.87", as a camera writes it.
pub const LATITUDE: &[u8] = b"\0\0\0\x30\0\0\0\x01\0\0\0\x33\0\0\0\x01\0\0\x0b\xab\0\0\0\x64";
pub const PIXELS: &[u8] = b"\x12\xff\0\x34";

/// A photograph that was taken upright at the Eiffel Tower.
pub fn photograph() -> Vec<u8> {
    let notes = [
        b"MM\0\x2a\0\0\0\x08\0\x02".as_slice(),
        b"\x01\x12\0\x03\0\0\0\x01\0\x06\0\0",
        b"\x88\x25\0\x04\0\0\0\x01\0\0\0\x26\0\0\0\0",
        b"\0\x01\0\x02\0\x05\0\0\0\x03\0\0\0\x38\0\0\0\0",
        LATITUDE,
    ]
    .concat();
    let length = u16::try_from(notes.len() + 8).unwrap().to_be_bytes();
    [
        b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xff\xe1".as_slice(),
        &length,
        b"Exif\0\0",
        &notes,
        b"\xff\xda\0\x08\x01\x01\0\0\x3f\0",
        PIXELS,
        b"\xff\xd9",
    ]
    .concat()
}

pub fn holds(file: &[u8], words: &[u8]) -> bool {
    file.windows(words.len()).any(|it| it == words)
}
