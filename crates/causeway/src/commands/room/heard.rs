//! `causeway room heard`: channels that something was heard from, and that nobody linked.

use store::{HeardChannel, Store};

use crate::output;
use crate::table;

pub(super) async fn list(store: &Store, json: bool) -> anyhow::Result<()> {
    let heard = store.heard_channels().await?;
    if json {
        return output::print_json(&heard);
    }
    if heard.is_empty() {
        output::say(
            "Every channel that was heard is in a room. Say something in another one that the bot is in, and look again.",
        );
        return Ok(());
    }
    let rows = heard.iter().map(row).collect();
    output::print(&table::plain(&["channel", "name", "events", "last"], rows))?;
    output::say(
        "What was said there is not kept. One takes part from now on with: causeway room link ROOM CHANNEL",
    );
    Ok(())
}

fn row(it: &HeardChannel) -> Vec<String> {
    vec![
        it.channel.clone(),
        it.name.clone().unwrap_or_else(|| "-".to_owned()),
        it.events.to_string(),
        minute(it.last_at_ms),
    ]
}

fn minute(at_ms: i64) -> String {
    let at = jiff::Timestamp::from_millisecond(at_ms).unwrap_or_default();
    at.strftime("%F %R UTC").to_string()
}
