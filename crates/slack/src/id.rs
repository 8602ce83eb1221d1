//! Slack's names for places, messages, accounts and files. **Invariant:** made and read only here.

use conversation::{ChannelRef, RemoteId, SendError, Timestamp};

/// The name of this platform in every `ChannelRef`.
pub const PLATFORM: &str = "slack";

/// A channel, a private channel, a group of people or a direct message: `C…`, `G…`, `D…`.
pub(crate) fn channel(id: &str) -> ChannelRef {
    ChannelRef::new(PLATFORM, id)
}

pub(crate) fn parse_channel(channel: &ChannelRef) -> Result<&str, SendError> {
    let id = channel.id.as_str();
    match channel.platform.as_str() == PLATFORM && is_id(id, "CGD") {
        true => Ok(id),
        false => Err(SendError::Refused(format!(
            "{channel} is no channel of Slack: write slack:C…, as in the channel's details"
        ))),
    }
}

/// A message is named by its `ts` within its channel: seconds, a dot and six digits.
pub(crate) fn parse_message(id: &RemoteId) -> Result<&str, SendError> {
    match at(id.as_str()) {
        Some(_) => Ok(id.as_str()),
        None => Err(SendError::Refused(format!("{id} is no message of Slack"))),
    }
}

/// `U…`, or `W…` where one organisation has many workspaces.
pub(crate) fn is_user(id: &str) -> bool {
    is_id(id, "UW")
}

pub(crate) fn is_file(id: &str) -> bool {
    is_id(id, "F")
}

fn is_id(id: &str, kinds: &str) -> bool {
    let mut characters = id.chars();
    characters.next().is_some_and(|kind| kinds.contains(kind))
        && id.len() > 1
        && characters.all(|it| it.is_ascii_uppercase() || it.is_ascii_digit())
}

/// The moment that a `ts` names.
pub(crate) fn at(ts: &str) -> Option<Timestamp> {
    let (seconds, fraction) = ts.split_once('.').unwrap_or((ts, "0"));
    let is_number = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
    if !is_number(seconds) || !is_number(fraction) {
        return None;
    }
    let seconds: i64 = seconds.parse().ok()?;
    let millis: i64 = format!("{fraction:0<3}").get(..3)?.parse().ok()?;
    Some(Timestamp(seconds.checked_mul(1000)?.saturating_add(millis)))
}

/// As finely as Slack tells: two messages may share a millisecond, never a `ts`.
pub(crate) fn micros(ts: &str) -> Option<i64> {
    let at = at(ts)?;
    let (_, fraction) = ts.split_once('.').unwrap_or((ts, "0"));
    let micros: i64 = format!("{fraction:0<6}").get(3..6)?.parse().ok()?;
    Some(at.0.saturating_mul(1000).saturating_add(micros))
}

/// A moment as Slack wants it where it asks for a `ts`.
pub(crate) fn ts(at: Timestamp) -> String {
    let millis = at.0.max(0);
    format!("{}.{:03}000", millis / 1000, millis % 1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_read_back_as_it_was_written() {
        for millis in [0, 999, 1_700_000_000_123] {
            assert_eq!(at(&ts(Timestamp(millis))), Some(Timestamp(millis)));
        }
        assert_eq!(at("1700000000"), Some(Timestamp(1_700_000_000_000)));
        assert_eq!(micros("1700000000.000123"), Some(1_700_000_000_000_123));
        assert_eq!(micros("1700000000.5"), Some(1_700_000_000_500_000));
    }

    #[test]
    fn what_is_no_name_of_slack_is_refused() {
        for odd in [
            "",
            "x",
            ".",
            "1.",
            ".1",
            "-1.0",
            "1.x",
            "1.2.3",
            "99999999999999999999.0",
        ] {
            assert_eq!(at(odd), None, "{odd}");
        }
        for odd in ["C", "c1", "C-1", "U1", "", "C1/2"] {
            assert!(parse_channel(&channel(odd)).is_err(), "{odd}");
        }
        assert!(parse_channel(&ChannelRef::new("telegram", "C1")).is_err());
        assert!(is_user("U1") && is_user("W1") && !is_user("123") && !is_user("U1>"));
    }
}
