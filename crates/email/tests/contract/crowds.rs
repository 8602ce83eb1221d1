//! More clients than there are seats, and who of them gets one.

use std::net::SocketAddr;

use async_trait::async_trait;
use conversation::{BlobRef, ByteStream, ChannelRef, Inbound, Intake, IntakeError, RawEvent};
use email::Email;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    sync::Notify,
};

use crate::{
    lmtp::{HI, post, say},
    support::{Memory, settings, while_receiving},
};

const TOO_MANY: &str = "421 4.7.0 too many sessions, try again later\r\n";

async fn town(max_sessions: usize, idle_timeout_s: u64) -> (Email, SocketAddr) {
    let mut settings = settings(1);
    settings.lmtp.max_sessions = max_sessions;
    settings.lmtp.idle_timeout_s = idle_timeout_s;
    let email = Email::new(settings).unwrap();
    let address = email.bind().await.unwrap();
    (email, address)
}

/// A client who was greeted, and said so much.
async fn client(address: SocketAddr, words: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let mut greeting = [0_u8; 27];
    stream.read_exact(&mut greeting).await.unwrap();
    let words = words.replace('\n', "\r\n");
    stream.write_all(words.as_bytes()).await.unwrap();
    stream
}

async fn rest(mut stream: TcpStream) -> String {
    let mut rest = String::new();
    stream.read_to_string(&mut rest).await.unwrap();
    rest
}

fn mail() -> Vec<u8> {
    post(&["spring@lists.example"], HI)
        .replace('\n', "\r\n")
        .into_bytes()
}

#[tokio::test]
async fn a_silent_client_is_sent_away() {
    let (email, address) = town(1, 1).await;
    let told = async { rest(client(address, "").await).await };
    let told = while_receiving(&email, &Memory::default(), told).await;
    assert_eq!(told, "421 4.4.2 nothing was heard for too long\r\n");
}

#[tokio::test]
async fn a_crowd_that_hands_in_nothing_keeps_no_mail_out() {
    let (email, address) = town(5, 600).await;
    let memory = Memory::default();
    let half_a_mail = mail();
    let half_a_mail = String::from_utf8_lossy(&half_a_mail[..150]);
    let first = while_receiving(&email, &memory, async {
        let mut crowd = Vec::new();
        for words in ["", "LH", "LHLO x\n", half_a_mail.as_ref()].repeat(10) {
            crowd.push(client(address, words).await);
        }
        let said = say(address, &mail()).await;
        assert!(said.contains("250 2.6.0 taken in"), "{said}");
        rest(crowd.swap_remove(0)).await
    });
    assert_eq!(first.await, TOO_MANY);
    assert!(memory.heard().contains("Who comes?"));
}

/// Their connection is kept for the next mail, as mail servers do.
#[tokio::test]
async fn who_handed_in_a_mail_counts_as_come_just_now() {
    let (email, address) = town(2, 600).await;
    let memory = Memory::default();
    let first = while_receiving(&email, &memory, async {
        let mut server = client(address, "LHLO mx.example\n").await;
        let silent = client(address, "").await;
        let mail = String::from_utf8(mail()).unwrap().replace("QUIT\r\n", "");
        server.write_all(mail.as_bytes()).await.unwrap();
        let mut heard = String::new();
        while !heard.contains("250 2.6.0 taken in") {
            let mut piece = vec![0; 1024];
            let length = server.read(&mut piece).await.unwrap();
            heard += std::str::from_utf8(&piece[..length]).unwrap();
        }
        let _third = client(address, "").await;
        server.write_all(b"QUIT\r\n").await.unwrap();
        assert_eq!(rest(server).await, "221 2.0.0 goodbye\r\n");
        rest(silent).await
    });
    assert_eq!(first.await, TOO_MANY);
}

/// Takes a mail in when it is told to.
#[derive(Default)]
struct Busy {
    memory: Memory,
    begun: Notify,
    may_end: Notify,
}

#[async_trait]
impl Intake for Busy {
    async fn accept(&self, events: Vec<Inbound>) -> Result<(), IntakeError> {
        self.begun.notify_one();
        self.may_end.notified().await;
        self.memory.accept(events).await
    }

    async fn keep(
        &self,
        file: ByteStream,
        of: &ChannelRef,
    ) -> Result<Option<BlobRef>, IntakeError> {
        self.memory.keep(file, of).await
    }

    async fn set_aside(&self, raw: RawEvent) -> Result<(), IntakeError> {
        self.memory.set_aside(raw).await
    }
}

#[tokio::test]
async fn a_mail_that_is_being_taken_in_is_not_sent_away_for_another() {
    let (email, address) = town(1, 600).await;
    let busy = Busy::default();
    let handed_in = while_receiving(&email, &busy, async {
        let one_too_many = async {
            busy.begun.notified().await;
            let told = rest(TcpStream::connect(address).await.unwrap()).await;
            busy.may_end.notify_one();
            told
        };
        let mail = mail();
        let (answers, told) = tokio::join!(say(address, &mail), one_too_many);
        assert_eq!(told, TOO_MANY);
        answers
    });
    let answers = handed_in.await;
    assert!(answers.contains("250 2.6.0 taken in"), "{answers}");
}
