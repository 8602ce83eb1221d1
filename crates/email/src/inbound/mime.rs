//! The parts of a mail, found in one pass with limits.
//!
//! **Invariant:** work and memory are linear in the mail's size however it nests: at most `MOST_PARTS` leaves, at
//! most `DEEPEST` levels.
//!
//! Not mail-parser: 0.11 has no limits (200,000 parameters of one field cost 3 s, and four times that each time that they
//! double), ends a part wherever its boundary stands, and lets an inner part that is never closed swallow the
//! outer ones. 1.0 has limits and mends that, but wants Rust 1.98, and still reads UTF-8 that says `us-ascii`, and Latin-1
//! that says nothing, as signs that nobody wrote.

use std::collections::BTreeMap;

use super::{
    header::{Headers, line_end},
    transfer,
};

pub(crate) const MOST_PARTS: usize = 200;
pub(crate) const DEEPEST: usize = 50;

/// One leaf of the tree, or a whole mail handed on as a file.
#[derive(Debug)]
pub(crate) struct Part<'a> {
    pub(crate) headers: Headers<'a>,
    /// In lower case, as in `text/plain`.
    pub(crate) mime: String,
    pub(crate) parameters: BTreeMap<String, String>,
    pub(crate) disposition: Disposition,
    /// Still in its transfer encoding.
    body: &'a [u8],
    /// Which `multipart/alternative` it is a choice of, if any.
    pub(crate) alternative: Option<usize>,
}

#[derive(Debug, Default)]
pub(crate) struct Disposition {
    pub(crate) is_attachment: bool,
    pub(crate) parameters: BTreeMap<String, String>,
}

#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Excess {
    Parts,
    Depth,
}

impl Part<'_> {
    pub(crate) fn bytes(&self) -> Vec<u8> {
        transfer::decode(self.body, &self.headers.word("Content-Transfer-Encoding"))
    }

    pub(crate) fn text(&self) -> String {
        let charset = self.parameters.get("charset").map_or("", String::as_str);
        transfer::text(&self.bytes(), charset)
    }

    pub(crate) fn is_text(&self) -> bool {
        self.mime.starts_with("text/plain") || self.mime.starts_with("text/html")
    }

    /// From either header, decoded a second time where programs encoded it in the wrong way.
    pub(crate) fn file_name(&self) -> Option<String> {
        let named = self.disposition.parameters.get("filename");
        let name = named.or_else(|| self.parameters.get("name"))?;
        Some(super::header::decode_words(name))
    }

    pub(crate) fn content_id(&self) -> Option<String> {
        let id = self.headers.first("Content-ID")?;
        Some(id.trim_matches(['<', '>', ' ']).to_owned())
    }
}

pub(crate) fn parts<'a>(headers: Headers<'a>, body: &'a [u8]) -> Result<Vec<Part<'a>>, Excess> {
    let mut walk = Walk::default();
    walk.part(headers, body, &Context::default())?;
    Ok(walk.parts)
}

#[derive(Default)]
struct Walk<'a> {
    parts: Vec<Part<'a>>,
    alternatives: usize,
}

#[derive(Default, Clone, Copy)]
struct Context {
    depth: usize,
    alternative: Option<usize>,
    in_digest: bool,
    in_signed: bool,
}

impl<'a> Walk<'a> {
    fn part(
        &mut self,
        headers: Headers<'a>,
        body: &'a [u8],
        context: &Context,
    ) -> Result<(), Excess> {
        let (mime, parameters) = content_type(&headers, context.in_digest);
        let boundary = parameters.get("boundary").filter(|it| !it.is_empty());
        if mime.starts_with("multipart/")
            && let Some(boundary) = boundary
        {
            let pieces = pieces(body, boundary)?;
            // Without its boundary in it, the body is one text.
            if !pieces.is_empty() {
                return self.multipart(&mime, &pieces, context);
            }
        }
        let is_signature = mime == "application/pgp-signature" || mime.ends_with("pkcs7-signature");
        if context.in_signed && is_signature {
            return Ok(());
        }
        if self.parts.len() >= MOST_PARTS {
            return Err(Excess::Parts);
        }
        self.parts.push(Part {
            disposition: disposition(&headers),
            mime: match mime.starts_with("multipart/") {
                true => "text/plain".to_owned(),
                false => mime,
            },
            parameters,
            headers,
            body,
            alternative: context.alternative,
        });
        Ok(())
    }

    fn multipart(
        &mut self,
        mime: &str,
        pieces: &[&'a [u8]],
        context: &Context,
    ) -> Result<(), Excess> {
        if context.depth >= DEEPEST {
            return Err(Excess::Depth);
        }
        let alternative = match mime {
            "multipart/alternative" => {
                self.alternatives += 1;
                Some(self.alternatives)
            }
            _ => context.alternative,
        };
        let inner = Context {
            depth: context.depth + 1,
            alternative,
            in_digest: mime == "multipart/digest",
            in_signed: mime == "multipart/signed",
        };
        for piece in pieces {
            let (headers, body) = Headers::split(piece);
            self.part(headers, body, &inner)?;
        }
        Ok(())
    }
}

/// What stands between the lines of the boundary.
fn pieces<'a>(body: &'a [u8], boundary: &str) -> Result<Vec<&'a [u8]>, Excess> {
    let mark = [b"--", boundary.as_bytes()].concat();
    let mut pieces: Vec<&[u8]> = Vec::new();
    let mut begin: Option<usize> = None;
    let mut at = 0;
    while at < body.len() {
        let end = line_end(body, at);
        if let Some(after) = body[at..end].strip_prefix(mark.as_slice()) {
            let is_last = after.starts_with(b"--");
            if is_last || after.iter().all(u8::is_ascii_whitespace) {
                pieces.extend(begin.map(|from| without_line_end(&body[from..at.max(from)])));
                begin = (!is_last).then_some(end);
                if pieces.len() > MOST_PARTS {
                    return Err(Excess::Parts);
                }
                if is_last {
                    return Ok(pieces);
                }
            }
        }
        at = end;
    }
    // Cut off before its end: what is there counts.
    let rest = begin.map(|from| &body[from..]);
    pieces.extend(rest.filter(|it| !it.is_empty()));
    Ok(pieces)
}

/// The line break before a boundary belongs to the boundary.
fn without_line_end(piece: &[u8]) -> &[u8] {
    let piece = piece.strip_suffix(b"\n").unwrap_or(piece);
    piece.strip_suffix(b"\r").unwrap_or(piece)
}

fn content_type(headers: &Headers<'_>, in_digest: bool) -> (String, BTreeMap<String, String>) {
    let default = match in_digest {
        true => "message/rfc822",
        false => "text/plain",
    };
    let Some(value) = headers.first_encoded("Content-Type") else {
        return (default.to_owned(), BTreeMap::new());
    };
    let parsed = mailparse::parse_content_type(&value);
    let mime = parsed.mimetype.trim().to_ascii_lowercase();
    let mime = if is_media_type(&mime) {
        mime
    } else {
        default.to_owned()
    };
    (mime, parsed.params)
}

/// What is none counts as not said (RFC 2045, 5.2).
fn is_media_type(mime: &str) -> bool {
    let is_name = |it: &str| !it.is_empty() && !it.contains(['/', ' ', ';', '=']);
    mime.split_once('/')
        .is_some_and(|(kind, form)| is_name(kind) && is_name(form))
}

fn disposition(headers: &Headers<'_>) -> Disposition {
    let Some(value) = headers.first_encoded("Content-Disposition") else {
        return Disposition::default();
    };
    let parsed = mailparse::parse_content_disposition(&value);
    Disposition {
        is_attachment: parsed.disposition == mailparse::DispositionType::Attachment,
        parameters: parsed.params,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(raw: &[u8]) -> Result<Vec<String>, Excess> {
        let (headers, body) = Headers::split(raw);
        let parts = parts(headers, body)?;
        Ok(parts
            .iter()
            .map(|it| format!("{} {:?}", it.mime, it.text()))
            .collect())
    }

    #[test]
    fn a_media_type_that_is_none_counts_as_plain_text() {
        for odd in ["///;;=", "/", "text", "", "text/"] {
            let mail = format!("Content-Type: {odd}\r\n\r\nwords\r\n");
            let parts = found(mail.as_bytes()).unwrap();
            assert_eq!(parts, ["text/plain \"words\\r\\n\""], "{odd}");
        }
    }

    #[test]
    fn a_missing_or_unused_boundary_leaves_one_text() {
        let missing = b"Content-Type: multipart/mixed\r\n\r\nno boundary";
        assert_eq!(found(missing).unwrap(), [r#"text/plain "no boundary""#]);
        let unused = b"Content-Type: multipart/mixed; boundary=x\r\n\r\nno boundary";
        assert_eq!(found(unused).unwrap(), [r#"text/plain "no boundary""#]);
    }

    #[test]
    fn a_mail_that_is_cut_off_keeps_what_came() {
        let raw =
            b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\none\r\n--x\r\n\r\ntwo";
        assert_eq!(
            found(raw).unwrap(),
            [r#"text/plain "one""#, r#"text/plain "two""#]
        );
    }

    #[test]
    fn ten_thousand_parts_and_a_thousand_levels_are_refused_quickly() {
        let many = format!(
            "Content-Type: multipart/mixed; boundary=x\r\n\r\n{}",
            "--x\r\n\r\na\r\n".repeat(10_000)
        );
        assert_eq!(found(many.as_bytes()), Err(Excess::Parts));
        let mut deep = String::new();
        for level in 0..1_000 {
            deep.push_str(&format!(
                "Content-Type: multipart/mixed; boundary=b{level}\r\n\r\n--b{level}\r\n"
            ));
        }
        assert_eq!(found(deep.as_bytes()), Err(Excess::Depth));
    }
}
