//! A new mail as a usual mail program writes it (RFC 5322): threaded, with the answered mail quoted below.

use std::sync::atomic::{AtomicU64, Ordering};

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::encode::{base64_lines, file_name, mailbox, quoted_printable, words};
use super::html;
use super::mailbox::{Client, MailError, MailId, Mailbox};
use super::parsed::Parsed;
use crate::kit::now_ms;

/// What a person typed.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    /// May be empty in an answer: it is then the answered subject with `Re: `.
    pub subject: String,
    pub text: String,
    /// Takes the place of the HTML that the person's program would write, where it writes any.
    pub html: Option<String>,
    /// A mail in the person's own mailbox.
    pub in_reply_to: Option<MailId>,
    pub attachments: Vec<DraftFile>,
    /// Set beside the usual headers, or instead of them.
    pub headers: Vec<(String, String)>,
}

#[derive(Debug, Clone)]
pub struct DraftFile {
    pub name: String,
    pub mime: String,
    pub bytes: Vec<u8>,
}

impl Draft {
    pub fn new(subject: &str, text: &str) -> Draft {
        Draft {
            subject: subject.to_owned(),
            text: text.to_owned(),
            ..Draft::default()
        }
    }

    /// An answer, whose subject is the one of the answered mail.
    pub fn reply(to: MailId, text: &str) -> Draft {
        Draft {
            in_reply_to: Some(to),
            ..Draft::new("", text)
        }
    }

    #[must_use]
    pub fn html(mut self, html: &str) -> Draft {
        self.html = Some(html.to_owned());
        self
    }

    #[must_use]
    pub fn attach(mut self, name: &str, mime: &str, bytes: &[u8]) -> Draft {
        self.attachments.push(DraftFile {
            name: name.to_owned(),
            mime: mime.to_owned(),
            bytes: bytes.to_vec(),
        });
        self
    }

    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Draft {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }
}

/// The bytes of the mail and its Message-ID without brackets.
pub(crate) fn compose(
    from: &Mailbox,
    to: &str,
    draft: &Draft,
    parent: Option<&Parsed>,
) -> Result<(Vec<u8>, String), MailError> {
    let id = new_message_id(&from.address);
    let mut headers = vec![
        ("Message-ID".to_owned(), format!("<{id}>")),
        ("Date".to_owned(), date(now_ms())),
        ("From".to_owned(), mailbox(&from.name, &from.address)),
        ("To".to_owned(), to.to_owned()),
        ("Subject".to_owned(), words(&subject(draft, parent))),
        ("MIME-Version".to_owned(), "1.0".to_owned()),
    ];
    headers.extend(parent.map(reply_headers).unwrap_or_default());
    for (name, value) in &draft.headers {
        check_header(name, value)?;
        headers.retain(|(it, _)| !it.eq_ignore_ascii_case(name));
        headers.push((name.clone(), words(value)));
    }
    let id = headers
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case("Message-ID"))
        .map_or(id, |(_, value)| value.trim_matches(['<', '>']).to_owned());
    let head: String = headers
        .iter()
        .map(|(name, value)| format!("{name}: {value}\r\n"))
        .collect();
    Ok(((head + &body(from, draft, parent)).into_bytes(), id))
}

pub(crate) fn date(at_ms: i64) -> String {
    let at = zoned(at_ms);
    at.strftime("%a, %-d %b %Y %H:%M:%S %z").to_string()
}

/// Unique for ever, in the domain of the person's own address.
pub(crate) fn new_message_id(address: &str) -> String {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let nanos = Timestamp::now().as_nanosecond();
    let process = std::process::id();
    let domain = address.rsplit_once('@').map_or("localhost", |it| it.1);
    format!("{nanos:x}.{process:x}.{count:x}@{domain}")
}

fn zoned(at_ms: i64) -> jiff::Zoned {
    let at = Timestamp::from_millisecond(at_ms).unwrap_or(Timestamp::UNIX_EPOCH);
    at.to_zoned(TimeZone::UTC)
}

fn subject(draft: &Draft, parent: Option<&Parsed>) -> String {
    match parent {
        Some(parent) if draft.subject.is_empty() => {
            let is_answer = parent
                .subject
                .get(..3)
                .is_some_and(|it| it.eq_ignore_ascii_case("re:"));
            match is_answer {
                true => parent.subject.clone(),
                false => format!("Re: {}", parent.subject),
            }
        }
        _ => draft.subject.clone(),
    }
}

/// RFC 5322, section 3.6.4.
fn reply_headers(parent: &Parsed) -> Vec<(String, String)> {
    let Some(id) = &parent.message_id else {
        return Vec::new();
    };
    let ancestors = parent.references.iter().chain([id]);
    let references: Vec<String> = ancestors.map(|it| format!("<{it}>")).collect();
    vec![
        ("In-Reply-To".to_owned(), format!("<{id}>")),
        ("References".to_owned(), references.join("\r\n ")),
    ]
}

fn check_header(name: &str, value: &str) -> Result<(), MailError> {
    let is_name = !name.is_empty() && name.bytes().all(|it| it.is_ascii_graphic() && it != b':');
    if is_name && !value.contains(['\r', '\n']) {
        return Ok(());
    }
    Err(MailError::BadHeader(name.to_owned()))
}

fn body(from: &Mailbox, draft: &Draft, parent: Option<&Parsed>) -> String {
    let text = plain_part(&plain_text(from, draft, parent));
    let written = match from.client {
        Client::Rich => Some(html_text(from, draft, parent)),
        Client::Plain => None,
    };
    let words = match draft.html.clone().or(written) {
        Some(html) => multipart("alternative", &[text, html_part(&html)]),
        None => text,
    };
    if draft.attachments.is_empty() {
        return words;
    }
    let files = draft.attachments.iter().map(file_part);
    let parts: Vec<String> = [words].into_iter().chain(files).collect();
    multipart("mixed", &parts)
}

fn plain_text(from: &Mailbox, draft: &Draft, parent: Option<&Parsed>) -> String {
    let mut text = draft.text.trim_end().to_owned();
    if let Some(signature) = &from.signature {
        text.push_str(&format!("\n\n-- \n{signature}"));
    }
    if let Some(parent) = parent {
        text.push_str(&format!("\n\n{}\n", introduction(parent)));
        for line in parent.text.lines() {
            let space = if line.starts_with('>') { "" } else { " " };
            text.push_str(&format!("\n>{space}{line}"));
        }
    }
    text.push('\n');
    text
}

fn html_text(from: &Mailbox, draft: &Draft, parent: Option<&Parsed>) -> String {
    let mut html = html::of_text(draft.text.trim_end());
    if let Some(signature) = &from.signature {
        let signature = html::of_text(signature);
        html.push_str(&format!(
            "<div><br></div><div>-- </div>\r\n<div class=\"signature\">{signature}</div>\r\n"
        ));
    }
    if let Some(parent) = parent {
        let introduction = html::escape(&introduction(parent));
        let quoted = html::of_text(&parent.text);
        html.push_str(&format!(
            "<br><div class=\"gmail_quote\"><div class=\"gmail_attr\">{introduction}</div>\r\n\
             <blockquote class=\"gmail_quote\">{quoted}</blockquote></div>\r\n"
        ));
    }
    format!("<html><body>{html}</body></html>")
}

fn introduction(parent: &Parsed) -> String {
    let at = zoned(parent.date_ms).strftime("%a, %-d %b %Y at %H:%M");
    format!(
        "On {at}, {} <{}> wrote:",
        parent.from_name, parent.from_address
    )
}

fn plain_part(text: &str) -> String {
    let text = quoted_printable(text);
    format!(
        "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{text}"
    )
}

fn html_part(html: &str) -> String {
    let html = quoted_printable(html);
    format!(
        "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{html}"
    )
}

fn file_part(file: &DraftFile) -> String {
    let name = file_name(&file.name.replace(['\r', '\n'], " "));
    let is_type = |it: char| it.is_ascii_alphanumeric() || "/+-.".contains(it);
    let mime = match file.mime.contains('/') && file.mime.chars().all(is_type) {
        true => &file.mime,
        false => "application/octet-stream",
    };
    format!(
        "Content-Type: {mime}\r\nContent-Disposition: attachment; {name}\r\n\
         Content-Transfer-Encoding: base64\r\n\r\n{}",
        base64_lines(&file.bytes)
    )
}

fn multipart(kind: &str, parts: &[String]) -> String {
    let boundary = format!("=_{}", new_message_id("boundary").replace('@', "_"));
    let mut body = format!("Content-Type: multipart/{kind}; boundary=\"{boundary}\"\r\n\r\n");
    for part in parts {
        body.push_str(&format!("--{boundary}\r\n{part}\r\n"));
    }
    body.push_str(&format!("--{boundary}--\r\n"));
    body
}
