//! The adapters for Discord and Slack against servers that others wrote, over loopback: what our own stand-ins and our
//! adapters might get wrong together, somebody else's reading of the platform tells apart.
//!
//! `scripts/test` installs the servers; without them each of these tests says so and ends.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod discord;
mod intake;
mod post;
mod server;
mod slack;
