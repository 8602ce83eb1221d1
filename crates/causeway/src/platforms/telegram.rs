//! Telegram, in the program's own terms: how it is opened, and how people look into it.

use std::sync::Arc;

use conversation::{Adapter, Capabilities, ChannelRef, Timestamp};
use jiff::Timestamp as Clock;
use serde::de::IgnoredAny;

use super::{Meaning, Opened, Platform, typed_in_chat};
use crate::exit::{Exit, failure};
use crate::settings::Settings;

pub(super) const TELEGRAM: Platform = Platform {
    name: "telegram",
    open: |settings| Box::pin(open(settings)),
    capabilities,
    normalise: meaning,
    typed: typed_in_chat,
};

async fn open(settings: &Settings) -> anyhow::Result<Option<Opened>> {
    let Some(settings) = settings.telegram.clone() else {
        return Ok(None);
    };
    let telegram = Arc::new(telegram::Telegram::new(settings)?);
    Ok(Some(Opened {
        adapter: telegram.clone(),
        webhook: Some(Box::new(move |engine| telegram.router(engine))),
        lmtp: None,
    }))
}

fn capabilities(settings: &Settings) -> Option<Capabilities> {
    let adapter = telegram::Telegram::new(settings.telegram.clone()?).ok()?;
    Some(adapter.capabilities(&ChannelRef::new("telegram", "0")))
}

fn meaning(raw: &[u8], bot: Option<&str>) -> anyhow::Result<Meaning> {
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
    let now = Timestamp(Clock::now().as_millisecond());
    Ok(match telegram::normalise(text, &bot, now) {
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
