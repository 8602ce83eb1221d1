//! The report that a mail server writes to the author of a mail which was refused for good (RFC 3464).

use super::compose::{date, new_message_id};
use super::lmtp::Answer;
use crate::kit::now_ms;

pub(crate) fn report(author: &str, recipient: &str, answer: &Answer, mail: &[u8]) -> Vec<u8> {
    let id = new_message_id(author);
    let domain = author.rsplit_once('@').map_or("localhost", |it| it.1);
    let boundary = format!("=_bounce_{}", id.replace('@', "_"));
    let date = date(now_ms());
    let original = String::from_utf8_lossy(headers_of(mail)).into_owned();
    let answers = parent_id(&original)
        .map(|it| format!("In-Reply-To: {it}\r\nReferences: {it}\r\n"))
        .unwrap_or_default();
    let status = status_of(answer);
    let said = answer.to_string().replace('\n', " ");
    format!(
        "Message-ID: <{id}>\r\n\
         Date: {date}\r\n\
         From: Mail Delivery System <mailer-daemon@{domain}>\r\n\
         To: {author}\r\n\
         Subject: Undelivered Mail Returned to Sender\r\n\
         Auto-Submitted: auto-replied\r\n\
         {answers}\
         MIME-Version: 1.0\r\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=\"{boundary}\"\r\n\
         \r\n\
         --{boundary}\r\n\
         Content-Type: text/plain; charset=utf-8\r\n\
         \r\n\
         Your mail to {recipient} was not delivered. The other side said:\r\n\
         \r\n\
         {said}\r\n\
         \r\n\
         --{boundary}\r\n\
         Content-Type: message/delivery-status\r\n\
         \r\n\
         Reporting-MTA: dns; {domain}\r\n\
         \r\n\
         Final-Recipient: rfc822; {recipient}\r\n\
         Action: failed\r\n\
         Status: {status}\r\n\
         Diagnostic-Code: smtp; {said}\r\n\
         \r\n\
         --{boundary}\r\n\
         Content-Type: text/rfc822-headers; charset=utf-8\r\n\
         \r\n\
         {original}\r\n\
         --{boundary}--\r\n"
    )
    .into_bytes()
}

fn headers_of(mail: &[u8]) -> &[u8] {
    let end = mail.windows(4).position(|it| it == b"\r\n\r\n");
    end.map_or(mail, |end| &mail[..end + 2])
}

fn parent_id(headers: &str) -> Option<&str> {
    let mut lines = headers.lines();
    lines.find_map(|line| line.strip_prefix("Message-ID: "))
}

/// The enhanced code of the answer where it has one.
fn status_of(answer: &Answer) -> String {
    let first = answer.text.split_whitespace().next().unwrap_or_default();
    let is_code = first.split('.').count() == 3 && first.bytes().all(|it| it.is_ascii_graphic());
    match is_code && first.starts_with('5') {
        true => first.to_owned(),
        false => "5.0.0".to_owned(),
    }
}
