//! One chat: who is in it, what was said in it, and how the bot stands in it.

use std::collections::BTreeMap;

use super::answer::{ApiError, Checked};
use super::ids::MessageId;
use super::message::Stored;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum ChatKind {
    #[default]
    Private,
    Group,
    Supergroup,
    Forum,
}

impl ChatKind {
    /// As `Chat.type` has it: a forum is a supergroup with a flag.
    pub(crate) fn wire(self) -> &'static str {
        match self {
            ChatKind::Private => "private",
            ChatKind::Group => "group",
            ChatKind::Supergroup | ChatKind::Forum => "supergroup",
        }
    }
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Standing {
    /// A private chat whose person has never written to the bot.
    #[default]
    NotStarted,
    Blocked,
    Member,
    Administrator,
    Left,
    Kicked,
}

#[derive(Debug, Clone)]
pub(crate) struct Topic {
    /// The id of the service message that opened it.
    pub(crate) id: MessageId,
    pub(crate) name: String,
}

#[derive(Debug, Default)]
pub(crate) struct Chat {
    pub(crate) id: i64,
    pub(crate) kind: ChatKind,
    pub(crate) title: String,
    pub(crate) topics: Vec<Topic>,
    pub(crate) members: Vec<i64>,
    pub(crate) bot: Standing,
    pub(crate) migrated_to: Option<i64>,
    pub(crate) messages: BTreeMap<MessageId, Stored>,
    /// Of a supergroup; the others share the count of the world.
    pub(crate) last_message: MessageId,
    /// Messages up to here may have been dropped to save memory.
    pub(crate) forgotten: MessageId,
}

impl Chat {
    pub(crate) fn new(id: i64, kind: ChatKind, title: &str, bot: Standing) -> Chat {
        Chat {
            id,
            kind,
            title: title.to_owned(),
            bot,
            ..Chat::default()
        }
    }

    pub(crate) fn counts_its_own_messages(&self) -> bool {
        matches!(self.kind, ChatKind::Supergroup | ChatKind::Forum)
    }

    pub(crate) fn topic(&self, id: MessageId) -> Option<&Topic> {
        self.topics.iter().find(|topic| topic.id == id)
    }

    pub(crate) fn bot_hears(&self) -> bool {
        matches!(self.bot, Standing::Member | Standing::Administrator)
    }

    /// Whether the bot may write here, in the real server's words where it may not.
    pub(crate) fn check_write(&self) -> Checked {
        if let Some(to) = self.migrated_to {
            return Err(ApiError::migrated(to));
        }
        let kind = self.kind.wire();
        let why = match self.bot {
            Standing::Member | Standing::Administrator => return Ok(()),
            Standing::NotStarted => "bot can't initiate conversation with a user".to_owned(),
            Standing::Blocked => "bot was blocked by the user".to_owned(),
            Standing::Kicked => format!("bot was kicked from the {kind} chat"),
            Standing::Left => format!("bot is not a member of the {kind} chat"),
        };
        Err(ApiError::forbidden(why))
    }
}
