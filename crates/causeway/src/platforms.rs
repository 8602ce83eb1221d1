//! The platforms that this build knows: one entry each, and no other list.

use std::{net::SocketAddr, sync::Arc};

use axum::Router;
use conversation::{Adapter, Capabilities, Inbound, Markup, behind_slash};
use engine::Engine;
use futures::future::BoxFuture;

use crate::settings::{self, Settings, sections};
use discreet::Discreet;

mod discord;
mod discreet;
mod email;
mod slack;
mod telegram;

pub(crate) struct Platform {
    pub(crate) name: &'static str,
    open: for<'s> fn(&'s Settings) -> BoxFuture<'s, anyhow::Result<Option<Opened>>>,
    /// None where the settings switch it off.
    pub(crate) capabilities: fn(&Settings) -> Option<Capabilities>,
    /// From a raw event, and who we are there: a bot's number, a list's address.
    pub(crate) normalise: fn(&[u8], Option<&str>) -> anyhow::Result<Meaning>,
    /// The line for the bridge in what somebody typed; none is what they say to others.
    pub(crate) typed: fn(&[u8]) -> Option<String>,
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

pub(crate) const PLATFORMS: &[Platform] = &[
    telegram::TELEGRAM,
    discord::DISCORD,
    slack::SLACK,
    email::EMAIL,
];

/// A platform that is switched on, and what it needs of the program.
pub(crate) struct Opened {
    pub(crate) adapter: Arc<dyn Adapter>,
    /// What the platform calls us by.
    pub(crate) webhook: Option<Webhook>,
    /// Where mail is taken in.
    pub(crate) lmtp: Option<SocketAddr>,
}

pub(crate) type Webhook = Box<dyn FnOnce(Arc<Engine>) -> Router>;

/// Behind a slash where others listen too; else as where somebody and the bridge are alone.
fn typed_in_chat(input: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(input);
    let line = text.trim();
    let line = match line.starts_with('/') {
        true => behind_slash(line)?,
        false => line,
    };
    Some(line.to_owned())
}

/// All that are switched on. What they say holds none of our secrets.
pub(crate) async fn open(settings: &Settings) -> anyhow::Result<Vec<Opened>> {
    let secrets = Arc::new(sections::secrets(settings));
    let mut opened = Vec::new();
    for platform in PLATFORMS {
        if let Some(it) = (platform.open)(settings).await? {
            let adapter = Discreet::over(it.adapter, &secrets);
            opened.push(Opened { adapter, ..it });
        }
    }
    Ok(opened)
}

pub(crate) const MARKUP_FORMS: &[MarkupForm] = &[
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

/// Where somebody types commands and may also be on no platform.
pub(crate) const TERMINAL: &str = "terminal";

pub(crate) fn surface_names() -> Vec<&'static str> {
    let names = PLATFORMS.iter().map(|it| it.name);
    names.chain([TERMINAL]).collect()
}

pub(crate) fn markup_names() -> Vec<&'static str> {
    MARKUP_FORMS.iter().map(|it| it.name).collect()
}

/// Of every platform, as it is with the default settings.
pub(crate) fn capabilities() -> anyhow::Result<Vec<Capabilities>> {
    let settings = settings::with_every_platform()?;
    let capabilities = PLATFORMS
        .iter()
        .filter_map(|it| (it.capabilities)(&settings));
    Ok(capabilities.collect())
}
