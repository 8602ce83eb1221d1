//! What staff does while the bridge runs: rooms, dead letters, stops, logs, and the figures that it prints.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

#[path = "../support/mod.rs"]
mod support;

mod asked;
mod closed;
mod dead;
mod due;
mod figures;
mod held;
mod logs;
mod loops;
mod many_rooms;
mod outages;
mod owner;
mod people;
mod private;
mod rooms;
mod starts;
mod status;
mod storms;
mod troubles;
mod twins;
mod waits;
