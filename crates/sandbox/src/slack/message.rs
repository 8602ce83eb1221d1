//! One message as the workspace remembers it.

use serde_json::{Map, Value};

#[derive(Debug, Clone, Default)]
pub(crate) struct Stored {
    pub(crate) ts: u64,
    /// The author; of an app's message, its bot user.
    pub(crate) user: String,
    pub(crate) bot: Option<Box<Voice>>,
    pub(crate) subtype: Option<&'static str>,
    pub(crate) text: String,
    pub(crate) blocks: Option<Value>,
    pub(crate) attachments: Option<Value>,
    /// Their ids.
    pub(crate) files: Vec<String>,
    /// The root that this answers.
    pub(crate) thread: Option<u64>,
    pub(crate) broadcast: bool,
    /// By whom and when.
    pub(crate) edited: Option<(String, u64)>,
    /// By name, first ones first, each with those who reacted.
    pub(crate) reactions: Vec<(String, Vec<String>)>,
    pub(crate) metadata: Option<Value>,
    pub(crate) client_msg_id: Option<String>,
    pub(crate) extra: Map<String, Value>,
}

/// How a bot speaks in one message.
#[derive(Debug, Clone, Default)]
pub(crate) struct Voice {
    pub(crate) bot_id: String,
    pub(crate) app_id: String,
    pub(crate) name: String,
    pub(crate) username: Option<String>,
    pub(crate) icon_url: Option<String>,
    pub(crate) icon_emoji: Option<String>,
}

impl Voice {
    pub(super) fn is_customised(&self) -> bool {
        self.username.is_some() || self.icon_url.is_some() || self.icon_emoji.is_some()
    }
}

impl Stored {
    pub(crate) fn is_tombstone(&self) -> bool {
        self.subtype == Some("tombstone")
    }

    /// As the wire names it; a bot with a name of its own speaks as `bot_message`.
    pub(crate) fn shown_subtype(&self) -> Option<&'static str> {
        let customised = self.bot.as_ref().is_some_and(|it| it.is_customised());
        match self.subtype {
            Some(subtype) => Some(subtype),
            None if self.broadcast => Some("thread_broadcast"),
            None if customised => Some("bot_message"),
            None => None,
        }
    }
}
