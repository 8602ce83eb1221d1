//! What the store promises, on SQLite and on Postgres alike.
//!
//! Postgres comes from `CAUSEWAY_TEST_POSTGRES_URL`, the address of an administrator; each test makes a
//! database of its own there and drops it.

#![allow(clippy::unwrap_used)]

mod accepting;
mod afterwards;

mod claiming;
mod communities;
mod direct;
mod directory;
mod due;
mod durability;
mod epochs;
mod erasing;
mod finishing;
mod forgetting;
mod group_commit;
mod held;
mod joined;
mod keys;
mod long;
mod lost;
mod marks;
mod migrations;
mod names;
mod names_kept;
mod odd_input;
mod older;
mod people;
mod readers;
mod refusals;
mod requests;
mod retention;
mod rooms;
mod set_aside;
mod stopped;
#[path = "../support/mod.rs"]
mod support;
mod threads;
mod unkept;
mod wanted;
mod wishes;
