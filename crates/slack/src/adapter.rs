//! Slack, seen from the conversation.

use std::sync::Arc;

use async_trait::async_trait;
use calls::refused;
use conversation::{
    Adapter, Attachment, Author, ByteStream, Capabilities, ChannelRef, Described, Intake,
    Operation, Outbound, Platform, Receipt, Reconciled, RemoteId, SendError, Standing,
};
use serde_json::Value;

use crate::bot::Slack;
use crate::id::{self, PLATFORM};
use crate::method::OPEN;
use crate::settings::Mode;
use crate::{capabilities, events, fetch, history, outbound, receive, socket, standing, way_back};

impl Slack {
    /// For `Mode::Events`: answers `POST /slack/events`, `/slack/interactions` and `/slack/commands` once `receive`
    /// has learnt who we are.
    pub fn router(self: &Arc<Self>, intake: Arc<dyn Intake>) -> axum::Router {
        events::router(Arc::clone(self), intake)
    }
}

#[async_trait]
impl Adapter for Slack {
    fn platform(&self) -> Platform {
        PLATFORM.into()
    }

    fn capabilities(&self, _channel: &ChannelRef) -> Capabilities {
        capabilities::capabilities(&self.settings)
    }

    /// A talk of several people alone is called by their names.
    fn describe(&self, channel: &ChannelRef) -> Described {
        const OF_SEVERAL: &str = "mpdm-";
        let id = channel.id.as_str();
        let is_direct = id.starts_with('D') || id::is_user(id);
        let name = self.people.name_of(id).filter(|_| !is_direct);
        Described {
            name: name.filter(|it| !it.starts_with(OF_SEVERAL)),
            is_direct,
            // A command tells of no chat more than that it is one of two; what is said is heard in ours alone.
            may_be_others: is_direct,
            names_person: is_direct,
            linked_as: None,
        }
    }

    async fn receive(&self, intake: &dyn Intake) -> Result<(), SendError> {
        self.sign_in(intake).await?;
        self.revoked.send_replace(None);
        let listen = async {
            match self.settings.mode {
                Mode::Socket => socket::listen(self, intake).await,
                Mode::Events => events::listen(self).await,
            }
        };
        Err(tokio::select! {
            end = listen => end,
            end = receive::take_in(self, intake) => end,
            end = self.removed() => end,
            never = self.people.keep_looking_up(&self.api) => match never {},
        })
    }

    async fn send(&self, outbound: &Outbound) -> Result<Receipt, SendError> {
        let channel = id::parse_channel(&outbound.channel)?;
        if let Some(way) = &outbound.way_back {
            return way_back::answer(self, channel, way, outbound).await;
        }
        match &outbound.operation {
            Operation::Post(post) => outbound::post(self, channel, &outbound.key, post).await,
            Operation::Edit { targets, post } => outbound::edit(self, channel, targets, post).await,
            Operation::Delete { targets } => outbound::delete(self, channel, targets).await,
            Operation::React { target, emoji } => {
                outbound::react(self, channel, target, emoji).await
            }
        }
    }

    async fn reconcile(&self, outbound: &Outbound) -> Result<Reconciled, SendError> {
        let channel = id::parse_channel(&outbound.channel)?;
        match &outbound.operation {
            Operation::Post(post) => history::find(self, channel, &outbound.key, post).await,
            // Done twice they are as done once.
            _ => Ok(Reconciled::NotFound),
        }
    }

    async fn fetch(&self, attachment: &Attachment) -> Result<ByteStream, SendError> {
        fetch::fetch(self, attachment).await
    }

    async fn introduce(&self, account: &RemoteId) -> Option<Author> {
        self.people.introduce(account).await
    }

    /// The app's own page, with the tab of its messages.
    fn door(&self, _word: &str) -> Option<String> {
        let app = self.app()?;
        Some(format!(
            "slack://app?team={}&id={}&tab=messages",
            app.team_id,
            app.app_id.as_ref()?
        ))
    }

    fn answers_presses(&self) -> bool {
        true
    }

    async fn standing(
        &self,
        channel: &ChannelRef,
        account: &RemoteId,
    ) -> Result<Standing, SendError> {
        standing::standing(self, id::parse_channel(channel)?, account).await
    }

    async fn open_direct_channel(&self, account: &RemoteId) -> Result<ChannelRef, SendError> {
        if !id::is_user(account.as_str()) {
            return Err(refused(format!("{account} is no member of the workspace")));
        }
        let form = vec![("users", account.0.clone())];
        let answer = self.api.call(OPEN, form).await;
        let answer: Value = answer.map_err(|error| match error {
            // Speaks of the person, not of a channel that could be opened again.
            it if it.is("channel_not_found") => refused(it.to_string()),
            it => it.harmless(),
        })?;
        match answer["channel"]["id"].as_str() {
            Some(id) => Ok(id::channel(id)),
            None => Err(SendError::Unavailable(
                "Slack did not name the direct message".to_owned(),
            )),
        }
    }
}
