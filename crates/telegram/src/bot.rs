//! One bot account, and what all that is done by it shares.

use std::sync::{Arc, OnceLock};
use std::time::Instant;

use calls::{Repeated, until_answered};
use conversation::{Intake, SendError};
use teloxide_core::payloads::GetMe;

use crate::api::{Api, Request};
use crate::errors::CallError;
use crate::id::{ChatAddress, PLATFORM};
use crate::inbound::{Bot, Normalised, Update};
use crate::pace::{Cost, Pacer};
use crate::queries::Queries;
use crate::settings::{Settings, SettingsError};
use crate::titles::Titles;
use crate::topics::Topics;

/// One bot account.
#[derive(Debug)]
pub struct Telegram {
    pub(crate) settings: Settings,
    pub(crate) api: Api,
    pub(crate) topics: Topics,
    pub(crate) queries: Arc<Queries>,
    pub(crate) titles: Titles,
    pacer: Pacer,
    bot: OnceLock<Bot>,
}

impl Telegram {
    /// Connects to nothing yet.
    pub fn new(settings: Settings) -> Result<Telegram, SettingsError> {
        settings.validate()?;
        Ok(Telegram {
            api: Api::new(&settings)?,
            pacer: Pacer::new(settings.pace),
            topics: Topics::default(),
            queries: Arc::default(),
            titles: Titles::default(),
            bot: OnceLock::new(),
            settings,
        })
    }

    /// Known once `receive` has asked Telegram for it.
    pub(crate) fn bot(&self) -> Option<&Bot> {
        self.bot.get()
    }

    /// What chats are called is learnt, topics of forums are learnt from posts, and reactions are put into theirs.
    pub(crate) fn learn(&self, update: &mut Update) {
        if let Some((chat, title)) = &update.title {
            self.titles.learn(*chat, title);
        }
        if let Normalised::Events(events) = &mut update.meaning {
            events.iter_mut().for_each(|it| self.topics.look_at(it));
        }
    }

    /// Learns who we are, and whether the token is good.
    pub(crate) async fn introduce(&self, intake: &dyn Intake) -> Result<&Bot, SendError> {
        if let Some(bot) = self.bot.get() {
            return Ok(bot);
        }
        let request = Request::of(&GetMe::new());
        let bot: Bot = until_answered(PLATFORM, intake, || self.api.call_for(&request)).await?;
        tracing::info!(bot.id = bot.id, "signed in to Telegram");
        Ok(self.bot.get_or_init(|| bot))
    }

    /// Room for one call, or how long to wait. Nothing sleeps here: the core keeps the schedule.
    pub(crate) fn make_room(&self, place: ChatAddress, cost: Cost) -> Result<(), SendError> {
        let room = self.pacer.take(place, cost, Instant::now());
        room.map_err(|wait| SendError::RateLimited { wait })
    }

    /// Names the failure, and keeps away from a chat that asked for it.
    pub(crate) fn failed(
        &self,
        error: CallError,
        place: ChatAddress,
        repeated: Repeated,
    ) -> SendError {
        let error = error.into_send_error(place, repeated);
        if let SendError::RateLimited { wait } = error {
            self.pacer.block(place, wait, Instant::now());
        }
        error
    }
}
