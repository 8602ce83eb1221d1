//! Commands and buttons wait for an answer of three seconds. **Invariant:** each is told at once that it was heard;
//! the answer itself may come within a quarter of an hour, for the eyes of whoever gave the command or pressed.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use calls::Transit;
use conversation::{SendError, WayBack};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tokio::sync::watch;

use crate::adapter::{Discord, refused};
use crate::id::Snowflake;
use crate::rest::Call;
use crate::wire::Interaction;

/// "Interaction tokens are valid for 15 minutes".
const LIFE: Duration = Duration::from_secs(15 * 60);
const MOST: usize = 1024;
/// As long as Discord itself waits for us.
const PATIENCE: Duration = Duration::from_secs(3);

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
    /// Before the intake takes it: an answer may be quick.
    pub(crate) fn expect(&self, data: &str) {
        let interaction = serde_json::from_str::<Interaction>(data).ok();
        let Some(interaction) = interaction else {
            return;
        };
        let mut pending = self.lock();
        pending.push_back(Pending {
            id: interaction.id,
            told: watch::Sender::new(None),
        });
        if pending.len() > MOST {
            pending.pop_front();
        }
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
}

impl Way {
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
    };
    Some(WayBack {
        token: serde_json::to_string(&way).ok()?,
        until: interaction.id.time().plus(LIFE),
    })
}

/// The way, once it can be gone.
pub(crate) async fn way(discord: &Discord, way_back: &WayBack) -> Result<Way, SendError> {
    let way: Way = serde_json::from_str(&way_back.token)
        .map_err(|_| refused("a way back that is not Discord's"))?;
    match discord.interactions.takes_an_answer(way.id).await {
        true => Ok(way),
        false => Err(refused("Discord was not told in time that it was heard")),
    }
}

/// After the intake took it. A failure shows at the person's own screen after three seconds.
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
    // Nobody waits longer, and what is said meanwhile must not.
    let outcome = tokio::time::timeout(PATIENCE, discord.rest.call(&call)).await;
    let outcome = outcome.unwrap_or_else(|_| Err(Transit::no_answer("it took too long").into()));
    discord.interactions.told(interaction.id, outcome.is_ok());
    if let Err(error) = outcome {
        tracing::warn!(%error, "a command or button was not answered in time");
    }
}
