//! Contract tests: real wire formats over loopback, and other projects' mails where they are at hand.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod authorities;
mod certificates;
mod commands;
mod commands_answered;
mod crowds;
mod delays;
mod fixtures;
mod hostile;
mod kept;
mod lmtp;
mod markup;
mod normalise;
mod proof;
mod properties;
mod readers;
mod secured;
mod send;
mod sink;
mod support;
mod tls_server;
mod troubles;
