//! The adapter for Telegram against the stand-in, over loopback: every request is legal by the published schema
//! (the stand-in refuses the others), people see what was meant, and what goes wrong gets its right name.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod bridge;
mod failing;
mod files;
mod forum;
mod hearing;
mod intake;
mod limits;
mod requests;
mod saying;
mod webhook;
