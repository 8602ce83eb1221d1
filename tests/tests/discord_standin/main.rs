//! The stand-in for Discord, over its real wire: REST, gateway and CDN. Everything that it says is legal by the
//! published document, and it refuses, waits and breaks as the real server does.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod checker;
mod commands;
mod faults;
mod gateway;
mod gateway_faults;
mod interactions;
mod messages;
mod people;
mod refusals;
mod seen;
mod socket;
mod stage;
mod threads;
mod webhooks;
