//! What somebody may do in a channel, as Slack says now.

use calls::Repeated;
use conversation::{RemoteId, SendError, Standing};
use serde_json::Value;

use crate::adapter::Slack;
use crate::errors::CallError;
use crate::id;
use crate::method::{MEMBERS, USER};

/// So many are told at once, and so often they are asked for: nobody links a larger channel by asking.
const PAGE: &str = "999";
const MOST_PAGES: usize = 20;

/// Slack's channels have no administrators of their own: the workspace's are, where they take part.
pub(crate) async fn standing(
    slack: &Slack,
    channel: &str,
    account: &RemoteId,
) -> Result<Standing, SendError> {
    if !id::is_user(account.as_str()) || !is_in(slack, channel, account).await? {
        return Ok(Standing::Stranger);
    }
    let form = vec![("user", account.0.clone())];
    let answer = slack.api.call(USER, form).await.map_err(harmless)?;
    Ok(of(&answer["user"]))
}

async fn is_in(slack: &Slack, channel: &str, account: &RemoteId) -> Result<bool, SendError> {
    let mut cursor = String::new();
    for _ in 0..MOST_PAGES {
        let form = vec![
            ("channel", channel.to_owned()),
            ("limit", PAGE.to_owned()),
            ("cursor", cursor),
        ];
        let answer = slack.api.call(MEMBERS, form).await.map_err(harmless)?;
        let mut members = answer["members"].as_array().into_iter().flatten();
        if members.any(|it| it == account.as_str()) {
            return Ok(true);
        }
        let next = answer["response_metadata"]["next_cursor"].as_str();
        cursor = next.unwrap_or_default().to_owned();
        if cursor.is_empty() {
            return Ok(false);
        }
    }
    Err(SendError::Unavailable(
        "the channel has too many members to look through".to_owned(),
    ))
}

fn of(user: &Value) -> Standing {
    let is = |name: &str| user[name] == true;
    if is("deleted") {
        return Standing::Stranger;
    }
    match ["is_admin", "is_owner", "is_primary_owner"]
        .into_iter()
        .any(is)
    {
        true => Standing::Administrator,
        false => Standing::Member,
    }
}

fn harmless(error: CallError) -> SendError {
    error.into_send_error(Repeated::IsHarmless)
}
