//! A button that was pressed or a command that was used, and where it stands.

use std::collections::BTreeMap;

use serde::Serialize;

use super::ids::made_at_ms;
use super::message::Message;
use crate::kit::now_ms;

#[derive(Debug, Default)]
pub(crate) struct Interaction {
    pub(crate) id: u64,
    pub(crate) token: String,
    /// 2 for a command, 3 for a button, 4 while a command is typed.
    pub(crate) kind: u8,
    pub(crate) channel: u64,
    pub(crate) user: u64,
    /// The message with the button.
    pub(crate) on: Option<u64>,
    /// The kind of the answer, once there is one.
    pub(crate) answered: Option<u8>,
    /// What `@original` names.
    pub(crate) original: Option<u64>,
    /// Messages that only their person sees.
    pub(crate) hidden: BTreeMap<u64, Message>,
    pub(crate) shown: Vec<u64>,
    /// What is offered while a command is typed.
    pub(crate) choices: Vec<(String, String)>,
}

/// Where a button or command stands, for tests and the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InteractionView {
    /// 1 to 9 as in Discord's documentation: 4 is a message, 5 a message that is still to come, 6 and 7 the same
    /// for the message with the button, 8 offers choices.
    pub answered: Option<u8>,
    /// Texts that everybody sees, oldest first.
    pub shown: Vec<String>,
    /// Texts that only the person sees.
    pub hidden: Vec<String>,
    /// What the bot offers while a command is typed.
    pub choices: Vec<String>,
}

const ANSWER_WITHIN_MS: i64 = 3_000;
const LASTS_MS: i64 = 15 * 60 * 1_000;

impl Interaction {
    /// Whether an answer still comes in time.
    pub(crate) fn waits(&self) -> bool {
        now_ms() - made_at_ms(self.id) <= ANSWER_WITHIN_MS
    }

    pub(crate) fn lasts(&self) -> bool {
        now_ms() - made_at_ms(self.id) <= LASTS_MS
    }
}
