//! What the operator decides. **Invariant:** every key is required here, and the program's defaults file is where
//! defaults stand.

pub use calls::{Secret, SettingsError};
use calls::{check, faults, first, is_http};
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
        first(self.faults())
    }

    /// All that makes no sense.
    pub fn faults(&self) -> Vec<SettingsError> {
        let mut faults = faults([
            check(
                !self.token.expose().is_empty(),
                "token",
                "is empty: ask @BotFather for one",
            ),
            check(
                self.token.expose().is_empty() || is_token(self.token.expose()),
                "token",
                "is no bot's token, a number, a colon, and letters: copy it again from @BotFather",
            ),
            check(
                is_http(&self.api_url),
                "api_url",
                "is no address: write https://api.telegram.org",
            ),
            check(
                self.poll_timeout_s > 0,
                "poll_timeout_s",
                "is 0, which would ask without a pause: write 25",
            ),
            check(
                self.request_timeout_s > 0,
                "request_timeout_s",
                "is 0, which no request can keep: write 30",
            ),
        ]);
        if self.mode == Mode::Webhook {
            faults.extend(
                self.webhook
                    .faults(self.api_url.starts_with("https://api.telegram.org")),
            );
        }
        faults
    }
}

impl Webhook {
    /// A server of one's own calls any address; Telegram itself is choosy.
    fn faults(&self, is_telegrams_own: bool) -> Vec<SettingsError> {
        let is_address = is_http(&self.public_url);
        faults([
            check(
                is_address,
                "webhook.public_url",
                "is no address: write the one under which Telegram reaches this program, with https://",
            ),
            check(
                !is_address || !is_telegrams_own || is_called(&self.public_url),
                "webhook.public_url",
                "is none that Telegram calls: write https:// before it, and no port but 443, 80, 88 or 8443",
            ),
            check(
                !self.secret.expose().is_empty(),
                "webhook.secret",
                "is empty, so anybody could speak in Telegram's name: write 32 random letters and digits",
            ),
            check(
                self.secret.expose().len() <= 256
                    && self.secret.expose().chars().all(is_secret_character),
                "webhook.secret",
                "holds what Telegram does not take: write 1 to 256 of the characters A-Z, a-z, 0-9, _ and -",
            ),
        ])
    }
}

/// <https://core.telegram.org/bots/api#setwebhook>
fn is_called(url: &str) -> bool {
    let Some(rest) = url.strip_prefix("https://") else {
        return false;
    };
    let authority = rest.split('/').next().unwrap_or_default();
    match authority
        .rsplit_once(':')
        .map(|(_, port)| port.parse::<u16>())
    {
        Some(Ok(port)) => matches!(port, 443 | 80 | 88 | 8443),
        _ => true,
    }
}

fn is_token(token: &str) -> bool {
    token.split_once(':').is_some_and(|(number, rest)| {
        let is_number = !number.is_empty() && number.bytes().all(|it| it.is_ascii_digit());
        is_number && !rest.is_empty() && rest.chars().all(is_secret_character)
    })
}

fn is_secret_character(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '_' | '-')
}
