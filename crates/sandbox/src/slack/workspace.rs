//! Who and what there is: people, groups, channels, and how the app is installed.

use serde_json::{Value, json};

use super::app::{App, Standing};
use super::channel::Kind;
use super::ids::{ChannelId, GroupId, UserId, now_micros};
use super::member::{Member, UserGroup};
use super::said::{Deed, Misuse};
use super::world::{Slack, World};

impl Slack {
    pub fn app(&self) -> App {
        self.look(|world| world.app.clone())
    }

    pub fn bot(&self) -> UserId {
        self.look(|world| UserId(world.app.bot_user_id.clone()))
    }

    /// From now on the workspace is in an organisation, which may have installed the app for all its workspaces.
    pub fn join_organisation(&self, enterprise: &str, installs_for_all: bool) {
        self.change(|world| {
            world.app.enterprise_id = Some(enterprise.to_owned());
            world.app.is_enterprise_install = installs_for_all;
        });
    }

    /// Brings an event of another workspace, rightly signed; `envelope` says what is different around it.
    pub fn bring(&self, event: Value, envelope: Value) {
        self.change(|world| {
            let mut payload = world.enveloped(event);
            if let (Some(payload), Value::Object(different)) = (payload.as_object_mut(), envelope) {
                payload.extend(different);
            }
            world.hand_over(None, payload);
        });
    }

    /// A person with this display and real name, in no channel yet.
    pub fn add_person(&self, name: &str) -> UserId {
        self.change(|world| {
            let id = world.new_id('U');
            world.members.insert(id.clone(), Member::new(&id, name));
            UserId(id)
        })
    }

    /// A bot of another app, that can be brought into channels and speak there with `say`.
    pub fn add_other_bot(&self, name: &str) -> UserId {
        self.change(|world| {
            let id = world.new_id('U');
            let bot_id = Some(world.new_id('B'));
            let member = Member {
                is_bot: true,
                bot_id,
                ..Member::new(&id, name)
            };
            world.members.insert(id.clone(), member);
            UserId(id)
        })
    }

    /// An empty display name lets the real name stand in its place, as in Slack.
    pub fn set_names(&self, user: &UserId, display: &str, real: &str) -> Deed {
        self.change(|world| {
            world.change_member(user, |it| {
                it.display_name = display.to_owned();
                it.real_name = real.to_owned();
            })
        })
    }

    /// The address without its end: `_72.png` and the other sizes are added. None takes the picture away.
    pub fn set_picture(&self, user: &UserId, url: Option<&str>) -> Deed {
        self.change(|world| world.change_member(user, |it| it.picture = url.map(str::to_owned)))
    }

    pub fn deactivate(&self, user: &UserId) -> Deed {
        self.change(|world| world.change_member(user, |it| it.deleted = true))
    }

    pub fn add_user_group(&self, handle: &str, members: &[UserId]) -> GroupId {
        self.change(|world| {
            let id = world.new_id('S');
            let group = UserGroup {
                id: id.clone(),
                handle: handle.to_owned(),
                name: handle.to_owned(),
                members: members.iter().map(|it| it.0.clone()).collect(),
            };
            world.groups.insert(id.clone(), group);
            GroupId(id)
        })
    }

    /// A public channel, which the bot is not in.
    pub fn add_channel(&self, name: &str) -> ChannelId {
        self.change(|world| ChannelId(world.new_channel(name, Kind::Public)))
    }

    pub fn add_private_channel(&self, name: &str) -> ChannelId {
        self.change(|world| ChannelId(world.new_channel(name, Kind::Private)))
    }

    /// The person's direct message with the bot; the same one each time.
    pub fn direct_message(&self, user: &UserId) -> Deed<ChannelId> {
        self.change(|world| {
            let channel = world.direct_message(&user.0);
            channel
                .map(ChannelId)
                .ok_or(Misuse::UnknownUser(user.clone()))
        })
    }

    pub fn take_scope(&self, scope: &str) {
        self.change(|world| world.app.scopes.remove(scope));
    }

    pub fn grant_scope(&self, scope: &str) {
        self.change(|world| world.app.scopes.insert(scope.to_owned()));
    }

    /// Every request is answered `token_revoked` and all sockets end; the app hears `tokens_revoked` first.
    pub fn revoke_tokens(&self) {
        self.change(|world| {
            let bot = world.app.bot_user_id.clone();
            let event =
                json!({ "type": "tokens_revoked", "tokens": { "oauth": [], "bot": [bot] } });
            world.emit(None, event);
            world.standing = Standing::Revoked;
            world.delivery.close_sockets();
        });
    }

    /// As `revoke_tokens`, and the app hears `app_uninstalled` as well.
    pub fn uninstall(&self) {
        self.change(|world| world.emit(None, json!({ "type": "app_uninstalled" })));
        self.revoke_tokens();
    }

    /// Every request is answered `account_inactive`.
    pub fn deactivate_bot(&self) {
        self.change(|world| world.standing = Standing::Inactive);
    }

    /// The app is installed again, with the same tokens.
    pub fn reinstall(&self) {
        self.change(|world| world.standing = Standing::Installed);
    }
}

impl World {
    fn change_member(&mut self, user: &UserId, change: impl FnOnce(&mut Member)) -> Deed {
        let unknown = || Misuse::UnknownUser(user.clone());
        let member = self.members.get_mut(&user.0).ok_or_else(unknown)?;
        change(member);
        member.updated = now_micros() / 1_000_000;
        let event = json!({
            "type": "user_change", "user": member.value(&self.app.team_id), "cache_ts": member.updated,
        });
        self.emit(None, event);
        Ok(())
    }
}
