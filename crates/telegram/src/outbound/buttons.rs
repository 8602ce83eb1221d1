//! Choices below a message. An album can have none, so a question is asked in words, without files.

use conversation::Post;
use teloxide_core::types::{InlineKeyboardButton, InlineKeyboardMarkup};

/// One in a row, so that no label is cut on a phone.
pub(super) fn keyboard(post: &Post) -> Option<InlineKeyboardMarkup> {
    let buttons = &post.part.buttons;
    let rows = buttons
        .iter()
        .map(|it| [InlineKeyboardButton::callback(&it.label, &it.id)]);
    (!buttons.is_empty()).then(|| InlineKeyboardMarkup::new(rows))
}
