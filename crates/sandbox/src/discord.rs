//! A Discord that stands in for the real one: REST, gateway and CDN with memory, whose people write, edit,
//! react and open threads. It shares no type with an adapter, and knows nothing of the published schema.

mod answer;
mod call;
mod cdn;
mod channel;
mod chosen;
mod deeds;
mod exchange;
mod faults;
mod files;
mod gateway;
mod guild;
mod hooks;
mod ids;
mod interaction;
mod interactions;
mod limits;
mod mentions;
mod message;
mod people;
mod places;
mod posting;
mod reacting;
mod routes;
mod said;
mod server;
mod threads;
mod tree;
mod typed;
mod view;

mod wire;
mod wire_guild;
mod wire_message;
mod world;

pub use crate::kit::{Observer, Strictness};
pub use channel::Permission;
pub use exchange::{Answered, Counters, Exchange, Logged};
pub use faults::{Broken, Faults, Forbidden, RateLimit, ServerError};
pub use gateway::GatewayFaults;
pub use ids::{ChannelId, InteractionId, MessageId, RoleId, UserId, WebhookId};
pub use interaction::InteractionView;
pub use said::{Misuse, Said, SaidFile, SaidPoll};
pub use view::{
    AttachmentView, ChannelView, DiscordView, HiddenView, MemberView, MessageView, PollView,
    ReactionView, ReplyView, WebhookView,
};
pub use world::Discord;
