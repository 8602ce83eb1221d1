//! Small pictures for people who have none: a PNG in a colour that depends on the name.

use std::hash::{DefaultHasher, Hash, Hasher};

use bytes::Bytes;

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
    let start = png.len();
    png.extend(kind);
    png.extend(data);
    let sum = crc(&png[start..]);
    png.extend(sum.to_be_bytes());
}

/// Stored, not compressed: the rows are short.
fn zlib(data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len()).unwrap_or(0);
    let mut out = vec![0x78, 0x01, 0x01];
    out.extend(length.to_le_bytes());
    out.extend((!length).to_le_bytes());
    out.extend(data);
    let (mut a, mut b) = (1_u32, 0_u32);
    for byte in data {
        a = (a + u32::from(*byte)) % 65_521;
        b = (b + a) % 65_521;
    }
    out.extend((b << 16 | a).to_be_bytes());
    out
}

fn crc(data: &[u8]) -> u32 {
    let step = |crc: u32, byte: &u8| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| match crc & 1 {
            1 => crc >> 1 ^ 0xedb8_8320,
            _ => crc >> 1,
        })
    };
    !data.iter().fold(!0, step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_a_png_that_depends_on_its_name() {
        assert_eq!(crc(b"IEND"), 0xae42_6082);
        assert_eq!(crate::kit::image::dimensions(&of("Ana")), Some((32, 32)));
        assert_eq!(of("Ana"), of("Ana"));
        assert_ne!(of("Ana"), of("Bo"));
    }
}
