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
