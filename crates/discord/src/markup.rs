//! Discord's Markdown, both ways, as Discord's own programs read it, which is not CommonMark.
//!
//! **Invariant:** no word is lost, whatever the signs around it; and what is written is read back the same by rules
//! that know of no escapes, links or code, as some of Discord's do not.

mod address;
mod escape;
mod inline;
mod line;
mod lists;
mod marks;
mod read;
mod reference;
mod segment;
mod space;
#[cfg(test)]
mod tests;
mod write;

pub(crate) use read::parse_with;
pub(crate) use reference::Reference;
pub use write::markdown;

use conversation::Markup;

/// As Discord's programs show a message. Whom a mention means stays its id: see `parse_with`.
pub fn parse(text: &str) -> Markup {
    parse_with(text, &|_| None)
}
