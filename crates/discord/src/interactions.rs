//! Commands and buttons wait for an answer of three seconds. **Invariant:** each is told at once that it was heard;
//! the answer itself may come within a quarter of an hour.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde_json::json;

use crate::adapter::Discord;
use crate::id::Snowflake;
use crate::rest::Call;
use crate::wire::Interaction;

/// "Interaction tokens are valid for 15 minutes".
const LIFE: Duration = Duration::from_secs(15 * 60);
const MOST: usize = 1024;

const COMMAND: u64 = 2;
const COMPONENT: u64 = 3;
/// "ACK an interaction and edit a response later, the user sees a loading state".
const ANSWER_LATER: u64 = 5;
/// "For components, ACK an interaction …; the user does not see a loading state".
const HEARD: u64 = 6;
/// What a command says is for the eyes of whoever gave it.
const EPHEMERAL: u64 = 1 << 6;

/// Commands that were not answered yet.
#[derive(Default)]
pub(crate) struct Interactions(Mutex<VecDeque<Pending>>);

struct Pending {
    id: Snowflake,
    token: String,
    since: Instant,
}

impl std::fmt::Debug for Interactions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Interactions").finish_non_exhaustive()
    }
}

impl Interactions {
    /// The token with which the command is answered, while it waits.
    pub(crate) fn token(&self, id: Snowflake) -> Option<String> {
        let pending = self.lock();
        let it = pending.iter().find(|it| it.id == id)?;
        (it.since.elapsed() < LIFE).then(|| it.token.clone())
    }

    fn put(&self, it: Pending) {
        let mut pending = self.lock();
        pending.push_back(it);
        if pending.len() > MOST {
            pending.pop_front();
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, VecDeque<Pending>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
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
    match discord.rest.call(&call).await {
        Ok(_) if interaction.kind == COMMAND => discord.interactions.put(Pending {
            id: interaction.id,
            token: interaction.token,
            since: Instant::now(),
        }),
        Ok(_) => {}
        Err(error) => tracing::warn!(%error, "a command or button was not answered in time"),
    }
}
