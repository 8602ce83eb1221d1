//! Discord, in the program's own terms: how it is opened, and how people look into it.

use std::sync::Arc;

use conversation::{Adapter, Capabilities, ChannelRef, Timestamp};
use jiff::Timestamp as Clock;

use super::{Meaning, Opened, Platform, typed_in_chat};
use crate::exit::{Exit, failure};
use crate::settings::Settings;

pub(super) const DISCORD: Platform = Platform {
    name: "discord",
    open: |settings| Box::pin(open(settings)),
    capabilities,
    normalise: meaning,
    typed: typed_in_chat,
};

async fn open(settings: &Settings) -> anyhow::Result<Option<Opened>> {
    let Some(settings) = settings.discord.clone() else {
        return Ok(None);
    };
    Ok(Some(Opened {
        adapter: Arc::new(discord::Discord::new(settings)?),
        webhook: None,
        lmtp: None,
    }))
}

fn capabilities(settings: &Settings) -> Option<Capabilities> {
    let adapter = discord::Discord::new(settings.discord.clone()?).ok()?;
    Some(adapter.capabilities(&ChannelRef::new("discord", "0")))
}

fn meaning(raw: &[u8], bot: Option<&str>) -> anyhow::Result<Meaning> {
    let bot = bot.map(str::parse::<u64>).transpose().map_err(|_| {
        let cure = "write the bot's user id, a number of 17 to 20 digits";
        failure(Exit::Usage, format!("--as is no bot: {cure}"))
    })?;
    let now = Timestamp(Clock::now().as_millisecond());
    let text = String::from_utf8_lossy(raw);
    Ok(match discord::normalise(&text, bot, now) {
        discord::Meaning::Events(events) => Meaning::Events {
            events,
            files: Vec::new(),
        },
        discord::Meaning::Ignored(reason) => Meaning::Ignored {
            reason: reason.to_owned(),
        },
        discord::Meaning::Unreadable(reason) => Meaning::Unreadable {
            reason: reason.to_owned(),
            why: "a payload of the gateway is {\"t\": its kind, \"s\": its number, \"d\": what happened}".to_owned(),
        },
    })
}
