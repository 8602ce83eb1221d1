//! What mail servers report of mails that they could not deliver (RFC 3464), as far as we count it.
//!
//! **Invariant:** what a report says of an address goes no further than to whom it belongs.

use conversation::{RemoteId, Whose};
use mailparse::MailHeaderMap;

use super::{header::Headers, mime};
use crate::address::one_line;

#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Report {
    pub(crate) whom: Whose,
    /// Given up, and not tried further.
    pub(crate) is_final: bool,
    /// As in `5.1.1 no such user`.
    pub(crate) why: String,
}

/// None of a mail that is no report: answers of machines come to the same address.
pub(crate) fn report(raw: &[u8]) -> Option<Report> {
    let (headers, body) = Headers::split(raw);
    let parts = mime::parts(headers, body).ok()?;
    let is_status = |it: &&mime::Part<'_>| {
        ["message/delivery-status", "message/global-delivery-status"].contains(&it.mime.as_str())
    };
    let status = parts.iter().find(is_status)?.bytes();
    let text = String::from_utf8_lossy(&status).replace("\r\n", "\n");
    text.split("\n\n").find_map(of_recipient)
}

fn of_recipient(fields: &str) -> Option<Report> {
    let (headers, _) = mailparse::parse_headers(fields.trim_start().as_bytes()).ok()?;
    let value = |name: &str| headers.get_first_value(name).map(|it| one_line(&it));
    let action = value("Action")?.to_lowercase();
    let recipient = value("Original-Recipient").or_else(|| value("Final-Recipient"));
    let address = recipient.as_deref().map(after_type);
    let diagnostic = value("Diagnostic-Code");
    let words = diagnostic.as_deref().map(after_type).unwrap_or_default();
    let why = format!("{} {words}", value("Status").unwrap_or_default());
    Some(Report {
        is_final: action.starts_with("failed"),
        why: without_addresses(&why),
        whom: match address {
            Some(address) if address.contains('@') => {
                Whose::Account(RemoteId(address.to_lowercase()))
            }
            _ => Whose::Nobody,
        },
    })
}

/// As in `rfc822; bo@y.org`.
fn after_type(value: &str) -> &str {
    value.split_once(';').map_or(value, |(_, rest)| rest).trim()
}

fn without_addresses(words: &str) -> String {
    const LONGEST: usize = 300;
    let words = words.split_whitespace();
    let told: Vec<_> = words
        .map(|it| if it.contains('@') { "…" } else { it })
        .collect();
    told.join(" ").chars().take(LONGEST).collect()
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
