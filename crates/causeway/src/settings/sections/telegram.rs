//! `[telegram]`.

use super::section::{GIB, KIB, Secret, Section, Token, faults, is_base64, without_listener};

pub(super) const SECTION: Section = Section {
    name: "telegram",
    is_on: |settings| settings.telegram.is_some(),
    secrets: &[
        Secret {
            key: "telegram.token",
            value: |settings| Some(settings.telegram.as_ref()?.token.expose()),
            made_up: "0:none",
            is_needed: true,
        },
        Secret {
            key: "telegram.webhook.secret",
            value: |settings| Some(settings.telegram.as_ref()?.webhook.secret.expose()),
            made_up: "none",
            is_needed: false,
        },
    ],
    least: &[],
    tokens: &[Token {
        what: "a token of a Telegram bot",
        key: Some("telegram.token"),
        is_like: is_token,
    }],
    ranges: &[
        // The Bot API itself holds a poll no longer.
        ("telegram.poll_timeout_s", 1..=50),
        ("telegram.request_timeout_s", 1..=600),
        ("telegram.max_upload_bytes", KIB..=4 * GIB),
        ("telegram.max_download_bytes", KIB..=4 * GIB),
        ("telegram.pace.per_bot_per_s", 0..=10_000),
        ("telegram.pace.per_chat_per_s", 0..=10_000),
        ("telegram.pace.per_group_per_min", 0..=10_000),
    ],
    findings: |settings| {
        let Some(telegram) = &settings.telegram else {
            return Vec::new();
        };
        let mut findings = faults("telegram", &telegram.faults());
        if telegram.mode == telegram::Mode::Webhook {
            findings.extend(without_listener(
                settings,
                "telegram.mode",
                ("webhook", "polling"),
            ));
        }
        findings
    },
    // A chat, one of its topics, or all of them.
    misnamed: |_, id| {
        let (chat, topic) = id.split_once('/').unwrap_or((id, "*"));
        let is_one = chat.parse::<i64>().is_ok() && (topic == "*" || topic.parse::<i32>().is_ok());
        (!is_one).then(|| {
            let cure = "say something there, and `causeway room heard` shows the number, as in telegram:-1001234567890";
            (format!("telegram:{id} is no number of a chat"), cure.to_owned())
        })
    },
};

fn is_token(it: &str) -> bool {
    let parts = it.split_once(':');
    parts.is_some_and(|(number, rest)| {
        number.len() > 4
            && number.bytes().all(|it| it.is_ascii_digit())
            && rest.bytes().all(is_base64)
    })
}
