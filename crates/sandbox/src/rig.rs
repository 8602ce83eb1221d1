//! A bridge in a process of its own between stand-ins in this one: for measurements, and for tests that
//! kill it. What is measured of the bridge is the bridge's alone.

use std::hash::{BuildHasher, RandomState};
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::config::{BridgeConfig, DiscordConfig, ListConfig, RoomConfig, SlackConfig};
use crate::discord::{self, Discord};
use crate::mail::Mail;
use crate::slack::{self, Slack, Tokens};
use crate::start::{Addresses, Ports, Serving, open};
use crate::telegram::{ChatId, Telegram};

mod measure;
mod process;

pub use measure::{Tally, fdatasync_per_s, per_second, percentile_ms, rounded, tally};
pub use process::BridgeProcess;

const BOT_TOKEN: &str = "4242:stand-in";
const DISCORD_TOKEN: &str = "stand.in";

fn slack_tokens() -> Tokens {
    Tokens::new("xoxb-stand-in", "xapp-stand-in", "stand-in")
}

/// The stand-ins at work, and where they are.
pub struct Rig {
    pub telegram: Telegram,
    pub discord: Discord,
    pub slack: Slack,
    pub mail: Mail,
    dir: PathBuf,
    at: Addresses,
    lmtp_at: SocketAddr,
    _serving: Serving,
}

/// What the bridge is told of the world.
#[derive(Debug, Clone, Default)]
pub struct RigPlan {
    /// Without it an SQLite file in the rig's folder.
    pub store_url: Option<String>,
    pub lists: Vec<RigList>,
    pub rooms: Vec<RigRoom>,
    /// `platform:account`
    pub staff: Vec<String>,
    /// Wins over the configuration, as in `CAUSEWAY__LOG__FILTER` = `debug`.
    pub environment: Vec<(&'static str, String)>,
}

#[derive(Debug, Clone)]
pub struct RigList {
    pub address: String,
    pub members: Vec<String>,
}

#[derive(Debug, Clone, Default)]
pub struct RigRoom {
    pub name: String,
    pub groups: Vec<ChatId>,
    pub discord: Vec<discord::ChannelId>,
    pub slack: Vec<slack::ChannelId>,
    pub lists: Vec<String>,
}

impl Rig {
    /// `dir` holds the configuration, the store and the log of the bridge.
    pub async fn open(dir: &Path) -> io::Result<Rig> {
        let (telegram, mail) = (Telegram::new(BOT_TOKEN), Mail::new());
        let (discord, slack) = (Discord::new(DISCORD_TOKEN), Slack::new(slack_tokens()));
        let (at, serving) = open(&telegram, &discord, &slack, &mail, Ports::default()).await?;
        let lmtp_at = free_address()?;
        mail.deliver_to(&lmtp_at.to_string());
        Ok(Rig {
            telegram,
            discord,
            slack,
            mail,
            dir: dir.to_owned(),
            at,
            lmtp_at,
            _serving: serving,
        })
    }

    /// Where the bridge takes mail in.
    pub fn lmtp(&self) -> SocketAddr {
        self.lmtp_at
    }

    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Starts `program run` on this world. Called again after a kill, it goes on with the same store.
    pub fn start(&self, program: &Path, plan: &RigPlan) -> io::Result<BridgeProcess> {
        let config = self.dir.join("causeway.toml");
        std::fs::write(&config, self.config(plan).to_string())?;
        let mut run = Command::new(program);
        run.args(["run", "--config"]).arg(config);
        run.envs(plan.environment.iter().cloned());
        BridgeProcess::start(&mut run, &self.log())
    }

    /// Where all bridges of this rig log to, one after the other.
    pub fn log(&self) -> PathBuf {
        self.dir.join("causeway.log")
    }

    /// The last lines that the bridge logged.
    pub fn log_tail(&self) -> String {
        let log = std::fs::read_to_string(self.log()).unwrap_or_default();
        let lines: Vec<&str> = log.lines().collect();
        lines[lines.len().saturating_sub(5)..].join("\n")
    }

    fn config(&self, plan: &RigPlan) -> BridgeConfig {
        let sqlite = || format!("sqlite:{}", self.dir.join("causeway.db").display());
        let any = |of: fn(&RigRoom) -> bool| plan.rooms.iter().any(of);
        let discord = any(|it| !it.discord.is_empty()).then(|| DiscordConfig {
            token: DISCORD_TOKEN.to_owned(),
            url: self.at.discord_url.clone(),
        });
        let slack = any(|it| !it.slack.is_empty()).then(|| SlackConfig {
            tokens: slack_tokens(),
            url: self.at.slack_url.clone(),
        });
        BridgeConfig {
            community: "Rig".to_owned(),
            staff: plan.staff.clone(),
            notice: false,
            store_url: plan.store_url.clone().unwrap_or_else(sqlite),
            files: self.dir.join("files"),
            log_filter: "warn".to_owned(),
            bot_token: BOT_TOKEN.to_owned(),
            telegram_api_url: self.at.telegram_api_url.clone(),
            discord,
            slack,
            lmtp: self.lmtp_at,
            authserv_id: None,
            smtp: self.at.smtp,
            lists: plan.lists.iter().map(list_config).collect(),
            rooms: plan.rooms.iter().map(room_config).collect(),
            extra: String::new(),
        }
    }
}

fn list_config(list: &RigList) -> ListConfig {
    ListConfig {
        address: list.address.clone(),
        name: "Rig".to_owned(),
        members: list.members.clone(),
        posting: "anyone",
    }
}

fn room_config(room: &RigRoom) -> RoomConfig {
    let groups = room.groups.iter().map(|chat| format!("telegram:{chat}"));
    let discord = room.discord.iter().map(|it| format!("discord:{it}"));
    let slack = room.slack.iter().map(|it| format!("slack:{it}"));
    let lists = room.lists.iter().map(|list| format!("email:{list}"));
    RoomConfig {
        name: room.name.clone(),
        channels: groups.chain(discord).chain(slack).chain(lists).collect(),
    }
}

/// Ports that systems lend to no outgoing connection, which would take one that a bridge was told
/// of and does not listen on yet, or not while it is stopped. (From 20,000 on the scripts take theirs.)
const NEVER_LENT: std::ops::Range<u16> = 10_000..20_000;

/// Free just now: the bridge must know its own address from its configuration.
pub fn free_address() -> io::Result<SocketAddr> {
    let ports = NEVER_LENT.len() as u64;
    let anywhere = RandomState::new().hash_one(()) % ports;
    (NEVER_LENT
        .cycle()
        .skip(anywhere as usize)
        .take(ports as usize))
    .map(|port| SocketAddr::from((Ipv4Addr::LOCALHOST, port)))
    .find(|address| std::net::TcpListener::bind(address).is_ok())
    .ok_or_else(|| io::ErrorKind::AddrInUse.into())
}
