//! Whatever the bytes: an end, no panic, the same length, and nothing of a place that its format could still be read for.

use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::build::*;
use super::{cleaned, holds};

/// In a debug build on a busy machine.
const PATIENCE: Duration = Duration::from_secs(90);

fn quickly(file: &[u8]) -> Vec<u8> {
    let began = Instant::now();
    let after = cleaned(file);
    assert!(began.elapsed() < PATIENCE, "{:?}", began.elapsed());
    after
}

#[test]
fn directories_that_lead_in_circles_end() {
    let mut loop_of_one = tiff(Order::Big, b"");
    loop_of_one[70..74].copy_from_slice(&8_u32.to_be_bytes());
    loop_of_one[38..42].copy_from_slice(&8_u32.to_be_bytes());
    quickly(&loop_of_one);
    quickly(&jpeg(&[segment(0xE1, &[b"Exif\0\0", &loop_of_one])]));
}

#[test]
fn ten_thousand_segments_of_circles_end() {
    let segment = exif_segment(Order::Little, b"");
    quickly(&jpeg(&vec![segment; 10_000]));
}

/// Each place counts as the beginning of 4,000 directories that overlap.
#[test]
fn directories_over_directories_cost_little() {
    let mut body = b"MM\0\x2A\0\0\0\x08".to_vec();
    while body.len() < 60_000 {
        body.extend([0x01, 0x4A, 0, 4, 0, 0, 0x20, 0, 0, 0, 0, 8]);
    }
    let segment = segment(0xE1, &[b"Exif\0\0", &body]);
    quickly(&jpeg(&vec![segment; 100]));
    quickly(&body.repeat(20));
}

#[test]
fn lengths_beyond_the_end_and_files_cut_off_tell_nothing() {
    let whole = [
        jpeg(&[exif_segment(Order::Big, b"")]),
        png(&[(b"eXIf", tiff(Order::Big, b""))]),
        webp(&[(b"EXIF", tiff(Order::Little, b""))]),
        film(),
        heic(),
        gif(),
    ];
    for file in whole {
        for end in 0..file.len() {
            let after = cleaned(&file[..end]);
            let notes = [
                b"+48.8582+002.2945/".as_slice(),
                b"48,51.49N",
                b"Champ de Mars",
            ];
            // A box of pixels at the end of its picture is not notes, and HEIC says at its beginning where they are.
            for words in notes {
                assert!(
                    !holds(&after, words),
                    "{words:?} in {end} of {}",
                    file.len()
                );
            }
        }
    }
}

#[test]
fn words_for_films_and_pictures_without_end_cost_little() {
    let films = [
        b"\xFF\xD8\xFF\xD9".as_slice(),
        &b"\0\0\0\x10ftyp".repeat(100_000),
    ]
    .concat();
    quickly(&films);
    quickly(&[0xFF, 0xD8, 0xFF].repeat(300_000));
    let deep = (0..10_000).fold(Vec::new(), |inner: Vec<u8>, _| match inner.len() < 80_000 {
        true => item(b"moov", &[&inner]),
        false => inner,
    });
    quickly(&deep);
    quickly(
        &[
            item(b"ftyp", &[b"isom"]),
            item(b"free", &[]).repeat(300_000),
        ]
        .concat(),
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn any_bytes_behind_any_beginning_have_an_end(
        beginning in 0..10_usize,
        bytes in proptest::collection::vec(any::<u8>(), 0..600),
    ) {
        let beginnings: [&[u8]; 10] = [
            b"", b"\xFF\xD8\xFF\xE1\0\x80Exif\0\0MM\0\x2A\0\0\0\x08", b"\x89PNG\r\n\x1A\n", b"RIFF\0\0\x02\0WEBP",
            b"GIF89a", b"II\x2A\0\x08\0\0\0", b"MM\0\x2A\0\0\0\x08", b"\0\0\0\x10ftypheic\0\0\0\0",
            b"\0\0\0\x10ftypheic\0\0\0\0\0\0\0\x80meta\0\0\0\0", b"\0\0\x01\0moov\0\0\0\xF0udta",
        ];
        let file = [beginnings[beginning], &bytes].concat();
        let once = cleaned(&file);
        prop_assert_eq!(once.len(), file.len());
    }

    #[test]
    fn any_byte_changed_in_a_real_file_has_an_end(
        file in 0..7_usize,
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let mut bytes = match file {
            0 => jpeg(&[exif_segment(Order::Big, &jpeg(&[exif_segment(Order::Little, b"")])), photoshop()]),
            1 => png(&[(b"eXIf", tiff(Order::Big, b""))]),
            2 => webp(&[(b"EXIF", tiff(Order::Little, b"")), (b"XMP ", PACKET.as_bytes().to_vec())]),
            3 => film(),
            4 => heic(),
            5 => gif(),
            _ => tiff(Order::Little, &jpeg(&[])),
        };
        for (place, byte) in changes {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        cleaned(&bytes);
    }
}
