//! Names of people and of files, and media types, made harmless: they come from strangers.

use conversation::{Attachment, AttachmentKind, visible};

/// Of people, in characters; nobody needs more to be recognised.
const LONGEST_NAME: usize = 96;
const LONGEST_FILE_NAME: usize = 120;

/// Media types and the endings by which programs know them.
const ENDINGS: &[(&str, &str)] = &[
    ("image/jpeg", "jpg"),
    ("image/jpeg", "jpeg"),
    ("image/png", "png"),
    ("image/apng", "png"),
    ("image/gif", "gif"),
    ("image/webp", "webp"),
    ("video/mp4", "mp4"),
    ("video/quicktime", "mov"),
    ("video/webm", "webm"),
    ("audio/mpeg", "mp3"),
    ("audio/mp4", "m4a"),
    ("audio/ogg", "ogg"),
    ("audio/ogg", "oga"),
    ("audio/ogg", "opus"),
    ("application/pdf", "pdf"),
    ("application/x-tgsticker", "tgs"),
    ("text/plain", "txt"),
];

/// A person's name as it may be shown, if anything is left of it: on one line, without a mark that turns the text
/// around, and no telephone number.
pub fn shown(name: &str) -> Option<String> {
    let plain: String = name
        .chars()
        .filter(|it| !turns_text_around(*it))
        .map(|it| if it.is_control() { ' ' } else { it })
        .take(LONGEST_NAME)
        .collect();
    let name = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    (!name.is_empty() && !is_phone_number(&name)).then_some(name)
}

fn turns_text_around(character: char) -> bool {
    matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn is_phone_number(name: &str) -> bool {
    const FEWEST_DIGITS: usize = 7;
    name.chars().filter(char::is_ascii_digit).count() >= FEWEST_DIGITS
        && name
            .chars()
            .all(|it| it.is_ascii_digit() || " +-()./".contains(it))
}

/// The name that the file came with, or else one that says what it is.
pub fn file_name(attachment: &Attachment) -> String {
    clean_file_name(attachment).unwrap_or_else(|| usual_file_name(attachment))
}

/// The last part of the path, on one line, in the direction in which it is read. Of a long one the end stays, which
/// programs go by.
pub fn clean_file_name(attachment: &Attachment) -> Option<String> {
    let given = attachment.name.as_deref().unwrap_or_default();
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean = visible(last).replace('"', "");
    let clean = clean.trim().trim_start_matches('.');
    let surplus = clean.chars().count().saturating_sub(LONGEST_FILE_NAME);
    (!clean.is_empty()).then(|| clean.chars().skip(surplus).collect())
}

pub fn usual_file_name(attachment: &Attachment) -> String {
    let stem = match attachment.kind {
        AttachmentKind::Photo => "photo",
        AttachmentKind::Video => "video",
        AttachmentKind::Animation => "animation",
        AttachmentKind::Audio => "audio",
        AttachmentKind::Voice => "voice",
        AttachmentKind::Sticker => "sticker",
        AttachmentKind::Document => "file",
    };
    let mime = media_type(attachment);
    let ending = ENDINGS.iter().find(|(it, _)| Some(*it) == mime);
    format!("{stem}.{}", ending.map_or("bin", |(_, ending)| *ending))
}

/// Said by the platform, or else told by the name. Parameters such as a charset are left out.
pub fn media_type(attachment: &Attachment) -> Option<&str> {
    let said = attachment.mime.as_deref().and_then(well_formed);
    said.or_else(|| {
        let (_, ending) = attachment.name.as_deref()?.rsplit_once('.')?;
        let ending = ending.to_ascii_lowercase();
        let (mime, _) = ENDINGS.iter().find(|(_, it)| *it == ending)?;
        Some(*mime)
    })
}

fn well_formed(mime: &str) -> Option<&str> {
    let mime = mime.split(';').next().unwrap_or_default().trim();
    let is_token = |part: &str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|it| it.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&it))
    };
    let (kind, subtype) = mime.split_once('/')?;
    (is_token(kind) && is_token(subtype)).then_some(mime)
}

#[cfg(test)]
mod tests {
    use conversation::{AttachmentSource, BlobRef};

    use super::*;

    fn attachment(kind: AttachmentKind, name: &str, mime: Option<&str>) -> Attachment {
        Attachment {
            kind,
            name: Some(name.to_owned()),
            mime: mime.map(str::to_owned),
            size: None,
            alt: None,
            source: AttachmentSource::Blob(BlobRef {
                sha256: String::new(),
                size: 0,
            }),
        }
    }

    #[test]
    fn a_name_is_shown_on_one_line_and_without_a_number() {
        for (name, expected) in [
            ("Ana Lima", Some("Ana Lima")),
            ("  Ana\n\r", Some("Ana")),
            ("\u{202e}anA", Some("anA")),
            ("+49 (170) 123-45-67", None),
            ("Agent 007", Some("Agent 007")),
            ("2024", Some("2024")),
            ("", None),
        ] {
            assert_eq!(shown(name).as_deref(), expected);
        }
    }

    #[test]
    fn a_file_keeps_the_last_part_of_its_name_and_its_ending() {
        for (name, expected) in [
            ("../../etc/passwd", "passwd"),
            ("C:\\x\\bed.png", "bed.png"),
            (".bashrc", "bashrc"),
            ("\u{202e}gnp.exe\"\n", "gnp.exe"),
        ] {
            let file = attachment(AttachmentKind::Document, name, None);
            assert_eq!(file_name(&file), expected);
        }
        let long = format!("{}.png", "é".repeat(300));
        let name = file_name(&attachment(AttachmentKind::Photo, &long, None));
        assert!(name.ends_with("é.png") && name.chars().count() == 120);
    }

    #[test]
    fn a_file_without_a_name_is_called_what_it_is() {
        for (kind, mime, expected) in [
            (AttachmentKind::Photo, Some("image/jpeg"), "photo.jpg"),
            (
                AttachmentKind::Voice,
                Some("audio/ogg; codecs=opus"),
                "voice.ogg",
            ),
            (AttachmentKind::Document, Some("no type"), "file.bin"),
            (AttachmentKind::Document, None, "file.bin"),
        ] {
            assert_eq!(file_name(&attachment(kind, "..", mime)), expected);
        }
    }

    #[test]
    fn a_media_type_is_one_or_is_told_by_the_name() {
        for (name, mime, expected) in [
            ("x", Some("text/plain; charset=utf-8"), Some("text/plain")),
            ("x.PNG", Some("nonsense\r\nX: y"), Some("image/png")),
            ("x.png", None, Some("image/png")),
            ("x.exe", Some("/"), None),
            ("x", None, None),
        ] {
            let file = attachment(AttachmentKind::Document, name, mime);
            assert_eq!(media_type(&file), expected);
        }
    }
}
