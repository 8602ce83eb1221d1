//! The methods that apps call, by family.

mod about;
mod change;
mod conversations;
mod files;
mod history;
mod method;
mod pages;
mod places;
mod post;
mod reactions;
mod table;
mod users;
mod views;
mod voice;

pub(crate) use method::{Method, TokenKind};
pub(crate) use table::find;
