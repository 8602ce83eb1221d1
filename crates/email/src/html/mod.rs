//! HTML read into lines and written from markup. Nothing that runs, loads or hides passes either way.

mod look;
mod read;
mod tree;
mod write;

use conversation::Markup;

pub(crate) use read::{lines, picture_words};
pub use write::markup_to_html;

use crate::lines;

/// Bold, links, lists, quotes and code survive; scripts, styles and pictures do not.
pub fn markup_from_html(html: &str) -> Markup {
    lines::to_markup(&lines(html))
}
