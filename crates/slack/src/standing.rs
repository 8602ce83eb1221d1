//! What somebody may do in a channel, as Slack says now.

use conversation::{RemoteId, SendError, Standing};
use serde_json::Value;

use crate::bot::Slack;
use crate::errors::CallError;
use crate::id;
use crate::method::{MEMBERS, USER};

/// So many are told at once, and so often they are asked for: nobody links a larger channel by asking.
const PAGE: &str = "999";
const MOST_PAGES: usize = 20;

/// Slack's channels have no administrators of their own: the workspace's are, where they take part. Of guests, and of people of
/// other workspaces in a shared channel, none is.
pub(crate) async fn standing(
    slack: &Slack,
    channel: &str,
    account: &RemoteId,
) -> Result<Standing, SendError> {
    if !id::is_user(account.as_str()) || !is_in(slack, channel, account).await? {
        return Ok(Standing::Stranger);
    }
    let form = vec![("user", account.0.clone())];
    let answer = slack
        .api
        .call(USER, form)
        .await
        .map_err(CallError::harmless)?;
    let ours = slack.who_we_are().await.map_err(CallError::harmless)?;
    Ok(of(&answer["user"], &ours.team_id))
}

async fn is_in(slack: &Slack, channel: &str, account: &RemoteId) -> Result<bool, SendError> {
    let mut cursor = String::new();
    for _ in 0..MOST_PAGES {
        let form = vec![
            ("channel", channel.to_owned()),
            ("limit", PAGE.to_owned()),
            ("cursor", cursor),
        ];
        let answer = slack
            .api
            .call(MEMBERS, form)
            .await
            .map_err(CallError::harmless)?;
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

fn of(user: &Value, our_team: &str) -> Standing {
    let is = |name: &str| user[name] == true;
    if is("deleted") {
        return Standing::Stranger;
    }
    let administers = ["is_admin", "is_owner", "is_primary_owner"]
        .into_iter()
        .any(is);
    let is_guest = ["is_restricted", "is_ultra_restricted", "is_stranger"]
        .into_iter()
        .any(is);
    match administers && !is_guest && is_of(user, our_team) {
        true => Standing::Administrator,
        false => Standing::Member,
    }
}

/// Slack calls nobody a stranger with whom we share a channel. Of an organisation, a person belongs to several workspaces.
fn is_of(user: &Value, our_team: &str) -> bool {
    let teams = user["enterprise_user"]["teams"].as_array();
    let mut teams = teams.into_iter().flatten();
    user["team_id"] == our_team || teams.any(|it| it == our_team)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_people_of_our_own_workspace_administer_it() {
        use Standing::{Administrator, Member, Stranger};
        for (user, standing) in [
            (json!({"team_id": "T1"}), Member),
            (json!({"team_id": "T1", "is_admin": true}), Administrator),
            (
                json!({"team_id": "T1", "is_owner": true, "deleted": true}),
                Stranger,
            ),
            (
                json!({"team_id": "T1", "is_admin": true, "is_restricted": true}),
                Member,
            ),
            (
                json!({"team_id": "T1", "is_admin": true, "is_ultra_restricted": true}),
                Member,
            ),
            (
                json!({"team_id": "T1", "is_admin": true, "is_stranger": true}),
                Member,
            ),
            (
                json!({"team_id": "T9", "is_admin": true, "is_stranger": false}),
                Member,
            ),
            (
                json!({"team_id": "T9", "is_owner": true, "enterprise_user": {"teams": ["T9", "T1"]}}),
                Administrator,
            ),
            (json!({"is_owner": true}), Member),
        ] {
            assert_eq!(of(&user, "T1"), standing, "{user}");
        }
    }
}
