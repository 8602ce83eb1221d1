//! The configuration of a bridge that is to live among stand-ins, as the file that the program reads.

use std::fmt::{Display, Formatter, Result};
use std::net::SocketAddr;
use std::path::PathBuf;

use crate::slack::Tokens;

/// Of a store on a server, beside the configuration.
pub const KEY_FILE: &str = "causeway.key";

/// `Display` writes the file.
#[derive(Debug, Clone)]
pub struct BridgeConfig {
    pub community: String,
    pub store_url: String,
    pub files: PathBuf,
    pub log_filter: String,
    pub bot_token: String,
    pub telegram_api_url: String,
    /// Discord is switched off without it.
    pub discord: Option<DiscordConfig>,
    /// Slack is switched off without it.
    pub slack: Option<SlackConfig>,
    pub lmtp: SocketAddr,
    pub smtp: SocketAddr,
    /// Email is switched off without any.
    pub lists: Vec<ListConfig>,
    pub rooms: Vec<RoomConfig>,
    /// Written behind everything else, as it stands.
    pub extra: String,
}

#[derive(Debug, Clone)]
pub struct DiscordConfig {
    pub token: String,
    /// `http://127.0.0.1:port`, of the interface and of the files.
    pub url: String,
}

#[derive(Debug, Clone)]
pub struct SlackConfig {
    pub tokens: Tokens,
    /// `http://127.0.0.1:port`
    pub url: String,
}

#[derive(Debug, Clone)]
pub struct ListConfig {
    pub address: String,
    pub name: String,
    /// `Name <address>`, or the address alone.
    pub members: Vec<String>,
    pub posting: &'static str,
}

#[derive(Debug, Clone)]
pub struct RoomConfig {
    pub name: String,
    /// `platform:id`
    pub channels: Vec<String>,
}

impl Display for BridgeConfig {
    /// The stand-ins have their own limits, and nobody floods them by mistake: ours are off.
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        writeln!(f, "[community]\nname = {:?}\n", self.community)?;
        writeln!(f, "[store]\nurl = {:?}", self.store_url)?;
        if !self.store_url.starts_with("sqlite:") {
            writeln!(f, "key_file = {KEY_FILE:?}")?;
        }
        writeln!(f)?;
        writeln!(f, "[log]\nfilter = {:?}\n", self.log_filter)?;
        let files = self.files.display().to_string();
        writeln!(f, "[engine]\nstorm_per_minute = 0\nblob_dir = {files:?}\n")?;
        let (token, url) = (&self.bot_token, &self.telegram_api_url);
        writeln!(
            f,
            "[telegram]\ntoken = {token:?}\napi_url = {url:?}\npoll_timeout_s = 5\n"
        )?;
        writeln!(
            f,
            "[telegram.pace]\nper_bot_per_s = 0\nper_chat_per_s = 0\nper_group_per_min = 0\n"
        )?;
        if let Some(discord) = &self.discord {
            write!(f, "{discord}")?;
        }
        if let Some(slack) = &self.slack {
            write!(f, "{slack}")?;
        }
        if !self.lists.is_empty() {
            self.email(f)?;
        }
        for room in &self.rooms {
            writeln!(
                f,
                "[[rooms]]\nname = {:?}\nchannels = {:?}\n",
                room.name, room.channels
            )?;
        }
        f.write_str(&self.extra)
    }
}

impl Display for DiscordConfig {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let (token, url) = (&self.token, &self.url);
        writeln!(f, "[discord]\ntoken = {token:?}")?;
        writeln!(f, "api_url = \"{url}/api/v10\"\ncdn_url = {url:?}\n")
    }
}

impl Display for SlackConfig {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let Tokens { bot, app, .. } = &self.tokens;
        writeln!(f, "[slack]\nbot_token = {bot:?}\napp_token = {app:?}")?;
        writeln!(f, "api_url = \"{}/api\"\n", self.url)?;
        writeln!(f, "[slack.pace]\nper_channel_per_s = 0\n")
    }
}

impl BridgeConfig {
    fn email(&self, f: &mut Formatter<'_>) -> Result {
        writeln!(f, "[email]\ndomain = \"causeway.example\"\n")?;
        writeln!(f, "[email.lmtp]\nlisten = \"{}\"\n", self.lmtp)?;
        let (host, port) = (self.smtp.ip(), self.smtp.port());
        writeln!(
            f,
            "[email.smtp]\nhost = \"{host}\"\nport = {port}\nmax_connections = 8\n"
        )?;
        for list in &self.lists {
            let (address, name) = (&list.address, &list.name);
            writeln!(f, "[[email.lists]]\naddress = {address:?}\nname = {name:?}")?;
            writeln!(
                f,
                "posting = {:?}\nmembers = {:?}\n",
                list.posting, list.members
            )?;
        }
        Ok(())
    }
}
