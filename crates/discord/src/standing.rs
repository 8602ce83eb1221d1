//! What somebody may do in a channel, as Discord says now.
//!
//! **Invariant:** nothing is taken from memory. Whoever does not see the channel is not there, whatever they may do elsewhere;
//! what a role or the server gives is worth nothing while somebody is timed out.

use calls::refused;
use conversation::{RemoteId, SendError, Standing, Timestamp};
use serde::{Deserialize, Deserializer};

use crate::bot::Discord;
use crate::errors::{CallError, code};
use crate::id::Snowflake;
use crate::rest::Call;
use crate::wire::{HasId, channel_kind, or_default};

const ADMINISTRATOR: u64 = 1 << 3;
const MANAGE_GUILD: u64 = 1 << 5;
const VIEW_CHANNEL: u64 = 1 << 10;
const READ_MESSAGE_HISTORY: u64 = 1 << 16;
const MANAGE_THREADS: u64 = 1 << 34;
const ALL: u64 = u64::MAX;

#[derive(Deserialize)]
struct Member {
    #[serde(default, deserialize_with = "or_default")]
    roles: Vec<Snowflake>,
    /// "When the user's timeout will expire".
    communication_disabled_until: Option<String>,
}

#[derive(Deserialize)]
struct Guild {
    id: Snowflake,
    owner_id: Snowflake,
    #[serde(default, deserialize_with = "or_default")]
    roles: Vec<Role>,
}

#[derive(Deserialize)]
struct Role {
    id: Snowflake,
    #[serde(deserialize_with = "bits")]
    permissions: u64,
}

#[derive(Deserialize)]
struct Channel {
    #[serde(rename = "type", default, deserialize_with = "or_default")]
    kind: u64,
    guild_id: Option<Snowflake>,
    parent_id: Option<Snowflake>,
    #[serde(default, deserialize_with = "or_default")]
    permission_overwrites: Vec<Overwrite>,
    /// Of a private talk, without us.
    #[serde(default, deserialize_with = "or_default")]
    recipients: Vec<HasId>,
}

#[derive(Deserialize)]
struct Overwrite {
    /// Of a role or of a member.
    id: Snowflake,
    #[serde(deserialize_with = "bits")]
    allow: u64,
    #[serde(deserialize_with = "bits")]
    deny: u64,
}

/// A number, as text; one that is longer than any that we know holds ours all the same, or gives nothing.
fn bits<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    let text = String::deserialize(deserializer)?;
    let bits = text.parse::<u128>().unwrap_or_default() & u128::from(u64::MAX);
    Ok(u64::try_from(bits).unwrap_or_default())
}

pub(crate) async fn standing(
    discord: &Discord,
    channel: Snowflake,
    account: &RemoteId,
) -> Result<Standing, SendError> {
    let person =
        Snowflake::parse(account.as_str()).ok_or_else(|| refused("no account of Discord"))?;
    let place = look(discord, channel).await?;
    let Some(guild) = place.guild_id else {
        let is_there = place.recipients.iter().any(|it| it.id == person);
        return Ok(match is_there || discord.known().bot == Some(person) {
            // In a private talk there is nothing to administer.
            true => Standing::Member,
            false => Standing::Stranger,
        });
    };
    let call = Call::new("GET /guilds/{}/members/{}", &[&guild, &person]);
    let Some(member) = unless_unknown::<Member>(discord, &call).await? else {
        return Ok(Standing::Stranger);
    };
    let call = Call::new("GET /guilds/{}", &[&guild]);
    let guild: Guild = discord
        .rest
        .call_for(&call)
        .await
        .map_err(CallError::harmless)?;
    let parent = match place.parent_id.filter(|_| place.is_thread()) {
        Some(parent) => Some(look(discord, parent).await?),
        None => None,
    };
    let may = guild.base(person, &member);
    let overwrites = &parent.as_ref().unwrap_or(&place).permission_overwrites;
    let here = guild.within(may, overwrites, (person, &member));
    let here = member.unless_timed_out(here, discord.rest.now());
    if here & VIEW_CHANNEL == 0 {
        return Ok(Standing::Stranger);
    }
    if place.kind == channel_kind::PRIVATE_THREAD && here & MANAGE_THREADS == 0 {
        let call = Call::new("GET /channels/{}/thread-members/{}", &[&channel, &person]);
        if unless_unknown::<serde::de::IgnoredAny>(discord, &call)
            .await?
            .is_none()
        {
            return Ok(Standing::Stranger);
        }
    }
    // No channel gives what only the server can.
    let may = member.unless_timed_out(may, discord.rest.now());
    Ok(match may & (ADMINISTRATOR | MANAGE_GUILD) {
        0 => Standing::Member,
        _ => Standing::Administrator,
    })
}

async fn look(discord: &Discord, channel: Snowflake) -> Result<Channel, SendError> {
    let call = Call::new("GET /channels/{}", &[&channel]);
    discord
        .rest
        .call_for(&call)
        .await
        .map_err(CallError::harmless)
}

async fn unless_unknown<T: serde::de::DeserializeOwned>(
    discord: &Discord,
    call: &Call,
) -> Result<Option<T>, SendError> {
    match discord.rest.call_for(call).await {
        Err(error) if error.is(code::UNKNOWN_MEMBER) || error.is(code::UNKNOWN_USER) => Ok(None),
        answer => answer.map(Some).map_err(CallError::harmless),
    }
}

impl Channel {
    fn is_thread(&self) -> bool {
        use channel_kind::{ANNOUNCEMENT_THREAD, PRIVATE_THREAD, PUBLIC_THREAD};
        matches!(
            self.kind,
            ANNOUNCEMENT_THREAD | PUBLIC_THREAD | PRIVATE_THREAD
        )
    }
}

impl Member {
    /// "Lose all permissions except VIEW_CHANNEL and READ_MESSAGE_HISTORY"; whoever may do all keeps it.
    fn unless_timed_out(&self, may: u64, now: Timestamp) -> u64 {
        let until = self.communication_disabled_until.as_ref();
        let until = until.and_then(|it| it.parse::<jiff::Timestamp>().ok());
        match until {
            Some(until) if may != ALL && until.as_millisecond() > now.0 => {
                may & (VIEW_CHANNEL | READ_MESSAGE_HISTORY)
            }
            _ => may,
        }
    }
}

impl Guild {
    /// What everybody may stands in the role that bears the server's own id.
    fn base(&self, person: Snowflake, member: &Member) -> u64 {
        let of_theirs = |it: &&Role| it.id == self.id || member.roles.contains(&it.id);
        let theirs = self.roles.iter().filter(of_theirs);
        let may = theirs.fold(0, |may, it| may | it.permissions);
        match self.owner_id == person || may & ADMINISTRATOR != 0 {
            true => ALL,
            false => may,
        }
    }

    /// First what holds for everybody, then for their roles taken together, then for them alone.
    fn within(
        &self,
        may: u64,
        overwrites: &[Overwrite],
        (person, member): (Snowflake, &Member),
    ) -> u64 {
        if may == ALL {
            return ALL;
        }
        let changed = |may: u64, holds: &dyn Fn(Snowflake) -> bool| {
            let theirs = overwrites.iter().filter(|it| holds(it.id));
            let (allow, deny) = theirs.fold((0, 0), |(allow, deny), it| {
                (allow | it.allow, deny | it.deny)
            });
            may & !deny | allow
        };
        let may = changed(may, &|it| it == self.id);
        let may = changed(may, &|it| member.roles.contains(&it));
        changed(may, &|it| it == person)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use serde_json::{Value, json};

    use super::*;

    const PERSON: Snowflake = Snowflake(8);

    fn guild() -> Guild {
        let guild = json!({"id": "1", "owner_id": "7", "roles": [
            {"id": "1", "permissions": "1024"}, {"id": "2", "permissions": "8"}, {"id": "3", "permissions": "32"},
            {"id": "4", "permissions": "not a number"}, {"id": "5", "permissions": "36893488147419103264"},
        ]});
        serde_json::from_value(guild).unwrap()
    }

    fn member(roles: Value) -> Member {
        serde_json::from_value(json!({ "roles": roles })).unwrap()
    }

    #[test]
    fn the_owner_and_whoever_may_manage_the_server_administer_it() {
        for (person, roles, administers) in [
            (7, json!([]), true),
            (8, json!([]), false),
            (8, json!(["2"]), true),
            (8, json!(["3"]), true),
            (8, json!(["4"]), false),
            (8, json!(["5"]), true),
        ] {
            let may = guild().base(Snowflake(person), &member(roles.clone()));
            let found = may & (ADMINISTRATOR | MANAGE_GUILD) != 0;
            assert_eq!(found, administers, "{person} {roles}");
        }
    }

    #[test]
    fn a_channel_is_seen_by_those_whom_its_overwrites_let_in() {
        let shut = |id: &str| json!({"id": id, "type": 0, "allow": "0", "deny": "1024"});
        let open = |id: &str| json!({"id": id, "type": 0, "allow": "1024", "deny": "0"});
        for (overwrites, roles, sees) in [
            (json!([]), json!([]), true),
            (json!([shut("1")]), json!([]), false),
            (json!([shut("1")]), json!(["2"]), true),
            (json!([shut("1")]), json!(["3"]), false),
            (json!([open("3"), shut("1")]), json!(["3"]), true),
            (json!([shut("3"), open("4")]), json!(["3", "4"]), true),
            (json!([shut("8")]), json!([]), false),
            (json!([open("8"), shut("3"), shut("1")]), json!(["3"]), true),
            (json!([shut("9")]), json!([]), true),
        ] {
            let member = member(roles.clone());
            let all: Vec<Overwrite> = serde_json::from_value(overwrites.clone()).unwrap();
            let may = guild().within(guild().base(PERSON, &member), &all, (PERSON, &member));
            assert_eq!(may & VIEW_CHANNEL != 0, sees, "{overwrites} {roles}");
        }
    }

    #[test]
    fn who_is_timed_out_may_look_and_nothing_else() {
        let now = Timestamp(1_700_000_000_000);
        for (until, roles, may) in [
            (Value::Null, json!(["3"]), VIEW_CHANNEL | MANAGE_GUILD),
            (
                json!("2023-11-14T22:13:19+00:00"),
                json!(["3"]),
                VIEW_CHANNEL | MANAGE_GUILD,
            ),
            (
                json!("2023-11-14T22:13:21.000000+00:00"),
                json!(["3"]),
                VIEW_CHANNEL,
            ),
            (json!("2023-11-14T22:13:21+00:00"), json!(["2"]), ALL),
        ] {
            let member = json!({ "roles": roles, "communication_disabled_until": until });
            let member: Member = serde_json::from_value(member).unwrap();
            let found = member.unless_timed_out(guild().base(PERSON, &member), now);
            assert_eq!(found, may, "{until}");
        }
    }
}
