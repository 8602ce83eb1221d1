//! Servers, with their channels, roles and people.

use serde::{Deserialize, Deserializer};

use crate::id::Snowflake;

/// Discord writes null where it means nothing.
pub(crate) fn or_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Default,
{
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

/// The numbers of `Channel::kind`.
pub(crate) mod channel_kind {
    pub(crate) const TEXT: u64 = 0;
    pub(crate) const DM: u64 = 1;
    pub(crate) const VOICE: u64 = 2;
    pub(crate) const GROUP_DM: u64 = 3;
    pub(crate) const ANNOUNCEMENT: u64 = 5;
    pub(crate) const ANNOUNCEMENT_THREAD: u64 = 10;
    pub(crate) const PUBLIC_THREAD: u64 = 11;
    pub(crate) const PRIVATE_THREAD: u64 = 12;
    pub(crate) const STAGE: u64 = 13;
    pub(crate) const FORUM: u64 = 15;
    pub(crate) const MEDIA: u64 = 16;
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct User {
    pub(crate) id: Snowflake,
    #[serde(default, deserialize_with = "or_default")]
    pub(crate) username: String,
    pub(crate) global_name: Option<String>,
    pub(crate) avatar: Option<String>,
    #[serde(default, deserialize_with = "or_default")]
    pub(crate) bot: bool,
}

#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Member {
    pub(crate) nick: Option<String>,
    pub(crate) avatar: Option<String>,
    pub(crate) user: Option<User>,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Channel {
    pub(crate) id: Snowflake,
    #[serde(rename = "type", default, deserialize_with = "or_default")]
    pub(crate) kind: u64,
    pub(crate) guild_id: Option<Snowflake>,
    pub(crate) parent_id: Option<Snowflake>,
    pub(crate) name: Option<String>,
    pub(crate) last_message_id: Option<Snowflake>,
    pub(crate) thread_metadata: Option<ThreadMetadata>,
    #[serde(default, deserialize_with = "or_default")]
    pub(crate) flags: u64,
    #[serde(default, deserialize_with = "or_default")]
    pub(crate) available_tags: Vec<Tag>,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct ThreadMetadata {
    pub(crate) archive_timestamp: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Tag {
    pub(crate) id: Snowflake,
    #[serde(default, deserialize_with = "or_default")]
    pub(crate) moderated: bool,
}

impl Channel {
    pub(crate) fn is_thread(&self) -> bool {
        use channel_kind::{ANNOUNCEMENT_THREAD, PRIVATE_THREAD, PUBLIC_THREAD};
        matches!(
            self.kind,
            ANNOUNCEMENT_THREAD | PUBLIC_THREAD | PRIVATE_THREAD
        )
    }
}

#[derive(Debug, Deserialize)]
pub(crate) struct Role {
    pub(crate) id: Snowflake,
    #[serde(default, deserialize_with = "or_default")]
    pub(crate) name: String,
    #[serde(default, deserialize_with = "or_default")]
    pub(crate) tags: RoleTags,
}

#[derive(Debug, Default, Deserialize)]
pub(crate) struct RoleTags {
    /// Whose own role it is, made as it was invited.
    pub(crate) bot_id: Option<Snowflake>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct RoleChanged {
    pub(crate) role: Role,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Guild {
    pub(crate) id: Snowflake,
    #[serde(default, deserialize_with = "or_default")]
    pub(crate) unavailable: bool,
    #[serde(default, deserialize_with = "or_default")]
    pub(crate) channels: Vec<Channel>,
    #[serde(default, deserialize_with = "or_default")]
    pub(crate) threads: Vec<Channel>,
    #[serde(default, deserialize_with = "or_default")]
    pub(crate) roles: Vec<Role>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct ThreadList {
    #[serde(default, deserialize_with = "or_default")]
    pub(crate) threads: Vec<Channel>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Ready {
    pub(crate) session_id: String,
    pub(crate) resume_gateway_url: Option<String>,
    pub(crate) user: User,
    pub(crate) application: Option<HasId>,
    #[serde(default, deserialize_with = "or_default")]
    pub(crate) guilds: Vec<HasId>,
}

#[derive(Debug, Clone, Copy, Deserialize)]
pub(crate) struct HasId {
    pub(crate) id: Snowflake,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Deleted {
    pub(crate) id: Snowflake,
    pub(crate) channel_id: Snowflake,
}

#[derive(Debug, Deserialize)]
pub(crate) struct DeletedMany {
    pub(crate) ids: Vec<Snowflake>,
    pub(crate) channel_id: Snowflake,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Webhook {
    pub(crate) id: Snowflake,
    #[serde(rename = "type", default, deserialize_with = "or_default")]
    pub(crate) kind: u64,
    pub(crate) application_id: Option<Snowflake>,
    pub(crate) user: Option<HasId>,
    pub(crate) token: Option<String>,
    pub(crate) channel_id: Option<Snowflake>,
}
