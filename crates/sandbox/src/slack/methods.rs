//! The methods that apps call, by family.

mod about;
mod conversations;
mod files;
mod history;

mod pages;
mod post;
mod reactions;
mod table;
mod views;
mod voice;

pub(crate) use table::{Method, TokenKind, find};
