//! Slack, in the program's own terms: how it is opened, and how people look into it.

use std::sync::Arc;

use conversation::{Adapter, Capabilities, ChannelRef, Timestamp};
use jiff::Timestamp as Clock;

use super::{Meaning, Opened, Platform, typed_in_chat};
use crate::settings::Settings;

pub(super) const SLACK: Platform = Platform {
    name: "slack",
    open: |settings| Box::pin(open(settings)),
    capabilities,
    normalise: meaning,
    typed: typed_in_chat,
};

async fn open(settings: &Settings) -> anyhow::Result<Option<Opened>> {
    let Some(settings) = settings.slack.clone() else {
        return Ok(None);
    };
    let slack = Arc::new(slack::Slack::new(settings)?);
    Ok(Some(Opened {
        adapter: slack.clone(),
        webhook: Some(Box::new(move |engine| slack.router(engine))),
        lmtp: None,
    }))
}

fn capabilities(settings: &Settings) -> Option<Capabilities> {
    let adapter = slack::Slack::new(settings.slack.clone()?).ok()?;
    Some(adapter.capabilities(&ChannelRef::new("slack", "C0")))
}

/// The app is known by its bot's user id.
fn meaning(raw: &[u8], bot: Option<&str>) -> anyhow::Result<Meaning> {
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
        slack::Normalised::SentBack(_) => Meaning::Ignored {
            reason: "form-sent-back".to_owned(),
        },
        slack::Normalised::Unreadable { reason, .. } => Meaning::Unreadable {
            reason: reason.to_owned(),
            why: "it is no payload of the Events API, of an interaction or of a slash command that holds what it must".to_owned(),
        },
    })
}
