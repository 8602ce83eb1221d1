//! The files that cross, and what must have become of them.

use conversation::Support;

use super::features::{Cell, Feature};
use super::seen::{Seen, Sent};
use crate::support::photo::{LATITUDE, PIXELS, holds, photograph as bytes_of_photograph};

const ALT: &str = "A mill beside a river";

pub(crate) fn photograph() -> Sent {
    Sent {
        name: "mill.jpg",
        mime: "image/jpeg",
        bytes: bytes_of_photograph(),
        alt: ALT,
    }
}

pub(crate) fn plan() -> Sent {
    Sent {
        name: "Zeitplan Überblick – 日程.pdf",
        mime: "application/pdf",
        bytes: [
            b"%PDF-1.7\n".as_slice(),
            &[0, 255, 13, 10, 46, 10].repeat(5_000),
        ]
        .concat(),
        alt: "",
    }
}

pub(crate) fn album() -> Vec<Sent> {
    let picture = |(name, number): (&'static str, u8)| Sent {
        name,
        mime: "image/jpeg",
        bytes: [crate::support::JPEG, &[number]].concat(),
        alt: ALT,
    };
    [("one.jpg", 1), ("two.jpg", 2), ("three.jpg", 3)]
        .map(picture)
        .into()
}

/// `own` is the message where it was written.
pub(crate) fn judge(feature: Feature, sent: &[Sent], copy: &Seen, own: &Seen) -> Cell {
    let words = match feature {
        Feature::Image => image(copy, own)?,
        Feature::File if letters(&copy.files[0].name) != letters(sent[0].name) => {
            return Err(format!("its name is {}", copy.files[0].name));
        }
        Feature::File if copy.files[0].bytes == sent[0].bytes => {
            format!("same bytes, {}", copy.files[0].name)
        }
        _ => {
            let same = sent
                .iter()
                .zip(&copy.files)
                .all(|(sent, file)| sent.bytes == file.bytes);
            same.then_some(()).ok_or("other bytes, or another order")?;
            format!("{} in one message", sent.len())
        }
    };
    Ok((Support::Native, words))
}

/// Some platforms write names of files with other signs between the words.
fn letters(name: &str) -> String {
    name.chars().filter(|it| it.is_alphanumeric()).collect()
}

fn image(copy: &Seen, own: &Seen) -> Result<String, String> {
    let [file] = &copy.files[..] else {
        return Err(format!("no picture: {copy:?}"));
    };
    if holds(&file.bytes, LATITUDE) || !holds(&file.bytes, PIXELS) {
        return Err("it says where it was taken, or shows something else".to_owned());
    }
    let said = own.files[0].alt.as_deref().filter(|it| !it.is_empty());
    Ok(match (said, file.alt.as_deref()) {
        (Some(said), Some(alt)) if said == alt => "without its place, described",
        (Some(said), _) if copy.text.contains(said) => "without its place, described in words",
        _ => "without its place",
    }
    .to_owned())
}
