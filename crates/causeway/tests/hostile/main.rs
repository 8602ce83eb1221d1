//! People, programs and servers that mean ill, against the real program: it stays up, says what it refuses, and goes on
//! with the next message. Each test names the bad inputs of the threat model that it stands for.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

#[path = "../support/mod.rs"]
mod support;

mod crowd;
mod echoes;
mod identity;
mod mails;
mod updates;
