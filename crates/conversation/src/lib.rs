//! The conversation core: what was said, where it must go, and why.
//!
//! **Invariant:** nothing here does I/O, reads a clock or names a platform. Every decision is a
//! function from values to values, so every decision can be tested by calling it.

#[macro_use]
mod worded;

mod adapter;
mod address;
#[cfg(any(test, feature = "arbitrary"))]
pub mod arbitrary;
mod capability;
pub mod command;
mod community;
mod content;
mod correction;
mod delivery;
mod digest;
mod failure;
mod flat;
mod id;
mod inbound;
mod joined;
mod kept;
mod lines;
mod markup;
mod names;
mod outbound;
mod phrase;
mod plan;
mod proof;
mod readers;
mod render;
#[cfg(any(test, feature = "arbitrary"))]
mod samples;
mod secrets;
mod time;

pub use adapter::{
    Adapter, Asking, BlobError, ByteStream, Described, Intake, IntakeError, RawEvent, ResumePoint,
    Standing,
};
pub use address::{says_where, with_addresses};
pub use capability::{
    AttachmentLimits, Capabilities, DirectMessages, Distribution, EditLimits, Support, TextLimit,
    TextUnit,
};
pub use command::{behind_slash, is_command};
pub use community::{Author, AuthorKind, Link, Purpose};
pub use content::{
    Absent, Attachment, AttachmentKind, AttachmentSource, BlobRef, Content, LeftOut, Whereabouts,
};
pub use correction::correction;
pub use delivery::{DeliveryState, OperationKind, WaitsFor};
pub use digest::{Reacted, digest_lines, since};
pub use failure::{Attempt, MOST_FAILURES, NextStep, RetryPolicy, SendError, after_failure};
pub use flat::{Flat, Mark, Span};
pub use id::{
    AccountRef, ChannelId, ChannelRef, CommunityId, DeliveryId, EventKey, IdentityId, MessageId,
    PersonId, Platform, RemoteId, RoomId,
};
pub use inbound::{Event, Inbound, Posted, ReactionChange, Twin, WayBack};
pub use kept::{KEPT, Kept, days_kept};
pub use lines::{Bullet, Holds, Line, Run, RunKind};
pub use markup::{Markup, Node, Style};
pub use names::{
    BRIDGE_NAME, Bearer, Protected, Tag, clean_name, look, nobody, pseudonym, with_platform,
};
pub use outbound::{
    Button, Does, LocalFile, Operation, Outbound, Part, Post, Receipt, Reconciled, Reply,
};
pub use phrase::{Arg, Phrase};
pub use plan::{
    AS_A_CORRECTION, Agreed, Brake, CAME_EARLY, CONFIRMED, CORRECTION_WAITS, ChannelFacts,
    DELETED_BEFORE_SENT, DESTINATION_RULES, DROPPED_BY_STAFF, DestinationRule, Engagement,
    EngagementKind, FILE_FOLLOWS, FILE_LOST, FIRST_MESSAGE, FORGOTTEN, Facts, Fate, HOLD_RULES,
    IN_PRIVATE, LOCAL, MessageFacts, NEXT_DIGEST, NO_CONSENT, OUTBOX_RULES, PRIVATE, Plan,
    PlannedDelivery, Policy, REQUEST_EXPIRED, RETENTION, RULES, Recent, Rule, SHUT_OUT, Stays,
    StormLimits, UNLINKED, Verdict, WINDOW_SHUT, because, echo, plan, stays, without_words,
};
pub use proof::Proof;
pub use readers::{Addressee, Reader, Readers, Returned, Whose};
pub use render::{
    Rendering, ReplyShown, TextFiles, Whole, beginning_of_long, misfit, one_line, render,
    render_beginning, render_within, text_file_name, text_files, visible, with_links_in_words,
};
pub use secrets::Secrets;
pub use time::Timestamp;
pub use words::{Language, Sentence};
