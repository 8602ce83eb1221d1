//! Values that are well written and make no sense, each with its key, the reason and the cure.

use std::collections::HashSet;

use conversation::ChannelRef;
use tracing_subscriber::EnvFilter;

use super::{Engine, Http, Settings};
use crate::platforms;

pub(crate) struct Finding {
    pub(crate) key: String,
    pub(crate) why: String,
    pub(crate) cure: String,
}

pub(crate) fn findings(settings: &Settings) -> Vec<Finding> {
    let mut findings = general(settings);
    findings.extend(http(&settings.http));
    findings.extend(engine(&settings.engine));
    findings.extend(platforms(settings));
    findings.extend(staff(settings));
    findings.extend(rooms(settings));
    findings
}

fn finding(key: &str, why: &str, cure: &str) -> Finding {
    Finding {
        key: key.to_owned(),
        why: why.to_owned(),
        cure: cure.to_owned(),
    }
}

pub(crate) const HOW_TO_WRITE_A_STORE: &str =
    "write sqlite:FILE or postgres://USER:PASSWORD@HOST/DATABASE";

pub(crate) fn is_store(url: &str) -> bool {
    url.strip_prefix("sqlite:")
        .is_some_and(|file| !file.is_empty())
        || ["postgres://", "postgresql://"]
            .iter()
            .any(|it| url.starts_with(it))
}

fn general(settings: &Settings) -> Vec<Finding> {
    let mut findings = Vec::new();
    if settings.community.name.trim().is_empty() {
        findings.push(finding(
            "community.name",
            "it is empty",
            "write the name that your people use for themselves",
        ));
    }
    if !is_store(&settings.store.url) {
        findings.push(finding(
            "store.url",
            "it names no store that is known",
            HOW_TO_WRITE_A_STORE,
        ));
    }
    if let Err(error) = EnvFilter::try_new(&settings.log.filter) {
        findings.push(finding(
            "log.filter",
            &error.to_string(),
            "write a level (error, warn, info, debug, trace), or some by module, as in \"info,engine=debug\"",
        ));
    }
    findings
}

fn http(http: &Http) -> Vec<Finding> {
    const MOST_DAYS: u32 = 365;
    let mut findings = Vec::new();
    if let Some(url) = &http.public_url {
        if !is_web_address(url) {
            findings.push(finding(
                "http.public_url",
                "it is no address of a web server",
                "write it as in https://causeway.example.org",
            ));
        }
        if http.listen.is_none() {
            findings.push(finding(
                "http.public_url",
                "nothing listens there",
                "set http.listen, and let your web server hand on to it",
            ));
        }
    }
    if !(1..=MOST_DAYS).contains(&http.link_days) {
        findings.push(finding(
            "http.link_days",
            "links would be good for no time, or for ever",
            "write 1 to 365",
        ));
    }
    findings
}

/// A path is fine, as in https://example.org/causeway; questions and fragments are not.
fn is_web_address(url: &str) -> bool {
    let rest = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"));
    let is_sign = |b: u8| b.is_ascii_alphanumeric() || b"-._~:/[]%".contains(&b);
    rest.is_some_and(|it| !it.starts_with(['/', ':']) && !it.is_empty() && it.bytes().all(is_sign))
}

fn engine(engine: &Engine) -> Vec<Finding> {
    let must_not_be_zero = [
        ("engine.life_chat_h", engine.life_chat_h),
        ("engine.life_mail_h", engine.life_mail_h),
        ("engine.hold_back_min", engine.hold_back_min),
        ("engine.longest_wait_min", engine.longest_wait_min),
        ("engine.blob_max_mib", engine.blob_max_mib),
    ];
    must_not_be_zero
        .into_iter()
        .filter(|(_, value)| *value == 0)
        .map(|(key, _)| {
            finding(
                key,
                "nothing could ever be delivered with 0",
                "write 1 or more",
            )
        })
        .collect()
}

/// Each platform knows best what makes no sense in its own section.
fn platforms(settings: &Settings) -> Vec<Finding> {
    let mut findings = Vec::new();
    if let Some(telegram) = &settings.telegram {
        if let Err(error) = telegram.validate() {
            findings.push(told(&format!("telegram.{}", error.key), &error.problem));
        }
        if telegram.mode == telegram::Mode::Webhook && settings.http.listen.is_none() {
            findings.push(finding(
                "telegram.mode",
                "webhook mode needs an address to listen on",
                "set http.listen, or use mode = \"polling\"",
            ));
        }
    }
    if let Some(discord) = &settings.discord
        && let Err(error) = discord.validate()
    {
        findings.push(told(&format!("discord.{}", error.key), &error.problem));
    }
    if let Some(slack) = &settings.slack {
        if let Err(error) = slack.validate() {
            findings.push(told(&format!("slack.{}", error.key), &error.problem));
        }
        if slack.mode == slack::Mode::Events && settings.http.listen.is_none() {
            findings.push(finding(
                "slack.mode",
                "events mode needs an address to listen on",
                "set http.listen, or use mode = \"socket\"",
            ));
        }
    }
    if let Some(email) = &settings.email
        && let Err(error) = email.validate()
    {
        findings.push(match error {
            email::EmailError::Settings { key, problem } => told(&key, &problem),
            other => told("email", &other.to_string()),
        });
    }
    findings
}

/// Platforms say `is empty: name the mail server`, the cure after the colon.
fn told(key: &str, problem: &str) -> Finding {
    const HOW: &str = "`causeway config defaults` says what it means";
    let (why, cure) = problem.split_once(": ").unwrap_or((problem, HOW));
    finding(key, &format!("it {why}"), cure)
}

/// A platform that is off has no staff yet, and that harms nobody.
fn staff(settings: &Settings) -> Vec<Finding> {
    let unknown = settings.community.staff.iter().filter(|it| {
        let platform = it.0.platform.as_str();
        !platforms::names().contains(&platform)
    });
    unknown
        .map(|it| {
            finding(
                "community.staff",
                &format!("{} is on a platform that Causeway does not know", it.0),
                &format!("write {} before the colon", platforms::any_of_them()),
            )
        })
        .collect()
}

fn rooms(settings: &Settings) -> Vec<Finding> {
    let mut findings = Vec::new();
    let (mut names, mut channels) = (HashSet::new(), HashSet::new());
    for (number, room) in settings.rooms.iter().enumerate() {
        if room.name.trim().is_empty() || !names.insert(&room.name) {
            findings.push(finding(
                &format!("rooms[{number}].name"),
                "it is empty, or another room has it",
                "give each room a name of its own",
            ));
        }
        for channel in &room.channels {
            let key = format!("rooms[{number}].channels");
            if let Some((why, cure)) = channel_that_cannot_be(settings, &channel.0) {
                findings.push(Finding { key, why, cure });
            } else if !channels.insert(&channel.0) {
                findings.push(finding(
                    &key,
                    &format!("{} stands in two places", channel.0),
                    "a channel takes part in one room only",
                ));
            }
        }
    }
    findings
}

/// Why no bridge with these settings could carry anything to this channel, and what to do about it.
pub(crate) fn channel_that_cannot_be(
    settings: &Settings,
    channel: &ChannelRef,
) -> Option<(String, String)> {
    let platform = channel.platform.as_str();
    if !platforms::names().contains(&platform) {
        let known = platforms::any_of_them();
        return Some((
            format!("{channel} is on a platform that Causeway does not know"),
            format!("write {known} before the colon"),
        ));
    }
    if !settings.platforms().contains(&platform) {
        return Some((
            format!("{channel} is on a platform that is off"),
            format!("add the section [{platform}], or take the channel out"),
        ));
    }
    platforms::misnamed(settings, channel)
}
