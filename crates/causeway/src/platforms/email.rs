//! Mail, in the program's own terms: how it is opened, and how people look into it.

use std::sync::Arc;

use anyhow::Context;
use conversation::{Capabilities, Timestamp};
use jiff::Timestamp as Clock;

use super::{Meaning, Opened, Platform};
use crate::exit::{Exit, failure};
use crate::settings::Settings;

pub(super) const EMAIL: Platform = Platform {
    name: "email",
    open: |settings| Box::pin(open(settings)),
    capabilities,
    normalise: meaning,
    typed: |mail| Some(email::command_line(mail).unwrap_or_default()),
};

async fn open(settings: &Settings) -> anyhow::Result<Option<Opened>> {
    let Some(settings) = settings.email.clone() else {
        return Ok(None);
    };
    let email = email::Email::new(settings)?;
    let lmtp = email.bind().await;
    Ok(Some(Opened {
        adapter: Arc::new(email),
        webhook: None,
        lmtp: Some(lmtp.context("the LMTP listener could not be opened")?),
    }))
}

fn capabilities(settings: &Settings) -> Option<Capabilities> {
    settings.email.as_ref().map(|_| email::capabilities())
}

fn meaning(raw: &[u8], list: Option<&str>) -> anyhow::Result<Meaning> {
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
        email::Normalised::ForUs => Meaning::Ignored {
            reason: "in-private".to_owned(),
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
