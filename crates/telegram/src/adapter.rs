//! Telegram, seen from the conversation.

use calls::refused;
use std::sync::Arc;

use async_trait::async_trait;
use conversation::{
    Adapter, Attachment, ByteStream, Capabilities, ChannelRef, Described, Intake, Operation,
    Outbound, Platform, Receipt, Reconciled, RemoteId, SendError, Standing, WayBack,
};

use crate::bot::Telegram;
use crate::capabilities::Kind;
use crate::id::{ChatAddress, PLATFORM, parse_forum, place_of};
use crate::polling::Poller;
use crate::settings::Mode;
use crate::{capabilities, fetch, forum, menu, outbound, standing, webhook};

impl Telegram {
    /// For `Mode::Webhook`: answers `POST /telegram/webhook` while `receive` runs.
    pub fn router(self: &Arc<Self>, intake: Arc<dyn Intake>) -> axum::Router {
        webhook::router(Arc::clone(self), intake)
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
        let place = parse_forum(&channel.id).map(|chat| ChatAddress { chat, topic: None });
        let Some(place) = ChatAddress::parse(&channel.id).or(place) else {
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
        let listen = async {
            match self.settings.mode {
                Mode::Polling => Err(Poller::new(self, bot, intake).run().await),
                Mode::Webhook => {
                    webhook::register(self, intake).await?;
                    std::future::pending().await
                }
            }
        };
        // Whoever is heard waits for no menu.
        let offer = async {
            menu::offer(self).await;
            std::future::pending().await
        };
        tokio::select! {
            end = listen => end,
            end = offer => end,
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
        match ChatAddress::parse(account) {
            Some(place) if place.is_private() => Ok(place.channel()),
            _ => Err(refused(format!(
                "{account} is not a person who can be written to alone"
            ))),
        }
    }
}
