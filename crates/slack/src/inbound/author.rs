//! Who said it. **Invariant:** a person is their immutable id; the name is for eyes only and never holds a
//! number, an address, a line break or a mark that turns the text around.

use conversation::{Author, AuthorKind};
use serde_json::Value;

use super::meaning::{Context, text};
use super::names::User;

/// Of whom Slack knows no name that may be shown.
const NAMELESS: &str = "A member on Slack";
/// Slack's own voice.
const SLACKBOT: &str = "USLACKBOT";

/// As `users.info` and `user_change` tell of a person.
pub(crate) fn read_user(user: &Value) -> User {
    let profile = &user["profile"];
    let name = [
        text(profile, "display_name"),
        text(profile, "real_name"),
        text(user, "real_name"),
        text(user, "name"),
    ];
    let name = name.into_iter().flatten().find_map(shown);
    let picture = text(profile, "image_192").or(text(profile, "image_72"));
    User {
        name: name.unwrap_or_else(|| NAMELESS.to_owned()),
        picture: picture.map(str::to_owned),
        is_bot: user["is_bot"] == true || user["id"] == SLACKBOT,
    }
}

/// `None` if the message does not say whose it is.
pub(super) fn of_message(message: &Value, context: &Context<'_>) -> Option<Author> {
    let user = text(message, "user");
    let bot = text(message, "bot_id");
    let Some(account) = user.or(bot) else {
        let is_bot = message["subtype"] == "bot_message";
        return is_bot.then(|| of_program(message, "bot", context));
    };
    if bot.is_some() || message["subtype"] == "bot_message" {
        return Some(of_program(message, account, context));
    }
    let mut author = of_user(account, context);
    if !context.names.users.contains_key(account) {
        introduce(&mut author, &message["user_profile"]);
    }
    Some(author)
}

/// Members of other workspaces cannot always be asked for; their messages bring along who they are.
fn introduce(author: &mut Author, profile: &Value) {
    let names = [text(profile, "display_name"), text(profile, "real_name")];
    if let Some(name) = names.into_iter().flatten().find_map(shown) {
        author.display_name = name;
        author.picture = text(profile, "image_72").map(str::to_owned);
    }
}

pub(super) fn of_user(id: &str, context: &Context<'_>) -> Author {
    let known = context.names.users.get(id);
    let kind = if id == context.app.user_id {
        AuthorKind::Ourselves
    } else if id == SLACKBOT || known.is_some_and(|it| it.is_bot) {
        AuthorKind::Bot
    } else {
        AuthorKind::Person
    };
    Author {
        account: id.into(),
        // Who is not known yet is named by whoever shows it.
        display_name: known.map(|it| it.name.clone()).unwrap_or_default(),
        picture: known.and_then(|it| it.picture.clone()),
        kind,
    }
}

/// Who posts by our token is us, whatever the name over the message; and so is who posted by one that our app had
/// before it was installed again.
fn of_program(message: &Value, account: &str, context: &Context<'_>) -> Author {
    let app = context.app;
    let profile = &message["bot_profile"];
    let app_id = text(message, "app_id").or(text(profile, "app_id"));
    let is_ours = [("user", &app.user_id), ("bot_id", &app.bot_id)]
        .into_iter()
        .any(|(name, ours)| !ours.is_empty() && text(message, name) == Some(ours))
        || (app_id.is_some() && app_id == app.app_id.as_deref());
    let name = text(message, "username").or(text(profile, "name"));
    Author {
        account: account.into(),
        display_name: name.and_then(shown).unwrap_or_else(|| "A bot".to_owned()),
        picture: text(&profile["icons"], "image_72").map(str::to_owned),
        kind: match is_ours {
            true => AuthorKind::Ourselves,
            false => AuthorKind::Bot,
        },
    }
}

/// What happens without anybody whom we could name.
pub(crate) fn slack_itself() -> Author {
    Author {
        account: SLACKBOT.into(),
        display_name: "Slack".to_owned(),
        picture: None,
        kind: AuthorKind::Person,
    }
}

/// Some go by their mail address, which is theirs to give.
fn shown(name: &str) -> Option<String> {
    calls::shown(name).filter(|it| !is_address(it))
}

fn is_address(name: &str) -> bool {
    let Some((local, domain)) = name.split_once('@') else {
        return false;
    };
    !local.is_empty() && domain.contains('.') && !name.contains(' ')
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_first_name_that_may_be_shown_is_taken() {
        for (display, real, expected) in [
            ("ana", "Ana Ruiz", "ana"),
            ("", "Ana Ruiz", "Ana Ruiz"),
            ("ana@example.org", "Ana Ruiz", "Ana Ruiz"),
            ("+49 170 1234567", "\u{202e}anA\n", "anA"),
            ("", "", NAMELESS),
        ] {
            let user = json!({"profile": {"display_name": display, "real_name": real}});
            assert_eq!(read_user(&user).name, expected);
        }
    }
}
