//! What can go wrong with the mail servers of the members.

use serde::Deserialize;

use crate::mail::MailFaults;
use crate::page::requests::until;
use crate::town::Town;

#[derive(Debug, Deserialize)]
#[serde(tag = "fault", rename_all = "snake_case")]
#[expect(clippy::enum_variant_names, reason = "they are the names in the API")]
pub(crate) enum Switch {
    MailClosed { seconds: u32 },
    MailGreylist { seconds: u32 },
    MailRefuse { address: String, on: bool },
    MailCut { kept: bool },
    MailLatency { ms: u64 },
}

pub(super) fn turn(town: &Town, switch: Switch) {
    let mut faults = town.mail.faults();
    match switch {
        Switch::MailClosed { seconds } => faults.closed_until_ms = until(seconds),
        Switch::MailGreylist { seconds } => faults.greylist_until_ms = until(seconds),
        Switch::MailRefuse { address, on } => {
            faults.refused.retain(|other| *other != address);
            faults.refused.extend(on.then_some(address));
        }
        Switch::MailCut { kept: true } => faults.cut_after_keeping += 1,
        Switch::MailCut { kept: false } => faults.cut_before_keeping += 1,
        Switch::MailLatency { ms } => faults.latency_ms = ms,
    }
    town.mail.set_faults(faults);
}

pub(super) fn heal(town: &Town) {
    town.mail.set_faults(MailFaults::default());
}
