//! Who said it. **Invariant:** a person is their immutable id; the name is for eyes only and never holds a
//! phone number, a line break or a mark that turns the text around.

use conversation::{Author, AuthorKind};

use super::Bot;
use crate::id::{chat_account, user_account};
use crate::wire::{Chat, Message, User};

/// In UTF-16 Telegram allows 64 + 64; nobody needs more to be recognised.
const LONGEST_NAME: usize = 96;

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

/// The name as it may be shown, if anything is left of it.
pub(super) fn shown(name: &str) -> Option<String> {
    let plain: String = name
        .chars()
        .filter(|it| !turns_text_around(*it))
        .map(|it| if it.is_control() { ' ' } else { it })
        .take(LONGEST_NAME)
        .collect();
    let name = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    (!name.is_empty() && !is_phone_number(&name)).then_some(name)
}

fn turns_text_around(character: char) -> bool {
    matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn is_phone_number(name: &str) -> bool {
    const FEWEST_DIGITS: usize = 7;
    name.chars().filter(char::is_ascii_digit).count() >= FEWEST_DIGITS
        && name
            .chars()
            .all(|it| it.is_ascii_digit() || " +-()./".contains(it))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_shown_on_one_line_and_without_a_number() {
        for (first, last, expected) in [
            ("Ana", Some("Lima"), Some("Ana Lima")),
            ("  Ana\n\r", None, Some("Ana")),
            ("\u{202e}anA", None, Some("anA")),
            ("+49 (170) 123-45-67", None, None),
            ("Agent 007", None, Some("Agent 007")),
            ("2024", None, Some("2024")),
            ("", None, None),
        ] {
            assert_eq!(full_name(first, last).as_deref(), expected);
        }
    }
}
