//! The stand-in for Slack, over its real wire: it answers, refuses, tells, repeats and breaks as the real one does.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod arriving;
mod checker;
mod faults;
mod files;
mod forms;
mod history;
mod interactions;
mod people;
mod posting;
mod pushes;
mod refusals;
mod seen;
mod sockets;
mod stage;
