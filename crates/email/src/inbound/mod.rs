//! From a mail as it came to what it says.
//!
//! **Invariant:** a pure function that takes any bytes at all and says plainly what became of them.

mod author;
mod body;
pub(crate) mod bounce;
mod files;
mod header;
mod loops;
mod mime;
mod reuse;
mod subject;
mod threading;
mod transfer;

use conversation::{
    ChannelRef, Content, Event, EventKey, Inbound, Platform, Posted, RemoteId, Timestamp,
};

pub use files::IncomingFile;
pub(crate) use files::file_name;
pub(crate) use loops::OWN_HEADER;
pub(crate) use reuse::Reuse;

use self::{header::Headers, loops::Arriving, mime::Excess};
use crate::{
    id,
    reply::{self, ReplyText},
    settings::{List, Posting},
};

pub const PLATFORM: &str = "email";

/// A mail as the mail server handed it in.
#[derive(Debug, Clone, Copy)]
pub struct Arrival<'a> {
    pub raw: &'a [u8],
    /// The return path, where it is known; empty for a bounce.
    pub envelope_from: Option<&'a str>,
    pub now: Timestamp,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Normalised {
    Posted(Box<Incoming>),
    /// No person's words: kept raw under the rule's name.
    Ignored {
        key: EventKey,
        reason: &'static str,
    },
    /// Not to be understood: kept raw, and its author is told `why`.
    Malformed {
        key: EventKey,
        reason: &'static str,
        why: String,
    },
    /// The list takes posts of members only.
    NotAMember,
}

/// A post whose files are not yet kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incoming {
    pub inbound: Inbound,
    pub files: Vec<IncomingFile>,
    /// What was taken off the new words: quoted text, signature, footers.
    pub elided: String,
    /// Of what the mail says, so that another mail under the same Message-ID is noticed.
    pub(crate) fingerprint: String,
}

impl Incoming {
    /// Another name for a mail whose own is taken by a different mail.
    pub(crate) fn rename(&mut self, list: &str, message_id: &str) {
        self.inbound.key = id::event_key(list, message_id);
        if let Event::Posted(posted) = &mut self.inbound.event {
            posted.messages = vec![RemoteId(message_id.to_owned())];
        }
    }
}

/// `domain` is the one of our own Message-IDs.
pub fn normalise(arrival: &Arrival<'_>, list: &List, domain: &str) -> Normalised {
    let (headers, body) = Headers::split(arrival.raw);
    let message_id = threading::message_id(&headers, body, domain);
    let key = id::event_key(&list.id(), &message_id);
    let arriving = Arriving {
        headers: &headers,
        envelope_from: arrival.envelope_from,
        list,
        domain,
    };
    if let Some(reason) = loops::rule(&arriving) {
        return Normalised::Ignored { key, reason };
    }
    let Some(author) = author::author(&headers) else {
        return malformed(
            key,
            "no-single-author",
            "it must have one From line with one address",
        );
    };
    if list.posting == Posting::Members && !list.is_member(author.account.as_str()) {
        return Normalised::NotAMember;
    }
    let head = Head {
        key,
        message_id: message_id.into(),
        at: sent_at(&headers, arrival.now),
        subject: headers
            .first("Subject")
            .map(|it| subject::bare(&it, &list.name)),
        list: list.id(),
    };
    posted(head, author, headers, body)
}

/// What the header said.
struct Head {
    key: EventKey,
    message_id: RemoteId,
    at: Timestamp,
    subject: Option<String>,
    list: String,
}

fn posted(
    head: Head,
    author: conversation::Author,
    headers: Headers<'_>,
    body: &[u8],
) -> Normalised {
    let reply_to = threading::reply_to(&headers, head.message_id.as_str());
    let parts = match mime::parts(headers, body) {
        Ok(parts) => parts,
        Err(excess) => return too_much(head.key, &excess),
    };
    let (lines, file_parts) = body::words_and_files(&parts);
    let ReplyText { new, elided } = reply::split(lines, Some(&author.display_name));
    let mut new = new.bounded();
    let alts = picture_words(&parts, &file_parts);
    let files: Vec<IncomingFile> = file_parts
        .iter()
        .map(|part| files::incoming(part, &alts))
        .collect();
    let subject = head.subject.filter(|it| !it.is_empty());
    if is_blank(&new) && files.is_empty() {
        let Some(subject) = &subject else {
            return malformed(head.key, "empty", "it holds no text and no file");
        };
        new = conversation::Markup::plain(subject);
    }
    let fingerprint = fingerprint(&new, &files);
    let inbound = Inbound {
        within: None,
        key: head.key,
        channel: ChannelRef::new(PLATFORM, head.list),
        at: head.at,
        actor: author,
        event: Event::Posted(Posted {
            thread: None,
            messages: vec![head.message_id],
            reply_to,
            subject,
            content: Content {
                text: new,
                attachments: Vec::new(),
            },
        }),
    };
    Normalised::Posted(Box::new(Incoming {
        inbound,
        files,
        elided,
        fingerprint,
    }))
}

/// The new words of a whole mail.
pub fn reply_text(raw: &[u8]) -> ReplyText {
    let (headers, body) = Headers::split(raw);
    if headers.is_empty() {
        return reply::reply_text_of_plain(&transfer::unknown_charset(raw), None);
    }
    let sender = author::author(&headers).map(|author| author.display_name);
    match mime::parts(headers, body) {
        Ok(parts) => reply::split(body::words_and_files(&parts).0, sender.as_deref()),
        Err(_) => reply::reply_text_of_plain(&transfer::unknown_charset(body), sender.as_deref()),
    }
}

/// `Markup::is_blank` lays the whole text out; a look at its words is enough.
fn is_blank(markup: &conversation::Markup) -> bool {
    crate::plain::markup_to_plain(markup).trim().is_empty()
}

fn malformed(key: EventKey, reason: &'static str, why: &str) -> Normalised {
    Normalised::Malformed {
        key,
        reason,
        why: why.to_owned(),
    }
}

fn too_much(key: EventKey, excess: &Excess) -> Normalised {
    match excess {
        Excess::Parts => malformed(
            key,
            "too-many-parts",
            &format!("it has more than {} parts", mime::MOST_PARTS),
        ),
        Excess::Depth => malformed(
            key,
            "too-deep",
            &format!("its parts nest more than {} deep", mime::DEEPEST),
        ),
    }
}

/// Clocks of people's machines are believed within reason.
fn sent_at(headers: &Headers<'_>, now: Timestamp) -> Timestamp {
    const EARLY_MS: i64 = 5 * 60 * 1000;
    const LATE_MS: i64 = 7 * 24 * 3600 * 1000;
    let date = headers.first("Date").filter(|it| it.len() < 200);
    let said = date
        .and_then(|it| mailparse::dateparse(&it).ok())
        .and_then(|s| s.checked_mul(1000));
    match said {
        Some(at) if at >= now.0.saturating_sub(LATE_MS) && at <= now.0.saturating_add(EARLY_MS) => {
            Timestamp(at)
        }
        _ => now,
    }
}

/// The words that HTML gives for pictures that came along.
fn picture_words(parts: &[mime::Part<'_>], files: &[&mime::Part<'_>]) -> Vec<(String, String)> {
    if !files.iter().any(|part| part.content_id().is_some()) {
        return Vec::new();
    }
    let html = parts
        .iter()
        .filter(|part| part.mime == "text/html" && body::is_words(part));
    html.flat_map(|part| crate::html::picture_words(&part.text()))
        .collect()
}

fn fingerprint(text: &conversation::Markup, files: &[IncomingFile]) -> String {
    let words = crate::plain::markup_to_plain(text);
    let mut parts: Vec<&[u8]> = vec![words.as_bytes()];
    parts.extend(files.iter().map(|file| file.bytes.as_slice()));
    id::fingerprint(&parts)
}

pub(crate) fn platform() -> Platform {
    Platform(PLATFORM.to_owned())
}
