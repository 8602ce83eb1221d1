//! Everything that Causeway remembers, on SQLite or Postgres from one SQL text.
//!
//! **Invariant:** this is the only crate that knows SQL, and every write goes through the one writer
//! task of `writer`, so that "done" means committed and synced.

mod accept;
mod address;
mod agreements;
mod body;
mod carry;
mod claim;
mod connect;
mod deliveries;
mod direct;
mod directory;
mod due;
mod erase;
mod error;
mod events;
mod file;
mod finish;
mod first_names;
mod following;
mod foreseen;
mod forget;
mod gathered;
mod held;
mod housekeeping;
mod id;
mod insert;
mod installation;
mod key_file;
mod keys;
mod later;
mod lock;
mod mentions;
mod migrations;
mod mydata;
mod notices;
mod open;
mod own_words;
mod pauses;
mod people;
mod prepare;
mod privacy;
mod readers;
mod requests;
mod resume;
mod retention;
mod rooms;
mod row;
mod set_aside;
mod shape;
mod spoken;
mod standing;
mod text;
mod things;
mod together;
mod tx;
mod unagreed;
mod unkept;
mod wanted;
mod wishes;
mod writer;
mod writing;

pub use accept::Recorded;
pub use agreements::{Agreement, Consent};
pub use claim::{
    Attempt, Claim, Context, Destination, Known, Look, Outdated, OwnSide, ParentQuote, PartFiles,
    Said, Sent, Standing, Suspect, Work,
};
pub use deliveries::{DeliveryLine, Tally};
pub use direct::PrivateChat;
pub use directory::{Changed, Directory, Entry};
pub use due::{ASKED_FOR, Delays, Due, DueKind};
pub use error::{Error, Refusal, Result, Thing};
pub use events::EventLine;
pub use finish::{Count, Finish, Progress};
pub use following::{Following, Looked, Without};
pub use foreseen::Foresight;
pub use forget::{Can, Elsewhere, Forgetting, MessagesOf, Phase, Piece, Receipt, Sealed};
pub use held::{HeldLine, Released};
pub use housekeeping::Forgotten;
pub use id::{fresh_code, fresh_key, fresh_secret};
pub use mydata::{
    AccountHeld, ConsentHeld, FileHeld, HeldBack, NameHeld, PersonHeld, PressHeld, PseudonymHeld,
    ReactionHeld, Revision, RoleHeld, SaidHeld, WentTo,
};
pub use notices::{INSTALLATION, Notice, NoticeKind};
pub use open::{At, Role, Store};
pub use own_words::{
    Choice, LookedUp, Offered, Overdue, OwnWord, Say, To, given_up, given_up_with_others,
};
pub use pauses::Pause;
pub use people::{
    AccountView, AuditLine, CodeKind, DoneBy, Granted, Mentions, PersonView, Speaker,
};
pub use privacy::Presented;
pub use readers::{Became, Begun, Counted, HandOut, KnownReader, Late, LateWork, OwnCopy, Trouble};
pub use requests::{Answer, Button, Request, SaidTo, SeenBy, Surface};
pub use retention::{Expiry, Retention};
pub use rooms::{ChannelView, RemovedRoom, RoomView, Seat};
pub use set_aside::SetAsideCount;
pub use standing::{ForStaff, Stopped, Unread, Waiting};
pub use tx::{Mark, Tx, parts};
pub use unkept::{HeardChannel, Unkept};
pub use wishes::Wish;
pub use writer::{FollowUp, Follows, InLine, Instead, Place, Then, Writing};
