//! What the operator decides. **Invariant:** every key is required here, and the program's defaults file is where
//! defaults stand.

pub use calls::{Secret, SettingsError};
use calls::{check, faults, first, is_http};
use serde::Deserialize;

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// "Bot User OAuth Token" of the app's page "OAuth & Permissions": `xoxb-…`.
    pub bot_token: Secret,
    pub mode: Mode,
    /// "App-Level Token" with `connections:write`: `xapp-…`. Read in `Mode::Socket` only.
    pub app_token: Secret,
    /// "Signing Secret" of the app's page "Basic Information". Read in `Mode::Events` only.
    pub signing_secret: Secret,
    /// `https://slack.com/api`, or any server that speaks the Web API.
    pub api_url: String,
    /// For every call. Uploads are given more, by their size.
    pub request_timeout_s: u64,
    /// How often a silent socket is asked whether it is alive; one that misses two of them is given up.
    pub ping_every_s: u64,
    /// Slack takes up to 1 GB.
    pub max_upload_bytes: u64,
    pub max_download_bytes: u64,
    pub pace: Pace,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Socket Mode: we connect to Slack, and no public address is needed.
    Socket,
    /// Events API: Slack calls us.
    Events,
}

/// Our own limits, a little before Slack's; 0 is no limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pace {
    /// Posts. Short bursts are fine: three seconds' worth at once. 0 also lifts the limits of the methods' tiers.
    pub per_channel_per_s: u32,
}

impl Settings {
    /// What no server may make us repeat.
    pub fn secrets(&self) -> Vec<&str> {
        vec![
            self.bot_token.expose(),
            self.app_token.expose(),
            self.signing_secret.expose(),
        ]
    }

    pub fn validate(&self) -> Result<(), SettingsError> {
        first(self.faults())
    }

    /// All that makes no sense.
    pub fn faults(&self) -> Vec<SettingsError> {
        let mut faults = faults([
            check(
                is_token(&self.bot_token),
                "bot_token",
                "is no token: copy the \"Bot User OAuth Token\" from the app's page \"OAuth & Permissions\"",
            ),
            check(
                !self.bot_token.expose().starts_with("xapp-"),
                "bot_token",
                "is an app-level token: that one belongs into `app_token`",
            ),
            check(
                is_http(&self.api_url),
                "api_url",
                "is no address: write https://slack.com/api",
            ),
            check(
                self.request_timeout_s > 0,
                "request_timeout_s",
                "is 0, which no request can keep: write 30",
            ),
            check(
                self.ping_every_s > 0,
                "ping_every_s",
                "is 0, which would ask without a pause: write 10",
            ),
        ]);
        faults.extend(match self.mode {
            Mode::Socket => self.faults_of_socket(),
            Mode::Events => self.faults_of_events(),
        });
        faults
    }

    fn faults_of_events(&self) -> Vec<SettingsError> {
        faults([check(
            !self.signing_secret.expose().is_empty(),
            "signing_secret",
            "is empty, so anybody could speak in Slack's name: copy it from the app's page \"Basic Information\"",
        )])
    }

    fn faults_of_socket(&self) -> Vec<SettingsError> {
        faults([
            check(
                is_token(&self.app_token),
                "app_token",
                "is no token: make one with the scope connections:write on the app's page \"Basic Information\"",
            ),
            check(
                !self.app_token.expose().starts_with("xoxb-"),
                "app_token",
                "is a bot's token: that one belongs into `bot_token`",
            ),
        ])
    }
}

fn is_token(token: &Secret) -> bool {
    let token = token.expose();
    let character = |it: char| it.is_ascii_alphanumeric() || "-_.%/+=".contains(it);
    !token.is_empty() && token.chars().all(character)
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;

    fn settings() -> Settings {
        Settings {
            bot_token: Secret::new("xoxb-1"),
            mode: Mode::Socket,
            app_token: Secret::new("xapp-1"),
            signing_secret: Secret::new(""),
            api_url: "https://slack.com/api".to_owned(),
            request_timeout_s: 30,
            ping_every_s: 10,
            max_upload_bytes: 1,
            max_download_bytes: 1,
            pace: Pace {
                per_channel_per_s: 1,
            },
        }
    }

    fn problem(change: impl FnOnce(&mut Settings)) -> String {
        let mut settings = settings();
        change(&mut settings);
        match settings.validate() {
            Ok(()) => "fine".to_owned(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn what_cannot_work_is_named_with_its_cure() {
        assert_snapshot!(problem(|_| {}), @"fine");
        assert_snapshot!(problem(|it| it.bot_token = Secret::new("")), @r#"`bot_token` is no token: copy the "Bot User OAuth Token" from the app's page "OAuth & Permissions""#);
        assert_snapshot!(problem(|it| it.bot_token = Secret::new("xapp-1")), @"`bot_token` is an app-level token: that one belongs into `app_token`");
        assert_snapshot!(problem(|it| it.app_token = Secret::new("a b")), @r#"`app_token` is no token: make one with the scope connections:write on the app's page "Basic Information""#);
        assert_snapshot!(problem(|it| it.mode = Mode::Events), @r#"`signing_secret` is empty, so anybody could speak in Slack's name: copy it from the app's page "Basic Information""#);
        assert_snapshot!(problem(|it| it.api_url = "slack.com".to_owned()), @"`api_url` is no address: write https://slack.com/api");
        assert_snapshot!(problem(|it| it.ping_every_s = 0), @"`ping_every_s` is 0, which would ask without a pause: write 10");
    }

    #[test]
    fn secrets_are_not_shown() {
        let shown = format!("{:?}", settings());
        assert!(
            !shown.contains("xoxb") && !shown.contains("xapp"),
            "{shown}"
        );
    }
}
