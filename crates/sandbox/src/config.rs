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
    /// `platform:account`
    pub staff: Vec<String>,
    /// Everybody in a channel that joins a room is told.
    pub notice: bool,
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
    /// Whoever verified mail that comes in. Without it nobody is believed, and no command by mail is heard.
    pub authserv_id: Option<&'static str>,
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
        let (community, staff, notice) = (&self.community, &self.staff, self.notice);
        let (store, log) = (&self.store_url, &self.log_filter);
        let (token, api, files) = (&self.bot_token, &self.telegram_api_url, &self.files);
        let files = files.display().to_string();
        let key_file = match store.starts_with("sqlite:") {
            true => String::new(),
            false => format!("key_file = {KEY_FILE:?}\n"),
        };
        write!(
            f,
            r#"[community]
name = {community:?}
staff = {staff:?}
notice = {notice}

[store]
url = {store:?}
{key_file}
[log]
filter = {log:?}

[engine]
storm_per_minute = 0
blob_dir = {files:?}

[telegram]
token = {token:?}
api_url = {api:?}
poll_timeout_s = 5

[telegram.pace]
per_bot_per_s = 0
per_chat_per_s = 0
per_group_per_min = 0

"#
        )?;
        if let Some(DiscordConfig { token, url }) = &self.discord {
            writeln!(f, "[discord]\ntoken = {token:?}")?;
            writeln!(f, "api_url = \"{url}/api/v10\"\ncdn_url = {url:?}\n")?;
        }
        if let Some(SlackConfig { tokens, url }) = &self.slack {
            let Tokens { bot, app, .. } = tokens;
            writeln!(f, "[slack]\nbot_token = {bot:?}\napp_token = {app:?}")?;
            writeln!(f, "api_url = \"{url}/api\"\n")?;
            writeln!(f, "[slack.pace]\nper_channel_per_s = 0\n")?;
        }
        if !self.lists.is_empty() {
            self.email(f)?;
        }
        for RoomConfig { name, channels } in &self.rooms {
            writeln!(f, "[[rooms]]\nname = {name:?}\nchannels = {channels:?}\n")?;
        }
        f.write_str(&self.extra)
    }
}

impl BridgeConfig {
    fn email(&self, f: &mut Formatter<'_>) -> Result {
        let (lmtp, host, port) = (self.lmtp, self.smtp.ip(), self.smtp.port());
        writeln!(f, "[email]\ndomain = \"causeway.example\"")?;
        let beside = self
            .lists
            .first()
            .and_then(|it| it.address.rsplit_once('@'));
        if let Some((_, domain)) = beside {
            writeln!(f, "command_address = \"causeway@{domain}\"\n")?;
        }
        writeln!(f, "[email.lmtp]\nlisten = \"{lmtp}\"")?;
        if let Some(authserv_id) = self.authserv_id {
            writeln!(f, "authserv_id = {authserv_id:?}")?;
        }
        writeln!(f)?;
        writeln!(f, "[email.smtp]\nhost = \"{host}\"\nport = {port}")?;
        writeln!(f, "max_connections = 8\n")?;
        for list in &self.lists {
            let (address, name, members) = (&list.address, &list.name, &list.members);
            writeln!(f, "[[email.lists]]\naddress = {address:?}\nname = {name:?}")?;
            writeln!(f, "posting = {:?}\nmembers = {members:?}\n", list.posting)?;
        }
        Ok(())
    }
}
