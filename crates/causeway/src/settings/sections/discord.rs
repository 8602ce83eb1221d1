//! `[discord]`.

use super::section::{GIB, KIB, Secret, Section, Token, faults, is_base64};

pub(super) const SECTION: Section = Section {
    name: "discord",
    is_on: |settings| settings.discord.is_some(),
    secrets: &[Secret {
        key: "discord.token",
        value: |settings| Some(settings.discord.as_ref()?.token.expose()),
        made_up: "none",
        is_needed: true,
    }],
    least: &[],
    tokens: &[Token {
        what: "a token of a Discord bot",
        key: Some("discord.token"),
        is_like: is_token,
    }],
    ranges: &[
        ("discord.request_timeout_s", 1..=600),
        ("discord.max_upload_bytes", KIB..=4 * GIB),
        ("discord.max_download_bytes", KIB..=4 * GIB),
    ],
    findings: |settings| {
        let discord = settings.discord.as_ref();
        discord.map_or_else(Vec::new, |it| faults("discord", &it.faults()))
    },
    misnamed: |_, id| {
        id.parse::<u64>().is_err().then(|| {
            let cure = "with Discord's Developer Mode on, right-click the channel and choose \"Copy Channel ID\", \
                        as in discord:1173542178031235142";
            (format!("discord:{id} is no channel's id"), cure.to_owned())
        })
    },
};

/// The bot's number, a time and a signature, each in base64.
fn is_token(it: &str) -> bool {
    const SHORTEST: usize = 50;
    let parts: Vec<&str> = it.split('.').collect();
    parts.len() == 3 && it.len() >= SHORTEST && parts.iter().all(|it| it.bytes().all(is_base64))
}
