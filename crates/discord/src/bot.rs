//! One bot account, and what all that is done by it shares.

use std::time::Duration;

use conversation::SendError;
use parking_lot::{Mutex, MutexGuard};

use crate::errors::CallError;
use crate::hook::Webhooks;
use crate::id::Snowflake;
use crate::known::{Known, KnownChannel};
use crate::pending::Pending;
use crate::rest::{Call, Rest};
use crate::sent::Sent;
use crate::settings::{Settings, SettingsError};
use crate::wire::{Channel, User};

/// One bot account.
#[derive(Debug)]
pub struct Discord {
    pub(crate) settings: Settings,
    pub(crate) rest: Rest,
    pub(crate) webhooks: Webhooks,
    pub(crate) pending: Pending,
    pub(crate) sent: Sent,
    known: Mutex<Known>,
}

impl Discord {
    /// Connects to nothing yet.
    pub fn new(settings: Settings) -> Result<Discord, SettingsError> {
        settings.validate()?;
        Ok(Discord {
            rest: Rest::new(&settings)?,
            webhooks: Webhooks::default(),
            pending: Pending::default(),
            sent: Sent::default(),
            known: Mutex::new(Known::new(&settings.cdn_url)),
            settings,
        })
    }

    /// Never held while anything is awaited.
    pub(crate) fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock()
    }

    /// What a channel is: from memory, or asked for once.
    pub(crate) async fn place(&self, channel: Snowflake) -> Result<KnownChannel, CallError> {
        if let Some(place) = self.known().place(channel) {
            return Ok(place.clone());
        }
        let call = Call::new("GET /channels/{}", &[&channel]);
        let found: Channel = self.rest.call_for(&call).await?;
        let mut known = self.known();
        known.learn_place(found, None);
        Ok(known.place(channel).cloned().unwrap_or_default())
    }

    /// As `place`, for what bears somebody's words: they were made for what the channel was taken for, and where nobody
    /// had said yet that no webhook speaks there, their author's name is missing. They are made anew then, at once.
    pub(crate) async fn place_to_speak(
        &self,
        channel: Snowflake,
    ) -> Result<KnownChannel, SendError> {
        let is_known = self.known().place(channel).is_some();
        let place = self.place(channel).await;
        let place = place.map_err(CallError::harmless)?;
        match is_known || place.takes_webhooks() {
            true => Ok(place),
            false => Err(SendError::RateLimited {
                wait: Duration::ZERO,
            }),
        }
    }

    /// Under which what one person alone sees is said.
    pub(crate) fn application(&self) -> Result<Snowflake, SendError> {
        let application = self.known().application;
        application.ok_or_else(|| SendError::Unavailable("no session yet".to_owned()))
    }

    /// Our own account.
    pub(crate) async fn bot(&self) -> Result<Snowflake, CallError> {
        if let Some(bot) = self.known().bot {
            return Ok(bot);
        }
        let call = Call::new("GET /users/{}", &[&"@me"]);
        let bot: User = self.rest.call_for(&call).await?;
        self.known().bot = Some(bot.id);
        Ok(bot.id)
    }
}
