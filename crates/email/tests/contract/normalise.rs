//! Mails as programs and adversaries write them, and what they come to.

use std::time::{Duration, Instant};

use conversation::{Event, Posted, Timestamp};
use email::{Arrival, Incoming, Normalised, markup_to_plain, normalise};
use insta::assert_snapshot;

use crate::support::spring;

/// 3 May 2024, 12:00 UTC.
const NOON: Timestamp = Timestamp(1_714_737_600_000);

fn read(raw: &[u8]) -> Normalised {
    let arrival = Arrival {
        raw,
        envelope_from: Some("ana@x.org"),
        verifier: None,
        now: NOON,
    };
    normalise(&arrival, &spring(), "causeway.example")
}

fn incoming(raw: &[u8]) -> Incoming {
    match read(raw) {
        Normalised::Posted(incoming) => *incoming,
        other => panic!("{other:?}"),
    }
}

fn posted(incoming: &Incoming) -> &Posted {
    match &incoming.inbound.event {
        Event::Posted(posted) => posted,
        other => panic!("{other:?}"),
    }
}

fn show(raw: &[u8]) -> String {
    let incoming = incoming(raw);
    let posted = posted(&incoming);
    let mut text = format!(
        "subject: {:?}\n{}",
        posted.subject,
        markup_to_plain(&posted.content.text)
    );
    for file in &incoming.files {
        let alt = file
            .alt
            .as_ref()
            .map(|it| format!(" ({it})"))
            .unwrap_or_default();
        text += &format!(
            "\n+ {:?} {} {} {} bytes{alt}",
            file.kind,
            file.name,
            file.mime,
            file.bytes.len()
        );
    }
    text
}

/// From Ana, with more header lines and a body.
fn from_ana(rest: &str) -> Vec<u8> {
    format!("From: Ana <ana@x.org>\nMessage-ID: <m1@x.org>\n{rest}")
        .replace('\n', "\r\n")
        .into_bytes()
}

#[test]
fn a_mail_becomes_a_post() {
    let raw = from_ana(
        "Subject: Re: [Spring] Hall\nDate: Fri, 3 May 2024 11:30:00 +0200\nIn-Reply-To: <b@x.org>\n\
         References: <a@x.org>\n <b@x.org> <m1@x.org> <a@x.org>\n\nI am!\n",
    );
    let json = serde_json::to_string_pretty(&incoming(&raw).inbound).unwrap();
    assert_snapshot!(json, @r#"
    {
      "key": "mail:spring@lists.example:m1@x.org",
      "channel": {
        "platform": "email",
        "id": "spring@lists.example"
      },
      "at": 1714728600000,
      "actor": {
        "account": "ana@x.org",
        "display_name": "Ana",
        "kind": "person"
      },
      "proof": "unproven",
      "event": {
        "posted": {
          "messages": [
            "m1@x.org"
          ],
          "reply_to": [
            "b@x.org",
            "a@x.org"
          ],
          "subject": "Hall",
          "content": {
            "text": [
              {
                "text": "I am!"
              }
            ]
          },
          "twin": {
            "fingerprint": "796b7cba1c80801c3a9cce831ab7308e",
            "key": "mail:spring@lists.example:mail-17ef701076d8ab9e67a98335009aee5d@causeway.example",
            "message": "mail-17ef701076d8ab9e67a98335009aee5d@causeway.example"
          }
        }
      }
    }
    "#);
}

#[test]
fn html_is_read_where_the_plain_text_says_nothing() {
    let raw = from_ana(
        "Content-Type: multipart/alternative; boundary=a\n\n--a\n\nYour program cannot display HTML mail.\n--a\n\
         Content-Type: text/html; charset=windows-1252\nContent-Transfer-Encoding: quoted-printable\n\n\
         <style>p{}</style><p>Caf=E9 <b>now</b>, see <a href=3D\"https://x.org\">the map</a></p>\
         <ul><li>one<li>two</ul><script>alert(1)</script><img src=3D\"https://t.example/pixel\">\n--a--\n",
    );
    assert_snapshot!(show(&raw), @r"
    subject: None
    Café *now*, see the map <https://x.org>
    - one
    - two
    ");
}

#[test]
fn files_of_all_kinds_survive() {
    let raw = from_ana(
        "Content-Type: multipart/signed; boundary=s\n\n--s\nContent-Type: multipart/mixed; boundary=a\n\n--a\n\
         Content-Type: multipart/related; boundary=r\n\n--r\nContent-Type: text/html\n\n\
         See <img src=\"cid:p1\" alt=\"the hall\">\n--r\nContent-Type: image/png\nContent-ID: <p1>\n\
         Content-Transfer-Encoding: base64\n\naGVsbG8=\n--r--\n--a\n\
         Content-Type: application/pdf; name*0*=utf-8''r%C3%A9; name*1=sum.pdf\n\nx\n--a\n\
         Content-Type: application/pdf\nContent-Disposition: attachment; filename=\"=?utf-8?B?w7YucGRm?=\"\n\nx\n--a\n\
         Content-Type: text/calendar\n\nBEGIN:VCALENDAR\n--a\nContent-Type: application/ms-tnef\n\nx\n--a\n\
         Content-Type: message/rfc822\n\nSubject: old/one\n\nold words\n--a\n\
         Content-Type: text/plain; name=notes.txt\n\nno words of the mail\n--a--\n--s\n\
         Content-Type: application/pgp-signature; name=s.asc\n\nsigned\n--s--\n",
    );
    assert_snapshot!(show(&raw), @r"
    subject: None
    See
    + Photo file.png image/png 5 bytes (the hall)
    + Document résum.pdf application/pdf 1 bytes
    + Document ö.pdf application/pdf 1 bytes
    + Document invite.ics text/calendar 15 bytes
    + Document winmail.dat application/ms-tnef 1 bytes
    + Document old-one.eml message/rfc822 29 bytes
    + Document notes.txt text/plain 20 bytes
    ");
}

#[test]
fn flowed_text_is_joined_and_odd_charsets_are_read() {
    let flowed =
        from_ana("Content-Type: text/plain; format=flowed; delsp=yes\n\nlong \nword\nnext\n");
    assert_snapshot!(show(&flowed), @r"
    subject: None
    longword
    next
    ");
    let mut unknown = from_ana("Content-Type: text/plain; charset=unknown-8bit\n\n");
    unknown.extend(b"caf\xe9");
    assert_snapshot!(show(&unknown), @r"
    subject: None
    café
    ");
    let japanese =
        from_ana("Content-Type: text/plain; charset=iso-2022-jp\n\n\u{1b}$B$3$s$K$A$O\u{1b}(B\n");
    assert_snapshot!(show(&japanese), @r"
    subject: None
    こんにちは
    ");
}

#[test]
fn a_mail_of_a_subject_alone_says_its_subject() {
    assert_snapshot!(show(&from_ana("Subject: Running late\n\n\n")), @r#"
    subject: Some("Running late")
    Running late
    "#);
}

#[test]
fn a_mail_without_an_id_has_the_same_one_at_every_delivery() {
    let raw =
        |received: &str| format!("Received: {received}\r\nFrom: ana@x.org\r\n\r\nHi").into_bytes();
    let (first, second) = (incoming(&raw("one")), incoming(&raw("two")));
    assert_eq!(first.inbound.key, second.inbound.key);
    let other = incoming(b"From: ana@x.org\r\n\r\nHo");
    assert_ne!(first.inbound.key, other.inbound.key);
}

#[test]
fn clocks_are_believed_within_reason() {
    for (date, expected) in [
        ("Fri, 3 May 2024 11:00:00 +0000", NOON.0 - 3_600_000),
        ("Fri, 3 May 2124 11:00:00 +0000", NOON.0),
        ("Thu, 1 Jan 1970 00:00:00 +0000", NOON.0),
        ("yesterday", NOON.0),
    ] {
        let at = incoming(&from_ana(&format!("Date: {date}\n\nHi")))
            .inbound
            .at;
        assert_eq!(at, Timestamp(expected), "{date}");
    }
}

fn reason(raw: &[u8]) -> &'static str {
    match read(raw) {
        Normalised::Ignored { reason, .. } | Normalised::Malformed { reason, .. } => reason,
        Normalised::NotAMember => "not-a-member",
        Normalised::ForUs => "for-us",
        Normalised::Posted(_) => "posted",
    }
}

/// S29 to S32 of the design's bad inputs.
#[test]
fn bad_mails_are_named() {
    assert_eq!(reason(b""), "no-single-author");
    assert_eq!(reason(b"\r\n\r\nno header"), "no-single-author");
    assert_eq!(
        reason(b"From: a@x.org\r\nFrom: ana@x.org\r\n\r\nHi"),
        "no-single-author"
    );
    assert_eq!(reason(b"From:\r\n\r\nHi"), "no-single-author");
    assert_eq!(
        reason(b"From: all: ana@x.org, bo@y.org;\r\n\r\nHi"),
        "no-single-author"
    );
    assert_eq!(reason(b"From: eve@evil.org\r\n\r\nHi"), "not-a-member");
    assert_eq!(reason(b"From: ana@x.org\r\n\r\n \r\n"), "empty");
    assert_eq!(
        reason(b"From ana Fri\r\n>From: x\r\nFrom: ana@x.org\r\n\r\nHi"),
        "posted"
    );
}

#[test]
fn line_breaks_hidden_in_headers_come_out_as_blanks() {
    let raw = b"From: =?utf-8?Q?Ana=0D=0ABcc:_x?= <ana@x.org>\r\nSubject: =?utf-8?Q?Hi=0D=0AEvil:_y?=\r\n\r\nHi";
    let incoming = incoming(raw);
    assert_eq!(incoming.inbound.actor.display_name, "Ana Bcc: x");
    assert_eq!(posted(&incoming).subject.as_deref(), Some("Hi Evil: y"));
}

#[test]
fn hostile_sizes_and_depths_cost_little() {
    let many = "--b\r\nContent-Type: text/plain\r\n\r\na\r\n".repeat(10_000);
    let parts = from_ana(&format!(
        "Content-Type: multipart/mixed; boundary=b\n\n{many}"
    ));
    let deep_html = from_ana(&format!(
        "Content-Type: text/html\n\n{}deep{}",
        "<div><blockquote>".repeat(20_000),
        "</blockquote></div>".repeat(20_000)
    ));
    let quotes: String = (1..1_000)
        .map(|depth| format!("{} a\n", ">".repeat(depth)))
        .collect();
    let words = from_ana(&format!("Subject: {}\n\nHi", "=?utf-8?Q?".repeat(100_000)));
    let attributes: String = (0..200_000).map(|number| format!(" a{number}")).collect();
    let wide_tag = from_ana(&format!("Content-Type: text/html\n\n<p{attributes}>Hi</p>"));
    let began = Instant::now();
    assert_eq!(reason(&parts), "too-many-parts");
    assert_eq!(reason(&deep_html), "posted");
    assert_eq!(reason(&from_ana(&format!("\nHi\n{quotes}"))), "posted");
    assert_eq!(reason(&words), "posted");
    assert_eq!(reason(&wide_tag), "posted");
    assert!(
        began.elapsed() < Duration::from_secs(10),
        "{:?}",
        began.elapsed()
    );
}
