//! What mail servers report of mails that they could not deliver (RFC 3464), as far as we count it.
//!
//! **Invariant:** what a report says of an address goes no further than to whom it belongs.

use conversation::{RemoteId, Whose};
use mailparse::MailHeaderMap;

use super::{header::Headers, mime};
use crate::address::{one_line, without_addresses};

#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Report {
    pub(crate) whom: Whose,
    /// Given up, and not tried further.
    pub(crate) is_final: bool,
    /// As in `5.1.1 no such user`.
    pub(crate) why: String,
}

/// None of a mail that is no report: answers of machines come to the same address. Of several recipients, as of an address
/// that stands for two, one who failed counts.
pub(crate) fn report(raw: &[u8]) -> Option<Report> {
    let (headers, body) = Headers::split(raw);
    let plain = not_a_report(&headers);
    let parts = mime::parts(headers, body).ok()?;
    let is_status = |it: &&mime::Part<'_>| {
        ["message/delivery-status", "message/global-delivery-status"].contains(&it.mime.as_str())
    };
    let Some(status) = parts.iter().find(is_status) else {
        return plain;
    };
    let text = String::from_utf8_lossy(&status.bytes()).replace("\r\n", "\n");
    let mut reports: Vec<Report> = text.split("\n\n").filter_map(of_recipient).collect();
    let failed = reports.iter().position(|it| it.is_final);
    (!reports.is_empty()).then(|| reports.swap_remove(failed.unwrap_or(0)))
}

/// Some servers only write that they could not deliver. Whose it was, the address tells that it came to.
fn not_a_report(headers: &Headers<'_>) -> Option<Report> {
    let subject = headers.word("Subject");
    let mut says_so = ["undeliver", "failure", "failed", "returned"].iter();
    let names_somebody = !headers.word("X-Failed-Recipients").is_empty();
    let is_failure = names_somebody || says_so.any(|it| subject.contains(it));
    let is_answer = headers.word("Auto-Submitted").starts_with("auto-replied");
    (is_failure && !is_answer).then(|| Report {
        whom: Whose::Nobody,
        is_final: true,
        why: without_addresses(&subject),
    })
}

fn of_recipient(fields: &str) -> Option<Report> {
    let (headers, _) = mailparse::parse_headers(fields.trim_start().as_bytes()).ok()?;
    let value = |name: &str| headers.get_first_value(name).map(|it| one_line(&it));
    let action = value("Action")?.to_lowercase();
    let recipients = ["Original-Recipient", "Final-Recipient"];
    let mut addresses = recipients.iter().filter_map(|it| address(&value(it)?));
    let diagnostic = value("Diagnostic-Code");
    let words = diagnostic.as_deref().map(after_type).unwrap_or_default();
    let why = format!("{} {words}", value("Status").unwrap_or_default());
    Some(Report {
        is_final: action.starts_with("failed"),
        why: without_addresses(&why),
        whom: addresses
            .next()
            .map_or(Whose::Nobody, |it| Whose::Account(RemoteId(it))),
    })
}

/// As in `rfc822;bo@y.org`, where a sign may stand as `+2B` (RFC 3461, 4), or as `\x{E9}` in an address of more letters
/// (RFC 6533, 3).
fn address(value: &str) -> Option<String> {
    let mut address = String::new();
    let mut rest = after_type(value);
    while let Some(c) = rest.chars().next() {
        let coded = match c {
            '+' => rest.get(1..3).map(|hex| (hex, 3)),
            '\\' => {
                let braced = rest.strip_prefix("\\x{").and_then(|it| it.split_once('}'));
                braced.map(|(hex, _)| (hex, hex.len() + 4))
            }
            _ => None,
        };
        let decoded = coded.and_then(|(hex, length)| {
            let c = char::from_u32(u32::from_str_radix(hex, 16).ok()?)?;
            Some((c, length))
        });
        let (c, length) = decoded.unwrap_or((c, c.len_utf8()));
        address.push(c);
        rest = &rest[length..];
    }
    address.contains('@').then(|| address.to_lowercase())
}

/// As in `smtp; 550 5.1.1 no such user`.
fn after_type(value: &str) -> &str {
    value.split_once(';').map_or(value, |(_, rest)| rest).trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dsn(status: &str) -> String {
        format!(
            "From: MAILER-DAEMON@mx.example\r\nMIME-Version: 1.0\r\n\
             Content-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\r\n\r\n\
             --b\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n\
             --b\r\nContent-Type: message/delivery-status\r\n\r\n\
             Reporting-MTA: dns; mx.example\r\nArrival-Date: Sun, 29 Nov 2026 21:00:00 +0000\r\n\r\n{status}\r\n\
             --b\r\nContent-Type: text/rfc822-headers\r\n\r\nSubject: Hi\r\n--b--\r\n"
        )
    }

    #[test]
    fn a_report_says_whose_mail_failed_and_why() {
        let raw = dsn(
            "Final-Recipient: rfc822; bo@y.org\r\nOriginal-Recipient: rfc822;Bo@Y.org\r\nAction: failed\r\n\
             Status: 5.1.1\r\nRemote-MTA: dns; mx.y.org\r\n\
             Diagnostic-Code: smtp; 550 5.1.1 <bo@y.org>: Recipient\r\n    address rejected\r\n",
        );
        assert_eq!(
            report(raw.as_bytes()),
            Some(Report {
                whom: Whose::Account("bo@y.org".into()),
                is_final: true,
                why: "5.1.1 550 5.1.1 … Recipient address rejected".to_owned(),
            })
        );
    }

    #[test]
    fn one_of_several_who_failed_counts_and_addresses_are_read_as_they_were_meant() {
        let raw = dsn(
            "Final-Recipient: rfc822; a@y.org\r\nAction: relayed\r\nStatus: 2.0.0\r\n\r\n\
             Original-Recipient: rfc822;unknown\r\nFinal-Recipient: rfc822;Bo+2Blists@y.org\r\n\
             Action: failed\r\nStatus: 5.2.2\r\n",
        );
        let report = report(raw.as_bytes()).unwrap();
        assert_eq!(report.whom, Whose::Account("bo+lists@y.org".into()));
        assert!(report.is_final);
        assert_eq!(address("utf-8;b\\x{F6}@y.org").as_deref(), Some("bö@y.org"));
        assert_eq!(
            address("rfc822;bo+zz@y.org+").as_deref(),
            Some("bo+zz@y.org+")
        );
    }

    #[test]
    fn what_only_says_that_it_failed_counts_for_whose_address_it_came_to() {
        let plain =
            "From: MAILER-DAEMON@y.org\r\nSubject: failure notice\r\n\r\nHi. This is qmail.\r\n";
        let report = report(plain.as_bytes()).unwrap();
        assert_eq!((report.whom, report.is_final), (Whose::Nobody, true));
    }

    #[test]
    fn a_delay_is_not_final_and_an_answer_of_a_machine_no_report() {
        let raw = dsn("Final-Recipient: rfc822; bo@y.org\r\nAction: delayed\r\nStatus: 4.4.1\r\n");
        let report_of_delay = report(raw.as_bytes()).unwrap();
        assert!(!report_of_delay.is_final);
        let away =
            "From: bo@y.org\r\nAuto-Submitted: auto-replied\r\nSubject: Away\r\n\r\nI am away.\r\n";
        assert_eq!(report(away.as_bytes()), None);
        assert_eq!(report(b""), None);
    }
}
