//! Mail, as people look into it.

use conversation::{Capabilities, Timestamp};
use jiff::Timestamp as Clock;

use super::Meaning;
use crate::exit::{Exit, failure};
use crate::settings::Settings;

pub(super) fn capabilities(settings: &Settings) -> Option<Capabilities> {
    settings.email.as_ref().map(|_| email::capabilities())
}

/// A channel is one of the lists.
pub(super) fn misnamed(settings: &Settings, address: &str) -> Option<(String, String)> {
    match settings.email.as_ref()?.list(address) {
        Some(list) if list.id() == address => None,
        Some(list) => Some((
            format!("email:{address} has capital letters"),
            format!("write email:{}", list.id()),
        )),
        None => Some((
            format!("email:{address} is none of the lists"),
            "correct the address, or add an [[email.lists]] with it".to_owned(),
        )),
    }
}

pub(super) fn meaning(raw: &[u8], list: Option<&str>) -> anyhow::Result<Meaning> {
    if let Some(list) = list.filter(|it| !it.contains('@')) {
        let cure = "write the address of a list, as in spring@lists.example.org";
        return Err(failure(
            Exit::Usage,
            format!("--as {list} is no list: {cure}"),
        ));
    }
    let list = email::List {
        address: list.unwrap_or("list@example.org").to_owned(),
        name: "List".to_owned(),
        members: Vec::new(),
        posting: email::Posting::Anyone,
        proof: None,
    };
    let arrival = email::Arrival {
        raw,
        envelope_from: None,
        verifier: None,
        now: Timestamp(Clock::now().as_millisecond()),
    };
    let normalised = email::normalise(&arrival, &list, "causeway.example.org");
    Ok(match normalised {
        email::Normalised::Posted(incoming) => Meaning::Events {
            files: incoming.files.iter().map(described).collect(),
            events: vec![incoming.inbound],
        },
        email::Normalised::Ignored { reason, .. } => Meaning::Ignored {
            reason: reason.to_owned(),
        },
        email::Normalised::NotAMember => Meaning::Ignored {
            reason: "not-a-member".to_owned(),
        },
        email::Normalised::Malformed { reason, why, .. } => Meaning::Unreadable {
            reason: reason.to_owned(),
            why,
        },
    })
}

fn described(file: &email::IncomingFile) -> String {
    format!("{} ({}, {} bytes)", file.name, file.mime, file.bytes.len())
}
