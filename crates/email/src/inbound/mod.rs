//! From a mail as it came to what it says.
//!
//! **Invariant:** a pure function that takes any bytes at all and says plainly what became of them.

mod author;
mod body;
pub(crate) mod bounce;
pub(crate) mod command;
mod files;
mod header;
mod loops;
mod mime;
mod proof;
mod subject;
mod threading;
mod transfer;

use conversation::{
    ChannelRef, Content, Event, EventKey, Inbound, Posted, Proof, RemoteId, Timestamp, Twin,
    command::{is_mail_for_us, line_of_mail},
};

pub use files::IncomingFile;
pub(crate) use files::file_name;
pub(crate) use loops::OWN_HEADER;
pub use proof::Verifier;

use self::{header::Headers, loops::Arriving, mime::Excess};
use crate::{
    id, plain,
    reply::{self, ReplyText},
    settings::{List, Posting},
    way_back::Way,
};

/// A mail as the mail server handed it in.
#[derive(Debug, Clone, Copy)]
pub struct Arrival<'a> {
    pub raw: &'a [u8],
    /// The return path, where it is known; empty for a bounce.
    pub envelope_from: Option<&'a str>,
    /// Whose word is taken for what was verified, if anybody's.
    pub verifier: Option<Verifier<'a>>,
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
    /// A command that came to the list by mistake.
    ForUs,
}

/// A post whose files are not yet kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incoming {
    pub inbound: Inbound,
    pub files: Vec<IncomingFile>,
}

/// `domain` is the one of our own Message-IDs.
pub fn normalise(arrival: &Arrival<'_>, list: &List, domain: &str) -> Normalised {
    let (headers, body) = Headers::split(arrival.raw);
    let message_id = threading::message_id(&headers, body, domain);
    let key = id::event_key(&list.id(), &message_id);
    let arriving = Arriving {
        headers: &headers,
        envelope_from: arrival.envelope_from,
        list: Some(list),
        domain,
    };
    if let Some(reason) = loops::rule(&arriving) {
        return Normalised::Ignored { key, reason };
    }
    let Some(author) = author::author(&headers) else {
        let why = "it must have one From line with one address";
        return malformed(key, "no-single-author", why);
    };
    let proof = proof::of(&headers, arrival.verifier, author.account.as_str());
    if list.posting == Posting::Members && !list.is_member(author.account.as_str()) {
        return match proof {
            // Whoever did not write it is not to get the answer.
            Proof::Failed => {
                let reason = "proof-failed";
                Normalised::Ignored { key, reason }
            }
            _ => Normalised::NotAMember,
        };
    }
    let subject = headers.first("Subject");
    let subject = subject.map(|it| subject::bare(&it, &list.name));
    let head = Head {
        key,
        proof,
        message_id: message_id.into(),
        at: sent_at(&headers, arrival.now),
        subject: subject.filter(|it| !it.is_empty()),
        heard_at: arrival.now,
        list: list.id(),
        domain,
    };
    posted(head, author, headers, body)
}

/// What the header said.
struct Head<'a> {
    key: EventKey,
    proof: Proof,
    message_id: RemoteId,
    at: Timestamp,
    subject: Option<String>,
    heard_at: Timestamp,
    list: String,
    /// Of our own Message-IDs.
    domain: &'a str,
}

fn posted(
    head: Head<'_>,
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
    let files = file_parts.iter().map(|it| files::incoming(it, &alts));
    let files: Vec<IncomingFile> = files.collect();
    let mut words = plain::markup_to_plain(&new);
    let subject = head.subject.as_deref().unwrap_or_default();
    if files.is_empty() && is_mail_for_us(subject, own_words(&words)) {
        return Normalised::ForUs;
    }
    if words.trim().is_empty() && files.is_empty() {
        if subject.is_empty() {
            return malformed(head.key, "empty", "it holds no text and no file");
        }
        new = conversation::Markup::plain(subject);
        words = subject.to_owned();
    }
    let fingerprint = fingerprint(&author, subject, &words, &files);
    let twin = twin(&head, fingerprint);
    // Whoever may be anybody is not written to.
    let way = (head.proof == Proof::Proven).then(|| Way {
        to: author.account.clone(),
        re: head.message_id.clone(),
    });
    let inbound = Inbound {
        within: None,
        key: head.key,
        channel: ChannelRef::new(id::PLATFORM, head.list),
        at: head.at,
        actor: author,
        proof: head.proof,
        way_back: way.and_then(|it| it.back(head.heard_at)),
        event: Event::Posted(Posted {
            thread: None,
            messages: vec![head.message_id],
            reply_to,
            subject: head.subject,
            content: Content {
                text: new,
                attachments: Vec::new(),
            },
            elided,
            twin: Some(twin),
        }),
    };
    Normalised::Posted(Box::new(Incoming { inbound, files }))
}

/// Some programs give one Message-ID to different mails. The second gets one that is made of both, and its repeats get the
/// same.
fn twin(head: &Head<'_>, fingerprint: String) -> Twin {
    let parts = [head.key.as_str().as_bytes(), fingerprint.as_bytes()];
    let message = id::synthesised(&id::fingerprint(&parts), head.domain);
    Twin {
        fingerprint,
        key: id::event_key(&head.list, &message),
        message: message.into(),
    }
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

/// Of a mail to the bridge itself the line that may be a command. The subject counts as it is: what was answered or handed on
/// with it is somebody else's.
pub fn command_line(raw: &[u8]) -> Option<String> {
    let (headers, _) = Headers::split(raw);
    let subject = headers.first("Subject").unwrap_or_default();
    let words = plain::markup_to_plain(&reply_text(raw).new);
    line_of_mail(&subject, own_words(&words)).map(str::to_owned)
}

/// None where nobody wrote a word of it, as of what a telephone puts below.
fn own_words(words: &str) -> &str {
    match reply::is_signature(words) {
        true => "",
        false => words,
    }
}

fn malformed(key: EventKey, reason: &'static str, why: &str) -> Normalised {
    let why = why.to_owned();
    Normalised::Malformed { key, reason, why }
}

fn too_much(key: EventKey, excess: &Excess) -> Normalised {
    match excess {
        Excess::Parts => {
            let why = format!("it has more than {} parts", mime::MOST_PARTS);
            malformed(key, "too-many-parts", &why)
        }
        Excess::Depth => {
            let why = format!("its parts nest more than {} deep", mime::DEEPEST);
            malformed(key, "too-deep", &why)
        }
    }
}

/// Clocks of people's machines are believed within reason.
fn sent_at(headers: &Headers<'_>, now: Timestamp) -> Timestamp {
    const EARLY_MS: i64 = 5 * 60 * 1000;
    const LATE_MS: i64 = 7 * 24 * 3600 * 1000;
    let date = headers.first("Date").filter(|it| it.len() < 200);
    let said = date.and_then(|it| mailparse::dateparse(&it).ok()?.checked_mul(1000));
    let believed = now.0.saturating_sub(LATE_MS)..=now.0.saturating_add(EARLY_MS);
    said.filter(|at| believed.contains(at))
        .map_or(now, Timestamp)
}

/// The words that HTML gives for pictures that came along.
fn picture_words(parts: &[mime::Part<'_>], files: &[&mime::Part<'_>]) -> Vec<(String, String)> {
    if !files.iter().any(|part| part.content_id().is_some()) {
        return Vec::new();
    }
    let is_page = |it: &&mime::Part<'_>| it.mime == "text/html" && body::is_words(it);
    let pages = parts.iter().filter(is_page);
    pages
        .flat_map(|it| crate::html::picture_words(&it.text()))
        .collect()
}

/// Of what people see of a mail. Not of its date: who sends a mail again may give it another.
fn fingerprint(
    author: &conversation::Author,
    subject: &str,
    words: &str,
    files: &[IncomingFile],
) -> String {
    const LENGTH: usize = 32;
    let said = [author.account.as_str(), subject, words];
    let said = said.iter().map(|it| it.as_bytes());
    let files = files.iter().map(|it| it.bytes.as_slice());
    let parts: Vec<&[u8]> = said.chain(files).collect();
    id::fingerprint(&parts)[..LENGTH].to_owned()
}
