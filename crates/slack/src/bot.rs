//! One app in one workspace, and what all that is done by it shares.

use std::sync::OnceLock;

use calls::{Transit, until_answered};
use conversation::{Intake, SendError};
use tokio::sync::watch;

use crate::api::Api;
use crate::deleted::Deleted;
use crate::errors::CallError;
use crate::id::PLATFORM;
use crate::inbound::App;
use crate::method::{AUTH_TEST, BOTS_INFO};
use crate::people::People;
use crate::queue::Queue;
use crate::settings::{Settings, SettingsError};

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
    pub(crate) async fn sign_in(&self, intake: &dyn Intake) -> Result<(), SendError> {
        let app = until_answered(PLATFORM, intake, || self.ask_who_we_are()).await?;
        let app = self.app.get_or_init(|| app);
        tracing::info!(
            bot.id = app.bot_id,
            team.id = app.team_id,
            "signed in to Slack"
        );
        Ok(())
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
        CallError::Answered(refusal).harmless()
    }
}
