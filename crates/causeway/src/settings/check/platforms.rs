//! The sections of the chat platforms: each adapter knows best what makes no sense in its own.

use super::tokens::{Whose, whose};
use super::{Finding, finding, told};
use crate::settings::Settings;

pub(super) fn findings(settings: &Settings) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut say = |platform: &str, faults: Vec<telegram::SettingsError>| {
        let told =
            |it: &telegram::SettingsError| told(&format!("{platform}.{}", it.key), &it.problem);
        findings.extend(faults.iter().map(told));
    };
    if let Some(telegram) = &settings.telegram {
        say("telegram", telegram.faults());
    }
    if let Some(discord) = &settings.discord {
        say("discord", discord.faults());
    }
    if let Some(slack) = &settings.slack {
        say("slack", slack.faults());
    }
    findings.extend(listeners(settings));
    let strangers = strangers_tokens(settings);
    findings.retain(|it| strangers.iter().all(|told| told.key != it.key));
    findings.extend(strangers);
    findings
}

fn listeners(settings: &Settings) -> Vec<Finding> {
    if settings.http.listen.is_some() {
        return Vec::new();
    }
    let telegram = settings.telegram.as_ref().map(|it| it.mode);
    let slack = settings.slack.as_ref().map(|it| it.mode);
    let needy = [
        (
            telegram == Some(telegram::Mode::Webhook),
            "telegram.mode",
            "webhook",
            "polling",
        ),
        (
            slack == Some(slack::Mode::Events),
            "slack.mode",
            "events",
            "socket",
        ),
    ];
    let needy = needy.into_iter().filter(|(needs, ..)| *needs);
    needy
        .map(|(_, key, mode, other)| {
            let why = format!("{mode} mode needs an address to listen on");
            let cure = format!("set http.listen, or use mode = {other:?}");
            finding(key, &why, &cure).beside("http.listen")
        })
        .collect()
}

/// A token that shows whose it is stands where another's should.
fn strangers_tokens(settings: &Settings) -> Vec<Finding> {
    let mut places: Vec<(&str, &str, Option<Whose>)> = Vec::new();
    if let Some(telegram) = &settings.telegram {
        places.push((
            "telegram.token",
            telegram.token.expose(),
            Some(Whose::Telegram),
        ));
        places.push((
            "telegram.webhook.secret",
            telegram.webhook.secret.expose(),
            None,
        ));
    }
    if let Some(discord) = &settings.discord {
        places.push((
            "discord.token",
            discord.token.expose(),
            Some(Whose::Discord),
        ));
    }
    if let Some(slack) = &settings.slack {
        places.push((
            "slack.bot_token",
            slack.bot_token.expose(),
            Some(Whose::SlackBot),
        ));
        places.push((
            "slack.app_token",
            slack.app_token.expose(),
            Some(Whose::SlackApp),
        ));
        places.push(("slack.signing_secret", slack.signing_secret.expose(), None));
    }
    let stranger = |(key, token, wanted): (&str, &str, Option<Whose>)| {
        let (what, place) = whose(token).filter(|it| Some(*it) != wanted)?.told();
        let cure =
            format!("it belongs into {place}: write what `causeway config defaults` says of {key}");
        Some(finding(key, &format!("it is {what}"), &cure))
    };
    places.into_iter().filter_map(stranger).collect()
}
