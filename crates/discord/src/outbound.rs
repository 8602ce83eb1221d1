//! What is asked of us, as calls of Discord. **Invariant:** nothing longer than declared and nothing empty is sent,
//! nobody is rung but those whom the text names by their account, and what is tried again was plainly refused before.

use calls::refused;
use conversation::{Operation, Outbound, Post, Receipt, SendError, WayBack};

mod body;
mod change;
mod home;
mod react;
mod say;
#[cfg(test)]
mod tests;
mod text;

pub(crate) use body::{APART, nonce, username};
use change::change_for_asker;
pub(crate) use change::{delete, edit};
pub(crate) use home::{Home, existing, speaks_by_webhook};
pub(crate) use react::react;
pub(crate) use text::text;

use crate::bot::Discord;
use crate::capabilities::MAX_FILES;
use crate::id::Snowflake;
use crate::interactions;
use body::Draft;

pub(crate) async fn post(
    discord: &Discord,
    channel: Snowflake,
    outbound: &Outbound,
    post: &Post,
) -> Result<Receipt, SendError> {
    let draft = Draft::of(outbound, post)?;
    check_files(discord, post).await?;
    let place = discord.place_to_speak(channel).await?;
    let home = home::of(discord, channel, &place, post).await?;
    let receipt = match speaks_by_webhook(discord, &place) {
        true => say::by_webhook(discord, channel, &draft, home).await,
        false => say::by_bot(discord, channel, &draft, home).await,
    }?;
    discord.sent.note(&receipt, outbound);
    Ok(receipt)
}

/// For the eyes of whoever asked.
pub(crate) async fn to_asker(
    discord: &Discord,
    way_back: &WayBack,
    outbound: &Outbound,
) -> Result<Receipt, SendError> {
    let way = interactions::way(discord, way_back).await?;
    match &outbound.operation {
        Operation::Post(post) => {
            check_files(discord, post).await?;
            say::to_asker(discord, &Draft::of(outbound, post)?, &way).await
        }
        Operation::Edit { targets, post } => {
            change_for_asker(discord, &way, targets, Some(post)).await
        }
        Operation::Delete { targets } => change_for_asker(discord, &way, targets, None).await,
        Operation::React { .. } => Err(refused("nobody reacts to what one person sees")),
    }
}

async fn check_files(discord: &Discord, post: &Post) -> Result<(), SendError> {
    let limit = discord.settings.max_upload_bytes;
    if post.part.files.len() > MAX_FILES {
        return Err(refused("more than 10 files do not go into one message"));
    }
    for file in &post.part.files {
        let metadata = tokio::fs::metadata(&file.path).await;
        let metadata =
            metadata.map_err(|error| refused(format!("a file cannot be read: {error}")))?;
        if metadata.len() > limit {
            let size = metadata.len();
            let problem = format!("a file of {size} bytes is too large: at most {limit} go up");
            return Err(refused(&problem));
        }
    }
    Ok(())
}
