//! Discord, seen from the conversation: the `Adapter` and what its parts share.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use calls::{Backoff, Repeated};
use conversation::{
    Adapter, Attachment, ByteStream, Capabilities, ChannelRef, Described, Intake, Operation,
    Outbound, Platform, Receipt, Reconciled, RemoteId, SendError, Standing, WayBack,
};
use serde_json::json;

use crate::errors::CallError;
use crate::id::{PLATFORM, Snowflake};
use crate::interactions::Interactions;
use crate::known::{Known, Place};
use crate::outbound::Sent;
use crate::rest::{Call, Rest};
use crate::settings::{Settings, SettingsError};
use crate::webhooks::Webhooks;
use crate::wire::{Channel, User};
use crate::{capabilities, fetch, gateway, interactions, outbound, reconcile, standing};

/// One bot account.
#[derive(Debug)]
pub struct Discord {
    pub(crate) settings: Settings,
    pub(crate) rest: Rest,
    pub(crate) webhooks: Webhooks,
    pub(crate) interactions: Interactions,
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
            interactions: Interactions::default(),
            sent: Sent::default(),
            known: Mutex::new(Known::new(&settings.cdn_url)),
            settings,
        })
    }

    /// Never held while anything is awaited.
    pub(crate) fn known(&self) -> MutexGuard<'_, Known> {
        // A panic elsewhere leaves a cache behind that is still a cache.
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What a channel is: from memory, or asked for once.
    pub(crate) async fn place(&self, channel: Snowflake) -> Result<Place, CallError> {
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
    pub(crate) async fn place_to_speak(&self, channel: Snowflake) -> Result<Place, SendError> {
        let is_known = self.known().place(channel).is_some();
        let place = self.place(channel).await;
        let place = place.map_err(|error| error.into_send_error(Repeated::IsHarmless))?;
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

    /// Learns who we are, and whether the token is good.
    async fn introduce(&self, intake: &dyn Intake) -> Result<(), SendError> {
        let mut backoff = Backoff::default();
        loop {
            match self.bot().await {
                Ok(bot) => {
                    tracing::info!(bot.id = bot.0, "signed in to Discord");
                    return Ok(());
                }
                Err(error) => {
                    tracing::debug!(%error, "Discord cannot be reached now");
                    if let Some(end) = error.is_final() {
                        return Err(end);
                    }
                    let why = error.to_string();
                    intake.note_hearing(&PLATFORM.into(), Some(why)).await;
                    tokio::time::sleep(backoff.next().max(error.asked_to_wait())).await;
                }
            }
        }
    }
}

#[async_trait]
impl Adapter for Discord {
    fn platform(&self) -> Platform {
        PLATFORM.into()
    }

    fn capabilities(&self, channel: &ChannelRef) -> Capabilities {
        let id = Snowflake::parse(channel.id.as_str());
        let known = self.known();
        let place = id
            .and_then(|it| known.place(it))
            .cloned()
            .unwrap_or_default();
        capabilities::capabilities(&self.settings, &place)
    }

    /// Discord tells of every channel of a server before anything happens there.
    fn describe(&self, channel: &ChannelRef) -> Described {
        let id = Snowflake::parse(channel.id.as_str());
        let known = self.known();
        let place = id.and_then(|it| known.place(it));
        Described {
            name: place.map(|it| it.name.clone()).filter(|it| !it.is_empty()),
            is_direct: place.is_none_or(Place::is_direct),
            // We asked for commands where we are alone with somebody, and got none elsewhere.
            may_be_others: false,
            // Of what nobody told us only staff knew the number, who linked it.
            names_person: place.is_some_and(Place::is_direct),
            linked_as: None,
        }
    }

    async fn receive(&self, intake: &dyn Intake) -> Result<(), SendError> {
        self.introduce(intake).await?;
        Err(gateway::run(self, intake).await)
    }

    async fn send(&self, outbound: &Outbound) -> Result<Receipt, SendError> {
        if let Some(way_back) = &outbound.way_back {
            return outbound::to_asker(self, way_back, outbound).await;
        }
        let channel = channel_of(&outbound.channel)?;
        match &outbound.operation {
            Operation::Post(post) => outbound::post(self, channel, outbound, post).await,
            Operation::Edit { targets, post } => outbound::edit(self, channel, targets, post).await,
            Operation::Delete { targets } => outbound::delete(self, channel, targets).await,
            Operation::React { target, emoji } => {
                outbound::react(self, channel, target, emoji).await
            }
        }
    }

    async fn reconcile(&self, outbound: &Outbound) -> Result<Reconciled, SendError> {
        let channel = channel_of(&outbound.channel)?;
        match &outbound.operation {
            Operation::Post(post) => reconcile::find(self, channel, outbound, post).await,
            // Repeated, these end up the same.
            _ => Ok(Reconciled::NotFound),
        }
    }

    async fn leave_unanswered(&self, way_back: &WayBack) {
        interactions::leave_unanswered(self, way_back).await;
    }

    /// No address opens a chat with us: what there is, our profile, opens nothing on many devices.
    fn answers_presses(&self) -> bool {
        true
    }

    async fn fetch(&self, attachment: &Attachment) -> Result<ByteStream, SendError> {
        fetch::fetch(self, attachment).await
    }

    async fn standing(
        &self,
        channel: &ChannelRef,
        account: &RemoteId,
    ) -> Result<Standing, SendError> {
        standing::standing(self, channel_of(channel)?, account).await
    }

    async fn open_direct_channel(&self, account: &RemoteId) -> Result<ChannelRef, SendError> {
        let person = Snowflake::parse(account.as_str()).ok_or_else(|| {
            refused(&format!(
                "{account} is not a person who can be written to alone"
            ))
        })?;
        let body = json!({ "recipient_id": person });
        let call = Call::new("POST /users/{}/channels", &[&"@me"]).with_json(&body);
        let channel: Result<Channel, _> = self.rest.call_for(&call).await;
        let channel = channel.map_err(|error| error.into_send_error(Repeated::IsHarmless))?;
        let reference = channel.id.channel();
        // What can be done there is asked for before anything is sent.
        self.known().learn_place(channel, None);
        Ok(reference)
    }
}

fn channel_of(channel: &ChannelRef) -> Result<Snowflake, SendError> {
    Snowflake::parse(channel.id.as_str())
        .filter(|_| channel.platform.as_str() == PLATFORM)
        .ok_or_else(|| refused(&format!("{channel} is no channel of Discord")))
}

pub(crate) fn refused(reason: &str) -> SendError {
    SendError::Refused(reason.to_owned())
}
