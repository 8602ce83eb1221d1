//! The way back to whoever gave a command or pressed a button, as it stands in `WayBack`.

use calls::refused;
use std::time::Duration;

use conversation::{SendError, WayBack};
use serde::{Deserialize, Serialize};

use crate::id::Snowflake;
use crate::wire::Interaction;

/// "Interaction tokens are valid for 15 minutes".
const LIFE: Duration = Duration::from_secs(15 * 60);
pub(crate) const COMMAND: u64 = 2;
pub(crate) const COMPONENT: u64 = 3;
/// A command that is being written.
pub(crate) const AUTOCOMPLETE: u64 = 4;

#[derive(Serialize, Deserialize)]
pub(crate) struct Way {
    pub(crate) id: Snowflake,
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

pub(crate) fn read(way_back: &WayBack) -> Result<Way, SendError> {
    serde_json::from_str(&way_back.token).map_err(|_| refused("a way back that is not Discord's"))
}
