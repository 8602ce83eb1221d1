//! Attachments: their kinds and their names.
//!
//! **Invariant:** a name is one line without directories, marks of direction or more than `LONGEST` characters.

use conversation::{AttachmentKind, visible};

use crate::{address::one_line, inbound::mime::Part};

const LONGEST: usize = 120;

/// A file that came with a mail, its bytes at hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IncomingFile {
    pub kind: AttachmentKind,
    pub name: String,
    pub mime: String,
    /// What the picture shows, in words, where the author said so.
    pub alt: Option<String>,
    pub bytes: Vec<u8>,
}

/// `alts` are the words for pictures, by content id.
pub(crate) fn incoming(part: &Part<'_>, alts: &[(String, String)]) -> IncomingFile {
    let mime = part.mime.clone();
    let bytes = part.bytes();
    let given = part.file_name().map(|it| file_name(&it));
    let given = given.filter(|it| !it.is_empty());
    let name = given.unwrap_or_else(|| default_name(&mime, &bytes));
    IncomingFile {
        kind: kind(&mime),
        alt: alt(part, alts).filter(|words| *words != name),
        name,
        mime,
        bytes,
    }
}

/// Of the page that shows the picture, or else of the part itself, where some programs only repeat the name.
fn alt(part: &Part<'_>, alts: &[(String, String)]) -> Option<String> {
    let id = part.content_id();
    let of_page = alts.iter().find(|(cid, _)| Some(cid) == id.as_ref());
    let words = match of_page {
        Some((_, words)) => words.clone(),
        None if !part.mime.starts_with("image/") => return None,
        None => super::header::decode_words(&part.headers.first("Content-Description")?),
    };
    let words = one_line(&words);
    (!words.is_empty()).then_some(words)
}

fn kind(mime: &str) -> AttachmentKind {
    match mime.split_once('/') {
        Some(("image", "jpeg" | "jpg" | "png" | "webp")) => AttachmentKind::Photo,
        Some(("image", "gif")) => AttachmentKind::Animation,
        Some(("video", _)) => AttachmentKind::Video,
        Some(("audio", _)) => AttachmentKind::Audio,
        _ => AttachmentKind::Document,
    }
}

/// The last component, whatever the sender's machine separates them by. The ending is kept.
pub(crate) fn file_name(given: &str) -> String {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean = visible(&one_line(last)).replace(['"', '<', '>', '|', '*', '?', ':'], "_");
    let clean = clean.trim_matches(['.', ' ']);
    if clean.chars().count() <= LONGEST {
        return clean.to_owned();
    }
    let (stem, ending) = clean.rsplit_once('.').unwrap_or((clean, ""));
    let ending: String = ending.chars().take(10).collect();
    let stem: String = stem.chars().take(LONGEST - 11).collect();
    format!("{stem}.{ending}").trim_end_matches('.').to_owned()
}

fn default_name(mime: &str, bytes: &[u8]) -> String {
    let name = match mime {
        "text/calendar" => "invite.ics",
        "application/ms-tnef" => "winmail.dat",
        "application/pkcs7-mime" => "smime.p7m",
        "text/plain" => "text.txt",
        "text/html" => "text.html",
        "image/jpeg" => "picture.jpg",
        "message/rfc822" => return mail_name(bytes),
        _ => {
            let ending = mime.rsplit('/').next().unwrap_or_default();
            let is_plain = ending.len() <= 5 && ending.bytes().all(|b| b.is_ascii_alphanumeric());
            return format!("file.{}", if is_plain { ending } else { "bin" });
        }
    };
    name.to_owned()
}

/// A mail that is handed on is called by its subject.
fn mail_name(bytes: &[u8]) -> String {
    let (headers, _) = super::header::Headers::split(bytes);
    let subject = headers.first("Subject").unwrap_or_default();
    let subject = file_name(&subject.replace(['/', '\\'], "-"));
    match subject.is_empty() {
        true => "mail.eml".to_owned(),
        false => format!("{subject}.eml"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_is_only_a_name() {
        assert_eq!(file_name("../../etc/passwd"), "passwd");
        assert_eq!(file_name("C:\\photos\\a\r\nb.jpg"), "a b.jpg");
        assert_eq!(file_name("\u{202E}gpj.exe"), "gpj.exe");
        assert_eq!(file_name(".."), "");
        let long = file_name(&format!("{}.pdf", "x".repeat(4_096)));
        assert!(long.ends_with(".pdf") && long.chars().count() <= LONGEST);
    }
}
