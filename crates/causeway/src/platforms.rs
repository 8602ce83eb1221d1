//! The platforms that this build knows, each with the functions that people may look through: one entry each.

use conversation::{Adapter, Capabilities, ChannelRef, Inbound, Markup, Timestamp};
use jiff::Timestamp as Clock;

use crate::settings::{self, Settings};

pub(crate) struct Platform {
    pub(crate) name: &'static str,
    /// None where the settings switch it off.
    pub(crate) capabilities: fn(&Settings) -> Option<Capabilities>,
    /// From a raw event, and who we are there: a bot's number, a list's address.
    pub(crate) normalise: fn(&[u8], Option<&str>) -> Meaning,
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
        why: Option<String>,
    },
}

/// A way to write text with markup.
pub(crate) struct MarkupForm {
    pub(crate) name: &'static str,
    pub(crate) read: fn(&str) -> anyhow::Result<Markup>,
    pub(crate) write: fn(&Markup) -> String,
}

pub(crate) const PLATFORMS: [Platform; 2] = [
    Platform {
        name: "telegram",
        capabilities: telegram_capabilities,
        normalise: telegram_meaning,
    },
    Platform {
        name: "email",
        capabilities: |settings| settings.email.as_ref().map(|_| email::capabilities()),
        normalise: email_meaning,
    },
];

pub(crate) const MARKUP_FORMS: [MarkupForm; 3] = [
    MarkupForm {
        name: "telegram",
        read: |text| Ok(telegram::markup_from_json(text)?),
        write: telegram::markup_to_json,
    },
    MarkupForm {
        name: "email",
        read: |text| Ok(email::markup_from_html(text)),
        write: email::markup_to_html,
    },
    MarkupForm {
        name: "plain",
        read: |text| Ok(email::markup_from_plain(text)),
        write: email::markup_to_plain,
    },
];

pub(crate) fn names() -> [&'static str; PLATFORMS.len()] {
    PLATFORMS.map(|it| it.name)
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

fn telegram_capabilities(settings: &Settings) -> Option<Capabilities> {
    let adapter = telegram::Telegram::new(settings.telegram.clone()?).ok()?;
    Some(adapter.capabilities(&ChannelRef::new("telegram", "0")))
}

fn telegram_meaning(raw: &[u8], bot: Option<&str>) -> Meaning {
    let Ok(text) = std::str::from_utf8(raw) else {
        return Meaning::Unreadable {
            reason: "malformed-update".to_owned(),
            why: Some("it is not UTF-8".to_owned()),
        };
    };
    let bot = telegram::Bot {
        id: bot.and_then(|it| it.parse().ok()).unwrap_or_default(),
        username: String::new(),
    };
    match telegram::normalise(text, &bot) {
        telegram::Normalised::Events(events) => Meaning::Events {
            events,
            files: Vec::new(),
        },
        telegram::Normalised::Ignored(reason) => Meaning::Ignored {
            reason: reason.to_owned(),
        },
        telegram::Normalised::Unreadable { reason, .. } => Meaning::Unreadable {
            reason: reason.to_owned(),
            why: None,
        },
    }
}

fn email_meaning(raw: &[u8], list: Option<&str>) -> Meaning {
    let list = email::List {
        address: list.unwrap_or("list@example.org").to_owned(),
        name: "List".to_owned(),
        members: Vec::new(),
        posting: email::Posting::Anyone,
    };
    let arrival = email::Arrival {
        raw,
        envelope_from: None,
        now: Timestamp(Clock::now().as_millisecond()),
    };
    match email::normalise(&arrival, &list, "causeway.example.org") {
        email::Normalised::Posted(incoming) => Meaning::Events {
            files: incoming.files.iter().map(described).collect(),
            events: vec![incoming.inbound],
        },
        email::Normalised::Ignored { reason, .. } => Meaning::Ignored {
            reason: reason.to_owned(),
        },
        email::Normalised::NotAMember => Meaning::Ignored {
            reason: "not-a-member".to_owned(),
        },
        email::Normalised::Malformed { reason, why, .. } => Meaning::Unreadable {
            reason: reason.to_owned(),
            why: Some(why),
        },
    }
}

fn described(file: &email::IncomingFile) -> String {
    format!("{} ({}, {} bytes)", file.name, file.mime, file.bytes.len())
}
