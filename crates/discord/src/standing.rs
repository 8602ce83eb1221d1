//! What somebody may do in a channel's server, as Discord says now.

use calls::Repeated;
use conversation::{RemoteId, SendError, Standing};
use serde::Deserialize;

use crate::adapter::{Discord, refused};
use crate::errors::{CallError, code};
use crate::id::Snowflake;
use crate::rest::Call;

/// "ADMINISTRATOR" and "MANAGE_GUILD".
const ADMINISTERS: u64 = 1 << 3 | 1 << 5;

#[derive(Deserialize)]
struct Member {
    #[serde(default)]
    roles: Vec<Snowflake>,
}

#[derive(Deserialize)]
struct Guild {
    id: Snowflake,
    owner_id: Snowflake,
    #[serde(default)]
    roles: Vec<Role>,
}

#[derive(Deserialize)]
struct Role {
    id: Snowflake,
    /// A number, as text.
    permissions: String,
}

/// In a private talk there is nothing to administer.
pub(crate) async fn standing(
    discord: &Discord,
    channel: Snowflake,
    account: &RemoteId,
) -> Result<Standing, SendError> {
    let person =
        Snowflake::parse(account.as_str()).ok_or_else(|| refused("no account of Discord"))?;
    let Some(guild) = discord.place(channel).await.map_err(harmless)?.guild else {
        return Ok(Standing::Member);
    };
    let call = Call::new("GET /guilds/{}/members/{}", &[&guild, &person]);
    let member: Member = match discord.rest.call_for(&call).await {
        Err(error) if error.is(code::UNKNOWN_MEMBER) || error.is(code::UNKNOWN_USER) => {
            return Ok(Standing::Stranger);
        }
        answer => answer.map_err(harmless)?,
    };
    let call = Call::new("GET /guilds/{}", &[&guild]);
    let guild: Guild = discord.rest.call_for(&call).await.map_err(harmless)?;
    Ok(match guild.is_administered_by(person, &member) {
        true => Standing::Administrator,
        false => Standing::Member,
    })
}

impl Guild {
    /// What everybody may stands in the role that bears the server's own id.
    fn is_administered_by(&self, person: Snowflake, member: &Member) -> bool {
        let of_theirs = |it: &&Role| it.id == self.id || member.roles.contains(&it.id);
        let mut theirs = self.roles.iter().filter(of_theirs);
        self.owner_id == person
            || theirs.any(|it| {
                it.permissions
                    .parse::<u64>()
                    .is_ok_and(|it| it & ADMINISTERS != 0)
            })
    }
}

fn harmless(error: CallError) -> SendError {
    error.into_send_error(Repeated::IsHarmless)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use serde_json::json;

    use super::*;

    #[test]
    fn the_owner_and_whoever_may_manage_the_server_administer_it() {
        let guild = json!({"id": "1", "owner_id": "7", "roles": [
            {"id": "1", "permissions": "1024"}, {"id": "2", "permissions": "8"}, {"id": "3", "permissions": "32"},
        ]});
        let guild: Guild = serde_json::from_value(guild).unwrap();
        for (person, roles, administers) in [
            (7, json!([]), true),
            (8, json!([]), false),
            (8, json!(["2"]), true),
            (8, json!(["3"]), true),
            (8, json!(["4"]), false),
        ] {
            let member: Member = serde_json::from_value(json!({"roles": roles})).unwrap();
            let found = guild.is_administered_by(Snowflake(person), &member);
            assert_eq!(found, administers, "{person} {roles}");
        }
    }
}
