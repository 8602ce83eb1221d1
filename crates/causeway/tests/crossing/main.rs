//! What people see on both sides when the real program runs between a Telegram and a mail world over loopback.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

#[path = "../support/mod.rs"]
mod support;

mod by_mail;
mod changes;
mod disk;
mod files;
mod long;
mod markup;
mod odd;
mod pairs;
mod places;
mod privacy;
mod threads;
