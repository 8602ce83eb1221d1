//! What an operator may write, and what is never shown.

use insta::assert_snapshot;
use serde_json::{Value, json};
use telegram::{Mode, Secret, Settings, Telegram};

use crate::support::{SECRET, TOKEN, settings};

fn written() -> Value {
    json!({
        "token": TOKEN,
        "api_url": "https://api.telegram.org",
        "mode": "polling",
        "webhook": {"public_url": "", "secret": ""},
        "poll_timeout_s": 25,
        "request_timeout_s": 30,
        "max_upload_bytes": 52_428_800,
        "max_download_bytes": 20_971_520,
        "pace": {"per_bot_per_s": 30, "per_chat_per_s": 1, "per_group_per_min": 20}
    })
}

fn refusal(change: impl FnOnce(&mut Settings)) -> String {
    let mut settings = settings("https://api.telegram.org");
    change(&mut settings);
    Telegram::new(settings).unwrap_err().to_string()
}

#[test]
fn settings_are_read_and_unknown_or_missing_keys_are_refused() {
    let settings: Settings = serde_json::from_value(written()).unwrap();
    assert_eq!(settings.mode, Mode::Polling);
    settings.validate().unwrap();
    for key in ["", "webhook", "pace"] {
        let mut with_more = written();
        let section = if key.is_empty() {
            &mut with_more
        } else {
            &mut with_more[key]
        };
        section["surprise"] = json!(1);
        let error = serde_json::from_value::<Settings>(with_more).unwrap_err();
        assert!(
            error.to_string().contains("unknown field `surprise`"),
            "{error}"
        );
    }
    let mut with_less = written();
    with_less.as_object_mut().unwrap().remove("token");
    assert!(serde_json::from_value::<Settings>(with_less).is_err());
}

#[test]
fn what_cannot_work_is_named_with_its_cure() {
    let told = [
        refusal(|it| it.token = Secret::new("")),
        refusal(|it| it.token = Secret::new("a/b")),
        refusal(|it| it.api_url = "api.telegram.org".to_owned()),
        refusal(|it| it.poll_timeout_s = 0),
        refusal(|it| it.request_timeout_s = 0),
        refusal(|it| {
            it.mode = Mode::Webhook;
            it.webhook.public_url = String::new();
        }),
        refusal(|it| {
            it.mode = Mode::Webhook;
            it.webhook.secret = Secret::new("");
        }),
        refusal(|it| {
            it.mode = Mode::Webhook;
            it.webhook.secret = Secret::new("no spaces");
        }),
    ];
    assert_snapshot!(told.join("\n"), @r"
    `token` is empty: ask @BotFather for one
    `token` is no bot's token, a number, a colon, and letters: copy it again from @BotFather
    `api_url` is no address: write https://api.telegram.org
    `poll_timeout_s` is 0, which would ask without a pause: write 25
    `request_timeout_s` is 0, which no request can keep: write 30
    `webhook.public_url` is no address: write the one under which Telegram reaches this program, with https://
    `webhook.secret` is empty, so anybody could speak in Telegram's name: write 32 random letters and digits
    `webhook.secret` holds what Telegram does not take: write 1 to 256 of the characters A-Z, a-z, 0-9, _ and -
    ");
}

#[test]
fn secrets_are_never_shown() {
    let settings = settings("https://api.telegram.org");
    let shown = format!(
        "{settings:?} {:?}",
        Telegram::new(settings.clone()).unwrap()
    );
    assert!(!shown.contains(TOKEN) && !shown.contains(SECRET), "{shown}");
}
