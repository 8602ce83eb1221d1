//! A Telegram that stands in for the real one: a Bot API server with memory, whose people write, edit,
//! react and leave. It shares no type with an adapter, and knows nothing of the published schema.

mod answer;
mod chat;
mod deeds;
mod faults;
mod files;
mod given;
mod ids;
mod limits;
mod message;
mod methods;
mod params;
mod people;
mod places;
mod said;
mod server;
mod service;
mod text;
mod updates;
mod view;

mod webhook;
mod wire;
mod world;

pub use crate::kit::Strictness;
pub use faults::{Broken, Faults, Forbidden, ServerError};
pub use given::{Counters, Given, Logged, Seen};
pub use ids::{ChatId, MessageId, UserId};
pub use said::{FileKind, Misuse, Said, SaidFile};
pub use view::{
    AttachmentView, ChatView, MemberView, MessageView, ReactionView, ReplyView, TelegramView,
    TopicView,
};
pub use world::Telegram;
