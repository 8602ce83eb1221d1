//! A Slack that stands in for the real one: a workspace with memory behind the Web API, Socket Mode and the Events API,
//! whose people write, edit, react, press and leave. It shares no type with an adapter.

mod answer;
mod answers;
mod app;
mod asked;
mod blocks;
mod channel;
mod compose;
mod deeds;
mod delivery;
mod dispatch;
mod doors;
mod emoji;
mod event_faults;
mod events;
mod faults;
mod files;
mod ids;
mod inline;
mod interactions;
mod limits;
mod member;
mod message;
mod methods;
mod mrkdwn;

mod params;
mod people;
mod places;
mod push;
mod render;
mod said;
mod schema;
mod server;
mod sharing;
mod socket;
mod sockets;
mod span;
mod view;

mod wire;
mod workspace;
mod world;

pub use crate::kit::Strictness;
pub use app::{App, Tokens};
pub use delivery::{RequestUrls, UrlState, Waits};
pub use faults::{
    Broken, Disconnect, ErrorAnswer, EventFaults, Faults, Odd, RetryAfter, ServerError,
    SocketFaults,
};
pub use ids::{ChannelId, GroupId, NotATs, Ts, UserId, ViewId};
pub use said::{Misuse, Said, SaidFile};
pub use span::{Piece, Span};
pub use view::{
    ButtonView, ChannelView, EphemeralView, FileView, MemberView, MessageView, ModalView,
    ReactionView, SlackView,
};
pub use world::{Counters, Logged, Slack};
