//! The stand-in for Telegram, over its real wire: everything that it says is legal by the published schema,
//! and it refuses, waits and breaks as the real server does.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod checker;
mod faults;
mod hearing;
mod methods;
mod people;
mod polling;
mod refusals;
mod seen;
mod stage;
mod webhooks;
