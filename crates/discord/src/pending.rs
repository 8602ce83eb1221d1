//! Commands and buttons on their way to be told that they were heard: nothing is said to whoever gave them before.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::watch;

use crate::id::Snowflake;
use crate::wire::Interaction;

const MOST: usize = 1024;
/// As long as Discord itself waits for us.
pub(crate) const PATIENCE: Duration = Duration::from_secs(3);

/// Those that wait to be told that they were heard.
#[derive(Default)]
pub(crate) struct Pending(Mutex<VecDeque<Waiting>>);

struct Waiting {
    id: Snowflake,
    /// Whether Discord knows that the answer comes later; nothing yet, while it is being told.
    told: watch::Sender<Option<bool>>,
}

impl std::fmt::Debug for Pending {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pending").finish_non_exhaustive()
    }
}

impl Pending {
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
        pending.push_back(Waiting {
            id: interaction.id,
            told: watch::Sender::new(None),
        });
        if pending.len() > MOST {
            pending.pop_front();
        }
        true
    }

    /// Whether it takes an answer: Discord knows by then that one comes. What an earlier process heard was told so.
    pub(crate) async fn takes_an_answer(&self, id: Snowflake) -> bool {
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

    pub(crate) fn told(&self, id: Snowflake, success: bool) {
        let pending = self.lock();
        let it = pending.iter().find(|it| it.id == id);
        if let Some(it) = it {
            it.told.send_replace(Some(success));
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, VecDeque<Waiting>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
