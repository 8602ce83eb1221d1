//! What the operator decides. **Invariant:** every key is required here, and the program's defaults file is where
//! defaults stand.

pub use calls::{Secret, SettingsError};
use calls::{check, faults, first, is_http};
use serde::Deserialize;

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// From the developer portal, page "Bot".
    pub token: Secret,
    /// `https://discord.com/api/v10`, or any server that speaks it. The gateway must be of the same host.
    pub api_url: String,
    /// Where pictures and stickers lie: `https://cdn.discordapp.com`.
    pub cdn_url: String,
    pub author: AuthorMode,
    /// For every call. Uploads are given more, by their size.
    pub request_timeout_s: u64,
    /// Discord takes 10 MiB a file from bots, more where a server is boosted.
    pub max_upload_bytes: u64,
    pub max_download_bytes: u64,
}

/// Who is seen to speak.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AuthorMode {
    /// Each author under their own name and picture, by a webhook that needs "Manage Webhooks".
    Webhook,
    /// The bot itself; the text says who wrote.
    Bot,
}

impl Settings {
    pub fn validate(&self) -> Result<(), SettingsError> {
        first(self.faults())
    }

    /// All that makes no sense.
    pub fn faults(&self) -> Vec<SettingsError> {
        faults([
            check(
                !self.token.expose().is_empty(),
                "token",
                "is empty: copy the bot's token from https://discord.com/developers/applications, page \"Bot\"",
            ),
            check(
                self.token.expose().chars().all(is_token_character),
                "token",
                "holds a character that no token has: copy it again, without the word \"Bot\" before it",
            ),
            check(
                is_http(&self.api_url),
                "api_url",
                "is no address: write https://discord.com/api/v10",
            ),
            check(
                is_http(&self.cdn_url),
                "cdn_url",
                "is no address: write https://cdn.discordapp.com",
            ),
            check(
                self.request_timeout_s > 0,
                "request_timeout_s",
                "is 0, which no request can keep: write 30",
            ),
            check(
                !is_an_id(self.token.expose()),
                "token",
                "is an id or a key of the app: copy the token from the page \"Bot\", not \"General Information\"",
            ),
        ])
    }
}

/// The application's id, or its public key.
fn is_an_id(token: &str) -> bool {
    let is_number = !token.is_empty() && token.bytes().all(|it| it.is_ascii_digit());
    is_number || token.len() == 64 && token.bytes().all(|it| it.is_ascii_hexdigit())
}

fn is_token_character(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '_' | '-' | '.' | ':')
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn settings() -> Settings {
        Settings {
            token: Secret::new("MTA.x-y_z"),
            api_url: "https://discord.com/api/v10".to_owned(),
            cdn_url: "https://cdn.discordapp.com".to_owned(),
            author: AuthorMode::Webhook,
            request_timeout_s: 30,
            max_upload_bytes: 1,
            max_download_bytes: 1,
        }
    }

    #[test]
    fn what_cannot_work_is_named_by_its_key() {
        assert_eq!(settings().validate(), Ok(()));
        type Change = fn(&mut Settings);
        let changes: [(&str, Change); 7] = [
            ("token", |it| it.token = Secret::new("")),
            ("token", |it| it.token = Secret::new("Bot x")),
            ("token", |it| it.token = Secret::new("117354217803123")),
            ("api_url", |it| it.api_url = "discord.com".to_owned()),
            ("api_url", |it| it.api_url = "file:///x".to_owned()),
            ("cdn_url", |it| it.cdn_url = String::new()),
            ("request_timeout_s", |it| it.request_timeout_s = 0),
        ];
        for (key, change) in changes {
            let mut settings = settings();
            change(&mut settings);
            assert_eq!(settings.validate().unwrap_err().key, key);
        }
    }

    #[test]
    fn the_token_is_never_shown() {
        assert!(!format!("{:?}", settings()).contains("MTA"));
    }
}
