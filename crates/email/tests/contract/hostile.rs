//! Mail servers and clients that mean ill: slow, endless, or with answers that are none.

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

use conversation::{Adapter, Markup, Outbound, SendError, Timestamp};
use email::Email;
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

use crate::{
    lmtp::say,
    send::{SPRING, addressee, outbound, post, town},
    sink::Fault,
    support::{Memory, settings, while_receiving},
};

/// Begins with `script`, goes on with `drop` again and again, and returns all answers.
async fn drips(address: SocketAddr, script: &str, drop: &str) -> String {
    let stream = TcpStream::connect(address).await.unwrap();
    let (mut reader, mut writer) = stream.into_split();
    let script = script.replace('\n', "\r\n");
    let drop = drop.replace('\n', "\r\n");
    let dripping = async {
        writer.write_all(script.as_bytes()).await.unwrap();
        let mut pause = tokio::time::interval(Duration::from_millis(50));
        // Until the other side has had enough.
        while writer.write_all(drop.as_bytes()).await.is_ok() {
            pause.tick().await;
        }
    };
    let mut answers = Vec::new();
    // Whoever is cut off while they still talk may see a reset after the last answer.
    let (_, ()) = tokio::join!(reader.read_to_end(&mut answers), dripping);
    String::from_utf8(answers).unwrap()
}

async fn against_drips(script: &str, drop: &str) -> (String, Memory) {
    let mut settings = settings(1);
    settings.lmtp.idle_timeout_s = 1;
    let memory = Memory::default();
    let email = Email::new(settings).unwrap();
    let address = email.bind().await.unwrap();
    let began = Instant::now();
    let answers = while_receiving(&email, &memory, drips(address, script, drop)).await;
    assert!(began.elapsed() < Duration::from_secs(20), "{answers}");
    (answers, memory)
}

const TO_THE_DATA: &str =
    "LHLO x\nMAIL FROM:<a@x.org>\nRCPT TO:<spring@lists.example>\nDATA\nFrom: ana@x.org\n\n";

/// S16.
#[tokio::test]
async fn what_trickles_in_is_not_waited_for() {
    for script in ["LHLO x\n", TO_THE_DATA] {
        let (answers, memory) = against_drips(script, "x").await;
        assert!(answers.contains("421 4.4.2 nothing was heard"), "{answers}");
        assert_eq!(memory.heard(), "");
    }
}

/// S15.
#[tokio::test]
async fn a_mail_without_end_is_refused_and_its_end_not_waited_for() {
    let line = "x".repeat(998) + "\n";
    let (answers, memory) = against_drips(TO_THE_DATA, &line).await;
    assert!(
        answers.ends_with("552 5.3.4 a mail may hold 2000 bytes\r\n"),
        "{answers}"
    );
    assert_eq!(memory.heard(), "");
}

#[tokio::test]
async fn floods_of_commands_end_the_session() {
    for flood in ["NOOP\n", "RSET\n", "RCPT TO:<nobody@lists.example>\n"] {
        let script = "LHLO x\nMAIL FROM:<a@x.org>\n".to_owned() + &flood.repeat(2_000);
        let (answers, _) = against_drips(&script, flood).await;
        assert!(
            answers.ends_with("421 4.7.0 too many commands without a mail\r\n"),
            "{flood}"
        );
    }
}

/// Whoever makes a browser, or a program that speaks TLS, knock here must not write a mail by it.
#[tokio::test]
async fn callers_from_the_web_are_hung_up_on_before_they_can_hand_in_a_mail() {
    let mail = "LHLO x\nMAIL FROM:<ana@x.org>\nRCPT TO:<spring@lists.example>\nDATA\n\
        From: ana@x.org\n\nforged\n.\n";
    for begin in [
        "POST / HTTP/1.1\nHost: localhost:8024\n\n",
        "GET /\n",
        "get / http/1.1\n",
        "CONNECT mx.example:25 HTTP/1.1\n",
        "PROPFIND / HTTP/1.1\n",
        "PRI * HTTP/2.0\n\nSM\n\n",
        "LHLO x\nUser-Agent: x\n",
        "\n\nPUT /x HTTP/1.1\n",
        "\u{16}\u{3}\u{1}\u{2}\0\n",
        "\u{5}\u{1}\0\n",
        "-----\nContent-Disposition: form-data\n",
        " folded\n",
    ] {
        let email = Email::new(settings(1)).unwrap();
        let address = email.bind().await.unwrap();
        let memory = Memory::default();
        let script = format!("{begin}{mail}QUIT\n").replace('\n', "\r\n");
        let said = while_receiving(&email, &memory, say(address, script.as_bytes())).await;
        let last = "421 4.7.0 this is LMTP, and what you speak is not\n";
        assert!(said.ends_with(last), "{begin:?}: {said}");
        assert_eq!(memory.heard(), "");
    }
}

/// The first message of TLS may hold no line break at all.
#[tokio::test]
async fn a_tls_client_at_the_plain_port_is_not_waited_for() {
    let email = Email::new(settings(1)).unwrap();
    let address = email.bind().await.unwrap();
    let hello = async {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(b"\x16\x03\x01\x02\x00\x01").await.unwrap();
        let mut answers = String::new();
        stream.read_to_string(&mut answers).await.unwrap();
        answers
    };
    let answers = while_receiving(&email, &Memory::default(), hello).await;
    assert!(answers.contains("421 4.7.0"), "{answers}");
}

/// A mail server that says `greeting`, answers so many commands well, and then with `word`, again and again.
async fn babbles(greeting: &'static str, good: usize, word: &'static str, timeout_s: u64) -> Email {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(babble(stream, greeting, good, word));
        }
    });
    let mut settings = settings(port);
    settings.smtp.timeout_s = timeout_s;
    Email::new(settings).unwrap()
}

async fn babble(stream: TcpStream, greeting: &str, good: usize, word: &str) -> Option<()> {
    let mut stream = BufReader::new(stream);
    stream.write_all(greeting.as_bytes()).await.ok()?;
    let mut command = String::new();
    for _ in 0..good {
        command.clear();
        stream.read_line(&mut command).await.ok()?;
        stream.write_all(b"250 ok\r\n").await.ok()?;
    }
    stream.read_line(&mut command).await.ok()?;
    let words = word.repeat(1_000);
    loop {
        stream.write_all(words.as_bytes()).await.ok()?;
    }
}

#[tokio::test]
async fn a_mail_server_that_talks_without_end_is_not_listened_to() {
    for (good, word) in [
        (0, "x"),
        (0, "250-on and on and on\r\n"),
        (2, "x"),
        (2, "250-on and on and on\r\n"),
        (1, "\0"),
    ] {
        let email = babbles("220 sink\r\n", good, word, 60).await;
        let sent = email
            .send(&outbound("open@lists.example", post(Markup::plain("Hi"))))
            .await;
        let Err(SendError::Unavailable(why)) = sent else {
            panic!("{good} {word:?}: {sent:?}")
        };
        assert!(why.ends_with("talks without end"), "{word:?}: {why}");
    }
}

#[tokio::test]
async fn an_answer_that_is_none_is_a_delay() {
    for greeting in [
        "",
        "hello\r\n",
        "\r\n",
        "999 x\r\n",
        "220\r",
        "\u{fffd}\u{0}\r\n",
    ] {
        let email = babbles(greeting, 0, "\r\n", 1).await;
        let sent = email
            .send(&outbound(SPRING, post(Markup::plain("Hi"))))
            .await;
        assert!(
            matches!(sent, Err(SendError::Unavailable(_))),
            "{greeting:?}: {sent:?}"
        );
    }
}

/// R10: the answer to our goodbye, too, is waited for only so long.
#[tokio::test]
async fn a_mail_server_that_falls_silent_after_a_refusal_is_left() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut settings = settings(listener.local_addr().unwrap().port());
    settings.smtp.timeout_s = 1;
    tokio::spawn(async move {
        let mut open = Vec::new();
        while let Ok((mut stream, _)) = listener.accept().await {
            stream
                .write_all(b"220 sink\r\n250 hi\r\n250 hi again\r\n250 from\r\n550 5.1.1 no\r\n")
                .await
                .unwrap();
            open.push(stream);
        }
    });
    let email = Email::new(settings).unwrap();
    let began = Instant::now();
    let sent = email
        .send(&outbound(SPRING, post(Markup::plain("Hi"))))
        .await;
    assert!(matches!(sent, Err(SendError::Refused(_))), "{sent:?}");
    assert!(
        began.elapsed() < Duration::from_secs(15),
        "{:?}",
        began.elapsed()
    );
}

/// S35: staff reads why in a terminal, and a log holds no address.
#[tokio::test]
async fn what_a_mail_server_says_is_one_line_without_the_members_address() {
    let (email, sink) = town().await;
    let answer = "451 4.2.1 <bo@y.org>: \u{1b}[31m later";
    sink.fail("bo@y.org", Fault::Answer(answer));
    let to_bo = Outbound {
        to: Some(addressee("bo@y.org")),
        ..outbound(SPRING, post(Markup::plain("Hi")))
    };
    let put_off = SendError::PutOff("451 4.2.1 … [31m later".to_owned());
    assert_eq!(email.send(&to_bo).await, Err(put_off));
}

/// S18: no clock of a platform is beyond doubt.
#[tokio::test]
async fn a_date_beyond_all_measure_is_one_that_a_mail_can_bear() {
    let (email, sink) = town().await;
    for at in [i64::MIN, -1, i64::MAX] {
        let mut late = post(Markup::plain("Hi"));
        late.at = Timestamp(at);
        email.send(&outbound(SPRING, late)).await.unwrap();
    }
    let dates: Vec<String> = sink
        .delivered
        .lock()
        .unwrap()
        .iter()
        .map(|it| date(&it.mail))
        .collect();
    assert_eq!(dates[0], "Thu, 01 Jan 1970 00:00:00 +0000");
    assert_eq!(dates[dates.len() - 1], "Fri, 31 Dec 9999 23:59:59 +0000");
}

fn date(mail: &[u8]) -> String {
    let text = String::from_utf8_lossy(mail);
    let line = text.lines().find_map(|line| line.strip_prefix("Date: "));
    line.unwrap().to_owned()
}
