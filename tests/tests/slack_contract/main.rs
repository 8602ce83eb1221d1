//! The adapter for Slack against the stand-in, over loopback: every request is legal by the public documentation
//! (the stand-in refuses the others), people see what was meant, and what goes wrong gets its right name.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod bridge;
mod doubts;
mod failing;
mod files;
mod foreign;
mod forms;
mod hearing;
mod intake;
mod manifest;
mod order;
mod outages;
mod pushes;
mod requests;
mod saying;
mod sockets;
