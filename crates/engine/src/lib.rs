//! The work: take in, send out, retry, link rooms. Decisions are made in `conversation`, memory is in `store`.
//!
//! **Invariant:** no platform is named here, no SQL is written here, and no clock is read but in `run`.

mod accept;
mod clock;
pub mod community;
mod conclude;
mod draft;
mod echoes;
mod engine;
mod files;
mod follow;
mod gather;
mod hearing;
mod keep;
mod lane;
mod log;
mod pauses;
pub mod people;
mod perform;
mod readers;
mod receive;
mod requests;
pub mod rooms;
mod run;
pub mod status;
mod storm;
mod tell;
mod wording;

pub use accept::Accepted;
pub use engine::{Engine, LinkSettings, Settings};
pub use files::links::{FileLink, Linked};
pub use lane::{Lane, LateLane, Step};
pub use run::{Running, system_now};
