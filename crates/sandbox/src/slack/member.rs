//! People and bots of the workspace, as `users.info` shows them.

use serde_json::{Value, json};

use crate::kit::Fields;

#[derive(Debug, Clone, Default)]
pub(crate) struct Member {
    pub(crate) id: String,
    /// The old handle: small letters without spaces.
    pub(crate) name: String,
    pub(crate) real_name: String,
    pub(crate) display_name: String,
    pub(crate) picture: Option<String>,
    pub(crate) is_bot: bool,
    pub(crate) deleted: bool,
    /// Of another app's bot, or of ours.
    pub(crate) bot_id: Option<String>,
    pub(crate) updated: u64,
}

impl Member {
    pub(crate) fn new(id: &str, name: &str) -> Member {
        let handle = name.to_lowercase().replace(char::is_whitespace, ".");
        Member {
            id: id.to_owned(),
            name: handle,
            real_name: name.to_owned(),
            display_name: name.to_owned(),
            picture: Some(format!("https://avatars.slack-edge.com/{id}")),
            ..Member::default()
        }
    }

    /// What stands above their messages.
    pub(crate) fn shown(&self) -> &str {
        match self.display_name.is_empty() {
            true => &self.real_name,
            false => &self.display_name,
        }
    }

    pub(crate) fn profile(&self, team: &str) -> Value {
        let names = self.real_name.split_once(' ');
        let (first, last) = names.unwrap_or((&self.real_name, ""));
        let mut profile = json!({
            "title": "", "phone": "", "status_text": "", "status_emoji": "",
            "real_name": self.real_name, "real_name_normalized": self.real_name,
            "display_name": self.display_name, "display_name_normalized": self.display_name,
            "first_name": first, "last_name": last, "avatar_hash": "g1a2b3c4d5e6", "team": team,
        });
        profile.put("bot_id", self.bot_id.as_deref());
        profile.put("always_active", self.bot_id.as_ref().map(|_| true));
        if let Some(picture) = &self.picture {
            for size in [24, 32, 48, 72, 192, 512] {
                profile[format!("image_{size}")] = format!("{picture}_{size}.png").into();
            }
        }
        profile
    }

    pub(crate) fn value(&self, team: &str) -> Value {
        let mut user = json!({
            "id": self.id, "team_id": team, "name": self.name, "deleted": self.deleted, "updated": self.updated,
            "is_bot": self.is_bot, "is_app_user": false, "profile": self.profile(team),
        });
        if !self.deleted {
            user.lay_over(json!({
                "real_name": self.real_name, "color": "9f69e7",
                "tz": "Europe/Madrid", "tz_label": "Central European Time", "tz_offset": 3600,
                "is_admin": false, "is_owner": false, "is_primary_owner": false,
                "is_restricted": false, "is_ultra_restricted": false,
            }));
        }
        user
    }
}

#[derive(Debug, Clone)]
pub(crate) struct UserGroup {
    pub(crate) id: String,
    pub(crate) handle: String,
    pub(crate) name: String,
    pub(crate) members: Vec<String>,
}

impl UserGroup {
    pub(crate) fn value(&self, team: &str, creator: &str) -> Value {
        json!({
            "id": self.id, "team_id": team, "is_usergroup": true, "name": self.name, "handle": self.handle,
            "description": "", "is_external": false, "auto_type": null, "prefs": { "channels": [], "groups": [] },
            "date_create": 1_700_000_000, "date_update": 1_700_000_000, "date_delete": 0,
            "created_by": creator, "updated_by": creator, "deleted_by": null, "user_count": self.members.len(),
        })
    }
}
