//! The platforms that this build knows, each with the functions that people may look through: one entry each.

use conversation::{Capabilities, ChannelRef, Inbound, Markup};

use crate::settings::{self, Settings};

mod discord;
pub(crate) mod discreet;
mod email;
mod slack;
mod telegram;

pub(crate) struct Platform {
    pub(crate) name: &'static str,
    /// None where the settings switch it off.
    pub(crate) capabilities: fn(&Settings) -> Option<Capabilities>,
    /// From a raw event, and who we are there: a bot's number, a list's address.
    pub(crate) normalise: fn(&[u8], Option<&str>) -> anyhow::Result<Meaning>,
    /// What is wrong with a channel's id, and the cure; None where there may be such a channel.
    pub(crate) misnamed: fn(&Settings, &str) -> Option<(String, String)>,
}

/// What a raw event means to us.
pub(crate) enum Meaning {
    Events {
        events: Vec<Inbound>,
        /// Files whose bytes are at hand, for people: an event names them only once they are kept.
        files: Vec<String>,
    },
    Ignored {
        reason: String,
    },
    Unreadable {
        reason: String,
        why: String,
    },
}

/// A way to write text with markup.
pub(crate) struct MarkupForm {
    pub(crate) name: &'static str,
    pub(crate) read: fn(&str) -> anyhow::Result<Markup>,
    pub(crate) write: fn(&Markup) -> String,
}

pub(crate) const PLATFORMS: [Platform; 4] = [
    Platform {
        name: "telegram",
        capabilities: telegram::capabilities,
        normalise: telegram::meaning,
        misnamed: telegram::misnamed,
    },
    Platform {
        name: "discord",
        capabilities: discord::capabilities,
        normalise: discord::meaning,
        misnamed: discord::misnamed,
    },
    Platform {
        name: "slack",
        capabilities: slack::capabilities,
        normalise: slack::meaning,
        misnamed: slack::misnamed,
    },
    Platform {
        name: "email",
        capabilities: email::capabilities,
        normalise: email::meaning,
        misnamed: email::misnamed,
    },
];

pub(crate) const MARKUP_FORMS: [MarkupForm; 6] = [
    MarkupForm {
        name: "telegram",
        read: |text| Ok(::telegram::markup_from_json(text)?),
        write: ::telegram::markup_to_json,
    },
    MarkupForm {
        name: "discord",
        read: |text| Ok(::discord::parse(text)),
        write: ::discord::markdown,
    },
    MarkupForm {
        name: "slack",
        read: |text| Ok(::slack::parse_mrkdwn(text)),
        write: ::slack::mrkdwn,
    },
    MarkupForm {
        name: "slack-blocks",
        read: |text| Ok(::slack::parse_rich_text(&serde_json::from_str(text)?)),
        write: |markup| ::slack::rich_text(markup).to_string(),
    },
    MarkupForm {
        name: "email",
        read: |text| Ok(::email::markup_from_html(text)),
        write: ::email::markup_to_html,
    },
    MarkupForm {
        name: "plain",
        read: |text| Ok(::email::markup_from_plain(text)),
        write: ::email::markup_to_plain,
    },
];

/// Why no channel on a platform that there is has this id, and what to do about it.
pub(crate) fn misnamed(settings: &Settings, channel: &ChannelRef) -> Option<(String, String)> {
    let platform = PLATFORMS
        .iter()
        .find(|it| it.name == channel.platform.as_str())?;
    (platform.misnamed)(settings, channel.id.as_str())
}

pub(crate) fn names() -> [&'static str; PLATFORMS.len()] {
    PLATFORMS.map(|it| it.name)
}

/// As people say it: `telegram, discord, slack or email`.
pub(crate) fn any_of_them() -> String {
    let names = names();
    let (last, others) = names.split_last().expect("there are platforms");
    format!("{} or {last}", others.join(", "))
}

pub(crate) fn markup_names() -> [&'static str; MARKUP_FORMS.len()] {
    MARKUP_FORMS.map(|it| it.name)
}

/// Of every platform, as it is with the default settings.
pub(crate) fn capabilities() -> anyhow::Result<Vec<Capabilities>> {
    let settings = settings::with_every_platform()?;
    let capabilities = PLATFORMS.map(|it| (it.capabilities)(&settings));
    Ok(capabilities.into_iter().flatten().collect())
}
