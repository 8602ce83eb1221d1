//! Pages of `conversations.history` and `conversations.replies`.

use std::time::Duration;

use serde_json::Value;

use calls::now;

use crate::api::Form;
use crate::bot::Slack;
use crate::errors::CallError;
use crate::id;
use crate::method::{HISTORY, Method, REPLIES};

const PER_PAGE: &str = "200";
/// Slack's clock may be before ours, by days where ours was never set.
const OTHER_CLOCK: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// Where to read: a whole channel, newest first, or one thread, oldest first.
#[derive(Debug, Clone)]
pub(super) struct Transcript<'a> {
    pub(super) channel: &'a str,
    pub(super) thread: Option<&'a str>,
    /// As a `ts`.
    pub(super) oldest: String,
}

pub(super) struct Page {
    pub(super) messages: Vec<Value>,
    pub(super) next: Option<String>,
}

impl Transcript<'_> {
    pub(super) async fn page(
        &self,
        slack: &Slack,
        cursor: Option<&str>,
    ) -> Result<Page, CallError> {
        let answer = slack.api.call(self.method(), self.form(cursor)).await?;
        let next = answer["response_metadata"]["next_cursor"].as_str();
        Ok(Page {
            messages: answer["messages"].as_array().cloned().unwrap_or_default(),
            next: next.filter(|it| !it.is_empty()).map(str::to_owned),
        })
    }

    fn method(&self) -> &'static Method {
        match self.thread {
            Some(_) => REPLIES,
            None => HISTORY,
        }
    }

    fn form(&self, cursor: Option<&str>) -> Form {
        let mut form = vec![
            ("channel", self.channel.to_owned()),
            ("oldest", self.oldest.clone()),
            ("inclusive", "true".to_owned()),
            ("include_all_metadata", "true".to_owned()),
            ("limit", PER_PAGE.to_owned()),
        ];
        match self.thread {
            Some(thread) => form.push(("ts", thread.to_owned())),
            // With one end of the time alone, Slack is free to begin at that end.
            None => form.push(("latest", id::ts(now().plus(OTHER_CLOCK)))),
        }
        form.extend(cursor.map(|it| ("cursor", it.to_owned())));
        form
    }
}
