//! How a session begins: with a word about each server.

use std::collections::HashSet;
use std::time::{Duration, Instant};

use crate::gateway::Heard;
use crate::id::Snowflake;
use crate::wire::{HasId, Ready};

/// Who comes late is not waited for any longer.
const SERVERS_COME_WITHIN: Duration = Duration::from_secs(5);

/// The servers that a new session has not told of yet: what was missed is read once all their channels and roles are known.
#[derive(Default)]
pub(crate) struct Expected {
    servers: HashSet<Snowflake>,
    until: Option<Instant>,
}

impl Expected {
    pub(crate) fn learn(&mut self, heard: &Heard) {
        match heard.kind.as_str() {
            "READY" => {
                let ready: Option<Ready> = serde_json::from_str(&heard.data).ok();
                let servers = ready.into_iter().flat_map(|it| it.guilds);
                self.servers = servers.map(|it| it.id).collect();
                self.until = Some(Instant::now() + SERVERS_COME_WITHIN);
            }
            "GUILD_CREATE" | "GUILD_DELETE" => {
                if let Ok(server) = serde_json::from_str::<HasId>(&heard.data) {
                    self.servers.remove(&server.id);
                }
            }
            _ => {}
        }
    }

    /// When they are not waited for any more.
    pub(crate) fn until(&self) -> Option<Instant> {
        self.until.filter(|_| !self.servers.is_empty())
    }
}
