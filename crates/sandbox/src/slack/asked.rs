//! What people asked of the app and wait for: presses, commands and modals.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Value, json};
use tokio::time::Instant;

use super::answer::Checked;

/// What a person did and waits for.
#[derive(Debug, Clone)]
pub(crate) enum Asked {
    Press {
        channel: String,
        user: String,
    },
    Command {
        channel: String,
        user: String,
        command: String,
    },
    Submission {
        modal: String,
    },
}

#[derive(Debug, Clone)]
pub(crate) struct Modal {
    pub(crate) user: String,
    pub(crate) view: Value,
    pub(crate) errors: Value,
}

pub(crate) struct ResponseUrl {
    pub(crate) channel: String,
    pub(crate) user: String,
    /// The message whose button was pressed.
    pub(crate) message: Option<u64>,
    pub(crate) until: Instant,
    pub(crate) left: u32,
}

#[derive(Default)]
pub(crate) struct Interactions {
    pub(crate) modals: BTreeMap<String, Modal>,
    pub(super) triggers: HashMap<String, (Instant, String)>,
    used_triggers: Vec<String>,
    pub(crate) responses: HashMap<String, ResponseUrl>,
}

impl Interactions {
    /// Whose deed it was.
    pub(crate) fn use_trigger(&mut self, id: &str) -> Checked<String> {
        refuse!(self.used_triggers.iter().any(|it| it == id) => "exchanged_trigger_id");
        let known = self.triggers.remove(id);
        let (until, user) = known.ok_or("invalid_trigger_id")?;
        self.used_triggers.push(id.to_owned());
        refuse!(until <= Instant::now() => "expired_trigger_id");
        Ok(user)
    }

    pub(crate) fn open_modal(&mut self, id: &str, user: String, view: Value) {
        let errors = json!({});
        let modal = Modal { user, view, errors };
        self.modals.insert(id.to_owned(), modal);
    }

    pub(crate) fn update_modal(&mut self, id: &str, view: Value) -> Checked {
        let modal = self.modals.get_mut(id).ok_or("not_found")?;
        modal.view = view;
        modal.errors = json!({});
        Ok(())
    }
}
