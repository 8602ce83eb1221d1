//! `causeway sandbox` as people use it: the real program, its page in a real browser, with mouse and keyboard. Every wait
//! is for something that must come to be seen, with a generous deadline. Skipped where there is no Chromium.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod deeds;
mod driver;
mod faults;
mod keyboard;
mod page;
mod phone;
mod places;
mod program;
mod story;
mod supergroup;
mod talk;
mod words;
