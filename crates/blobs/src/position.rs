//! Where a picture or a film was taken goes out of the file before anybody can have it: in place, byte for byte of the
//! same length, so that no offset in the file changes and the pixels, their turn and their colours stay.
//!
//! **Invariant:** any bytes at all end in time that grows with their number, in memory that does not (a page, and at
//! most `LARGEST_PIECE` of words): what a block of notes links is followed within a budget. Whatever such a block
//! says that cannot be followed is blanked as a whole. What is no picture and no film is left alone.
//!
//! Not by a library, in any format. `little_exif` 0.6 and `img-parts` 0.4 hold the whole file in memory and write another
//! one; the first takes out EXIF and leaves what XMP and films say, the second takes out a block as a whole, and with
//! it the camera's turn. `kamadak-exif`, `nom-exif`, `mp4parse` only read. None writes HEIF's, GIF's and films' notes
//! where they stand, and for a picture within a picture (thumbnails, trailers) all of them would have to be ours anyway.

use std::io::{self, Read, Seek, Write};

mod boxes;
mod exif;
mod gif;
mod heif;
mod iptc;
mod jpeg;
mod pages;
mod png;
mod trailer;
mod webp;
mod xmp;

use pages::{Pages, Trouble};

/// True if anything had to go.
pub(super) fn remove<F: Read + Write + Seek>(file: &mut F) -> io::Result<bool> {
    let mut pages = Pages::of(file)?;
    match by_format(&mut pages) {
        Ok(()) | Err(Trouble::Damaged) => {}
        Err(Trouble::Disk(error)) => return Err(error),
    }
    Ok(pages.changes() > 0)
}

fn by_format(file: &mut Pages<'_>) -> Result<(), Trouble> {
    let all = 0..file.len();
    let head: [u8; 12] = match file.array(0) {
        Ok(head) => head,
        // Nothing shorter has room for a place.
        Err(Trouble::Damaged) => return Ok(()),
        Err(disk) => return Err(disk),
    };
    match &head {
        [0xFF, 0xD8, 0xFF, ..] => jpeg::clean(file, all, 0),
        [0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => png::clean(file, all),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P'] => webp::clean(file, all),
        [b'G', b'I', b'F', b'8', ..] => gif::clean(file, all),
        _ if exif::is_tiff(&head) => exif::clean_file(file, all),
        _ if boxes::begins_film([head[4], head[5], head[6], head[7]]) => {
            boxes::clean(file, all).map(|_| ())
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;
