//! What somebody may do in a chat, as Telegram says now.

use calls::Repeated;
use conversation::{ChannelRef, RemoteId, SendError, Standing};
use serde::Deserialize;
use teloxide_core::payloads::GetChatMember;
use teloxide_core::types::UserId;

use crate::adapter::{Telegram, place_of};
use crate::api::Request;
use crate::id;
use crate::pace::Cost;

#[derive(Deserialize)]
struct Member {
    status: String,
    /// Of whoever is restricted: whether they are there.
    #[serde(default)]
    is_member: bool,
}

/// Telegram knows no such person, or not there.
const UNKNOWN: &[&str] = &[
    "user not found",
    "member not found",
    "PARTICIPANT_ID_INVALID",
    "user_id",
];

/// Who speaks as a chat, as anonymous administrators do, is no person.
pub(crate) async fn standing(
    telegram: &Telegram,
    channel: &ChannelRef,
    account: &RemoteId,
) -> Result<Standing, SendError> {
    let place = place_of(channel)?;
    // As the chat itself only those speak who administer it.
    if *account == id::chat_account(place.chat) {
        return Ok(Standing::Administrator);
    }
    let Ok(user) = account.as_str().parse::<u64>() else {
        return Ok(Standing::Stranger);
    };
    telegram.make_room(place, Cost::Call)?;
    let payload = GetChatMember::new(place.recipient(), UserId(user));
    let member = telegram
        .api
        .call_for::<Member>(&Request::of(&payload))
        .await;
    match member {
        Ok(member) => Ok(of(&member)),
        Err(error) if UNKNOWN.iter().any(|it| error.says(it)) => Ok(Standing::Stranger),
        Err(error) => Err(telegram.failed(error, place, Repeated::IsHarmless)),
    }
}

fn of(member: &Member) -> Standing {
    match member.status.as_str() {
        "creator" | "administrator" => Standing::Administrator,
        "member" => Standing::Member,
        "restricted" if member.is_member => Standing::Member,
        _ => Standing::Stranger,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn who_left_or_was_put_out_is_a_stranger() {
        for (member, standing) in [
            (r#"{"status":"creator"}"#, Standing::Administrator),
            (r#"{"status":"administrator"}"#, Standing::Administrator),
            (r#"{"status":"member"}"#, Standing::Member),
            (
                r#"{"status":"restricted","is_member":true}"#,
                Standing::Member,
            ),
            (
                r#"{"status":"restricted","is_member":false}"#,
                Standing::Stranger,
            ),
            (r#"{"status":"left"}"#, Standing::Stranger),
            (r#"{"status":"kicked"}"#, Standing::Stranger),
            (r#"{"status":"something new"}"#, Standing::Stranger),
        ] {
            assert_eq!(
                of(&serde_json::from_str(member).unwrap()),
                standing,
                "{member}"
            );
        }
    }
}
