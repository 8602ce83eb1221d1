//! Whose a token is, by its looks: people copy many in an afternoon.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Whose {
    Telegram,
    Discord,
    SlackBot,
    SlackApp,
    SlackPerson,
}

impl Whose {
    /// What it is, and where it belongs.
    pub(super) fn told(self) -> (&'static str, &'static str) {
        match self {
            Whose::Telegram => ("a token of a Telegram bot", "telegram.token"),
            Whose::Discord => ("a token of a Discord bot", "discord.token"),
            Whose::SlackBot => ("a token of a Slack bot", "slack.bot_token"),
            Whose::SlackApp => ("an app-level token of Slack", "slack.app_token"),
            Whose::SlackPerson => (
                "a token of a person on Slack, not of the bot",
                "nowhere here",
            ),
        }
    }
}

pub(super) fn whose(token: &str) -> Option<Whose> {
    match token {
        it if it.starts_with("xoxb-") => Some(Whose::SlackBot),
        it if it.starts_with("xapp-") => Some(Whose::SlackApp),
        it if it.starts_with("xoxp-") || it.starts_with("xoxs-") => Some(Whose::SlackPerson),
        it if is_telegrams(it) => Some(Whose::Telegram),
        it if is_discords(it) => Some(Whose::Discord),
        _ => None,
    }
}

fn is_telegrams(token: &str) -> bool {
    let parts = token.split_once(':');
    parts.is_some_and(|(number, rest)| {
        number.len() > 4
            && number.bytes().all(|it| it.is_ascii_digit())
            && rest.bytes().all(is_base64)
    })
}

/// The bot's number, a time and a signature, each in base64.
fn is_discords(token: &str) -> bool {
    const SHORTEST: usize = 50;
    let parts: Vec<&str> = token.split('.').collect();
    parts.len() == 3 && token.len() >= SHORTEST && parts.iter().all(|it| it.bytes().all(is_base64))
}

fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_shows_whose_it_is() {
        let discord = format!("{}.GhIjKl.{}", "M".repeat(24), "x".repeat(38));
        for (token, expected) in [
            ("123456:ABC-DEF", Some(Whose::Telegram)),
            (discord.as_str(), Some(Whose::Discord)),
            ("xoxb-1-2-abc", Some(Whose::SlackBot)),
            ("xapp-1-A-2-b", Some(Whose::SlackApp)),
            ("xoxp-1", Some(Whose::SlackPerson)),
            ("0123456789abcdef0123456789abcdef", None),
            ("", None),
        ] {
            assert_eq!(whose(token), expected, "{token}");
        }
    }
}
