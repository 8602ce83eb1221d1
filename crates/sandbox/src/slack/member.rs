//! People and bots of the workspace, as `users.info` shows them.

use serde_json::{Value, json};

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
        let (first, last) = self
            .real_name
            .split_once(' ')
            .unwrap_or((&self.real_name, ""));
        let mut profile = json!({
            "title": "",
            "phone": "",
            "real_name": self.real_name,
            "real_name_normalized": self.real_name,
            "display_name": self.display_name,
            "display_name_normalized": self.display_name,
            "first_name": first,
            "last_name": last,
            "status_text": "",
            "status_emoji": "",
            "avatar_hash": "g1a2b3c4d5e6",
            "team": team,
        });
        if let Some(bot_id) = &self.bot_id {
            profile["bot_id"] = bot_id.as_str().into();
            profile["always_active"] = true.into();
        }
        if let Some(picture) = &self.picture {
            for size in [24, 32, 48, 72, 192, 512] {
                profile[format!("image_{size}")] = format!("{picture}_{size}.png").into();
            }
        }
        profile
    }

    pub(crate) fn value(&self, team: &str) -> Value {
        let mut user = json!({
            "id": self.id,
            "team_id": team,
            "name": self.name,
            "deleted": self.deleted,
            "profile": self.profile(team),
            "is_bot": self.is_bot,
            "is_app_user": false,
            "updated": self.updated,
        });
        if !self.deleted {
            user["real_name"] = self.real_name.as_str().into();
            user["color"] = "9f69e7".into();
            user["tz"] = "Europe/Madrid".into();
            user["tz_label"] = "Central European Time".into();
            user["tz_offset"] = 3600.into();
            for flag in [
                "is_admin",
                "is_owner",
                "is_primary_owner",
                "is_restricted",
                "is_ultra_restricted",
            ] {
                user[flag] = false.into();
            }
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
            "id": self.id,
            "team_id": team,
            "is_usergroup": true,
            "name": self.name,
            "description": "",
            "handle": self.handle,
            "is_external": false,
            "date_create": 1_700_000_000,
            "date_update": 1_700_000_000,
            "date_delete": 0,
            "auto_type": null,
            "created_by": creator,
            "updated_by": creator,
            "deleted_by": null,
            "prefs": { "channels": [], "groups": [] },
            "user_count": self.members.len(),
        })
    }
}
