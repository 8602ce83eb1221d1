//! Commands and buttons on their way to be told that they were heard: nothing is said to whoever gave them before.

use std::time::Duration;

use calls::Recent;
use parking_lot::Mutex;
use tokio::sync::watch;

use crate::id::Snowflake;
use crate::wire::Interaction;

const MOST: usize = 1024;
/// As long as Discord itself waits for us.
pub(crate) const PATIENCE: Duration = Duration::from_secs(3);

/// Those that wait to be told that they were heard.
#[derive(Debug, Default)]
pub(crate) struct Pending(Mutex<Recent<Snowflake, Told, MOST>>);

/// Whether Discord knows that the answer comes later; nothing yet, while it is being told.
type Told = watch::Sender<Option<bool>>;

impl Pending {
    /// Before the intake takes it: an answer may be quick. True for the first time.
    pub(crate) fn expect(&self, interaction: &Interaction) -> bool {
        let mut pending = self.0.lock();
        let is_new = !pending.has(&interaction.id);
        if is_new {
            pending.put(interaction.id, Told::new(None));
        }
        is_new
    }

    /// Whether it takes an answer: Discord knows by then that one comes. What an earlier process heard was told so.
    pub(crate) async fn takes_an_answer(&self, id: Snowflake) -> bool {
        let told = self.0.lock().get(&id).map(Told::subscribe);
        let Some(mut told) = told else {
            return true;
        };
        let told = tokio::time::timeout(PATIENCE, told.wait_for(Option::is_some)).await;
        matches!(told, Ok(Ok(told)) if *told == Some(true))
    }

    pub(crate) fn told(&self, id: Snowflake, success: bool) {
        if let Some(told) = self.0.lock().get(&id) {
            told.send_replace(Some(success));
        }
    }
}
