//! The adapter against a scripted server on loopback: what it sends, how it names what comes back, and when it
//! says that it has received something.
#![allow(clippy::unwrap_used)]

mod fetching;
mod hostile;
mod polling;
mod sending;
mod settings;
mod support;
mod uploading;
mod webhook;
