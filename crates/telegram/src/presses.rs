//! Pressed buttons show a spinner until their query is answered, once, with words for whoever pressed or without any.
//!
//! **Invariant:** each is answered once: with words as long as Telegram takes them, at once where none will come, and
//! without any just before it is too late.

use std::time::Duration;

use calls::{Repeated, refused};
use conversation::{Markup, Operation, Outbound, Receipt, SendError};
use teloxide_core::payloads::{AnswerCallbackQuery, AnswerCallbackQuerySetters};
use teloxide_core::types::CallbackQueryId;

use crate::api::Api;
use crate::bot::Telegram;
use crate::id::place_of;
use crate::inbound::Normalised;
use crate::queries::ENDED_AFTER;

/// "0-200 characters".
const LONGEST: usize = 200;
impl Telegram {
    /// Ends the spinner on a button, unless something ended it before; at once where no words will come.
    pub(crate) fn answer_query(&self, query: Option<String>, meaning: &Normalised) {
        let Some(query) = query else {
            return;
        };
        let (api, queries) = (self.api.clone(), self.queries.clone());
        let is_ours = matches!(meaning, Normalised::Events(_));
        let after = if is_ours { ENDED_AFTER } else { Duration::ZERO };
        tokio::spawn(async move {
            tokio::time::sleep(after).await;
            if !queries.was_answered(&query) {
                end_spinner(&api, query).await;
            }
        });
    }

    pub(crate) async fn leave_query(&self, query: &str) {
        self.queries.note(query);
        end_spinner(&self.api, query.to_owned()).await;
    }

    /// In a line that only whoever pressed the button sees.
    pub(crate) async fn say_to_presser(
        &self,
        query: &str,
        outbound: &Outbound,
    ) -> Result<Receipt, SendError> {
        let Operation::Post(post) = &outbound.operation else {
            return Err(refused("only words go this way"));
        };
        self.queries.note(query);
        let payload = AnswerCallbackQuery::new(CallbackQueryId(query.to_owned()))
            .text(short(&post.part.text))
            .show_alert(true);
        let place = place_of(&outbound.channel)?;
        match self.api.call(&payload).await {
            Ok(_) => Ok(Receipt::default()),
            Err(error) => {
                self.queries.take_back(query);
                Err(self.failed(error, place, Repeated::IsHarmless))
            }
        }
    }
}

/// A failure ends with the spinner, after a while.
async fn end_spinner(api: &Api, query: String) {
    let payload = AnswerCallbackQuery::new(CallbackQueryId(query));
    if let Err(error) = api.call(&payload).await {
        tracing::debug!(%error, "a pressed button was not answered");
    }
}

fn short(text: &Markup) -> String {
    let text = text.plain_text();
    match text.chars().count() <= LONGEST {
        true => text,
        false => text.chars().take(LONGEST - 1).chain(['…']).collect(),
    }
}
