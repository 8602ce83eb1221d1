//! The methods that apps call, by family.

mod about;
mod change;
mod conversations;
mod files;
mod history;

mod pages;
mod places;
mod post;
mod reactions;
mod table;
mod users;
mod views;
mod voice;

pub(crate) use table::{Method, TokenKind, find};
