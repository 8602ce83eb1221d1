//! LMTP as a mail server speaks it, over loopback.

use std::{net::SocketAddr, sync::atomic::Ordering};

use email::{Email, Settings};
use insta::assert_snapshot;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::support::{Memory, settings, while_receiving};

/// Sends everything at once, as a pipelining client may, and returns all answers.
pub(crate) async fn say(address: SocketAddr, script: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(script).await.unwrap();
    stream.shutdown().await.unwrap();
    let mut answers = String::new();
    stream.read_to_string(&mut answers).await.unwrap();
    answers.replace("\r\n", "\n")
}

async fn with(settings: Settings, memory: &Memory, script: &str) -> String {
    let email = Email::new(settings).unwrap();
    let address = email.bind().await.unwrap();
    let script = script.replace('\n', "\r\n");
    while_receiving(&email, memory, say(address, script.as_bytes())).await
}

pub(crate) async fn answers(memory: &Memory, script: &str) -> String {
    with(settings(1), memory, script).await
}

pub(crate) const HI: &str =
    "From: Ana <ana@x.org>\nSubject: Hall\nMessage-ID: <m1@x.org>\n\nWho comes?\n.\n";

pub(crate) fn post(recipients: &[&str], mail: &str) -> String {
    let recipients: String = recipients
        .iter()
        .map(|it| format!("RCPT TO:<{it}>\n"))
        .collect();
    format!(
        "LHLO mx.example\nMAIL FROM:<ana@x.org> SIZE=100 BODY=8BITMIME SMTPUTF8\n{recipients}DATA\n{mail}QUIT\n"
    )
}

#[tokio::test]
async fn a_pipelined_mail_is_answered_after_it_was_accepted() {
    let memory = Memory::default();
    assert_snapshot!(answers(&memory, &post(&["SPRING@lists.example"], HI)).await, @r"
    220 causeway.example LMTP
    250-causeway.example
    250-PIPELINING
    250-ENHANCEDSTATUSCODES
    250-8BITMIME
    250-SMTPUTF8
    250 SIZE 2000
    250 2.1.0 go on
    250 2.1.5 go on
    354 end with a dot on a line of its own
    250 2.6.0 taken in
    221 2.0.0 goodbye
    ");
    assert_snapshot!(memory.heard(), @r#"email:spring@lists.example Ana: "Who comes?" [mail:spring@lists.example:m1@x.org]"#);
}

/// What came after the greeting.
fn tail(answers: &str) -> String {
    let (_, tail) = answers.split_once("250 SIZE 2000\n").unwrap();
    tail.to_owned()
}

#[tokio::test]
async fn each_recipient_has_an_answer_of_its_own() {
    let memory = Memory::default();
    *memory.is_down_for.lock().unwrap() = Some("open@lists.example".to_owned());
    let to = [
        "spring@lists.example",
        "nobody@lists.example",
        "open@lists.example",
    ];
    assert_snapshot!(tail(&answers(&memory, &post(&to, HI)).await), @r"
    250 2.1.0 go on
    250 2.1.5 go on
    550 5.1.1 there is no such list here
    250 2.1.5 go on
    354 end with a dot on a line of its own
    250 2.6.0 taken in
    451 4.3.0 the mail cannot be stored now, try again later
    221 2.0.0 goodbye
    ");
}

#[tokio::test]
async fn a_mail_to_two_lists_is_two_posts() {
    let memory = Memory::default();
    answers(
        &memory,
        &post(&["spring@lists.example", "open@lists.example"], HI),
    )
    .await;
    assert_snapshot!(memory.heard(), @r#"
    email:spring@lists.example Ana: "Who comes?" [mail:spring@lists.example:m1@x.org]
    email:open@lists.example Ana: "Who comes?" [mail:open@lists.example:m1@x.org]
    "#);
}

#[tokio::test]
async fn a_store_that_is_down_leaves_the_mail_with_the_mail_server() {
    let memory = Memory::default();
    memory.is_down.store(true, Ordering::SeqCst);
    let said = answers(&memory, &post(&["spring@lists.example"], HI)).await;
    assert!(said.contains("451 4.3.0"), "{said}");
    assert_eq!(memory.heard(), "");
}

#[tokio::test]
async fn strangers_and_unreadable_mails_are_told_why() {
    let memory = Memory::default();
    let stranger = HI.replace("ana@x.org", "eve@evil.org");
    let nobody = HI.replace(
        "From: Ana <ana@x.org>",
        "From: Ana <ana@x.org>, Bo <bo@y.org>",
    );
    let script = format!(
        "{}MAIL FROM:<a@x.org>\nRCPT TO:<spring@lists.example>\nDATA\n{nobody}QUIT\n",
        post(&["spring@lists.example"], &stranger).replace("QUIT\n", "")
    );
    assert_snapshot!(tail(&answers(&memory, &script).await), @r"
    250 2.1.0 go on
    250 2.1.5 go on
    354 end with a dot on a line of its own
    550 5.7.1 only members may write to spring@lists.example: write from the address that you joined with
    250 2.1.0 go on
    250 2.1.5 go on
    354 end with a dot on a line of its own
    554 5.6.0 the mail cannot be relayed: it must have one From line with one address
    221 2.0.0 goodbye
    ");
    assert_snapshot!(memory.heard(), @r"
    aside: not-a-member (mail:spring@lists.example:d8fae75860ff052a9014cd0525b917187573ddc07e445e31feb47b4875c7083a, 79 bytes)
    aside: no-single-author (mail:spring@lists.example:m1@x.org, 91 bytes)
    ");
}

#[tokio::test]
async fn machines_answers_and_our_own_mail_are_set_aside() {
    let memory = Memory::default();
    for line in [
        "Auto-Submitted: auto-replied",
        "Precedence: bulk",
        "X-Causeway-Id: 1",
        "List-Id: Spring <spring.lists.example>",
        "List-Post: spring@lists.example",
        "Content-Type: multipart/report; boundary=x",
    ] {
        let mail = format!("{line}\n{HI}");
        let said = answers(&memory, &post(&["spring@lists.example"], &mail)).await;
        assert!(said.contains("250 2.6.0"), "{line}: {said}");
    }
    let own = HI.replace("m1@x.org", "0@Causeway.example");
    answers(&memory, &post(&["spring@lists.example"], &own)).await;
    let bounce = post(
        &["spring@lists.example", "spring-bounces+token@lists.example"],
        HI,
    );
    answers(
        &memory,
        &bounce.replace("MAIL FROM:<ana@x.org>", "MAIL FROM:<>"),
    )
    .await;
    answers(&memory, &post(&["spring-bounces@lists.example"], HI)).await;
    let reasons: Vec<&str> = memory
        .aside
        .lock()
        .unwrap()
        .iter()
        .map(|raw| raw.reason)
        .collect();
    assert_eq!(
        reasons,
        [
            "auto-reply",
            "bulk",
            "own-mail",
            "own-list-header",
            "own-list-header",
            "bounce",
            "own-message-id",
            "bounce",
            "bounce",
            "no-report",
        ]
    );
    assert!(memory.accepted.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_mail_over_the_limit_is_refused_before_or_after_it_came() {
    let memory = Memory::default();
    let long = HI.replace("Who", &"long ".repeat(1_000));
    let script = format!(
        "LHLO x\nMAIL FROM:<a@x.org> SIZE=2001\nMAIL FROM:<a@x.org>\nRCPT TO:<spring@lists.example>\n\
         RCPT TO:<open@lists.example>\nDATA\n{long}NOOP\n"
    );
    assert_snapshot!(tail(&answers(&memory, &script).await), @r"
    552 5.3.4 a mail may hold 2000 bytes
    250 2.1.0 go on
    250 2.1.5 go on
    250 2.1.5 go on
    354 end with a dot on a line of its own
    552 5.3.4 a mail may hold 2000 bytes
    552 5.3.4 a mail may hold 2000 bytes
    250 2.0.0 still here
    ");
    assert_eq!(memory.heard(), "");
}

#[tokio::test]
async fn dots_and_bare_line_feeds_smuggle_nothing() {
    let memory = Memory::default();
    let email = Email::new(settings(1)).unwrap();
    let address = email.bind().await.unwrap();
    let script = b"LHLO x\r\nMAIL FROM:<a@x.org>\r\nRCPT TO:<spring@lists.example>\r\nDATA\r\n\
        From: ana@x.org\r\nMessage-ID: <m@x.org>\r\n\r\n..one\r\ntwo\n.\nMAIL FROM:<evil@x.org>\n.\r\nthree\r\n.\r\nQUIT\r\n";
    let said = while_receiving(&email, &memory, say(address, script)).await;
    assert_eq!(said.matches("250 2.1.0").count(), 1, "{said}");
    let found = memory.heard();
    assert!(
        found.contains(r".one\ntwo\n.\nMAIL FROM:<evil@x.org>\n.\nthree"),
        "{found}"
    );
}

#[tokio::test]
async fn commands_out_of_turn_are_told_so_and_too_many_end_the_session() {
    let memory = Memory::default();
    let script = "MAIL FROM:<a@x.org>\nEHLO x\nLHLO x\nDATA\nRCPT TO:<spring@lists.example>\nVRFY ana\nRSET\n\
        MAIL FROM:<a@x.org>\nMAIL FROM:<a@x.org>\nDATA\nFROB\nMAIL\nSTARTTLS\nAUTH PLAIN x\nFROB\nFROB\nNOOP\n";
    assert_snapshot!(answers(&memory, script).await, @r"
    220 causeway.example LMTP
    503 5.5.1 say LHLO first
    500 5.5.1 this is LMTP: say LHLO
    250-causeway.example
    250-PIPELINING
    250-ENHANCEDSTATUSCODES
    250-8BITMIME
    250-SMTPUTF8
    250 SIZE 2000
    503 5.5.1 there is no recipient
    503 5.5.1 say MAIL first
    252 2.5.2 send it and see
    250 2.0.0 forgotten
    250 2.1.0 go on
    503 5.5.1 one mail at a time
    503 5.5.1 there is no recipient
    500 5.5.2 not understood
    501 5.5.4 write it as: MAIL FROM:<reverse-path> [parameters]
    502 5.5.1 not offered here
    502 5.5.1 not offered here
    421 4.7.0 too many mistakes
    ");
}

#[tokio::test]
async fn a_line_without_end_costs_no_memory() {
    let memory = Memory::default();
    let script = format!("LHLO x\nNOOP {}\nNOOP\n", "x".repeat(100_000));
    assert_snapshot!(tail(&answers(&memory, &script).await), @r"
    500 5.5.2 the line is too long
    250 2.0.0 still here
    ");
}

#[tokio::test]
async fn more_recipients_than_allowed_are_put_off() {
    let memory = Memory::default();
    let said = answers(&memory, &post(&["spring@lists.example"; 4], HI)).await;
    assert!(said.contains("452 4.5.3 too many recipients"), "{said}");
}

/// Exchange sets it on what people write.
#[tokio::test]
async fn a_persons_mail_that_no_machine_is_to_answer_is_taken() {
    let memory = Memory::default();
    let mail = format!("X-Auto-Response-Suppress: All\n{HI}");
    answers(&memory, &post(&["spring@lists.example"], &mail)).await;
    assert!(memory.heard().contains("Who comes?"), "{}", memory.heard());
}
