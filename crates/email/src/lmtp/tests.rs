//! R39: whatever bytes a client sends, the session ends, and says nothing that is no LMTP.

use std::sync::Arc;

use async_trait::async_trait;
use conversation::{BlobRef, ByteStream, ChannelRef, Inbound, Intake, IntakeError, RawEvent};
use proptest::prelude::*;

use super::{deliver::Desk, doubts::Doubts, seats::Seat, session::Session, wire::Wire};
use crate::settings::{List, Lmtp, Posting, Settings, Smtp, Tls};

/// Takes everything, and keeps nothing.
struct Anything;

#[async_trait]
impl Intake for Anything {
    async fn accept(&self, _events: Vec<Inbound>) -> Result<(), IntakeError> {
        Ok(())
    }

    async fn keep(
        &self,
        _file: ByteStream,
        _of: &ChannelRef,
    ) -> Result<Option<BlobRef>, IntakeError> {
        let sha256 = String::new();
        Ok(Some(BlobRef { sha256, size: 0 }))
    }

    async fn set_aside(&self, _raw: RawEvent) -> Result<(), IntakeError> {
        Ok(())
    }
}

fn settings() -> Settings {
    Settings {
        command_address: None,
        domain: "causeway.example".to_owned(),
        lmtp: Lmtp {
            listen: "127.0.0.1:0".parse().unwrap(),
            max_message_bytes: 500,
            max_recipients: 3,
            max_sessions: 1,
            idle_timeout_s: 1,
            authserv_id: None,
            own_hops: 0,
        },
        smtp: Smtp {
            host: "127.0.0.1".to_owned(),
            port: 25,
            tls: Tls::None,
            ca_file: None,
            fingerprint: Default::default(),
            user: None,
            password: None,
            max_connections: 1,
            timeout_s: 1,
        },
        lists: vec![List {
            address: "spring@lists.example".to_owned(),
            name: "Spring".to_owned(),
            members: Vec::new(),
            posting: Posting::Anyone,
            proof: None,
        }],
    }
}

async fn answers(said: &[u8]) -> String {
    let settings = settings();
    let desk = Desk {
        settings: &settings,
        intake: &Anything,
        doubts: &Doubts::default(),
    };
    let mut heard = Vec::new();
    let seat = Arc::new(Seat::new());
    let wire = Wire::new(
        tokio::io::join(said, &mut heard),
        std::time::Duration::from_secs(1),
        Arc::clone(&seat),
    );
    // A client that goes away in the middle is no fault of ours.
    let _ = Session::new(&settings, desk, wire, &seat).run().await;
    String::from_utf8(heard).unwrap()
}

/// What clients say, well and badly.
fn piece() -> impl Strategy<Value = Vec<u8>> {
    let known = prop::sample::select(vec![
        "LHLO x\r\n",
        "EHLO x\r\n",
        "MAIL FROM:<>\r\n",
        "MAIL FROM:<a@x.org> SIZE=99999999999999999999\r\n",
        "MAIL FROM:<a@x.org> SIZE=10 BODY=8BITMIME SMTPUTF8\r\n",
        "RCPT TO:<spring@lists.example>\r\n",
        "RCPT TO:<spring-bounces+x@lists.example>\r\n",
        "RCPT TO:<spring-request@lists.example>\r\n",
        "RCPT TO:<@@>\r\n",
        "DATA\r\n",
        "BDAT 5 LAST\r\n",
        "AUTH PLAIN AGEAYg==\r\n",
        "STARTTLS\r\n",
        "GET / HTTP/1.1\r\n",
        "Host: x\r\n",
        "\u{16}\u{3}\u{1}",
        "RSET\r\n",
        "QUIT\r\n",
        "From: ana@x.org\r\nSubject: \0\r\n\r\n",
        "\r\n.\r\n",
        "\n.\n",
        "\r\n",
        "\r",
        "\0",
        "\u{e9}",
    ]);
    let long = (b'!'..=b'~', 1_000_usize..6_000).prop_map(|(byte, count)| vec![byte; count]);
    let noise = prop::collection::vec(any::<u8>(), 0..40);
    prop_oneof![8 => known.prop_map(|it| it.as_bytes().to_vec()), 1 => long, 3 => noise]
}

fn is_answer(line: &str) -> bool {
    let (code, rest) = line.split_at_checked(3).unwrap_or_default();
    let is_code = code.bytes().all(|it| it.is_ascii_digit()) && "2345".contains(&code[..1]);
    is_code && rest.starts_with([' ', '-']) && rest.bytes().all(|it| (b' '..=b'~').contains(&it))
}

proptest! {
    #[test]
    fn any_session_ends_and_is_answered(said in prop::collection::vec(piece(), 0..40)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        let heard = runtime.block_on(answers(&said.concat()));
        prop_assert!(heard.ends_with("\r\n"));
        for line in heard.trim_end().split("\r\n") {
            prop_assert!(is_answer(line), "{line:?}");
        }
    }
}
