//! What a mail server on the other side hears from the sandbox, and what lies in the mailboxes afterwards.
#![allow(clippy::unwrap_used)]

use insta::assert_snapshot;
use sandbox::mail::{Mail, MailFaults};

mod support;
use support::{served, typed};

fn bodies(mail: &Mail, address: &str) -> Vec<String> {
    let raw = mail.raw_of(address).into_iter();
    raw.map(|it| String::from_utf8(it.to_vec()).unwrap())
        .collect()
}

const ENVELOPE: &str = "EHLO me\nMAIL FROM:<list@here.example>\nRCPT TO:<ana@town.example>\nDATA\n";

#[tokio::test]
async fn a_pipelined_session_is_answered_line_by_line() {
    let (mail, address) = served().await;
    let said = typed(
        &address,
        "EHLO me\nMAIL FROM:<list@here.example> SIZE=100 BODY=8BITMIME\nRCPT TO:<ANA@town.example>\n\
         RCPT TO:<nobody@town.example>\nRCPT TO:<bo@fund.example>\nDATA\nSubject: Hi\n\n..dotted\nHello\n.\n\
         NOOP\nMAIL FROM:<>\nRSET\nDATA\nWHAT\nQUIT\n",
    )
    .await;
    assert_snapshot!(said, @r"
    220 sandbox.invalid ESMTP
    250-sandbox.invalid
    250-PIPELINING
    250-SIZE 52428800
    250-8BITMIME
    250-ENHANCEDSTATUSCODES
    250 SMTPUTF8
    250 2.1.0 Sender ok
    250 2.1.5 Recipient ok
    550 5.1.1 Nobody has this address here
    250 2.1.5 Recipient ok
    354 End with a dot alone on a line
    250 2.0.0 Kept
    250 2.0.0 Still here
    250 2.1.0 Sender ok
    250 2.0.0 Forgotten
    503 5.5.1 Say MAIL first
    500 5.5.2 Command not recognised
    221 2.0.0 Goodbye
    ");
    let expected = "Subject: Hi\r\n\r\n.dotted\r\nHello\r\n";
    assert_eq!(bodies(&mail, "ana@town.example"), [expected]);
    assert_eq!(bodies(&mail, "bo@fund.example"), [expected]);
    assert_eq!(mail.received(), 2);
}

#[tokio::test]
async fn a_session_in_the_wrong_order_is_told_so() {
    let (_, address) = served().await;
    let said = typed(
        &address,
        "MAIL FROM:<a@b.example>\nEHLO me\nRCPT TO:<ana@town.example>\nMAIL TO:<x>\nMAIL FROM:<a@b.example> SIZE=99999999\n\
         MAIL FROM:<a@b.example> FOO=1\nMAIL FROM:<a@b.example>\nMAIL FROM:<a@b.example>\nRCPT TO:ana\nDATA\nAUTH PLAIN x\nQUIT\n",
    )
    .await;
    let after_hello = said.split_once("SMTPUTF8\n").unwrap().1;
    assert!(said.contains("503 5.5.1 Say EHLO first"));
    assert_snapshot!(after_hello, @r"
    503 5.5.1 Say MAIL first
    501 5.5.4 Syntax: MAIL FROM:<address>
    552 5.3.4 Larger than 52428800 bytes
    555 5.5.4 Parameter not recognised
    250 2.1.0 Sender ok
    503 5.5.1 One sender at a time
    501 5.5.4 Syntax: RCPT TO:<address>
    554 5.5.1 No valid recipients
    502 5.5.1 Not offered here
    221 2.0.0 Goodbye
    ");
}

#[tokio::test]
async fn an_endless_command_line_does_not_end_the_session() {
    let (_, address) = served().await;
    let said = typed(&address, &format!("{}\nQUIT\n", "x".repeat(20_000))).await;
    assert_snapshot!(said, @r"
    220 sandbox.invalid ESMTP
    500 5.5.2 Line too long
    221 2.0.0 Goodbye
    ");
}

#[tokio::test]
async fn a_dot_after_a_bare_line_feed_ends_no_mail() {
    let (mail, address) = served().await;
    let said = typed(
        &address,
        &format!("{ENVELOPE}Subject: Hi\n\nHello\n.\nQUIT\n"),
    )
    .await;
    assert!(said.contains("250 2.0.0 Kept"));
    // `typed` turns line feeds into CR LF, so that the bare one is typed here by hand.
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let mut stream = tokio::net::TcpStream::connect(&address).await.unwrap();
    let text =
        ENVELOPE.replace('\n', "\r\n") + "a\n.\r\nMAIL FROM:<evil@x.example>\r\n.\r\nQUIT\r\n";
    stream.write_all(text.as_bytes()).await.unwrap();
    stream.read_to_end(&mut Vec::new()).await.unwrap();
    assert_eq!(mail.received(), 2);
    let smuggled = &bodies(&mail, "ana@town.example")[1];
    assert!(smuggled.contains("MAIL FROM:<evil@x.example>"));
}

#[tokio::test]
async fn greylisting_and_refusal_touch_whom_they_name() {
    let (mail, address) = served().await;
    mail.set_faults(MailFaults {
        greylisted: vec!["ana@town.example".to_owned()],
        refused: vec!["bo@fund.example".to_owned()],
        ..MailFaults::default()
    });
    let lines =
        "EHLO me\nMAIL FROM:<>\nRCPT TO:<ana@town.example>\nRCPT TO:<bo@fund.example>\nQUIT\n";
    let said = typed(&address, lines).await;
    assert_snapshot!(said.split_once("Sender ok\n").unwrap().1, @r"
    451 4.7.1 Greylisted, come back later
    550 5.2.1 <bo@fund.example>: Recipient address rejected: this mailbox takes no mail
    221 2.0.0 Goodbye
    ");
}

#[tokio::test]
async fn a_cut_before_the_250_happens_on_either_side_of_keeping() {
    let (mail, address) = served().await;
    mail.set_faults(MailFaults {
        cut_before_keeping: 1,
        cut_after_keeping: 1,
        ..MailFaults::default()
    });
    let lines = format!("{ENVELOPE}Subject: Hi\n\nHello\n.\n");
    let thrown_away = typed(&address, &lines).await;
    assert!(thrown_away.ends_with("354 End with a dot alone on a line\n"));
    assert_eq!(mail.received(), 0);
    let kept = typed(&address, &lines).await;
    assert!(kept.ends_with("354 End with a dot alone on a line\n"));
    assert_eq!(mail.received(), 1);
    let lines = format!("{lines}QUIT\n");
    assert!(typed(&address, &lines).await.contains("250 2.0.0 Kept"));
    assert_eq!(mail.received(), 2);
    assert_eq!(mail.faults(), MailFaults::default());
}

#[tokio::test]
async fn a_closed_server_refuses_connections_and_opens_on_the_same_port() {
    let (mail, address) = served().await;
    mail.set_faults(MailFaults {
        closed_until_ms: i64::MAX,
        ..MailFaults::default()
    });
    while tokio::net::TcpStream::connect(&address).await.is_ok() {
        tokio::task::yield_now().await;
    }
    mail.set_faults(MailFaults::default());
    while tokio::net::TcpStream::connect(&address).await.is_err() {
        tokio::task::yield_now().await;
    }
    assert!(typed(&address, "QUIT\n").await.contains("221"));
}

#[tokio::test]
async fn a_thousand_mails_on_one_connection_are_kept_in_order() {
    let (mail, address) = served().await;
    let mut lines = "EHLO me\n".to_owned();
    for number in 0..1000 {
        lines.push_str(&format!(
            "MAIL FROM:<l@x.example>\nRCPT TO:<ana@town.example>\nDATA\nMessage-ID: <{number}@x.example>\n\
             Subject: n\n\nMail {number}\n.\n"
        ));
    }
    typed(&address, &(lines + "QUIT\n")).await;
    let log = mail.log_of("ana@town.example");
    let expected: Vec<String> = (0..1000).map(|it| format!("Mail {it}")).collect();
    let lines: Vec<String> = log.iter().map(|it| it.first_line.clone()).collect();
    assert_eq!(lines, expected);
    assert_eq!(log[7].message_id, "7@x.example");
    assert_eq!(mail.log_since("ana@town.example", 990).len(), 10);
}
