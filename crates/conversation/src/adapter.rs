//! The two doors: what a platform offers to the conversation, and where it hands in what it hears.

use std::pin::Pin;

use async_trait::async_trait;

use crate::command::{Param, Verb};
use crate::{
    Attachment, Author, BlobRef, Capabilities, ChannelRef, EventKey, Inbound, Outbound, Platform,
    Readers, Receipt, Reconciled, RemoteId, Returned, SendError, Timestamp, WayBack,
};

/// The bytes of a file, in pieces.
pub type ByteStream =
    Pin<Box<dyn futures_core::Stream<Item = Result<bytes::Bytes, BlobError>> + Send>>;

/// A platform, seen from the conversation. Adapters know this trait and nothing of each other.
#[async_trait]
pub trait Adapter: Send + Sync {
    fn platform(&self) -> Platform;

    fn capabilities(&self, channel: &ChannelRef) -> Capabilities;

    /// What is known of a channel that something was heard from, without asking anybody.
    fn describe(&self, _channel: &ChannelRef) -> Described {
        Described::default()
    }

    /// Receives until the future is dropped, or fails for good. An event counts as received only once
    /// `intake` took it, so an adapter acknowledges to its platform (offset, HTTP 200, LMTP 250)
    /// after, never before. Faults of the network are the adapter's to wait out and retry.
    async fn receive(&self, intake: &dyn Intake) -> Result<(), SendError>;

    /// Who gets each post, where the platform hands it out to nobody: the engine sends it to one after the other
    /// (`Outbound::to`), and remembers whom it reached.
    fn readers(&self, _channel: &ChannelRef) -> Option<Readers> {
        None
    }

    /// The id that a post will have, where we give it: the same for every reader and at every attempt.
    fn own_id(&self, _outbound: &Outbound) -> Option<RemoteId> {
        None
    }

    /// One call of the platform: sends a single part, to one reader where there are readers, and returns its ids.
    async fn send(&self, outbound: &Outbound) -> Result<Receipt, SendError>;

    /// After a doubt: did `outbound` arrive?
    async fn reconcile(&self, outbound: &Outbound) -> Result<Reconciled, SendError>;

    /// The bytes of a file that this platform holds.
    async fn fetch(&self, attachment: &Attachment) -> Result<ByteStream, SendError>;

    /// Who it is, where what was heard did not say: an account, or what else words mention. Within two seconds; `None`
    /// where the platform does not say it by then.
    async fn introduce(&self, _account: &RemoteId) -> Option<Author> {
        None
    }

    /// What somebody may do in a channel, as the platform says now. Where we hand its posts out ourselves, who reads it takes
    /// part in it.
    async fn standing(
        &self,
        channel: &ChannelRef,
        account: &RemoteId,
    ) -> Result<Standing, SendError> {
        let readers = self.readers(channel);
        let is_reader = readers.is_some_and(|it| it.all.iter().any(|it| it.account == *account));
        Ok(match is_reader {
            true => Standing::Member,
            false => Standing::Stranger,
        })
    }

    /// Nothing goes by this way: what the platform shows its person while they wait for an answer is taken away.
    async fn leave_unanswered(&self, _way_back: &WayBack) {}

    /// An address that opens the chat in which whoever follows it is alone with us. Where the platform lets it, that begins
    /// with a `start` and this word.
    fn door(&self, _word: &str) -> Option<String> {
        None
    }

    /// Whoever presses a button is answered there, alone, in as many words as anywhere.
    fn answers_presses(&self) -> bool {
        false
    }

    /// By the way back files go along.
    fn answers_with_files(&self) -> bool {
        false
    }

    /// The channel in which one person can be spoken to alone.
    async fn open_direct_channel(&self, account: &RemoteId) -> Result<ChannelRef, SendError>;
}

/// Where adapters hand in what they hear. `Ok` means: committed and synced to disk.
#[async_trait]
pub trait Intake: Send + Sync {
    /// Each after the one before it, whatever else is handed in meanwhile. Where one of a channel fails, those behind it
    /// fail as well: all are offered again then, for what was taken in is known by its key.
    async fn accept(&self, events: Vec<Inbound>) -> Result<(), IntakeError>;

    /// The channels of this platform that are in rooms, and since when something may have been said there that we did
    /// not hear. An intake without a memory knows of none.
    async fn resume_points(&self, _platform: &Platform) -> Result<Vec<ResumePoint>, IntakeError> {
        Ok(Vec::new())
    }

    /// Remembers that what was said in the channel since then could not be read yet, also after a restart; `None` once all
    /// of it was.
    async fn note_unheard(
        &self,
        _channel: &ChannelRef,
        _since: Option<Timestamp>,
    ) -> Result<(), IntakeError> {
        Ok(())
    }

    /// Whether anything is heard from the platform now: `trouble` says why not. Told at each look, for the intake knows
    /// what is news to staff.
    async fn note_hearing(&self, _platform: &Platform, _trouble: Option<String>) {}

    /// Keeps a file that came with an event of that channel, before the event is accepted. `None` where the channel is in
    /// no room: nothing of it is kept.
    async fn keep(&self, file: ByteStream, of: &ChannelRef)
    -> Result<Option<BlobRef>, IntakeError>;

    /// Counts what came back for its reader, and keeps it raw. An intake without a memory does the second alone.
    async fn returned(&self, report: Returned) -> Result<(), IntakeError> {
        let raw = RawEvent {
            platform: report.channel.platform.clone(),
            places: vec![report.channel],
            key: report.key,
            reason: "bounce",
            body: report.raw,
        };
        self.set_aside(raw).await
    }

    /// What may stand in a command while somebody writes it. `None` where they may not give it, of which nothing is shown:
    /// so says an intake that does not know who may.
    async fn suggest(&self, _asking: &Asking) -> Option<Vec<String>> {
        None
    }

    /// Keeps raw what could not be understood or is of no use to us, so that nothing vanishes: for as long as `KEPT` says,
    /// and no word of it where none of its places is in a room.
    async fn set_aside(&self, raw: RawEvent) -> Result<(), IntakeError>;
}

/// A command that somebody is about to give.
#[derive(Debug, Clone)]
pub struct Asking {
    /// Who and where, as if they gave it now.
    pub event: Inbound,
    pub verb: &'static Verb,
    /// What they fill in.
    pub param: &'static Param,
    /// So much of it stands there.
    pub typed: String,
}

/// A channel, for staff who may want to link it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Described {
    /// As people there call it.
    pub name: Option<String>,
    /// One person speaks there with the bot alone, as far as is known: no channel to link.
    pub is_direct: bool,
    /// What looks so may be a chat of two people, from which the bot hears commands and nothing else.
    pub may_be_others: bool,
    /// Its id may tell who that person is.
    pub names_person: bool,
    /// The larger place that is linked in its stead.
    pub linked_as: Option<ChannelRef>,
}

/// Of an account in a channel. It gives no right in a community: those are granted there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// May let programs in, or put them out.
    Administrator,
    Member,
    /// Not there, or not any more.
    Stranger,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResumePoint {
    pub channel: ChannelRef,
    /// By the platform's clock: of the newest event that we took in from there, or else when it was linked.
    pub since: Timestamp,
}

/// An event that did not become an `Inbound`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawEvent {
    pub platform: Platform,
    /// Where it happened: the channel, then the larger places that it is a part of. None where nobody can tell.
    pub places: Vec<ChannelRef>,
    pub key: EventKey,
    /// A short code of `KEPT`, as in `unknown-update`; counted by it.
    pub reason: &'static str,
    pub body: Vec<u8>,
}

#[derive(Debug, thiserror::Error)]
pub enum IntakeError {
    /// The platform must keep the event and offer it again.
    #[error("the store cannot take an event in now: {0}")]
    Unavailable(String),
    #[error("a file is larger than the {limit} bytes that are taken in")]
    TooLarge { limit: u64 },
}

#[derive(Debug, thiserror::Error)]
#[error("a file could not be read: {0}")]
pub struct BlobError(pub String);
