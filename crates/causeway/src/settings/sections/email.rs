//! `[email]`: doors without a lock, and lists that would write to themselves.

use super::section::{GIB, KIB, Secret, Section};
use crate::settings::Settings;
use crate::settings::finding::{Finding, finding, told, warning};
use crate::settings::reach::{self, Reach};

pub(super) const SECTION: Section = Section {
    name: "email",
    is_on: |settings| settings.email.is_some(),
    secrets: &[Secret {
        key: "email.smtp.password",
        value: |settings| settings.email.as_ref()?.smtp.password.as_deref(),
        made_up: "none",
        is_needed: false,
    }],
    least: &[("email.domain", "causeway.example.org")],
    tokens: &[],
    ranges: &[
        ("email.lmtp.max_message_bytes", KIB..=4 * GIB),
        ("email.lmtp.max_recipients", 1..=10_000),
        ("email.lmtp.max_sessions", 1..=10_000),
        ("email.lmtp.idle_timeout_s", 1..=86_400),
        ("email.lmtp.own_hops", 0..=50),
        ("email.smtp.max_connections", 1..=1000),
        ("email.smtp.port", 1..=65_535),
        ("email.smtp.timeout_s", 1..=3600),
    ],
    findings,
    // A channel is one of the lists.
    misnamed: |settings, address| match settings.email.as_ref()?.list(address) {
        Some(list) if list.id() == address => None,
        Some(list) => Some((
            format!("email:{address} has capital letters"),
            format!("write email:{}", list.id()),
        )),
        None => Some((
            format!("email:{address} is none of the lists"),
            "correct the address, or add an [[email.lists]] with it".to_owned(),
        )),
    },
};

fn findings(settings: &Settings) -> Vec<Finding> {
    let Some(email) = &settings.email else {
        return Vec::new();
    };
    let mut findings: Vec<Finding> = email
        .faults()
        .into_iter()
        .map(|it| match it {
            email::EmailError::Settings { key, problem } => told(&key, &problem),
            other => told("email", &other.to_string()),
        })
        .collect();
    findings.extend(door(email));
    findings.extend(way_out(&email.smtp));
    findings.extend(circles(email));
    findings
}

/// LMTP asks nobody who they are. A container has to listen everywhere, so that is no more than a warning.
fn door(email: &email::Settings) -> Option<Finding> {
    const KEY: &str = "email.lmtp.listen";
    let cure =
        "write 127.0.0.1 before the port, or let a firewall keep all but your mail server away";
    match reach::of_address(email.lmtp.listen.ip()) {
        Reach::Loopback | Reach::Private => None,
        Reach::Everywhere => Some(warning(
            KEY,
            "whoever reaches this machine on any of its addresses can hand in mail, and is believed",
            cure,
        )),
        Reach::Public => Some(finding(
            KEY,
            "the whole net could hand in mail there, and would be believed",
            "write 127.0.0.1, or an address of your own network, before the port",
        )),
    }
}

fn way_out(smtp: &email::Smtp) -> Option<Finding> {
    let is_plain = smtp.tls == email::Tls::None && reach::of_host(&smtp.host) == Reach::Public;
    is_plain.then(|| {
        let why = "it is none, so all mail would go through the net for everybody to read";
        let cure = "write \"starttls\" (port 587 or 25) or \"implicit\" (port 465); smtp.ca_file and smtp.fingerprint \
                    trust a certificate of your own";
        finding("email.smtp.tls", why, cure).beside("email.smtp.host")
    })
}

/// What a list says would come back to it as something new.
fn circles(email: &email::Settings) -> Vec<Finding> {
    let ids: Vec<String> = email.lists.iter().map(email::List::id).collect();
    let mut findings = Vec::new();
    for (number, list) in email.lists.iter().enumerate() {
        for (place, member) in list.members.iter().enumerate() {
            let Some(other) = ids.iter().position(|it| *it == member.id()) else {
                continue;
            };
            let (why, cure) = match other == number {
                true => ("the list is a member of itself", "take it out"),
                false => (
                    "it is another of the lists here",
                    "take it out, and put both lists into one room",
                ),
            };
            let key = format!("email.lists[{number}].members[{place}]");
            findings
                .push(finding(&key, why, cure).beside(&format!("email.lists[{other}].address")));
        }
    }
    findings
}
