//! A mail to the bridge itself: who asks, and what.
//!
//! **Invariant:** only a person who is proven to have written it is heard; what a machine, a list or anybody in their name
//! wrote is answered by nothing.

use conversation::{Author, Event, EventKey, Inbound, Proof, RemoteId, command::Command};

use super::{
    Arrival, author, command_line,
    header::Headers,
    loops::{self, Arriving},
    proof, threading,
};
use crate::{doors::CommandAddress, id, way_back::Way};

#[derive(Debug)]
pub(crate) enum Asked {
    Commanded {
        inbound: Box<Inbound>,
        /// It is a command, which no machine's words are.
        is_understood: bool,
    },
    /// Nobody is to be answered.
    ByMachine(EventKey),
    /// It may be anybody's.
    Unproven(EventKey, RemoteId),
}

/// `domain` is the one of our own Message-IDs.
pub(crate) fn asked(arrival: &Arrival<'_>, at: &CommandAddress, domain: &str) -> Asked {
    let (headers, body) = Headers::split(arrival.raw);
    let message = threading::message_id(&headers, body, domain);
    let text = command_line(arrival.raw).unwrap_or_default();
    let key = key(at, &message, &text);
    let arriving = Arriving {
        headers: &headers,
        envelope_from: arrival.envelope_from,
        list: None,
        domain,
    };
    if loops::rule(&arriving).is_some() {
        return Asked::ByMachine(key);
    }
    let Some(author) = author::author(&headers) else {
        return Asked::ByMachine(key);
    };
    match proof::of(&headers, arrival.verifier, author.account.as_str()) {
        Proof::Proven => commanded(arrival, at, author, (key, message, text)),
        // Whoever did not write it is not to get the answer.
        Proof::Failed => Asked::ByMachine(key),
        _ => Asked::Unproven(key, author.account),
    }
}

/// People's programs give one id to several mails.
fn key(at: &CommandAddress, message: &str, text: &str) -> EventKey {
    let said = id::fingerprint(&[message.as_bytes(), text.as_bytes()]);
    id::event_key(&at.address, &said)
}

fn commanded(
    arrival: &Arrival<'_>,
    at: &CommandAddress,
    author: Author,
    (key, message, text): (EventKey, String, String),
) -> Asked {
    let message = RemoteId(message);
    let way = Way {
        to: author.account.clone(),
        re: message.clone(),
    };
    let is_understood = Command::read(&text).is_ok();
    let inbound = Box::new(Inbound {
        key,
        channel: at.channel(&author.account),
        within: None,
        at: arrival.now,
        actor: author,
        proof: Proof::Proven,
        way_back: way.back(arrival.now),
        event: Event::Commanded { message, text },
    });
    Asked::Commanded {
        inbound,
        is_understood,
    }
}
