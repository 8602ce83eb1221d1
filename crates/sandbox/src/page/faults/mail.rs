//! What can go wrong with the mail servers of the members.

use crate::mail::MailFaults;
use crate::page::refusal::Refusal;
use crate::page::requests::{Switch, until};
use crate::town::Town;

pub(super) fn turn(town: &Town, what: &str, it: &Switch) -> Result<(), Refusal> {
    let mut faults = town.mail.faults();
    match what {
        "closed" => faults.closed_until_ms = until(it.seconds),
        "greylist" => faults.greylist_until_ms = until(it.seconds),
        "refuse" => {
            faults.refused.retain(|other| *other != it.address);
            faults.refused.extend(it.on.then(|| it.address.clone()));
        }
        "cut" if it.kept => faults.cut_after_keeping += 1,
        "cut" => faults.cut_before_keeping += 1,
        "latency" => faults.latency_ms = it.ms,
        _ => return Err(it.unknown()),
    }
    town.mail.set_faults(faults);
    Ok(())
}

pub(super) fn heal(town: &Town) {
    town.mail.set_faults(MailFaults::default());
}
