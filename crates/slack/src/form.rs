//! Forms for commands of which something is missing: each is opened within the seconds that Slack gives, and becomes the same
//! command as what is typed.
//!
//! **Invariant:** whoever may not give a command sees no form of it, and where none opens, what was typed is answered.

use std::time::Duration;

use conversation::command::{Chosen, Verb};
use conversation::{Asking, Event, Inbound, Intake, Timestamp, WayBack};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio::time::timeout;

use crate::bot::Slack;
use crate::inbound::{Normalised, event_of};
use crate::method::VIEWS_OPEN;

mod view;

pub(crate) use view::FORM;
use view::view;

/// "Trigger IDs expire in three seconds", and what was typed must be answered by then as well.
const PATIENCE: Duration = Duration::from_millis(2200);

/// What a form is about, as it stands in its `private_metadata`.
#[derive(Serialize, Deserialize)]
pub(crate) struct About {
    pub(crate) command: String,
    pub(crate) channel: String,
    way_back: Option<(String, i64)>,
}

impl About {
    pub(crate) fn way_back(&self) -> Option<WayBack> {
        let (token, until) = self.way_back.clone()?;
        let until = Timestamp(until);
        Some(WayBack { token, until })
    }
}

/// A command that somebody began.
pub(crate) struct Begun {
    event: Inbound,
    trigger: String,
    verb: &'static Verb,
    /// What they said of it.
    given: Chosen,
}

/// Only a slash command lets us open something.
pub(crate) fn begun(payload: &Value, meaning: &Normalised) -> Option<Begun> {
    let Normalised::Events(events) = meaning else {
        return None;
    };
    let [event] = events.as_slice() else {
        return None;
    };
    let Event::Commanded { text, .. } = &event.event else {
        return None;
    };
    let given = Chosen::begun(text)?;
    Some(Begun {
        event: event.clone(),
        trigger: event_of(payload)["trigger_id"].as_str()?.to_owned(),
        verb: given.verb()?,
        given,
    })
}

/// True once it is open.
pub(crate) async fn open(slack: &Slack, intake: &dyn Intake, begun: &Begun) -> bool {
    let opened = timeout(PATIENCE, try_to_open(slack, intake, begun)).await;
    opened.unwrap_or_else(|_| {
        tracing::warn!("a form was not opened in time: what was typed is answered");
        false
    })
}

async fn try_to_open(slack: &Slack, intake: &dyn Intake, begun: &Begun) -> bool {
    let mut suggested = Vec::with_capacity(begun.verb.params.len());
    for param in begun.verb.params {
        let asking = Asking {
            event: begun.event.clone(),
            verb: begun.verb,
            param,
            typed: String::new(),
        };
        match intake.suggest(&asking).await {
            Some(things) => suggested.push(things),
            None => return false,
        }
    }
    let form = vec![
        ("trigger_id", begun.trigger.clone()),
        ("view", view(begun, &suggested).to_string()),
    ];
    let opened = slack.api.call(VIEWS_OPEN, form).await;
    opened
        .inspect_err(|error| {
            tracing::warn!(%error, "a form cannot be opened: what was typed is answered");
        })
        .is_ok()
}

impl Begun {
    fn about(&self) -> About {
        let way_back = self.event.way_back.as_ref();
        About {
            command: self.verb.words.to_owned(),
            channel: self.event.channel.id.as_str().to_owned(),
            way_back: way_back.map(|it| (it.token.clone(), it.until.0)),
        }
    }
}
