//! What the operator decides. **Invariant:** every key is required here, and the program's defaults file is where
//! defaults stand.

pub use calls::{Secret, SettingsError};
use calls::{check, is_http};
use serde::Deserialize;

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// From @BotFather.
    pub token: Secret,
    /// `https://api.telegram.org`, or any server that speaks the Bot API.
    pub api_url: String,
    pub mode: Mode,
    pub webhook: Webhook,
    /// How long Telegram may hold an empty poll; a dead connection is noticed 5 s later.
    pub poll_timeout_s: u64,
    /// For every other call. Uploads are given more, by their size.
    pub request_timeout_s: u64,
    /// Telegram takes 50 MB from bots, a Bot API server of one's own up to 2 GB.
    pub max_upload_bytes: u64,
    /// Telegram hands out at most 20 MB to bots.
    pub max_download_bytes: u64,
    pub pace: Pace,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    Polling,
    Webhook,
}

/// Read in `Mode::Webhook` only.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Webhook {
    /// Where Telegram reaches us, without the path that we add ourselves: `https://bridge.example.org`.
    pub public_url: String,
    /// Telegram proves itself with it in each request: 1 to 256 of `A-Z a-z 0-9 _ -`.
    pub secret: Secret,
}

/// Our own limits, a little before Telegram's; 0 is no limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pace {
    pub per_bot_per_s: u32,
    /// Short bursts are fine: three seconds' worth at once.
    pub per_chat_per_s: u32,
    pub per_group_per_min: u32,
}

impl Settings {
    /// What no server may make us repeat.
    pub fn secrets(&self) -> Vec<&str> {
        vec![self.token.expose(), self.webhook.secret.expose()]
    }

    pub fn validate(&self) -> Result<(), SettingsError> {
        check(
            !self.token.expose().is_empty(),
            "token",
            "is empty: ask @BotFather for one",
        )?;
        check(
            self.token.expose().chars().all(is_token_character),
            "token",
            "holds a character that no token has: copy it again from @BotFather",
        )?;
        check(
            is_http(&self.api_url),
            "api_url",
            "is no address: write https://api.telegram.org",
        )?;
        check(
            self.poll_timeout_s > 0,
            "poll_timeout_s",
            "is 0, which would ask without a pause: write 25",
        )?;
        check(
            self.request_timeout_s > 0,
            "request_timeout_s",
            "is 0, which no request can keep: write 30",
        )?;
        match self.mode {
            Mode::Polling => Ok(()),
            Mode::Webhook => self.webhook.validate(),
        }
    }
}

impl Webhook {
    fn validate(&self) -> Result<(), SettingsError> {
        check(
            is_http(&self.public_url),
            "webhook.public_url",
            "is no address: write the one under which Telegram reaches this program, with https://",
        )?;
        check(
            !self.secret.expose().is_empty(),
            "webhook.secret",
            "is empty, so anybody could speak in Telegram's name: write 32 random letters and digits",
        )?;
        check(
            self.secret.expose().len() <= 256
                && self.secret.expose().chars().all(is_secret_character),
            "webhook.secret",
            "must be 1 to 256 of the characters A-Z, a-z, 0-9, _ and -",
        )
    }
}

fn is_token_character(character: char) -> bool {
    is_secret_character(character) || character == ':'
}

fn is_secret_character(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '_' | '-')
}
