//! `[slack]`.

use super::section::{GIB, KIB, Secret, Section, Token, faults, without_listener};

pub(super) const SECTION: Section = Section {
    name: "slack",
    is_on: |settings| settings.slack.is_some(),
    secrets: &[
        Secret {
            key: "slack.bot_token",
            value: |settings| Some(settings.slack.as_ref()?.bot_token.expose()),
            made_up: "xoxb-none",
            is_needed: true,
        },
        Secret {
            key: "slack.app_token",
            value: |settings| Some(settings.slack.as_ref()?.app_token.expose()),
            made_up: "xapp-none",
            is_needed: true,
        },
        Secret {
            key: "slack.signing_secret",
            value: |settings| Some(settings.slack.as_ref()?.signing_secret.expose()),
            made_up: "none",
            is_needed: true,
        },
    ],
    least: &[],
    tokens: &[
        Token {
            what: "a token of a Slack bot",
            key: Some("slack.bot_token"),
            is_like: |it| it.starts_with("xoxb-"),
        },
        Token {
            what: "an app-level token of Slack",
            key: Some("slack.app_token"),
            is_like: |it| it.starts_with("xapp-"),
        },
        Token {
            what: "a token of a person on Slack, not of the bot",
            key: None,
            is_like: |it| it.starts_with("xoxp-") || it.starts_with("xoxs-"),
        },
    ],
    ranges: &[
        ("slack.request_timeout_s", 1..=600),
        ("slack.ping_every_s", 1..=300),
        ("slack.max_upload_bytes", KIB..=4 * GIB),
        ("slack.max_download_bytes", KIB..=4 * GIB),
        ("slack.pace.per_channel_per_s", 0..=10_000),
    ],
    findings: |settings| {
        let Some(slack) = &settings.slack else {
            return Vec::new();
        };
        let mut findings = faults("slack", &slack.faults());
        if slack.mode == slack::Mode::Events {
            findings.extend(without_listener(
                settings,
                "slack.mode",
                ("events", "socket"),
            ));
        }
        findings
    },
    misnamed: |_, id| {
        let is_sign = |it: u8| it.is_ascii_uppercase() || it.is_ascii_digit();
        let is_id = id.starts_with(['C', 'G']) && id.bytes().all(is_sign);
        (!is_id).then(|| {
            let cure = "click the channel's name: the Channel ID stands at the end of \"About\", as in slack:C07ABCDEFGH";
            (format!("slack:{id} is no channel's id"), cure.to_owned())
        })
    },
};
