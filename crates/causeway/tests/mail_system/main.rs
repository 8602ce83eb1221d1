//! The real program between mail servers that others wrote: Postfix, Dovecot, opendkim and Mailman, on loopback.
//!
//! `scripts/test` starts them, once for all of these tests; without them each says so and ends. Each test has a bridge,
//! lists and mailboxes of its own.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

#[path = "../support/mod.rs"]
mod support;

mod answers;
mod bounces;
mod certificates;
mod circle;
mod commands;
mod imap;
mod kills;
mod letter;
mod line;
mod mailman;
mod outage;
mod proof;
mod refusals;
mod sheet;
mod signatures;
mod system;
mod table;
mod ways;
