//! Stateful stand-ins for the platforms that speak their real wire formats, and the page to play on. They know
//! nothing of the adapters, so that what works here works because both sides keep to the same format.

use std::time::SystemTime;

pub mod config;
mod connection;
pub mod discord;
mod file_fault;
mod forms;
mod image;
pub mod mail;
pub mod page;
pub mod rig;
pub mod slack;
mod start;
pub mod telegram;
pub mod town;
mod trouble;

pub use file_fault::FileFault;
pub use start::{Addresses, Ports, Sandbox};
pub use trouble::{Broken, ServerError};

/// Unix milliseconds.
pub(crate) fn now_ms() -> i64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    since.map_or(0, |it| i64::try_from(it.as_millis()).unwrap_or(i64::MAX))
}
