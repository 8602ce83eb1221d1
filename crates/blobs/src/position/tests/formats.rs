//! Every corner of every format that has room for a place, and what must stay.

use super::build::*;
use super::{cleaned, holds};

/// Nothing of the place is left, in whatever form it stood.
fn tells_nothing(file: &[u8]) {
    for words in [
        "Paris",
        "France",
        "48.858",
        "48,51",
        "2,17.66",
        "Champ de Mars",
        "+48",
    ] {
        assert!(!holds(file, words.as_bytes()), "{words} is still there");
    }
    for order in [Order::Big, Order::Little] {
        assert!(!holds(file, &latitude(order)), "the fractions are there");
        assert!(
            !holds(file, &[0x88, 0x25, 0, 4]),
            "the way to them is there"
        );
    }
}

#[test]
fn a_photograph_forgets_where_it_was_taken() {
    for order in [Order::Big, Order::Little] {
        let thumbnail = jpeg(&[exif_segment(order, b"")]);
        let segments = [
            exif_segment(order, &thumbnail),
            segment(
                0xE1,
                &[b"http://ns.adobe.com/xap/1.0/\0", PACKET.as_bytes()],
            ),
            segment(0xE1, &[b"http://ns.adobe.com/xmp/extension/\0", b"Paris"]),
            segment(0xE2, &[b"ICC_PROFILE\0\x01\x01colours"]),
            segment(0xE6, &[b"GoPro\0", &latitude(Order::Big)]),
            segment(0xEB, &[b"JP\0\x01\0\0\0\x01\0\0\0\x10jumb Paris"]),
            photoshop(),
            segment(0xEE, &[b"Adobe\0\x64\0\0\0\0\x01"]),
            segment(0xFE, &[b"a comment"]),
        ];
        let file = jpeg(&segments);
        let after = cleaned(&file);
        tells_nothing(&after);
        for kept in [
            PIXELS,
            b"Cameras\0",
            b"colours",
            b"Adobe\0\x64",
            b"a comment",
            b"The tower",
            b"tiff:Orientation=\"6\"",
        ] {
            assert!(holds(&after, kept), "{kept:?} is gone");
        }
        let turn: &[u8] = match order {
            Order::Big => &[0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6],
            Order::Little => &[0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0],
        };
        assert!(holds(&after, turn), "the camera's turn is gone");
        assert_eq!(cleaned(&after), after, "a second look changes it again");
    }
}

#[test]
fn a_directory_closes_the_gap_where_the_place_was() {
    let after = cleaned(&tiff(Order::Big, b""));
    // Four entries of five, then the way to the next directory, then blanks.
    assert_eq!(&after[8..10], &[0, 4]);
    assert_eq!(&after[46..48], &[0x9C, 0x9B]);
    assert_eq!(&after[58..62], &[0, 0, 0, 200]);
    assert_eq!(&after[62..74], &[0; 12]);
    assert_eq!(&after[124..190], &[0; 66]);
}

#[test]
fn pictures_and_films_behind_a_photograph_forget_it_too() {
    let second = jpeg(&[exif_segment(Order::Little, b"")]);
    let file = [jpeg(&[]), second, b"SEFT junk".to_vec(), film()].concat();
    let after = cleaned(&file);
    tells_nothing(&after);
    assert!(holds(&after, b"pixels that move"));
}

#[test]
fn png_forgets_it_and_its_sums_are_right() {
    let xmp = |head: &[u8]| [b"XML:com.adobe.xmp\0", head, PACKET.as_bytes()].concat();
    let chunks = [
        (b"eXIf", tiff(Order::Big, b"")),
        (b"iTXt", xmp(b"\0\0\0\0")),
        (b"iTXt", xmp(b"\x01\0\0\0")),
        (b"zTXt", b"Raw profile type exif\0\0Paris".to_vec()),
        (b"tEXt", b"exif:GPSLatitude\x0048.858".to_vec()),
        (b"tEXt", b"Title\0The tower".to_vec()),
        (b"eXIf", b"Paris, damaged".to_vec()),
    ];
    let after = cleaned(&png(&chunks));
    tells_nothing(&after);
    assert!(holds(&after, b"Title\0The tower") && holds(&after, b"Cameras\0"));
    let mut at = 8;
    while at < after.len() {
        let length = u32::from_be_bytes(after[at..at + 4].try_into().unwrap()) as usize;
        let mut sum = flate2::Crc::new();
        sum.update(&after[at + 4..at + 8 + length]);
        at += 12 + length;
        assert_eq!(after[at - 4..at], sum.sum().to_be_bytes());
    }
}

#[test]
fn webp_forgets_it() {
    let damaged = [b"II\x2A\0\xFF\xFF\xFF".as_slice(), b"Paris"].concat();
    let file = webp(&[
        (b"VP8X", vec![0x0C, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
        (b"VP8 ", b"pixels".to_vec()),
        (b"EXIF", tiff(Order::Little, b"")),
        (
            b"EXIF",
            [b"Exif\0\0".as_slice(), &tiff(Order::Big, b"")].concat(),
        ),
        (b"EXIF", damaged),
        (b"XMP ", PACKET.as_bytes().to_vec()),
    ]);
    let after = cleaned(&file);
    tells_nothing(&after);
    assert!(holds(&after, b"pixels") && holds(&after, b"The tower"));
}

#[test]
fn films_of_telephones_forget_it() {
    let after = cleaned(&film());
    tells_nothing(&after);
    for kept in [b"pixels that move".as_slice(), b"Apple", b"The tower"] {
        assert!(holds(&after, kept), "{kept:?} is gone");
    }
}

#[test]
fn pictures_of_telephones_forget_it() {
    let after = cleaned(&heic());
    tells_nothing(&after);
    for kept in [b"pixels".as_slice(), b"Cameras\0", b"The tower", b"iloc"] {
        assert!(holds(&after, kept), "{kept:?} is gone");
    }
}

#[test]
fn a_gif_forgets_it_and_can_still_be_read() {
    let file = gif();
    let after = cleaned(&file);
    tells_nothing(&after);
    assert!(holds(&after, b"The tower"));
    assert_eq!(after[after.len() - 16..], file[file.len() - 16..]);
}

#[test]
fn what_is_no_picture_is_left_alone() {
    for file in [
        b"".as_slice(),
        b"short",
        b"%PDF-1.7 Paris 48.858 exif:GPSLatitude=\"48\"",
        PACKET.as_bytes(),
        &jpeg(&[]),
        &png(&[]),
    ] {
        assert_eq!(cleaned(file), file);
    }
}
