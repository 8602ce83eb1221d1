//! The one app that is installed: its tokens, its ids and what it may do.

use std::collections::BTreeSet;

/// Each is compared as it stands; only their beginnings tell the kinds apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tokens {
    /// `xoxb-…`
    pub bot: String,
    /// `xapp-…`, for Socket Mode.
    pub app: String,
    pub signing_secret: String,
}

impl Tokens {
    pub fn new(bot: &str, app: &str, signing_secret: &str) -> Tokens {
        Tokens {
            bot: bot.to_owned(),
            app: app.to_owned(),
            signing_secret: signing_secret.to_owned(),
        }
    }
}

/// What the app's own pages in Slack show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct App {
    pub app_id: String,
    pub bot_id: String,
    pub bot_user_id: String,
    pub team_id: String,
    /// Of the organisation that the workspace is in.
    pub enterprise_id: Option<String>,
    /// By the organisation, for all its workspaces.
    pub is_enterprise_install: bool,
    pub team_name: String,
    pub name: String,
    pub scopes: BTreeSet<String>,
}

/// What a bridge asks for in its manifest, and some more.
const SCOPES: &str = "\
    app_mentions:read channels:history channels:join channels:manage channels:read chat:write \
    chat:write.customize commands emoji:read files:read files:write groups:history groups:read \
    groups:write im:history im:read im:write links:read metadata.message:read mpim:history mpim:read \
    reactions:read reactions:write team:read usergroups:read users.profile:read users:read";

/// The state that decides whether a token is taken.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Standing {
    #[default]
    Installed,
    /// The tokens were revoked, or the app was uninstalled.
    Revoked,
    /// The workspace or the bot user is gone.
    Inactive,
}

impl Default for App {
    fn default() -> App {
        App {
            app_id: "A0CAUSEWAY1".into(),
            bot_id: "B0CAUSEWAY1".into(),
            bot_user_id: "U0CAUSEWAY1".into(),
            team_id: "T0SPRING001".into(),
            enterprise_id: None,
            is_enterprise_install: false,
            team_name: "Spring".into(),
            name: "Causeway".into(),
            scopes: SCOPES.split(' ').map(str::to_owned).collect(),
        }
    }
}

impl App {
    /// As `X-OAuth-Scopes` and `provided` list them.
    pub(crate) fn scope_list(&self) -> String {
        let scopes: Vec<&str> = self.scopes.iter().map(String::as_str).collect();
        scopes.join(",")
    }
}
