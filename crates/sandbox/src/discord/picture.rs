//! Small pictures for people who have none: a PNG in a colour that depends on the name.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Read;

use bytes::Bytes;
use flate2::bufread::ZlibEncoder;
use flate2::{Compression, Crc};

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
        assert_eq!(crate::kit::image::dimensions(&of("Ana")), Some((32, 32)));
        assert_eq!(of("Ana"), of("Ana"));
        assert_ne!(of("Ana"), of("Bo"));
    }
}
