//! Values that are well written and make no sense, each with its key, the reason and the cure.

use std::collections::HashSet;

use tracing_subscriber::EnvFilter;

use super::{Engine, Settings};

pub(crate) struct Finding {
    pub(crate) key: String,
    pub(crate) why: String,
    pub(crate) cure: String,
}

pub(crate) fn findings(settings: &Settings) -> Vec<Finding> {
    let mut findings = general(settings);
    findings.extend(engine(&settings.engine));
    findings.extend(platforms(settings));
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

fn general(settings: &Settings) -> Vec<Finding> {
    let mut findings = Vec::new();
    if settings.community.name.trim().is_empty() {
        findings.push(finding(
            "community.name",
            "it is empty",
            "write the name that your people use for themselves",
        ));
    }
    if !["sqlite:", "postgres:", "postgresql:"]
        .iter()
        .any(|it| settings.store.url.starts_with(it))
    {
        findings.push(finding(
            "store.url",
            "it names no store that is known",
            "write sqlite:FILE or postgres://USER:PASSWORD@HOST/DATABASE",
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
            let platform = channel.0.platform.as_str();
            if !settings.platforms().contains(&platform) {
                findings.push(finding(
                    &key,
                    &format!("{} is on a platform that is off", channel.0),
                    &format!("add the section [{platform}], or take the channel out"),
                ));
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
