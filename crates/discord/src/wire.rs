//! What Discord sends, as far as we read it: shapes of API v10, with every field that we can do without optional.
//! Unknown fields and unknown numbers of `type` are no error: Discord adds some every month.
//!
//! These are ours because serenity's do lose events: a reaction without `burst` or a role without `colors`
//! becomes `Event::Unknown`, without a word.

mod message;
mod server;

pub(crate) use message::{
    Attachment, Embed, Emoji, Interaction, InteractionOption, MadeIn, Mentioned, Message, Poll,
    ReactionChanged, Snapshot, Sticker,
};
pub(crate) use server::{
    Channel, Deleted, DeletedMany, Guild, HasId, Member, Ready, Role, RoleChanged, ThreadList,
    User, Webhook, channel_kind, or_default,
};
