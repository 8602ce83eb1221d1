//! After a doubt: did our message arrive? Its metadata bears our key; a message with files bears none, and is known by
//! the files that it shares.

use std::time::Duration;

use conversation::{Post, Reconciled, SendError};
use serde_json::Value;

use super::page::Transcript;
use crate::bot::Slack;
use crate::errors::CallError;
use crate::id;
use crate::inbound::App;
use crate::markup::parse_mrkdwn;
use crate::outbound::{self, METADATA, shared_as};

/// Beyond 2,000 messages we say that we cannot tell.
const MOST_PAGES: usize = 10;
/// Between two clocks.
const SLACK_OF_CLOCKS: Duration = Duration::from_secs(5 * 60);

pub(crate) async fn find(
    slack: &Slack,
    channel: &str,
    key: &str,
    post: &Post,
) -> Result<Reconciled, SendError> {
    match look(slack, channel, key, post).await {
        Ok(found) => Ok(found),
        Err(error) => match error.harmless() {
            SendError::ChannelGone(_) | SendError::Refused(_) => Ok(Reconciled::CannotTell),
            other => Err(other),
        },
    }
}

async fn look(
    slack: &Slack,
    channel: &str,
    key: &str,
    post: &Post,
) -> Result<Reconciled, CallError> {
    for file in outbound::uploaded(post) {
        if let Some(ts) = shared_as(slack, file, channel).await? {
            return Ok(found(&ts));
        }
    }
    let app = slack.who_we_are().await?;
    let place = Transcript {
        channel,
        thread: outbound::thread(post),
        oldest: id::ts(post.at.minus(SLACK_OF_CLOCKS)),
    };
    let mut cursor = None;
    for _ in 0..MOST_PAGES {
        let page = match place.page(slack, cursor.as_deref()).await {
            // The thread is gone, and so is whatever we said in it.
            Err(error) if error.is("thread_not_found") => return Ok(Reconciled::NotFound),
            page => page?,
        };
        let ours = page.messages.iter().find(|it| is_it(it, app, key, post));
        if let Some(ts) = ours.and_then(|it| it["ts"].as_str()) {
            return Ok(found(ts));
        }
        cursor = page.next;
        if cursor.is_none() {
            return Ok(Reconciled::NotFound);
        }
    }
    Ok(Reconciled::CannotTell)
}

fn found(ts: &str) -> Reconciled {
    Reconciled::Found(calls::receipt(vec![ts.into()]))
}

fn is_it(message: &Value, app: &App, key: &str, post: &Post) -> bool {
    let is_ours =
        message["user"] == app.user_id.as_str() || message["bot_id"] == app.bot_id.as_str();
    if post.part.files.is_empty() {
        let metadata = &message["metadata"];
        return metadata["event_type"] == METADATA && metadata["event_payload"]["key"] == key;
    }
    is_ours && shares_the_files_of(message, post)
}

/// In their order and by their names, which are those that we gave.
fn shares_the_files_of(message: &Value, post: &Post) -> bool {
    let files = message["files"].as_array().into_iter().flatten();
    let stand_there: Vec<&str> = files.filter_map(|it| it["name"].as_str()).collect();
    let were_sent = post
        .part
        .files
        .iter()
        .map(|it| calls::file_name(&it.attachment));
    let stands_there = message["text"].as_str().unwrap_or_default();
    let same_words = letters(stands_there) == letters(&outbound::comment(post));
    same_words && were_sent.eq(stand_there)
}

/// Slack writes signs and pictures in its own way, and leaves words as they are.
fn letters(mrkdwn: &str) -> String {
    let words = parse_mrkdwn(mrkdwn).plain_text();
    words.chars().filter(|it| it.is_alphanumeric()).collect()
}
