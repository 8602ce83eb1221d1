//! A mail as a mail program reads it. Anything can be read: what is broken is shown as the text that it is.

use mailparse::{DispositionType, MailAddr, MailHeaderMap, ParsedMail};
use serde::Serialize;

use super::html;

#[derive(Debug, Default)]
pub(crate) struct Parsed {
    pub(crate) message_id: Option<String>,
    /// What the mail answers, the eldest first, its own parent last.
    pub(crate) references: Vec<String>,
    pub(crate) from_name: String,
    pub(crate) from_address: String,
    pub(crate) to: String,
    pub(crate) to_address: String,
    reply_to: Option<String>,
    list_post: Option<String>,
    pub(crate) subject: String,
    pub(crate) date_ms: i64,
    pub(crate) text: String,
    pub(crate) has_html: bool,
    pub(crate) attachments: Vec<File>,
}

#[derive(Debug)]
pub(crate) struct File {
    pub(crate) name: String,
    pub(crate) mime: String,
    pub(crate) size: usize,
}

/// One received mail in short, for tests and measurements.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Logged {
    /// Without angle brackets; empty if the mail has none.
    pub message_id: String,
    pub subject: String,
    /// The first line of the text that holds something.
    pub first_line: String,
    pub received_at_ms: i64,
}

impl Parsed {
    pub(crate) fn read(raw: &[u8], at_ms: i64) -> Parsed {
        let Ok(mail) = mailparse::parse_mail(raw) else {
            return Parsed {
                subject: "(not a mail)".to_owned(),
                text: String::from_utf8_lossy(raw).into_owned(),
                date_ms: at_ms,
                ..Parsed::default()
            };
        };
        let body = Body::of(&mail);
        let from = first_address(&mail, "From");
        let to = first_address(&mail, "To");
        Parsed {
            message_id: ids(&mail, "Message-ID").pop(),
            references: references(&mail),
            from_name: from.0,
            from_address: from.1,
            to: to.0,
            to_address: to.1,
            reply_to: Some(first_address(&mail, "Reply-To").1).filter(|it| !it.is_empty()),
            list_post: list_post(&mail),
            subject: header(&mail, "Subject"),
            date_ms: date(&mail).unwrap_or(at_ms),
            attachments: body.files.iter().map(|part| File::of(part)).collect(),
            has_html: body.has_html,
            text: body.text,
        }
    }

    /// Where a careful person's answer goes: the list, else where the mail asks for, else its author.
    pub(crate) fn reply_address(&self) -> String {
        let asked = self.list_post.as_ref().or(self.reply_to.as_ref());
        asked.unwrap_or(&self.from_address).clone()
    }
}

impl Logged {
    pub(crate) fn read(raw: &[u8], received_at_ms: i64) -> Logged {
        let parsed = Parsed::read(raw, received_at_ms);
        let first = parsed.text.lines().map(str::trim).find(|it| !it.is_empty());
        Logged {
            message_id: parsed.message_id.unwrap_or_default(),
            subject: parsed.subject,
            first_line: first.unwrap_or_default().to_owned(),
            received_at_ms,
        }
    }
}

impl File {
    fn of(part: &ParsedMail<'_>) -> File {
        File {
            name: file_name(part),
            mime: part.ctype.mimetype.clone(),
            size: part.get_body_raw().map_or(0, |it| it.len()),
        }
    }
}

/// The name, media type and bytes of the attachment at `index`.
pub(crate) fn attachment(raw: &[u8], index: usize) -> Option<(String, String, Vec<u8>)> {
    let mail = mailparse::parse_mail(raw).ok()?;
    let body = Body::of(&mail);
    let part = body.files.get(index)?;
    let bytes = part.get_body_raw().ok()?;
    Some((file_name(part), part.ctype.mimetype.clone(), bytes))
}

/// The first HTML part, decoded and otherwise as it came.
pub(crate) fn html_of(raw: &[u8]) -> Option<String> {
    let mail = mailparse::parse_mail(raw).ok()?;
    let html = mail.parts().find(|it| it.ctype.mimetype == "text/html");
    html.map(text_of)
}

#[derive(Default)]
struct Body<'a> {
    text: String,
    has_html: bool,
    files: Vec<&'a ParsedMail<'a>>,
}

impl<'a> Body<'a> {
    fn of(mail: &'a ParsedMail<'a>) -> Body<'a> {
        let mut body = Body::default();
        body.walk(mail);
        body
    }

    fn walk(&mut self, part: &'a ParsedMail<'a>) {
        let mime = part.ctype.mimetype.as_str();
        let disposition = part.get_content_disposition().disposition;
        if disposition == DispositionType::Attachment {
            self.files.push(part);
        } else if mime == "multipart/alternative" {
            self.alternative(part);
        } else if mime.starts_with("multipart/") {
            part.subparts.iter().for_each(|it| self.walk(it));
        } else if mime == "text/plain" {
            self.add(&plain_of(part));
        } else if mime == "text/html" {
            self.has_html = true;
            self.add(&html::to_text(&text_of(part)));
        } else {
            self.files.push(part);
        }
    }

    /// The same thing said several times: the plain form is read, the others are noted.
    fn alternative(&mut self, part: &'a ParsedMail<'a>) {
        let is_plain = |it: &&ParsedMail<'_>| it.ctype.mimetype == "text/plain";
        self.has_html |= part
            .subparts
            .iter()
            .any(|it| it.ctype.mimetype != "text/plain");
        let plain = part.subparts.iter().find(is_plain);
        let plain = plain.filter(|it| !text_of(it).trim().is_empty());
        if let Some(shown) = plain.or(part.subparts.last()) {
            self.walk(shown);
        }
    }

    fn add(&mut self, text: &str) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(text.replace("\r\n", "\n").trim_end());
    }
}

fn plain_of(part: &ParsedMail<'_>) -> String {
    let text = text_of(part);
    let says = |name: &str, value: &str| {
        let parameter = part.ctype.params.get(name);
        parameter.is_some_and(|it| it.eq_ignore_ascii_case(value))
    };
    match says("format", "flowed") {
        true => html::unflow(&text, says("delsp", "yes")),
        false => text,
    }
}

fn text_of(part: &ParsedMail<'_>) -> String {
    part.get_body()
        .unwrap_or_else(|_| String::from_utf8_lossy(part.raw_bytes).into_owned())
}

fn file_name(part: &ParsedMail<'_>) -> String {
    let disposition = part.get_content_disposition();
    let named = disposition.params.get("filename");
    let name = named.or(part.ctype.params.get("name"));
    name.map_or_else(|| "unnamed".to_owned(), |it| decode_words(it))
}

/// Some senders put an encoded word where RFC 2231 belongs.
fn decode_words(text: &str) -> String {
    let header = format!("X: {text}");
    let parsed = mailparse::parse_header(header.as_bytes());
    parsed.map_or_else(|_| text.to_owned(), |(header, _)| header.get_value())
}

fn header(mail: &ParsedMail<'_>, name: &str) -> String {
    mail.headers.get_first_value(name).unwrap_or_default()
}

fn date(mail: &ParsedMail<'_>) -> Option<i64> {
    let seconds = mailparse::dateparse(&header(mail, "Date")).ok()?;
    Some(seconds.saturating_mul(1000))
}

/// The shown name (the address where there is none) and the address.
fn first_address(mail: &ParsedMail<'_>, name: &str) -> (String, String) {
    let Some(header) = mail.headers.get_first_header(name) else {
        return Default::default();
    };
    let parsed = mailparse::addrparse_header(header);
    match parsed.ok().and_then(|list| list.first().cloned()) {
        Some(MailAddr::Single(one)) => {
            let shown = one.display_name.filter(|it| !it.is_empty());
            (shown.unwrap_or_else(|| one.addr.clone()), one.addr)
        }
        Some(MailAddr::Group(group)) => (group.group_name, String::new()),
        None => (header.get_value(), String::new()),
    }
}

fn ids(mail: &ParsedMail<'_>, name: &str) -> Vec<String> {
    let text = header(mail, name);
    let inside = text.split('<').skip(1);
    inside
        .filter_map(|it| it.split_once('>'))
        .map(|(id, _)| id.trim().to_owned())
        .collect()
}

fn references(mail: &ParsedMail<'_>) -> Vec<String> {
    let mut references = ids(mail, "References");
    if let Some(parent) = ids(mail, "In-Reply-To").into_iter().next() {
        references.retain(|it| *it != parent);
        references.push(parent);
    }
    references
}

/// `List-Post: <mailto:list@example.org>` (RFC 2369).
fn list_post(mail: &ParsedMail<'_>) -> Option<String> {
    let text = header(mail, "List-Post");
    let (_, address) = text.split_once("<mailto:")?;
    let (address, _) = address.split_once('>')?;
    address.split('?').next().map(str::to_owned)
}
