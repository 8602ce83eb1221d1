//! Long polling. **Invariant:** asking for the updates from `offset` on confirms all before it to Telegram,
//! so the offset passes an update only after the intake took it.

use std::collections::HashSet;
use std::time::Duration;

use calls::{Backoff, Trouble};
use conversation::{Intake, SendError};
use futures::future::join_all;
use serde_json::value::RawValue;
use teloxide_core::payloads::GetUpdates;
use teloxide_core::types::AllowedUpdate;

use crate::albums::{Albums, Gathered};
use crate::api::Request;
use crate::bot::Telegram;
use crate::errors::CallError;
use crate::id::PLATFORM;
use crate::inbound::{Bot, Update};
use crate::intake::offer;

/// Everything that we have a use for; reactions come only if they are asked for.
pub(crate) const ALLOWED_UPDATES: &[AllowedUpdate] = &[
    AllowedUpdate::Message,
    AllowedUpdate::EditedMessage,
    AllowedUpdate::ChannelPost,
    AllowedUpdate::EditedChannelPost,
    AllowedUpdate::MessageReaction,
    AllowedUpdate::MyChatMember,
    AllowedUpdate::CallbackQuery,
];

/// How long an album may be silent before it is complete. The Bot API server answers with a single update
/// when the same offset is asked for within half a second.
const ALBUM_QUIET: Duration = Duration::from_millis(700);

const MOST_UPDATES: u8 = 100;

const CONFLICT: &str = "Telegram gives this bot's updates to somebody else. Stop the other program that uses this token, or, \
     if a webhook is set, call deleteWebhook or set `telegram.mode` to \"webhook\"";

pub(crate) struct Poller<'a> {
    telegram: &'a Telegram,
    bot: &'a Bot,
    intake: &'a dyn Intake,
    offset: Option<i32>,
    /// Taken in already, though something before them was not.
    done: HashSet<i32>,
    albums: Albums,
    backoff: Backoff,
}

/// Whether to ask again at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pace {
    Go,
    /// An album may still grow.
    Linger,
    /// The intake refuses.
    Rest,
}

impl<'a> Poller<'a> {
    pub(crate) fn new(telegram: &'a Telegram, bot: &'a Bot, intake: &'a dyn Intake) -> Poller<'a> {
        Poller {
            telegram,
            bot,
            intake,
            offset: None,
            done: HashSet::new(),
            albums: Albums::default(),
            backoff: Backoff::default(),
        }
    }

    /// Ends only when Telegram refuses the token.
    pub(crate) async fn run(&mut self) -> SendError {
        loop {
            match self.poll().await {
                Ok(updates) => {
                    self.intake.note_hearing(&PLATFORM.into(), None).await;
                    let pace = self.take_in(&updates).await;
                    self.pause(pace).await;
                }
                Err(error) => {
                    if let Some(end) = self.wait_out(error).await {
                        return end;
                    }
                }
            }
        }
    }

    async fn poll(&self) -> Result<Vec<Box<RawValue>>, CallError> {
        let wait = Duration::from_secs(self.telegram.settings.poll_timeout_s);
        let payload = GetUpdates {
            offset: self.offset,
            limit: Some(MOST_UPDATES),
            timeout: Some(u32::try_from(wait.as_secs()).unwrap_or(u32::MAX)),
            allowed_updates: Some(ALLOWED_UPDATES.to_vec()),
        };
        let request = Request::of(&payload);
        self.telegram.api.updates(&request, wait).await
    }

    async fn take_in(&mut self, raws: &[Box<RawValue>]) -> Pace {
        let mut ids = Vec::with_capacity(raws.len());
        let mut updates = Vec::with_capacity(raws.len());
        for raw in raws {
            let mut update = Update::read(raw.get(), self.bot, calls::now());
            ids.extend(update.id);
            if update.id.is_some_and(|id| self.done.contains(&id)) {
                continue;
            }
            self.telegram.learn(&mut update);
            updates.push(update);
        }
        let count = updates.len();
        let gathered = self.albums.gather(updates);
        let refused = self.offer_all(&gathered).await;
        let held = gathered.iter().map(|it| it.ids.len()).sum::<usize>() < count;
        self.advance(&ids);
        // What has no id cannot be confirmed, and what was confirmed may come all the same: both come again.
        let again = ids.len() < raws.len() || (count == 0 && !raws.is_empty());
        let refused = refused || again;
        match (refused, held) {
            (true, _) => Pace::Rest,
            (false, true) => Pace::Linger,
            (false, false) => Pace::Go,
        }
    }

    /// Offered in order and awaited together. Whether any was refused.
    async fn offer_all(&mut self, gathered: &[Gathered]) -> bool {
        let offers = gathered
            .iter()
            .map(|it| offer(&it.meaning, self.bot, self.intake));
        let mut refused = false;
        for (it, outcome) in gathered.iter().zip(join_all(offers).await) {
            match outcome {
                Ok(()) => {
                    self.done.extend(&it.ids);
                    self.telegram.answer_query(it.query.clone(), &it.meaning);
                }
                Err(error) => {
                    tracing::warn!(%error, "Telegram must keep its updates for a while");
                    refused = true;
                }
            }
        }
        refused
    }

    fn advance(&mut self, ids: &[i32]) {
        let first_waiting = ids.iter().find(|id| !self.done.contains(id)).copied();
        let after_all = ids.iter().max().map(|last| last.saturating_add(1));
        if let Some(offset) = first_waiting.or(after_all) {
            self.offset = Some(offset);
            self.done.retain(|id| *id >= offset);
        }
    }

    async fn pause(&mut self, pace: Pace) {
        match pace {
            Pace::Go => self.backoff.reset(),
            Pace::Linger => tokio::time::sleep(ALBUM_QUIET).await,
            Pace::Rest => tokio::time::sleep(self.backoff.next()).await,
        }
    }

    /// `Some` if there is no point in going on.
    async fn wait_out(&mut self, error: CallError) -> Option<SendError> {
        tracing::debug!(%error, "Telegram's updates cannot be had now");
        if let Some(end) = error.is_final() {
            return Some(end);
        }
        let why = match error.is_conflict() {
            true => format!("{error}: {CONFLICT}"),
            false => error.to_string(),
        };
        self.intake.note_hearing(&PLATFORM.into(), Some(why)).await;
        let wait = self.backoff.next().max(error.asked_to_wait());
        tokio::time::sleep(wait).await;
        None
    }
}
