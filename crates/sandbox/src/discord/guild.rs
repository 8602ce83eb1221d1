//! The server, and who can write on it: people, the bot, webhooks.

use std::collections::BTreeMap;

#[derive(Debug, Default)]
pub(crate) struct Bot {
    pub(crate) token: String,
    pub(crate) id: u64,
    pub(crate) revoked: bool,
    /// Whether the privileged intent is granted in the developer portal.
    pub(crate) may_read_content: bool,
}

#[derive(Debug, Default)]
pub(crate) struct Guild {
    pub(crate) id: u64,
    pub(crate) name: String,
    pub(crate) owner: u64,
    pub(crate) members: BTreeMap<u64, Member>,
    /// Name and number.
    pub(crate) roles: Vec<(u64, String)>,
    pub(crate) emojis: Vec<(u64, String)>,
    pub(crate) stickers: Vec<(u64, String)>,
    pub(crate) has_bot: bool,
    pub(crate) outage: bool,
}

#[derive(Debug, Clone)]
pub(crate) struct User {
    pub(crate) id: u64,
    pub(crate) username: String,
    pub(crate) global_name: Option<String>,
    /// The hash in the picture's address.
    pub(crate) avatar: Option<String>,
    pub(crate) is_bot: bool,
    pub(crate) takes_private_messages: bool,
}

#[derive(Debug, Clone, Default)]
pub(crate) struct Member {
    pub(crate) nick: Option<String>,
    pub(crate) roles: Vec<u64>,
    pub(crate) joined_at: i64,
}

#[derive(Debug, Clone)]
pub(crate) struct Webhook {
    pub(crate) id: u64,
    pub(crate) token: String,
    pub(crate) channel: u64,
    pub(crate) name: String,
    pub(crate) avatar: Option<String>,
    /// Who made it.
    pub(crate) user: u64,
}

impl User {
    pub(crate) fn new(id: u64, name: &str) -> User {
        let letters = name.to_lowercase();
        let letters = letters.chars().map(|it| match it {
            'a'..='z' | '0'..='9' => it,
            _ => '.',
        });
        User {
            id,
            username: letters.collect::<String>().trim_matches('.').to_owned(),
            global_name: Some(name.to_owned()),
            avatar: Some(format!(
                "{:032x}",
                u128::from(id).wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c)
            )),
            is_bot: false,
            takes_private_messages: true,
        }
    }

    pub(crate) fn name(&self) -> String {
        self.global_name
            .clone()
            .unwrap_or_else(|| self.username.clone())
    }
}
