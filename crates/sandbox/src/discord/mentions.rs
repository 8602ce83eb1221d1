//! Whom a message rings at: what its text names, as far as its sender allows.

use serde_json::Value;

use super::message::Pings;
use super::world::World;

/// The rule of `allowed_mentions`; without one everything rings.
pub(crate) enum Allowed {
    Everything { replied_user: bool },
    Only(Box<Named>),
}

#[derive(Default)]
pub(crate) struct Named {
    all_users: bool,
    all_roles: bool,
    everyone: bool,
    users: Vec<u64>,
    roles: Vec<u64>,
    replied_user: bool,
}

impl Allowed {
    pub(crate) fn read(value: &Value) -> Allowed {
        if value.is_null() {
            return Allowed::Everything { replied_user: true };
        }
        let parses = |what: &str| {
            let list = value["parse"].as_array();
            list.is_some_and(|it| it.iter().any(|it| it == what))
        };
        let listed = |what: &str| {
            let list = value[what].as_array().into_iter().flatten();
            list.filter_map(|it| it.as_str()?.parse().ok()).collect()
        };
        Allowed::Only(Box::new(Named {
            all_users: parses("users"),
            all_roles: parses("roles"),
            everyone: parses("everyone"),
            users: listed("users"),
            roles: listed("roles"),
            replied_user: value["replied_user"] == true,
        }))
    }

    fn user(&self, id: u64) -> bool {
        match self {
            Allowed::Everything { .. } => true,
            Allowed::Only(it) => it.all_users || it.users.contains(&id),
        }
    }

    fn role(&self, id: u64) -> bool {
        match self {
            Allowed::Everything { .. } => true,
            Allowed::Only(it) => it.all_roles || it.roles.contains(&id),
        }
    }

    fn everyone(&self) -> bool {
        match self {
            Allowed::Everything { .. } => true,
            Allowed::Only(it) => it.everyone,
        }
    }

    fn replied_user(&self) -> bool {
        match self {
            Allowed::Everything { replied_user } => *replied_user,
            Allowed::Only(it) => it.replied_user,
        }
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
        if let Some(user) = answered.filter(|_| allowed.replied_user()) {
            push(&mut pings.users, user, true);
        }
        let everyone = text.contains("@everyone") || text.contains("@here");
        pings.everyone = everyone && allowed.everyone();
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
