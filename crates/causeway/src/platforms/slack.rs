//! Slack, as people look into it.

use conversation::{Adapter, Capabilities, ChannelRef, Timestamp};
use jiff::Timestamp as Clock;

use super::Meaning;
use crate::settings::Settings;

pub(super) fn capabilities(settings: &Settings) -> Option<Capabilities> {
    let adapter = slack::Slack::new(settings.slack.clone()?).ok()?;
    Some(adapter.capabilities(&ChannelRef::new("slack", "C0")))
}

pub(super) fn misnamed(_: &Settings, id: &str) -> Option<(String, String)> {
    let is_id = id.starts_with(['C', 'G'])
        && id
            .bytes()
            .all(|it| it.is_ascii_uppercase() || it.is_ascii_digit());
    (!is_id).then(|| {
        let cure = "click the channel's name: the Channel ID stands at the end of \"About\", as in slack:C07ABCDEFGH";
        (format!("slack:{id} is no channel's id"), cure.to_owned())
    })
}

/// The app is known by its bot's user id.
pub(super) fn meaning(raw: &[u8], bot: Option<&str>) -> anyhow::Result<Meaning> {
    let app = slack::App {
        user_id: bot.unwrap_or_default().to_owned(),
        ..slack::App::default()
    };
    let now = Timestamp(Clock::now().as_millisecond());
    let text = String::from_utf8_lossy(raw);
    Ok(match slack::normalise(&text, &app, &slack::Names::default(), now) {
        slack::Normalised::Events(events) => Meaning::Events {
            events,
            files: Vec::new(),
        },
        slack::Normalised::Ignored(reason) | slack::Normalised::Revoked(reason) => Meaning::Ignored {
            reason: reason.to_owned(),
        },
        slack::Normalised::Unreadable { reason, .. } => Meaning::Unreadable {
            reason: reason.to_owned(),
            why: "it is no payload of the Events API, of an interaction or of a slash command that holds what it must".to_owned(),
        },
    })
}
