//! Slack, seen from the conversation: the `Adapter` and what its parts share.

use std::sync::{Arc, OnceLock};

use async_trait::async_trait;
use calls::{Backoff, Repeated, Transit};
use conversation::{
    Adapter, Attachment, Author, ByteStream, Capabilities, ChannelRef, Described, Intake,
    Operation, Outbound, Platform, Receipt, Reconciled, RemoteId, SendError, Standing,
};
use serde_json::Value;
use tokio::sync::watch;

use crate::api::Api;
use crate::deleted::Deleted;
use crate::errors::CallError;
use crate::id::{self, PLATFORM};
use crate::inbound::App;
use crate::method::{AUTH_TEST, BOTS_INFO, OPEN};
use crate::people::People;
use crate::receive::{self, Queue};
use crate::settings::{Mode, Settings, SettingsError};
use crate::{capabilities, events, fetch, history, outbound, socket, standing, way_back};

/// One app in one workspace.
#[derive(Debug)]
pub struct Slack {
    pub(crate) settings: Settings,
    pub(crate) api: Api,
    pub(crate) people: People,
    pub(crate) queue: Queue,
    pub(crate) deleted: Deleted,
    /// Why the workspace does not want us any more.
    pub(crate) revoked: watch::Sender<Option<&'static str>>,
    app: OnceLock<App>,
}

impl Slack {
    /// Connects to nothing yet.
    pub fn new(settings: Settings) -> Result<Slack, SettingsError> {
        settings.validate()?;
        Ok(Slack {
            api: Api::new(&settings)?,
            people: People::default(),
            queue: Queue::default(),
            deleted: Deleted::default(),
            revoked: watch::Sender::new(None),
            app: OnceLock::new(),
            settings,
        })
    }

    /// For `Mode::Events`: answers `POST /slack/events`, `/slack/interactions` and `/slack/commands` once `receive`
    /// has learnt who we are.
    pub fn router(self: &Arc<Self>, intake: Arc<dyn Intake>) -> axum::Router {
        events::router(Arc::clone(self), intake)
    }

    /// Known once `receive` has asked Slack for it.
    pub(crate) fn app(&self) -> Option<&App> {
        self.app.get()
    }

    /// For what we send: who we are is asked for once more if nobody listens here.
    pub(crate) async fn who_we_are(&self) -> Result<&App, CallError> {
        if self.app.get().is_none() {
            let app = self.ask_who_we_are().await?;
            self.app.get_or_init(|| app);
        }
        let unknown =
            || CallError::from(Transit::NotSent("Slack has not said who we are".to_owned()));
        self.app.get().ok_or_else(unknown)
    }

    async fn ask_who_we_are(&self) -> Result<App, CallError> {
        let answer = self.api.call(AUTH_TEST, Vec::new()).await?;
        let text = |name: &str| answer[name].as_str().unwrap_or_default().to_owned();
        Ok(App {
            user_id: text("user_id"),
            bot_id: text("bot_id"),
            team_id: text("team_id"),
            enterprise_id: answer["enterprise_id"].as_str().map(str::to_owned),
            is_enterprise_install: answer["is_enterprise_install"] == true,
            app_id: self.app_id(text("bot_id")).await,
        })
    }

    /// By which events of other apps are told; without it the signature must do.
    async fn app_id(&self, bot: String) -> Option<String> {
        let answer = self.api.call(BOTS_INFO, vec![("bot", bot)]).await;
        let answer = answer.inspect_err(|error| {
            tracing::warn!(%error, "Slack does not say which app we are");
        });
        let id = answer.ok()?["bot"]["app_id"].as_str()?.to_owned();
        Some(id).filter(|it| !it.is_empty())
    }

    /// Learns who we are, and whether the token is good.
    async fn sign_in(&self, intake: &dyn Intake) -> Result<(), SendError> {
        let mut backoff = Backoff::default();
        loop {
            let error = match self.ask_who_we_are().await {
                Ok(app) => {
                    let app = self.app.get_or_init(|| app);
                    tracing::info!(
                        bot.id = app.bot_id,
                        team.id = app.team_id,
                        "signed in to Slack"
                    );
                    return Ok(());
                }
                Err(error) => error,
            };
            tracing::debug!(%error, "Slack cannot be reached now");
            if let Some(end) = error.is_final() {
                return Err(end);
            }
            let why = error.to_string();
            intake.note_hearing(&PLATFORM.into(), Some(why)).await;
            tokio::time::sleep(backoff.next().max(error.asked_to_wait())).await;
        }
    }

    /// Ends when the workspace removes us.
    pub(crate) async fn removed(&self) -> SendError {
        let mut revoked = self.revoked.subscribe();
        let reason = match revoked.wait_for(Option::is_some).await {
            Ok(reason) => reason.unwrap_or_default().to_owned(),
            Err(_) => String::new(),
        };
        let refusal = crate::errors::Refusal {
            error: reason,
            ..Default::default()
        };
        CallError::Answered(refusal).into_send_error(Repeated::IsHarmless)
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
        let refused = |text: String| SendError::Refused(text);
        if !id::is_user(account.as_str()) {
            return Err(refused(format!("{account} is no member of the workspace")));
        }
        let form = vec![("users", account.0.clone())];
        let answer = self.api.call(OPEN, form).await;
        let answer: Value = answer.map_err(|error| match error {
            // Speaks of the person, not of a channel that could be opened again.
            it if it.is("channel_not_found") => refused(it.to_string()),
            it => it.into_send_error(Repeated::IsHarmless),
        })?;
        match answer["channel"]["id"].as_str() {
            Some(id) => Ok(id::channel(id)),
            None => Err(SendError::Unavailable(
                "Slack did not name the direct message".to_owned(),
            )),
        }
    }
}
