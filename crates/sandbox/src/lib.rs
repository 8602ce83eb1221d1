//! Stateful stand-ins for the platforms that speak their real wire formats, and the page to play on. They know
//! nothing of the adapters, so that what works here works because both sides keep to the same format.

#[macro_use]
mod kit;

pub mod config;
pub mod discord;
pub mod mail;
pub mod page;
pub mod rig;
pub mod slack;
mod start;
pub mod telegram;
pub mod town;

pub use kit::{Broken, FileFault, ServerError, Shelved};
pub use start::{Addresses, Ports, Sandbox};
