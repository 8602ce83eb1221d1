//! Choices below a message. An album can have none, so a question is asked in words, without files.

use conversation::{Button, Does, Post};
use reqwest::Url;
use teloxide_core::types::{InlineKeyboardButton, InlineKeyboardMarkup};

/// One in a row, so that no label is cut on a phone.
pub(super) fn keyboard(post: &Post) -> Option<InlineKeyboardMarkup> {
    let rows = post
        .part
        .buttons
        .iter()
        .filter_map(button)
        .map(|it| [it])
        .collect::<Vec<_>>();
    (!rows.is_empty()).then(|| InlineKeyboardMarkup::new(rows))
}

/// None for an address that is none.
fn button(button: &Button) -> Option<InlineKeyboardButton> {
    Some(match &button.does {
        Does::Press(id) => InlineKeyboardButton::callback(&button.label, id),
        Does::Open(address) => InlineKeyboardButton::url(&button.label, Url::parse(address).ok()?),
    })
}
