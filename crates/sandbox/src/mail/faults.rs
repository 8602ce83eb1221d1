//! What can go wrong with the mail server of these people, switchable while it runs.

use serde::{Deserialize, Serialize};

use super::mailbox::key;
use crate::kit::now_ms;

/// Times are Unix milliseconds: a fault ends by itself. `i64::MAX` lasts until it is taken off.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MailFaults {
    /// Connections are refused, and those that stand are cut.
    pub closed_until_ms: i64,
    /// Every recipient is answered 451: come back later.
    pub greylist_until_ms: i64,
    /// These recipients are answered 451.
    pub greylisted: Vec<String>,
    /// These recipients are answered 550, as if their mailbox were gone.
    pub refused: Vec<String>,
    /// So many next mails are thrown away at the final dot and the connection is cut instead of the 250.
    pub cut_before_keeping: u32,
    /// So many next mails are kept, but the connection is cut before the 250.
    pub cut_after_keeping: u32,
    /// Every round trip takes so much longer.
    pub latency_ms: u64,
}

/// What the server says to one recipient.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Recipient {
    Known,
    Unknown,
    Later,
    Refused,
}

/// What happens at the final dot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dot {
    Keep,
    CutBeforeKeeping,
    CutAfterKeeping,
}

impl MailFaults {
    pub(crate) fn is_closed(&self) -> bool {
        self.closed_until_ms > now_ms()
    }

    pub(crate) fn recipient(&self, address: &str) -> Recipient {
        let address = key(address);
        let among = |list: &[String]| list.iter().any(|it| key(it) == address);
        if among(&self.refused) {
            Recipient::Refused
        } else if self.greylist_until_ms > now_ms() || among(&self.greylisted) {
            Recipient::Later
        } else {
            Recipient::Known
        }
    }

    /// Counts a cut down where one is due.
    pub(crate) fn at_dot(&mut self) -> Dot {
        if self.cut_before_keeping > 0 {
            self.cut_before_keeping -= 1;
            Dot::CutBeforeKeeping
        } else if self.cut_after_keeping > 0 {
            self.cut_after_keeping -= 1;
            Dot::CutAfterKeeping
        } else {
            Dot::Keep
        }
    }
}
