//! The platforms that this build knows, each with the functions that people may look through: one entry each.

use conversation::{Adapter, Capabilities, ChannelRef, Inbound, Markup, Timestamp};
use jiff::Timestamp as Clock;
use serde::de::IgnoredAny;

use crate::exit::{Exit, failure};
use crate::settings::{self, Settings};

pub(crate) struct Platform {
    pub(crate) name: &'static str,
    /// None where the settings switch it off.
    pub(crate) capabilities: fn(&Settings) -> Option<Capabilities>,
    /// From a raw event, and who we are there: a bot's number, a list's address.
    pub(crate) normalise: fn(&[u8], Option<&str>) -> anyhow::Result<Meaning>,
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

fn telegram_meaning(raw: &[u8], bot: Option<&str>) -> anyhow::Result<Meaning> {
    let id = match bot {
        Some(bot) => bot.parse().map_err(|_| {
            let cure = "write the number of the bot, which is what its token begins with";
            failure(Exit::Usage, format!("--as {bot} is no bot: {cure}"))
        })?,
        None => 0,
    };
    let Ok(text) = std::str::from_utf8(raw) else {
        return Ok(Meaning::Unreadable {
            reason: "malformed-update".to_owned(),
            why: "it is not UTF-8".to_owned(),
        });
    };
    let bot = telegram::Bot {
        id,
        username: String::new(),
    };
    Ok(match telegram::normalise(text, &bot) {
        telegram::Normalised::Events(events) => Meaning::Events {
            events,
            files: Vec::new(),
        },
        telegram::Normalised::Ignored(reason) => Meaning::Ignored {
            reason: reason.to_owned(),
        },
        telegram::Normalised::Unreadable { reason, .. } => Meaning::Unreadable {
            reason: reason.to_owned(),
            why: no_update(text),
        },
    })
}

fn no_update(text: &str) -> String {
    match serde_json::from_str::<IgnoredAny>(text) {
        Ok(_) => {
            "it is JSON, and no Update of the Bot API with something in it that happened".to_owned()
        }
        Err(error) => format!("it is no JSON: {error}"),
    }
}

fn email_meaning(raw: &[u8], list: Option<&str>) -> anyhow::Result<Meaning> {
    if let Some(list) = list.filter(|it| !it.contains('@')) {
        let cure = "write the address of a list, as in spring@lists.example.org";
        return Err(failure(
            Exit::Usage,
            format!("--as {list} is no list: {cure}"),
        ));
    }
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
    let normalised = email::normalise(&arrival, &list, "causeway.example.org");
    Ok(match normalised {
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
            why,
        },
    })
}

fn described(file: &email::IncomingFile) -> String {
    format!("{} ({}, {} bytes)", file.name, file.mime, file.bytes.len())
}
