//! What a payload means, and what all its readers share.

use conversation::{Inbound, Timestamp};
use serde::Serialize;
use serde_json::Value;

use super::names::Names;
use crate::id;

/// Who we are in a workspace, as `auth.test` says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct App {
    pub user_id: String,
    pub bot_id: String,
    pub team_id: String,
    /// Of the organisation, where the workspace is in one.
    pub enterprise_id: Option<String>,
    /// The organisation installed us, for all its workspaces.
    pub is_enterprise_install: bool,
    /// `A…`, where Slack told us.
    pub app_id: Option<String>,
}

/// What a payload means to us.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Normalised {
    Events(Vec<Inbound>),
    /// Known, and of no use to a conversation; named by a code that does not change.
    Ignored(&'static str),
    /// The workspace does not want us any more.
    Revoked(&'static str),
    /// A form in which something is wrong: Slack shows this in it, and it is open still.
    SentBack(Value),
    /// To be kept raw under the code `reason`.
    Unreadable {
        reason: &'static str,
        raw: String,
    },
}

/// What all readers need to know.
pub(crate) struct Context<'a> {
    pub(crate) app: &'a App,
    pub(crate) names: &'a Names,
    pub(crate) now: Timestamp,
}

/// As `Normalised`, for readers that do not have the whole text at hand.
pub(super) enum Meaning {
    Events(Vec<Inbound>),
    Ignored(&'static str),
    Revoked(&'static str),
    SentBack(Value),
    Unreadable(&'static str),
}

impl Meaning {
    pub(super) fn normalised(self, raw: impl FnOnce() -> String) -> Normalised {
        match self {
            Meaning::Events(events) => Normalised::Events(events),
            Meaning::Ignored(reason) => Normalised::Ignored(reason),
            Meaning::Revoked(reason) => Normalised::Revoked(reason),
            Meaning::SentBack(answer) => Normalised::SentBack(answer),
            Meaning::Unreadable(reason) => Normalised::Unreadable { reason, raw: raw() },
        }
    }
}

/// What tells an event from the next one like it, and when it was: its own time, or else what its wrapper says.
pub(super) fn stamp<'a>(event: &'a Value, wrapper: &'a Value) -> Option<(&'a str, Timestamp)> {
    if let Some(ts) = text(event, "event_ts") {
        return Some((ts, id::at(ts)?));
    }
    let at = wrapper["event_time"].as_i64()?.checked_mul(1000)?;
    Some((text(wrapper, "event_id")?, Timestamp(at)))
}

/// A text that is there and not empty.
pub(super) fn text<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    value[name].as_str().filter(|it| !it.is_empty())
}

pub(super) fn items<'a>(value: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> {
    value[name].as_array().into_iter().flatten()
}

pub(super) fn one(event: Inbound) -> Meaning {
    Meaning::Events(vec![event])
}
