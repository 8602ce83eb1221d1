//! Which mails are no person's words: answers of machines, bounces, and our own mail coming back.
//!
//! **Invariant:** each rule reads the header only, and the first that applies gives the reason's name.

use super::header::Headers;
use crate::{id, settings::List};

/// Marks every mail that we send.
pub(crate) const OWN_HEADER: &str = "X-Causeway-Id";

pub(crate) struct Arriving<'a> {
    pub(crate) headers: &'a Headers<'a>,
    /// The return path, where the transport told it; empty for a bounce.
    pub(crate) envelope_from: Option<&'a str>,
    /// To which it came. None where it is for the bridge itself, and must come from no list at all.
    pub(crate) list: Option<&'a List>,
    pub(crate) domain: &'a str,
}

type Rule = (&'static str, fn(&Arriving<'_>) -> bool);

/// Each mail of a list bears one of them (RFC 2369, 2919).
const OF_LISTS: [&str; 4] = ["List-Id", "List-Post", "List-Unsubscribe", "List-Help"];

const RULES: [Rule; 6] = [
    ("own-mail", |it| it.headers.first(OWN_HEADER).is_some()),
    ("own-message-id", has_own_message_id),
    ("own-list-header", has_own_list_header),
    ("bounce", is_bounce),
    ("auto-reply", is_auto_reply),
    ("bulk", is_bulk),
];

/// The name of the rule that says that nobody is to be shown this mail.
pub(crate) fn rule(arriving: &Arriving<'_>) -> Option<&'static str> {
    let found = RULES.iter().find(|(_, applies)| applies(arriving));
    found.map(|(name, _)| *name)
}

fn has_own_message_id(it: &Arriving<'_>) -> bool {
    let header = it.headers.first("Message-ID").unwrap_or_default();
    let ids = id::message_ids(&header);
    ids.iter()
        .any(|own| id::is_from_domain(&own.as_str().into(), it.domain))
}

/// With or without `<mailto:>`, as forwarders rewrite it.
fn has_own_list_header(it: &Arriving<'_>) -> bool {
    let Some(list) = it.list else {
        return OF_LISTS.iter().any(|name| it.headers.first(name).is_some());
    };
    let (list_id, list_post) = (it.headers.word("List-Id"), it.headers.word("List-Post"));
    let bare = list_post.trim_matches(['<', '>', ' ']);
    let bare = bare.trim_start_matches("mailto:");
    list_id.contains(&format!("<{}>", list.list_id())) || bare == list.id()
}

fn is_bounce(it: &Arriving<'_>) -> bool {
    let content_type = it.headers.word("Content-Type");
    let return_path = it.headers.first("Return-Path");
    it.envelope_from == Some("")
        || return_path.is_some_and(|path| path.trim() == "<>")
        || content_type.starts_with("multipart/report")
}

/// `X-Auto-Response-Suppress` alone proves nothing: people's own mail bears it where Exchange sends it.
fn is_auto_reply(it: &Arriving<'_>) -> bool {
    let submitted = it.headers.word("Auto-Submitted");
    let submitted = submitted.split([';', ' ', '(']).next().unwrap_or_default();
    let marks = "X-Autoreply X-Autorespond X-Autoresponder";
    let mut marks = marks.split(' ');
    (!submitted.is_empty() && submitted != "no")
        || marks.any(|name| it.headers.first(name).is_some())
        || it.headers.word("Precedence") == "auto_reply"
}

fn is_bulk(it: &Arriving<'_>) -> bool {
    let precedence = it.headers.word("Precedence");
    matches!(precedence.as_str(), "bulk" | "junk" | "list")
}
