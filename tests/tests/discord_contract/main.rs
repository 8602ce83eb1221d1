//! The adapter for Discord against the stand-in, over loopback: people see what was meant, what they do is heard once
//! and in order, and what goes wrong gets its right name.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod bridge;
mod commands;
mod failing;
mod files;
mod gateway;
mod gone;
mod hearing;
mod intake;
mod missed;
mod order;
mod requests;
mod saying;
mod threads;
