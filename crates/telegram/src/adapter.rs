//! Telegram, seen from the conversation: the `Adapter` and what its parts share.

use std::sync::{Arc, OnceLock};
use std::time::Instant;

use async_trait::async_trait;
use calls::{Backoff, Repeated};
use conversation::{
    Adapter, Attachment, ByteStream, Capabilities, ChannelRef, Described, Intake, Operation,
    Outbound, Platform, Receipt, Reconciled, RemoteId, SendError, Standing, WayBack,
};
use teloxide_core::payloads::GetMe;

use crate::api::{Api, Request};
use crate::capabilities::Kind;
use crate::id::{PLATFORM, Place, parse_forum};
use crate::inbound::{Bot, Normalised, Update};
use crate::pace::{Cost, Pacer};
use crate::polling::Poller;
use crate::queries::Queries;
use crate::settings::{Mode, Settings, SettingsError};
use crate::titles::Titles;
use crate::topics::Topics;
use crate::{capabilities, fetch, forum, outbound, standing, webhook};

/// One bot account.
#[derive(Debug)]
pub struct Telegram {
    pub(crate) settings: Settings,
    pub(crate) api: Api,
    pub(crate) topics: Topics,
    pub(crate) queries: Arc<Queries>,
    titles: Titles,
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

    /// For `Mode::Webhook`: answers `POST /telegram/webhook` while `receive` runs.
    pub fn router(self: &Arc<Self>, intake: Arc<dyn Intake>) -> axum::Router {
        webhook::router(Arc::clone(self), intake)
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
    async fn introduce(&self, intake: &dyn Intake) -> Result<&Bot, SendError> {
        let mut backoff = Backoff::default();
        while self.bot.get().is_none() {
            match self.api.call_for::<Bot>(&Request::of(&GetMe::new())).await {
                Ok(bot) => {
                    tracing::info!(bot.id = bot.id, "signed in to Telegram");
                    self.bot.get_or_init(|| bot);
                }
                Err(error) => {
                    tracing::debug!(%error, "Telegram cannot be reached now");
                    if let Some(end) = error.is_final() {
                        return Err(end);
                    }
                    let why = error.to_string();
                    intake.note_hearing(&PLATFORM.into(), Some(why)).await;
                    tokio::time::sleep(backoff.next().max(error.asked_to_wait())).await;
                }
            }
        }
        self.bot
            .get()
            .ok_or_else(|| SendError::Unavailable("Telegram has not said who we are".to_owned()))
    }

    /// Room for one call, or how long to wait. Nothing sleeps here: the core keeps the schedule.
    pub(crate) fn make_room(&self, place: Place, cost: Cost) -> Result<(), SendError> {
        let room = self.pacer.take(place, cost, Instant::now());
        room.map_err(|wait| SendError::RateLimited { wait })
    }

    /// Names the failure, and keeps away from a chat that asked for it.
    pub(crate) fn failed(
        &self,
        error: crate::errors::CallError,
        place: Place,
        repeated: Repeated,
    ) -> SendError {
        let error = error.into_send_error(place, repeated);
        if let SendError::RateLimited { wait } = error {
            self.pacer.block(place, wait, Instant::now());
        }
        error
    }
}

#[async_trait]
impl Adapter for Telegram {
    fn platform(&self) -> Platform {
        PLATFORM.into()
    }

    fn capabilities(&self, channel: &ChannelRef) -> Capabilities {
        let kind = match parse_forum(&channel.id) {
            Some(_) => Kind::Forum,
            None => Kind::Chat,
        };
        capabilities::capabilities(&self.settings, kind)
    }

    /// A chat with topics is linked as a whole, or by its General topic, which is the plain chat.
    fn describe(&self, channel: &ChannelRef) -> Described {
        let place = parse_forum(&channel.id).map(|chat| Place { chat, topic: None });
        let Some(place) = Place::parse(&channel.id).or(place) else {
            return Described::default();
        };
        let linked_as = match place.topic {
            Some(_) => place.forum(),
            None => place.channel(),
        };
        Described {
            name: self.titles.of(place.chat),
            is_direct: place.is_private(),
            may_be_others: false,
            names_person: place.is_private(),
            linked_as: Some(linked_as),
        }
    }

    async fn receive(&self, intake: &dyn Intake) -> Result<(), SendError> {
        let bot = self.introduce(intake).await?;
        match self.settings.mode {
            Mode::Polling => Err(Poller::new(self, bot, intake).run().await),
            Mode::Webhook => {
                webhook::register(self, intake).await?;
                std::future::pending().await
            }
        }
    }

    async fn send(&self, outbound: &Outbound) -> Result<Receipt, SendError> {
        if let Some(way_back) = &outbound.way_back {
            return self.say_to_presser(&way_back.token, outbound).await;
        }
        let place = place_of(&outbound.channel)?;
        let receipt = match &outbound.operation {
            Operation::Post(post) if parse_forum(&outbound.channel.id).is_some() => {
                forum::post(self, place.chat, post).await
            }
            Operation::Post(post) => outbound::post(self, place, post).await,
            Operation::Edit { targets, post } => outbound::edit(self, place, targets, post).await,
            Operation::Delete { targets } => outbound::delete(self, place, targets).await,
            Operation::React { target, emoji } => outbound::react(self, place, target, emoji).await,
        }?;
        self.topics.note(place, &receipt);
        Ok(receipt)
    }

    /// Bots cannot read what stands in a chat.
    async fn reconcile(&self, _outbound: &Outbound) -> Result<Reconciled, SendError> {
        Ok(Reconciled::CannotTell)
    }

    async fn fetch(&self, attachment: &Attachment) -> Result<ByteStream, SendError> {
        fetch::fetch(self, attachment).await
    }

    async fn leave_unanswered(&self, way_back: &WayBack) {
        self.leave_query(&way_back.token).await;
    }

    /// "A parameter for the bot": letters, digits, `_` and `-`, at most 64.
    fn door(&self, word: &str) -> Option<String> {
        let bot = self.bot().filter(|it| !it.username.is_empty())?;
        Some(format!("https://t.me/{}?start={word}", bot.username))
    }

    async fn standing(
        &self,
        channel: &ChannelRef,
        account: &RemoteId,
    ) -> Result<Standing, SendError> {
        standing::standing(self, channel, account).await
    }

    /// A person's own chat with a bot bears the person's id.
    async fn open_direct_channel(&self, account: &RemoteId) -> Result<ChannelRef, SendError> {
        match Place::parse(account) {
            Some(place) if place.is_private() => Ok(place.channel()),
            _ => Err(SendError::Refused(format!(
                "{account} is not a person who can be written to alone"
            ))),
        }
    }
}

/// A forum as a whole is its chat: only what is posted needs a topic.
pub(crate) fn place_of(channel: &ChannelRef) -> Result<Place, SendError> {
    let forum = parse_forum(&channel.id).map(|chat| Place { chat, topic: None });
    forum
        .or_else(|| Place::parse(&channel.id))
        .filter(|_| channel.platform.as_str() == PLATFORM)
        .ok_or_else(|| SendError::Refused(format!("{channel} is no chat of Telegram")))
}
