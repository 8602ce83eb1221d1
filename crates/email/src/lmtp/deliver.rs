//! One mail for one recipient: understood, its files kept, handed to the intake, and answered for.
//!
//! **Invariant:** 250 is said only after the intake said `Ok`. Whatever is not relayed is set aside, and of a list in no
//! room nothing is kept.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
    time::SystemTime,
};

use bytes::Bytes;
use conversation::{
    Attachment, AttachmentSource, ByteStream, ChannelRef, Event, EventKey, Intake, IntakeError,
    Node, Proof, RawEvent, Returned, Timestamp, Whose,
};

use super::doubts::Doubts;
use crate::{
    id,
    inbound::{self, Arrival, Incoming, IncomingFile, Normalised, Verifier, bounce},
    settings::{List, Settings},
};

pub(super) const LATER: &str = "451 4.3.0 the mail cannot be stored now, try again later";
pub(super) const TAKEN: &str = "250 2.6.0 taken in";

/// Larger mails are read beside the other sessions, not before them.
const LARGE_BYTES: usize = 256 * 1024;

/// A mail on its way to one or more lists.
#[derive(Clone)]
pub(super) struct Mail {
    pub(super) from: String,
    pub(super) raw: Arc<Vec<u8>>,
}

impl Mail {
    pub(super) fn is_large(&self) -> bool {
        self.raw.len() >= LARGE_BYTES
    }
}

#[derive(Clone, Copy)]
pub(crate) struct Desk<'a> {
    pub(crate) settings: &'a Settings,
    pub(crate) intake: &'a dyn Intake,
    pub(crate) doubts: &'a Doubts,
}

impl Desk<'_> {
    /// The answer to the mail server.
    pub(super) async fn deliver(&self, mail: &Mail, list: &List) -> String {
        let answer = match self.normalised(mail, list).await {
            Normalised::Posted(incoming) => {
                let accepted = self.accept(*incoming, list).await;
                accepted.map(|()| TAKEN.to_owned())
            }
            Normalised::Ignored { key, reason } => {
                let kept = self.set_aside((mail, list), key, reason).await;
                kept.map(|()| TAKEN.to_owned())
            }
            Normalised::Malformed { key, reason, why } => {
                let kept = self.set_aside((mail, list), key, reason).await;
                kept.map(|()| format!("554 5.6.0 the mail cannot be relayed: {why}"))
            }
            Normalised::ForUs => return self.commanded(mail, &list.into()).await.to_owned(),
            Normalised::NotAMember => {
                let key = raw_key(&list.id(), mail);
                // Whether it could be counted changes nothing for whoever wrote it.
                let _ = self.set_aside((mail, list), key, "not-a-member").await;
                let list = list.id();
                Ok(format!(
                    "550 5.7.1 only members may write to {list}: write from the address that you joined with"
                ))
            }
        };
        answer.unwrap_or_else(|error| {
            tracing::warn!(mail.error = %error, "a mail was put off");
            LATER.to_owned()
        })
    }

    /// A mail server's report on a mail of ours, or whatever else came to that address.
    pub(super) async fn bounced(&self, mail: &Mail, list: &List, token: &str) -> String {
        let key = raw_key(&list.bounces_address(""), mail);
        let read = catch_unwind(AssertUnwindSafe(|| bounce::report(&mail.raw)));
        let kept = match read.ok().flatten() {
            // Mail servers report without a return path, each in its own way; whoever has one wrote to a machine.
            None if mail.from.is_empty() => self.set_aside((mail, list), key, "bounce").await,
            None => self.set_aside((mail, list), key, "no-report").await,
            Some(report) => {
                let returned = Returned {
                    channel: channel_of(list),
                    key,
                    whom: match token.is_empty() {
                        true => report.whom,
                        false => Whose::Token(token.to_owned()),
                    },
                    is_final: report.is_final,
                    why: report.why,
                    raw: mail.raw.as_ref().clone(),
                };
                self.intake.returned(returned).await
            }
        };
        kept.map_or_else(|_| LATER.to_owned(), |()| TAKEN.to_owned())
    }

    async fn normalised(&self, mail: &Mail, list: &List) -> Normalised {
        let (house, now) = (self.house(), now());
        let read = if mail.is_large() {
            let (mail, list) = (mail.clone(), list.clone());
            let read = tokio::task::spawn_blocking(move || normalised(&mail, &list, &house, now));
            read.await.ok().flatten()
        } else {
            normalised(mail, list, &house, now)
        };
        read.unwrap_or_else(|| unreadable(raw_key(&list.id(), mail)))
    }

    pub(super) fn house(&self) -> House {
        House {
            domain: self.settings.domain.clone(),
            verifier: self.settings.lmtp.authserv_id.clone(),
            own_hops: self.settings.lmtp.own_hops,
        }
    }

    async fn accept(&self, incoming: Incoming, list: &List) -> Result<(), IntakeError> {
        let mut inbound = incoming.inbound;
        let author = inbound.actor.account.as_str();
        if inbound.proof == Proof::Unproven && self.settings.asks_for_proof(list, author) {
            inbound.proof = Proof::Missing;
        }
        let key = inbound.key.clone();
        let kept = self.keep(incoming.files, &inbound.channel).await?;
        if let Event::Posted(posted) = &mut inbound.event {
            posted.content.attachments = kept.attachments;
            posted.content.text.0.extend(kept.notes);
        }
        self.intake.accept(vec![inbound]).await?;
        tracing::info!(
            mail.key_hash = &id::fingerprint(&[key.as_str().as_bytes()])[..12],
            "a mail was taken in"
        );
        Ok(())
    }

    async fn keep(&self, files: Vec<IncomingFile>, of: &ChannelRef) -> Result<Kept, IntakeError> {
        let mut kept = Kept::default();
        for file in files {
            let size = file.bytes.len() as u64;
            match self.intake.keep(stream(file.bytes), of).await {
                Ok(Some(blob)) => kept.attachments.push(Attachment {
                    kind: file.kind,
                    name: Some(file.name),
                    mime: Some(file.mime),
                    size: Some(size),
                    alt: file.alt,
                    source: AttachmentSource::Blob(blob),
                }),
                // Read only if the list comes into one this very moment.
                Ok(None) => kept.leave_out(&file.name, "the list was in no room yet"),
                // The words must not wait for a file that can never be kept.
                Err(IntakeError::TooLarge { limit }) => {
                    let why = format!("it is larger than {} MB", limit / 1_000_000);
                    kept.leave_out(&file.name, &why);
                }
                Err(error @ IntakeError::Unavailable(_)) => return Err(error),
            }
        }
        Ok(kept)
    }

    async fn set_aside(
        &self,
        (mail, list): (&Mail, &List),
        key: EventKey,
        reason: &'static str,
    ) -> Result<(), IntakeError> {
        let raw = RawEvent {
            platform: id::PLATFORM.into(),
            places: vec![channel_of(list)],
            key,
            reason,
            body: mail.raw.as_ref().clone(),
        };
        self.intake.set_aside(raw).await?;
        tracing::info!(mail.reason = reason, "a mail was set aside");
        Ok(())
    }
}

fn channel_of(list: &List) -> ChannelRef {
    ChannelRef::new(id::PLATFORM, list.id())
}

/// What reading a mail needs of the settings.
pub(super) struct House {
    domain: String,
    verifier: Option<String>,
    own_hops: usize,
}

fn normalised(mail: &Mail, list: &List, house: &House, now: Timestamp) -> Option<Normalised> {
    let read = |arrival: &Arrival<'_>, domain: &str| inbound::normalise(arrival, list, domain);
    understood(mail, house, now, read)
}

/// A mail that no code of ours or of others was ready for takes nobody down with it.
pub(super) fn understood<T>(
    mail: &Mail,
    house: &House,
    now: Timestamp,
    read: impl FnOnce(&Arrival<'_>, &str) -> T,
) -> Option<T> {
    let arrival = Arrival {
        raw: &mail.raw,
        envelope_from: Some(&mail.from),
        verifier: house.verifier.as_deref().map(|name| Verifier {
            name,
            hops: house.own_hops,
        }),
        now,
    };
    catch_unwind(AssertUnwindSafe(|| read(&arrival, &house.domain))).ok()
}

/// It is kept to be looked at.
fn unreadable(key: EventKey) -> Normalised {
    Normalised::Malformed {
        key,
        reason: "unreadable",
        why: "it cannot be read".to_owned(),
    }
}

pub(super) fn raw_key(list: &str, mail: &Mail) -> EventKey {
    id::event_key(list, &id::fingerprint(&[mail.raw.as_slice()]))
}

#[derive(Default)]
struct Kept {
    attachments: Vec<Attachment>,
    notes: Vec<Node>,
}

impl Kept {
    fn leave_out(&mut self, file: &str, why: &str) {
        let note = format!("\n[{file} was left out: {why}]");
        self.notes.push(Node::Text(note));
    }
}

fn stream(bytes: Vec<u8>) -> ByteStream {
    Box::pin(futures::stream::once(async move { Ok(Bytes::from(bytes)) }))
}

pub(super) fn now() -> Timestamp {
    let since = SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap_or_default();
    Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}
