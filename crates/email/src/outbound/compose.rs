//! One post as one mail, the same bytes for every member.
//!
//! **Invariant:** nothing that people wrote reaches a header unless it is one line of text, encoded; the same post
//! gives the same mail at every attempt.

use std::{
    path::PathBuf,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use conversation::{
    AttachmentKind, Language, Markup, Node, Outbound, Post, RemoteId, Timestamp, with_addresses,
    with_links_in_words,
};
use lettre::{
    Address, Message,
    message::{
        Body, Mailbox, MessageBuilder, MultiPart, SinglePart,
        header::{
            ContentDisposition, ContentTransferEncoding, ContentType, Header, HeaderName,
            HeaderValue,
        },
    },
};

use super::letter::Letter;
use crate::{
    address::one_line,
    flowed, html, id,
    inbound::{OWN_HEADER, file_name},
    plain,
    settings::List,
};

/// A file of the post, on disk.
pub(crate) struct Enclosure {
    pub(crate) kind: AttachmentKind,
    pub(crate) name: String,
    pub(crate) mime: String,
    /// What it shows, in words, where somebody said so.
    pub(crate) alt: String,
    pub(crate) path: PathBuf,
    /// In bytes.
    pub(crate) length: u64,
}

/// From whom it comes, as members see it.
pub(crate) enum Sender<'a> {
    List(&'a List),
    /// To one person, in answer to what they wrote to us, or of our own accord.
    Alone {
        from: Address,
        to: Address,
        re: Option<&'a str>,
    },
}

/// The id that the mail bears: of the mail that is handed on, or our own.
pub(crate) fn message_id(outbound: &Outbound, post: &Post, domain: &str) -> String {
    match &post.original {
        Some(original) if id::is_message_id(original.as_str()) => original.to_string(),
        _ => id::from_key(&outbound.key, domain),
    }
}

/// The mail, ready to be sent to anybody.
pub(crate) fn compose(
    outbound: &Outbound,
    post: &Post,
    sender: &Sender<'_>,
    message_id: &str,
    enclosures: Vec<Enclosure>,
) -> Result<Letter, String> {
    let builder = addressed(Message::builder(), post, sender)?
        .date(system_time(post.at))
        .subject(subject(post))
        .message_id(Some(format!("<{message_id}>")));
    let builder = threaded(builder, post, sender);
    let builder = marked(builder, outbound, sender);
    let boundary = id::fingerprint(&[message_id.as_bytes()]);
    // Nobody who writes a post knows its key.
    let mark = id::fingerprint(&[outbound.key.as_bytes(), message_id.as_bytes(), b"file"]);
    let message = builder.multipart(body(post, &enclosures, (&boundary[..24], &mark)));
    let written = message.map_err(|e| e.to_string())?.formatted();
    let files = enclosures.into_iter().enumerate();
    let files = files.map(|(number, it)| (numbered(&mark, number), it.path, it.length));
    Ok(Letter::new(&written, files.collect()))
}

/// Stands where the bytes of a file will.
fn numbered(mark: &str, number: usize) -> String {
    format!("{mark}{number:04}")
}

fn addressed(
    builder: MessageBuilder,
    post: &Post,
    sender: &Sender<'_>,
) -> Result<MessageBuilder, String> {
    let name = one_line(&post.shown_name);
    match sender {
        Sender::List(list) => {
            let address: Result<Address, _> = list.id().parse();
            let address = address.map_err(|_| "the list's address is none".to_owned())?;
            let of_list = one_line(&list.name);
            let shown = match name.is_empty() {
                true => of_list.clone(),
                false => format!("{name} via {of_list}"),
            };
            let list_box = Mailbox::new(Some(of_list), address.clone());
            Ok(builder
                .from(Mailbox::new(Some(shown), address))
                .to(list_box.clone())
                .reply_to(list_box))
        }
        Sender::Alone { from, to, .. } => Ok(builder
            .from(Mailbox::new(Some(name), from.clone()))
            .to(Mailbox::new(None, to.clone()))),
    }
}

fn threaded(builder: MessageBuilder, post: &Post, sender: &Sender<'_>) -> MessageBuilder {
    let (to, above) = match (sender, &post.reply) {
        (Sender::Alone { re: Some(re), .. }, _) => (*re, [].as_slice()),
        (_, Some(reply)) => (reply.to.as_str(), reply.ancestors.as_slice()),
        (_, None) => return builder,
    };
    if !id::is_message_id(to) {
        return builder;
    }
    let above = above.iter().map(RemoteId::as_str).filter(|it| *it != to);
    let above = above.filter(|it| id::is_message_id(it));
    let ids = above.chain([to]).map(|it| format!("<{it}>"));
    let references = ids.collect::<Vec<_>>().join(" ");
    builder
        .in_reply_to(format!("<{to}>"))
        .references(references)
}

fn marked(builder: MessageBuilder, outbound: &Outbound, sender: &Sender<'_>) -> MessageBuilder {
    let own = id::fingerprint(&[outbound.key.as_bytes()]);
    let mut marks = vec![(OWN_HEADER, own[..32].to_owned())];
    match sender {
        Sender::List(list) => marks.extend([
            (
                "List-Id",
                format!("{} <{}>", one_line(&list.name), list.list_id()),
            ),
            ("List-Post", format!("<mailto:{}>", list.id())),
            (
                "List-Help",
                format!("<mailto:{}?subject=help>", list.command_address()),
            ),
            ("Precedence", "list".to_owned()),
            ("Auto-Submitted", "no".to_owned()),
        ]),
        // Our own words to one person: no machine is to answer them (RFC 3834, 5).
        Sender::Alone { re, .. } => {
            let how = if re.is_some() { "replied" } else { "generated" };
            marks.push(("Auto-Submitted", format!("auto-{how}")));
        }
    }
    marks.into_iter().fold(builder, |builder, (name, value)| {
        let name = HeaderName::new_from_ascii_str(name);
        builder.raw_header(HeaderValue::new(name, value))
    })
}

fn subject(post: &Post) -> String {
    let subject = one_line(&post.subject);
    match (subject.is_empty(), post.reply.is_some()) {
        (true, _) => format!("From {}", one_line(&post.shown_name)),
        (false, true) => format!("Re: {subject}"),
        (false, false) => subject,
    }
}

fn body(post: &Post, enclosures: &[Enclosure], (boundary, mark): (&str, &str)) -> MultiPart {
    let words = described(&post.part.text, enclosures);
    let text = flowed::flow(&plain::plain_lines(&with_links_in_words(&words)));
    let page = format!(
        "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"></head><body>\n{}\n</body></html>\n",
        html::markup_to_html(&with_addresses(&words))
    );
    let words = MultiPart::alternative()
        .boundary(format!("words-{boundary}"))
        .singlepart(text_part("text/plain; charset=utf-8; format=flowed", text))
        .singlepart(text_part("text/html; charset=utf-8", page));
    if enclosures.is_empty() {
        return words;
    }
    let mixed = MultiPart::mixed()
        .boundary(format!("files-{boundary}"))
        .multipart(words);
    let files = enclosures.iter().enumerate();
    files.fold(mixed, |mixed, (number, it)| {
        mixed.singlepart(attached(it, numbered(mark, number)))
    })
}

/// Mail programs show what a part is described by to nobody, so whoever cannot see a picture reads it here.
fn described(words: &Markup, enclosures: &[Enclosure]) -> Markup {
    let mut words = words.clone();
    for file in enclosures {
        let alt = one_line(&file.alt);
        if alt.is_empty() {
            continue;
        }
        let gap = if words.is_blank() { "" } else { "\n" };
        let kind = file.kind.in_words(Language::ENGLISH);
        let what = format!("{kind} {}", file_name(&file.name));
        let told = format!("{gap}[{}: {alt}]", what.trim_end());
        words.0.push(Node::Text(told));
    }
    words
}

fn text_part(content_type: &str, text: String) -> SinglePart {
    let parsed = ContentType::parse(content_type).unwrap_or(ContentType::TEXT_PLAIN);
    SinglePart::builder().header(parsed).body(text)
}

fn attached(enclosure: &Enclosure, mark: String) -> SinglePart {
    let octets = "application/octet-stream";
    // A type with a boundary or another mail inside would need a structure of its own.
    let is_complex = ["multipart/", "message/"]
        .iter()
        .any(|it| enclosure.mime.starts_with(it));
    let mime = if is_complex { octets } else { &enclosure.mime };
    let content_type = ContentType::parse(mime).or_else(|_| ContentType::parse(octets));
    let part = SinglePart::builder()
        .header(content_type.unwrap_or(ContentType::TEXT_PLAIN))
        .header(ContentDisposition::attachment(&shown_name(enclosure)));
    let alt = one_line(&enclosure.alt);
    let part = match alt.is_empty() {
        true => part,
        false => part.header(ContentDescription(alt)),
    };
    let encoding = ContentTransferEncoding::Base64;
    part.body(Body::dangerous_pre_encoded(mark.into_bytes(), encoding))
}

fn shown_name(enclosure: &Enclosure) -> String {
    let name = file_name(&enclosure.name);
    match name.is_empty() {
        true => "file".to_owned(),
        false => name,
    }
}

/// RFC 2045, 8.
#[derive(Clone)]
struct ContentDescription(String);

impl Header for ContentDescription {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Content-Description")
    }

    fn parse(text: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(ContentDescription(text.to_owned()))
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), self.0.clone())
    }
}

/// Within what a Date can say, and what lettre takes without a panic: 1970 to 9999.
fn system_time(at: Timestamp) -> SystemTime {
    const LATEST_MS: u64 = 253_402_300_799_000;
    let at = u64::try_from(at.0).unwrap_or(0).min(LATEST_MS);
    UNIX_EPOCH + Duration::from_millis(at)
}
