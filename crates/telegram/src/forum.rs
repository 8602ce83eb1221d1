//! A forum as one channel: `<chat>/*`. **Invariant:** a message that begins a thread with a subject opens a topic of its own, and what
//! answers it goes there; everything else stands in the General topic.

use calls::Repeated;
use conversation::{Post, Receipt, RemoteId, SendError};
use serde::Deserialize;
use teloxide_core::payloads::CreateForumTopic;

use crate::api::Request;
use crate::bot::Telegram;
use crate::id::{ChatAddress, message_id};
use crate::outbound;
use crate::pace::Cost;

/// "1-128 characters".
const LONGEST_NAME: usize = 128;

#[derive(Deserialize)]
struct Opened {
    message_thread_id: i32,
}

pub(crate) async fn post(
    telegram: &Telegram,
    chat: i64,
    post: &Post,
) -> Result<Receipt, SendError> {
    let opened_before = post.progress.as_ref().map(|it| RemoteId(it.clone()));
    if opened_before.is_none() && (post.thread.is_some() || !post.has_own_subject) {
        return outbound::post(telegram, within(chat, post.thread.as_ref()), post).await;
    }
    let opened = match opened_before {
        None => open(telegram, chat, &post.subject).await?,
        before => before,
    };
    let Some(topic) = opened else {
        return outbound::post(telegram, within(chat, None), post).await;
    };
    match outbound::post(telegram, within(chat, Some(&topic)), post).await {
        Ok(receipt) => Ok(Receipt {
            thread: Some(topic),
            ..receipt
        }),
        // The topic is there: the next attempt must not open another.
        Err(cause) => Err(SendError::Interrupted {
            progress: topic.0,
            cause: Box::new(cause),
        }),
    }
}

fn within(chat: i64, topic: Option<&RemoteId>) -> ChatAddress {
    let topic = topic.and_then(|it| it.as_str().parse().ok());
    ChatAddress { chat, topic }
}

/// None where we may not open topics: the words are worth more than their place.
async fn open(
    telegram: &Telegram,
    chat: i64,
    subject: &str,
) -> Result<Option<RemoteId>, SendError> {
    let place = within(chat, None);
    let name: String = subject.chars().take(LONGEST_NAME).collect();
    let payload = CreateForumTopic::new(place.recipient(), name);
    telegram.make_room(place, Cost::Call)?;
    match telegram
        .api
        .call_for::<Opened>(&Request::of(&payload))
        .await
    {
        Ok(opened) => Ok(Some(message_id(opened.message_thread_id))),
        Err(error) if error.says("not enough rights") || error.says("not a forum") => {
            tracing::warn!(
                chat.id = chat,
                "the bot may not open topics here: make it an administrator who manages topics"
            );
            Ok(None)
        }
        Err(error) => Err(telegram.failed(error, place, Repeated::Doubles)),
    }
}
