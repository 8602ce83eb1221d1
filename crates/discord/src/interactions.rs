//! Commands and buttons wait for an answer of three seconds. **Invariant:** each is told at once that it was heard;
//! the answer itself may come within a quarter of an hour, for the eyes of whoever gave the command or pressed. Where none
//! comes, nobody is left looking at "thinking…".

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use calls::Transit;
use conversation::{SendError, WayBack};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tokio::sync::watch;
use tokio::time::Instant;

use crate::adapter::{Discord, refused};
use crate::errors::{CallError, code};
use crate::id::Snowflake;
use crate::rest::Call;
use crate::wire::Interaction;

/// "Interaction tokens are valid for 15 minutes".
const LIFE: Duration = Duration::from_secs(15 * 60);
const MOST: usize = 1024;
/// As long as Discord itself waits for us.
const PATIENCE: Duration = Duration::from_secs(3);
/// Then it is told once more.
const ONE_TRY: Duration = Duration::from_secs(1);
const BETWEEN_TRIES: Duration = Duration::from_millis(100);

const COMMAND: u64 = 2;
const COMPONENT: u64 = 3;
/// "ACK an interaction and edit a response later, the user sees a loading state".
const ANSWER_LATER: u64 = 5;
/// "For components, ACK an interaction …; the user does not see a loading state".
const HEARD: u64 = 6;
pub(crate) const EPHEMERAL: u64 = 1 << 6;

/// Those that wait to be told that they were heard.
#[derive(Default)]
pub(crate) struct Interactions(Mutex<VecDeque<Pending>>);

struct Pending {
    id: Snowflake,
    /// Whether Discord knows that the answer comes later; nothing yet, while it is being told.
    told: watch::Sender<Option<bool>>,
}

impl std::fmt::Debug for Interactions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Interactions").finish_non_exhaustive()
    }
}

impl Interactions {
    /// Before the intake takes it: an answer may be quick. True for the first time.
    pub(crate) fn expect(&self, data: &str) -> bool {
        let interaction = serde_json::from_str::<Interaction>(data).ok();
        let Some(interaction) = interaction else {
            return false;
        };
        let mut pending = self.lock();
        if pending.iter().any(|it| it.id == interaction.id) {
            return false;
        }
        pending.push_back(Pending {
            id: interaction.id,
            told: watch::Sender::new(None),
        });
        if pending.len() > MOST {
            pending.pop_front();
        }
        true
    }

    /// Whether it takes an answer: Discord knows by then that one comes. What an earlier process heard was told so.
    async fn takes_an_answer(&self, id: Snowflake) -> bool {
        let told = self
            .lock()
            .iter()
            .find(|it| it.id == id)
            .map(|it| it.told.subscribe());
        let Some(mut told) = told else {
            return true;
        };
        let told = tokio::time::timeout(PATIENCE, told.wait_for(Option::is_some)).await;
        matches!(told, Ok(Ok(told)) if *told == Some(true))
    }

    fn told(&self, id: Snowflake, success: bool) {
        let pending = self.lock();
        let it = pending.iter().find(|it| it.id == id);
        if let Some(it) = it {
            it.told.send_replace(Some(success));
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, VecDeque<Pending>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// As it stands in `WayBack`.
#[derive(Serialize, Deserialize)]
pub(crate) struct Way {
    id: Snowflake,
    pub(crate) token: String,
    is_command: bool,
    /// The message with the button.
    #[serde(default)]
    pressed: Option<Snowflake>,
}

impl Way {
    /// What was pressed goes by another name than what we said since.
    pub(crate) fn name_of(&self, message: Snowflake) -> String {
        match self.pressed {
            Some(pressed) if pressed == message => "@original".to_owned(),
            _ => message.to_string(),
        }
    }

    /// A command waits for its answer; what else is said follows it.
    pub(crate) fn awaits(&self, part: usize) -> bool {
        self.is_command && part == 0
    }
}

pub(crate) fn way_back(interaction: &Interaction) -> Option<WayBack> {
    let way = Way {
        id: interaction.id,
        token: interaction.token.clone(),
        is_command: interaction.kind == COMMAND,
        pressed: interaction.message.map(|it| it.id),
    };
    Some(WayBack {
        token: serde_json::to_string(&way).ok()?,
        until: interaction.id.time().plus(LIFE),
    })
}

/// The way, once it can be gone.
pub(crate) async fn way(discord: &Discord, way_back: &WayBack) -> Result<Way, SendError> {
    let way = read(way_back)?;
    match discord.interactions.takes_an_answer(way.id).await {
        true => Ok(way),
        false => Err(refused("Discord was not told in time that it was heard")),
    }
}

fn read(way_back: &WayBack) -> Result<Way, SendError> {
    serde_json::from_str(&way_back.token).map_err(|_| refused("a way back that is not Discord's"))
}

/// A failure shows at the person's own screen after three seconds.
pub(crate) async fn acknowledge(discord: &Discord, data: &str) {
    let Ok(interaction) = serde_json::from_str::<Interaction>(data) else {
        return;
    };
    let answer = match interaction.kind {
        COMMAND => json!({ "type": ANSWER_LATER, "data": { "flags": EPHEMERAL } }),
        COMPONENT => json!({ "type": HEARD }),
        _ => return,
    };
    let call = Call::new(
        "POST /interactions/{}/{}/callback",
        &[&interaction.id, &interaction.token],
    )
    .with_json(&answer);
    let outcome = within_patience(discord, &call, code::ALREADY_ACKNOWLEDGED).await;
    discord.interactions.told(interaction.id, outcome.is_ok());
    if let Err(error) = outcome {
        tracing::warn!(%error, "a command or button was not answered in time");
    }
}

/// A command that nothing answers would show for a quarter of an hour that something will.
pub(crate) async fn leave_unanswered(discord: &Discord, way_back: &WayBack) {
    let Ok(way) = way(discord, way_back).await else {
        return;
    };
    let Some(application) = discord.known().application.filter(|_| way.awaits(0)) else {
        return;
    };
    let route = "DELETE /webhooks/{}/{}/messages/@original";
    let call = Call::new(route, &[&application, &way.token]);
    if let Err(error) = within_patience(discord, &call, code::UNKNOWN_MESSAGE).await {
        tracing::debug!(%error, "a command that nothing answers still seems to wait");
    }
}

/// Again and again until Discord answers, but no longer than it waits itself. `done` says that an earlier try came through.
async fn within_patience(discord: &Discord, call: &Call, done: u64) -> Result<(), CallError> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let until = deadline.min(Instant::now() + ONE_TRY);
        let tried = tokio::time::timeout_at(until, discord.rest.call(call)).await;
        let error =
            match tried.unwrap_or_else(|_| Err(Transit::no_answer("it took too long").into())) {
                Ok(_) => return Ok(()),
                Err(error) if error.is(done) => return Ok(()),
                Err(error) => error,
            };
        let next = Instant::now() + BETWEEN_TRIES.max(error.asked_to_wait());
        if error.is_answer() || next >= deadline {
            return Err(error);
        }
        tokio::time::sleep_until(next).await;
    }
}
