//! The real program between chats that talk on whatever happens: all that people say comes, once, and in the order in
//! which they said it.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

#[path = "../support/mod.rs"]
mod support;

mod histories;
mod names;
mod order;
mod pairs;
mod refusals;

use tokio::sync::RwLock;

/// Held to read by whoever runs beside others, and to write by whoever counts seconds.
static MACHINE: RwLock<()> = RwLock::const_new(());
