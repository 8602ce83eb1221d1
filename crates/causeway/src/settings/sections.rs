//! The sections that switch a platform on: what each holds beside its fields. One entry each, and no other list.

use conversation::{ChannelRef, Secrets};

use super::Settings;
use super::finding::{Finding, finding};

mod discord;
mod email;
mod section;
mod slack;
mod telegram;

use section::{Secret, Section, Token};

pub(crate) const SECTIONS: &[Section] = &[
    telegram::SECTION,
    discord::SECTION,
    slack::SECTION,
    email::SECTION,
];

pub(crate) fn names() -> Vec<&'static str> {
    SECTIONS.iter().map(|it| it.name).collect()
}

/// The names of those that are switched on.
pub(crate) fn switched_on(settings: &Settings) -> Vec<&'static str> {
    let on = SECTIONS.iter().filter(|it| (it.is_on)(settings));
    on.map(|it| it.name).collect()
}

/// As they stand in the configuration: `[telegram], [discord], [slack] or [email]`.
pub(crate) fn any_section() -> String {
    in_words(names().iter().map(|it| format!("[{it}]")).collect())
}

/// As people say it: `telegram, discord, slack or email`.
pub(crate) fn any_of_them() -> String {
    in_words(names().into_iter().map(str::to_owned).collect())
}

fn in_words(mut all: Vec<String>) -> String {
    let last = all.pop().unwrap_or_default();
    format!("{} or {last}", all.join(", "))
}

/// All that may be repeated by nobody: neither by a server nor by us.
pub(crate) fn secrets(settings: &Settings) -> Secrets {
    let platforms = all_secrets().filter_map(|it| (it.value)(settings));
    Secrets::of(platforms.chain(settings.store.password()))
}

pub(super) fn all_secrets() -> impl Iterator<Item = &'static Secret> {
    SECTIONS.iter().flat_map(|it| it.secrets)
}

/// Why no channel on a platform that there is has this id, and what to do about it.
pub(super) fn misnamed(settings: &Settings, channel: &ChannelRef) -> Option<(String, String)> {
    let section = (SECTIONS.iter()).find(|it| it.name == channel.platform.as_str())?;
    (section.misnamed)(settings, channel.id.as_str())
}

pub(super) fn findings(settings: &Settings) -> Vec<Finding> {
    // A password may look like anything.
    let tokens = SECTIONS.iter().filter(|it| !it.tokens.is_empty());
    let strangers: Vec<_> = (tokens.flat_map(|it| it.secrets))
        .filter_map(|it| strangers_token(it, settings))
        .collect();
    let mut findings: Vec<_> = (SECTIONS.iter())
        .flat_map(|it| (it.findings)(settings))
        .collect();
    findings.retain(|it| strangers.iter().all(|told| told.key != it.key));
    findings.extend(strangers);
    findings
}

/// A token that shows whose it is stands where another's should.
fn strangers_token(secret: &Secret, settings: &Settings) -> Option<Finding> {
    let key = secret.key;
    let token = whose((secret.value)(settings)?).filter(|it| it.key != Some(key))?;
    let place = token.key.unwrap_or("nowhere here");
    let cure =
        format!("it belongs into {place}: write what `causeway config defaults` says of {key}");
    Some(finding(key, &format!("it is {}", token.what), &cure))
}

fn whose(token: &str) -> Option<&'static Token> {
    let mut tokens = SECTIONS.iter().flat_map(|it| it.tokens);
    tokens.find(|it| (it.is_like)(token))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_shows_whose_it_is() {
        let discord = format!("{}.GhIjKl.{}", "M".repeat(24), "x".repeat(38));
        for (token, expected) in [
            ("123456:ABC-DEF", Some(Some("telegram.token"))),
            (discord.as_str(), Some(Some("discord.token"))),
            ("xoxb-1-2-abc", Some(Some("slack.bot_token"))),
            ("xapp-1-A-2-b", Some(Some("slack.app_token"))),
            ("xoxp-1", Some(None)),
            ("0123456789abcdef0123456789abcdef", None),
            ("", None),
        ] {
            assert_eq!(whose(token).map(|it| it.key), expected, "{token}");
        }
    }
}
