//! What somebody may do in a chat, as Telegram says now.

use calls::Repeated;
use conversation::{ChannelRef, RemoteId, SendError, Standing};
use serde::Deserialize;
use teloxide_core::payloads::GetChatMember;
use teloxide_core::types::UserId;

use crate::api::Request;
use crate::bot::Telegram;
use crate::errors::CallError;
use crate::id::{self, ChatAddress, place_of};
use crate::pace::Cost;

#[derive(Deserialize)]
struct Member {
    status: String,
    /// Of whoever is restricted: whether they are there.
    #[serde(default)]
    is_member: bool,
}

/// Telegram knows no such person, or not there; or it does not tell, where we do not administer the chat.
const UNKNOWN: &[&str] = &[
    "user not found",
    "member not found",
    "PARTICIPANT_ID_INVALID",
    "user_id",
];

/// Of a chat that hides its members.
const HIDDEN: &[&str] = &["member list is inaccessible", "CHAT_ADMIN_REQUIRED"];

/// "The method is only guaranteed to work for other users if the bot is an administrator in the chat".
const CURE: &str =
    "Telegram tells Causeway of this chat's members only once it is an administrator there";

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
    if place.is_private() {
        return Ok(match i64::try_from(user) == Ok(place.chat) {
            true => Standing::Member,
            false => Standing::Stranger,
        });
    }
    let says = |error: &CallError, one_of: &[&str]| one_of.iter().any(|it| error.says(it));
    match look(telegram, place, user).await? {
        Ok(member) => Ok(of(&member)),
        Err(error) if says(&error, HIDDEN) => Err(SendError::Refused(CURE.to_owned())),
        Err(error) if says(&error, UNKNOWN) => {
            // Who is in a small group is told to everybody there.
            match !place.is_supergroup() || we_administer(telegram, place).await? {
                true => Ok(Standing::Stranger),
                false => Err(SendError::Refused(CURE.to_owned())),
            }
        }
        Err(error) => Err(telegram.failed(error, place, Repeated::IsHarmless)),
    }
}

async fn look(
    telegram: &Telegram,
    place: ChatAddress,
    user: u64,
) -> Result<Result<Member, CallError>, SendError> {
    telegram.make_room(place, Cost::Call)?;
    let payload = GetChatMember::new(place.recipient(), UserId(user));
    Ok(telegram.api.call_for(&Request::of(&payload)).await)
}

async fn we_administer(telegram: &Telegram, place: ChatAddress) -> Result<bool, SendError> {
    let us = telegram.bot().and_then(|it| u64::try_from(it.id).ok());
    let us = us.ok_or_else(|| SendError::Unavailable("Telegram has not said who we are".into()))?;
    let member = look(telegram, place, us).await?;
    let member = member.map_err(|error| telegram.failed(error, place, Repeated::IsHarmless))?;
    Ok(of(&member) == Standing::Administrator)
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
