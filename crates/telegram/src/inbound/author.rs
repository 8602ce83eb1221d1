//! Who said it. **Invariant:** a person is their immutable id; the name is for eyes only and never holds a
//! phone number, a line break or a mark that turns the text around.

use calls::shown;
use conversation::{Author, AuthorKind};

use super::meaning::Bot;
use crate::id::{chat_account, user_account};
use crate::wire::{Chat, Message, User};

pub(super) fn of_message(message: &Message, bot: &Bot) -> Author {
    // Where a chat speaks, `from` is one of Telegram's placeholder users.
    if let Some(chat) = &message.sender_chat {
        return of_chat(chat, message.author_signature.as_deref());
    }
    match &message.from {
        Some(user) => of_user(user, bot),
        None => of_chat(&message.chat, message.author_signature.as_deref()),
    }
}

pub(super) fn of_user(user: &User, bot: &Bot) -> Author {
    let kind = if user.id == bot.id {
        AuthorKind::Ourselves
    } else if user.is_bot {
        AuthorKind::Bot
    } else {
        AuthorKind::Person
    };
    Author {
        picture: None,
        account: user_account(user.id),
        display_name: user_name(user),
        kind,
    }
}

/// A channel, or the anonymous administrators of a group: signed by a person or a title, or not at all.
pub(super) fn of_chat(chat: &Chat, signature: Option<&str>) -> Author {
    let signature = signature.and_then(shown);
    Author {
        picture: None,
        account: chat_account(chat.id),
        display_name: signature.unwrap_or_else(|| chat_name(chat)),
        kind: AuthorKind::Person,
    }
}

pub(super) fn user_name(user: &User) -> String {
    full_name(&user.first_name, user.last_name.as_deref())
        .or_else(|| user.username.as_deref().and_then(shown))
        .unwrap_or_else(|| "Deleted account".to_owned())
}

pub(super) fn chat_name(chat: &Chat) -> String {
    let title = chat.title.as_deref().and_then(shown);
    title
        .or_else(|| {
            let first = chat.first_name.as_deref().unwrap_or_default();
            full_name(first, chat.last_name.as_deref())
        })
        .or_else(|| chat.username.as_deref().and_then(shown))
        .unwrap_or_else(|| "A chat".to_owned())
}

pub(super) fn full_name(first: &str, last: Option<&str>) -> Option<String> {
    shown(&format!("{first} {}", last.unwrap_or_default()))
}
