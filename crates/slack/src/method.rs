//! The methods of the Web API that we call, with the scopes that each needs of the app's bot and how often Slack
//! allows it. The app's manifest in `deploy/` asks for exactly these scopes: a test compares them.

/// Slack's tiers are "20+" a minute and the like; the number is what is promised.
#[derive(Debug, PartialEq, Eq)]
pub struct Method {
    pub name: &'static str,
    pub scopes: &'static [&'static str],
    pub per_minute: u32,
}

const TIER_2: u32 = 20;
const TIER_3: u32 = 50;
const TIER_4: u32 = 100;
/// Counted by a rule of its own, or so generous that we never reach it.
const SPECIAL: u32 = 0;

const fn method(name: &'static str, per_minute: u32, scopes: &'static [&'static str]) -> Method {
    Method {
        name,
        scopes,
        per_minute,
    }
}

pub(crate) const AUTH_TEST: &Method = &method("auth.test", SPECIAL, &[]);
/// With the app-level token and its own scope.
pub(crate) const CONNECTIONS_OPEN: &Method = &method("apps.connections.open", SPECIAL, &[]);
pub(crate) const BOTS_INFO: &Method = &method("bots.info", TIER_3, &["users:read"]);
pub(crate) const POST: &Method = &method(
    "chat.postMessage",
    SPECIAL,
    &["chat:write", "chat:write.customize"],
);
/// What one person alone sees.
pub(crate) const EPHEMERAL: &Method = &method("chat.postEphemeral", TIER_4, &["chat:write"]);
pub(crate) const UPDATE: &Method = &method("chat.update", TIER_3, &["chat:write"]);
pub(crate) const DELETE: &Method = &method("chat.delete", TIER_3, &["chat:write"]);
pub(crate) const REACTIONS_GET: &Method = &method("reactions.get", TIER_3, &["reactions:read"]);
pub(crate) const REACTIONS_ADD: &Method = &method("reactions.add", TIER_3, &["reactions:write"]);
pub(crate) const REACTIONS_REMOVE: &Method =
    &method("reactions.remove", TIER_2, &["reactions:write"]);
pub(crate) const UPLOAD_URL: &Method =
    &method("files.getUploadURLExternal", TIER_4, &["files:write"]);
pub(crate) const UPLOAD_COMPLETE: &Method =
    &method("files.completeUploadExternal", TIER_4, &["files:write"]);
pub(crate) const FILES_DELETE: &Method = &method("files.delete", TIER_3, &["files:write"]);
pub(crate) const FILES_INFO: &Method = &method("files.info", TIER_4, &["files:read"]);
pub(crate) const HISTORY: &Method = &method(
    "conversations.history",
    TIER_3,
    &[
        "channels:history",
        "groups:history",
        "im:history",
        "mpim:history",
        "metadata.message:read",
    ],
);
pub(crate) const REPLIES: &Method = &method(
    "conversations.replies",
    TIER_3,
    &[
        "channels:history",
        "groups:history",
        "im:history",
        "mpim:history",
        "metadata.message:read",
    ],
);
pub(crate) const CONVERSATION: &Method = &method(
    "conversations.info",
    TIER_3,
    &["channels:read", "groups:read", "im:read", "mpim:read"],
);
pub(crate) const MEMBERS: &Method = &method(
    "conversations.members",
    TIER_4,
    &["channels:read", "groups:read", "im:read", "mpim:read"],
);
pub(crate) const JOIN: &Method = &method("conversations.join", TIER_3, &["channels:join"]);
pub(crate) const OPEN: &Method = &method("conversations.open", TIER_3, &["im:write"]);
pub(crate) const USER: &Method = &method("users.info", TIER_4, &["users:read"]);
pub(crate) const GROUPS: &Method = &method("usergroups.list", TIER_2, &["usergroups:read"]);

/// What somebody fills in: by what they did a moment ago.
pub(crate) const VIEWS_OPEN: &Method = &method("views.open", TIER_4, &[]);

/// All of them.
pub const METHODS: &[&Method] = &[
    AUTH_TEST,
    CONNECTIONS_OPEN,
    BOTS_INFO,
    POST,
    EPHEMERAL,
    UPDATE,
    DELETE,
    REACTIONS_GET,
    REACTIONS_ADD,
    REACTIONS_REMOVE,
    UPLOAD_URL,
    UPLOAD_COMPLETE,
    FILES_DELETE,
    FILES_INFO,
    HISTORY,
    REPLIES,
    CONVERSATION,
    MEMBERS,
    JOIN,
    OPEN,
    USER,
    GROUPS,
    VIEWS_OPEN,
];
