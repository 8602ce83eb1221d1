//! Who said it. **Invariant:** a person is their immutable id; the name is for eyes only and never holds a
//! phone number, a line break or a mark that turns the text around.

use calls::shown;
use conversation::{Author, AuthorKind, RemoteId};

use crate::id::Snowflake;
use crate::known::Known;
use crate::wire::{Member, Message, User};

pub(super) fn of_message(message: &Message, known: &Known) -> Author {
    let Some(user) = &message.author else {
        return unknown();
    };
    let mut author = of_user(user, message.member.as_ref(), message.guild_id, known);
    if message.webhook_id.is_some() {
        author.kind = AuthorKind::Bot;
    }
    let is_our_webhook = message
        .webhook_id
        .is_some_and(|it| known.webhooks.contains(&it));
    let is_our_program = message.webhook_id.is_some()
        && known.application.is_some()
        && message.application_id == known.application;
    if is_our_webhook || is_our_program {
        author.kind = AuthorKind::Ourselves;
    }
    author
}

pub(super) fn of_user(
    user: &User,
    member: Option<&Member>,
    guild: Option<Snowflake>,
    known: &Known,
) -> Author {
    let kind = match user.bot {
        _ if known.bot == Some(user.id) => AuthorKind::Ourselves,
        true => AuthorKind::Bot,
        false => AuthorKind::Person,
    };
    Author {
        account: user.id.remote(),
        display_name: name(user, member),
        picture: picture(user, member, guild, &known.cdn),
        kind,
    }
}

/// Where Discord does not say who.
pub(crate) fn unknown() -> Author {
    Author {
        account: RemoteId("unknown".to_owned()),
        display_name: "Somebody".to_owned(),
        picture: None,
        kind: AuthorKind::Person,
    }
}

/// A person of whom the event tells the id only: as they were seen before.
pub(super) fn of_id(id: Snowflake, known: &Known) -> Author {
    let account = id.remote();
    let seen = known.person(&account).cloned();
    seen.unwrap_or_else(|| Author {
        account,
        ..unknown()
    })
}

/// As people of this server see them.
pub(super) fn name(user: &User, member: Option<&Member>) -> String {
    let nick = member.and_then(|it| it.nick.as_deref());
    [
        nick,
        user.global_name.as_deref(),
        Some(user.username.as_str()),
    ]
    .into_iter()
    .flatten()
    .find_map(shown)
    .unwrap_or_else(|| "Somebody".to_owned())
}

fn picture(
    user: &User,
    member: Option<&Member>,
    guild: Option<Snowflake>,
    cdn: &str,
) -> Option<String> {
    let cdn = cdn.trim_end_matches('/');
    let of_member = member.and_then(|it| it.avatar.as_deref()).zip(guild);
    let path = match (of_member, user.avatar.as_deref()) {
        (Some((hash, guild)), _) if is_hash(hash) => {
            format!("guilds/{guild}/users/{}/avatars/{hash}", user.id)
        }
        (_, Some(hash)) if is_hash(hash) => format!("avatars/{}/{hash}", user.id),
        _ => return None,
    };
    Some(format!("{cdn}/{path}.png"))
}

fn is_hash(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|it| it.is_ascii_alphanumeric() || it == b'_')
}
