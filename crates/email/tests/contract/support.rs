//! An intake that remembers, and the settings of a small community.

use std::sync::{
    Mutex,
    atomic::{AtomicBool, Ordering},
};

use async_trait::async_trait;
use conversation::{
    BlobRef, ByteStream, ChannelRef, Event, Inbound, Intake, IntakeError, RawEvent,
};
use email::{Email, Fingerprints, List, Lmtp, Posting, Settings, Smtp, Tls, markup_to_plain};
use futures::StreamExt;

pub(crate) fn list(name: &str, address: &str, members: &[&str], posting: Posting) -> List {
    List {
        address: address.to_owned(),
        name: name.to_owned(),
        members: members.iter().map(|it| it.parse().unwrap()).collect(),
        posting,
        proof: None,
    }
}

pub(crate) fn spring() -> List {
    let members = ["Ana <ana@x.org>", "Bo <bo@y.org>", "Chi <chi@z.org>"];
    list(
        "Spring Gathering",
        "Spring@lists.example",
        &members,
        Posting::Members,
    )
}

pub(crate) fn settings(smtp_port: u16) -> Settings {
    let open = list(
        "Open Door",
        "open@lists.example",
        &["Bo <bo@y.org>"],
        Posting::Anyone,
    );
    Settings {
        domain: "causeway.example".to_owned(),
        command_address: None,
        lmtp: Lmtp {
            listen: "127.0.0.1:0".parse().unwrap(),
            max_message_bytes: 2_000,
            max_recipients: 3,
            max_sessions: 2,
            idle_timeout_s: 20,
            authserv_id: None,
            own_hops: 0,
        },
        smtp: Smtp {
            host: "127.0.0.1".to_owned(),
            port: smtp_port,
            tls: Tls::None,
            ca_file: None,
            fingerprint: Fingerprints::default(),
            user: None,
            password: None,
            max_connections: 2,
            timeout_s: 10,
        },
        lists: vec![spring(), open],
    }
}

#[derive(Default)]
pub(crate) struct Memory {
    pub(crate) accepted: Mutex<Vec<Inbound>>,
    pub(crate) files: Mutex<Vec<Vec<u8>>>,
    pub(crate) aside: Mutex<Vec<RawEvent>>,
    pub(crate) is_down: AtomicBool,
    /// Only for posts to this channel.
    pub(crate) is_down_for: Mutex<Option<String>>,
}

impl Memory {
    fn check(&self) -> Result<(), IntakeError> {
        match self.is_down.load(Ordering::SeqCst) {
            true => Err(IntakeError::Unavailable("the disk is full".to_owned())),
            false => Ok(()),
        }
    }

    /// One line for each thing that came in.
    pub(crate) fn heard(&self) -> String {
        let posts = self.accepted.lock().unwrap();
        let mut lines: Vec<String> = posts.iter().map(said).collect();
        for raw in self.aside.lock().unwrap().iter() {
            lines.push(format!(
                "aside: {} ({}, {} bytes)",
                raw.reason,
                raw.key,
                raw.body.len()
            ));
        }
        lines.join("\n")
    }
}

fn said(inbound: &Inbound) -> String {
    let Event::Posted(posted) = &inbound.event else {
        return format!("{inbound:?}");
    };
    format!(
        "{} {}: {:?} [{}]",
        inbound.channel,
        inbound.actor.display_name,
        markup_to_plain(&posted.content.text),
        inbound.key
    )
}

#[async_trait]
impl Intake for Memory {
    async fn accept(&self, events: Vec<Inbound>) -> Result<(), IntakeError> {
        self.check()?;
        let down = self.is_down_for.lock().unwrap().clone();
        if events
            .iter()
            .any(|it| down.as_deref() == Some(it.channel.id.as_str()))
        {
            return Err(IntakeError::Unavailable("busy".to_owned()));
        }
        self.accepted.lock().unwrap().extend(events);
        Ok(())
    }

    async fn keep(
        &self,
        mut file: ByteStream,
        _of: &ChannelRef,
    ) -> Result<Option<BlobRef>, IntakeError> {
        self.check()?;
        let mut bytes = Vec::new();
        while let Some(piece) = file.next().await {
            bytes.extend_from_slice(&piece.unwrap());
        }
        if bytes.len() > 1_000 {
            return Err(IntakeError::TooLarge { limit: 1_000_000 });
        }
        let mut files = self.files.lock().unwrap();
        files.push(bytes);
        let size = files.last().map_or(0, Vec::len) as u64;
        Ok(Some(BlobRef {
            sha256: format!("file-{}", files.len()),
            size,
        }))
    }

    async fn set_aside(&self, raw: RawEvent) -> Result<(), IntakeError> {
        self.check()?;
        self.aside.lock().unwrap().push(raw);
        Ok(())
    }
}

/// Runs `client` while the adapter takes mail in.
pub(crate) async fn while_receiving<T>(
    email: &Email,
    intake: &dyn Intake,
    client: impl Future<Output = T>,
) -> T {
    use conversation::Adapter;
    tokio::select! {
        ended = email.receive(intake) => panic!("the adapter stopped receiving: {ended:?}"),
        result = client => result,
    }
}
