//! Whom a message rings at: what its text names, as far as its sender allows.

use serde_json::Value;

use super::message::Pings;
use super::world::World;

/// The rule of `allowed_mentions`; without one everything rings.
pub(crate) struct Allowed {
    all_users: bool,
    all_roles: bool,
    everyone: bool,
    users: Vec<u64>,
    roles: Vec<u64>,
    replied_user: bool,
}

impl Allowed {
    pub(crate) fn everything(replied_user: bool) -> Allowed {
        Allowed {
            all_users: true,
            all_roles: true,
            everyone: true,
            users: Vec::new(),
            roles: Vec::new(),
            replied_user,
        }
    }

    pub(crate) fn read(value: &Value) -> Allowed {
        if value.is_null() {
            return Allowed::everything(true);
        }
        let list = |what: &str| value[what].as_array().into_iter().flatten();
        let parses = |what: &str| list("parse").any(|it| it == what);
        let listed = |what: &str| list(what).filter_map(|it| it.as_str()?.parse().ok());
        Allowed {
            all_users: parses("users"),
            all_roles: parses("roles"),
            everyone: parses("everyone"),
            users: listed("users").collect(),
            roles: listed("roles").collect(),
            replied_user: value["replied_user"] == true,
        }
    }

    fn user(&self, id: u64) -> bool {
        self.all_users || self.users.contains(&id)
    }

    fn role(&self, id: u64) -> bool {
        self.all_roles || self.roles.contains(&id)
    }
}

impl World {
    /// `answered` is the author of the message that is replied to.
    pub(crate) fn pings(&self, text: &str, allowed: &Allowed, answered: Option<u64>) -> Pings {
        let text = without_code(text);
        let mut pings = Pings::default();
        for named in text.split('<').skip(1) {
            let Some((inside, _)) = named.split_once('>') else {
                continue;
            };
            if let Some(role) = inside.strip_prefix("@&").and_then(|it| it.parse().ok()) {
                let known = self.guild.roles.iter().any(|it| it.0 == role);
                push(&mut pings.roles, role, known && allowed.role(role));
            } else if let Some(user) = inside.strip_prefix('@') {
                let user = user.trim_start_matches('!').parse().unwrap_or(0);
                let known = self.users.contains_key(&user);
                push(&mut pings.users, user, known && allowed.user(user));
            }
        }
        if let Some(user) = answered.filter(|_| allowed.replied_user) {
            push(&mut pings.users, user, true);
        }
        let everyone = text.contains("@everyone") || text.contains("@here");
        pings.everyone = everyone && allowed.everyone;
        pings
    }
}

fn push(list: &mut Vec<u64>, id: u64, rings: bool) {
    if rings && !list.contains(&id) {
        list.push(id);
    }
}

/// Nothing in code rings.
fn without_code(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    for (fence, outside) in text.split("```").enumerate() {
        if fence % 2 == 1 {
            continue;
        }
        for (tick, outside) in outside.split('`').enumerate() {
            if tick % 2 == 0 {
                kept.push_str(outside);
            }
        }
    }
    kept
}
