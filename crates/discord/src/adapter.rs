//! Discord, seen from the conversation.

use async_trait::async_trait;
use calls::{refused, until_answered};
use conversation::{
    Adapter, Attachment, ByteStream, Capabilities, ChannelRef, Described, Intake, Operation,
    Outbound, Platform, Receipt, Reconciled, RemoteId, SendError, Standing, WayBack,
};
use serde_json::json;
use tokio::sync::mpsc;

use crate::bot::Discord;
use crate::errors::CallError;
use crate::gateway::Accepted;
use crate::id::{PLATFORM, Snowflake};
use crate::known::KnownChannel;
use crate::rest::Call;
use crate::wire::Channel;
use crate::{capabilities, fetch, gateway, interactions, outbound, receive, reconcile, standing};

/// So many dispatches wait for the intake; then the socket is not read until there is room.
const QUEUE: usize = 4096;

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
            is_direct: place.is_none_or(KnownChannel::is_direct),
            // We asked for commands where we are alone with somebody, and got none elsewhere.
            may_be_others: false,
            // Of what nobody told us only staff knew the number, who linked it.
            names_person: place.is_some_and(KnownChannel::is_direct),
            linked_as: None,
        }
    }

    async fn receive(&self, intake: &dyn Intake) -> Result<(), SendError> {
        let bot = until_answered(PLATFORM, intake, || self.bot()).await?;
        tracing::info!(bot.id = bot.0, "signed in to Discord");
        let (queue, heard) = mpsc::channel(QUEUE);
        let accepted = Accepted::default();
        Err(tokio::select! {
            end = gateway::run(self, intake, queue, &accepted) => end,
            end = receive::take_in(self, intake, heard, &accepted) => end,
        })
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

    fn answers_with_files(&self) -> bool {
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
            refused(format!(
                "{account} is not a person who can be written to alone"
            ))
        })?;
        let body = json!({ "recipient_id": person });
        let call = Call::new("POST /users/{}/channels", &[&"@me"]).with_json(&body);
        let channel: Result<Channel, _> = self.rest.call_for(&call).await;
        let channel = channel.map_err(CallError::harmless)?;
        let reference = channel.id.channel();
        // What can be done there is asked for before anything is sent.
        self.known().learn_place(channel, None);
        Ok(reference)
    }
}

fn channel_of(channel: &ChannelRef) -> Result<Snowflake, SendError> {
    Snowflake::parse(channel.id.as_str())
        .filter(|_| channel.platform.as_str() == PLATFORM)
        .ok_or_else(|| refused(format!("{channel} is no channel of Discord")))
}
