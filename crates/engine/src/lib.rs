//! The work: take in, send out, retry, link rooms. Decisions are made in `conversation`, memory is in `store`.
//!
//! **Invariant:** no platform is named here, no SQL is written here, and no clock is read but in `run`.

mod accept;
pub mod acts;
mod adapters;
mod conclude;
mod draft;
mod echoes;
mod engine;
mod files;
mod hearing;
mod intake;
mod lane;
mod log;
mod notices;
mod outcome;
pub mod people;
mod perform;
mod privacy;
mod readers;
mod receive;
mod refusals;
mod requests;
mod retries;
pub mod rooms;
mod run;
mod schedule;
pub mod status;
mod storm;
mod tell;
mod tells;
mod underway;
mod wake;
mod wording;

pub use accept::Accepted;
pub use engine::{Engine, LinkSettings, Settings};
pub use files::links::{FileLink, Linked};
pub(crate) use lane::FirstTurn;
pub use lane::{Lane, LateLane, Step, WayOut};
pub use privacy::{Line, PrivacyPage, Section};
pub use run::{Running, system_now};
