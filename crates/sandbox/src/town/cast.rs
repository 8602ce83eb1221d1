//! Who lives in the town, and where they meet.

use std::sync::Arc;

use futures::future::select_all;
use serde::Serialize;
use tokio::sync::watch;

use crate::discord::{self, Discord};
use crate::mail::Mail;
use crate::slack::{self, Slack};
use crate::telegram::{ChatId, Telegram, UserId};

pub(super) const KOFI: &str = "Kofi Mensah";
pub(super) const LENA: &str = "Lena Brandt";
pub(super) const PRIYA: &str = "Priya Nair";
pub(super) const JONAS: &str = "Jonas Weber";
pub(super) const ANA: &str = "Ana Sol";
pub(super) const BO: &str = "Bo Lindqvist";
pub(super) const CHIDI: &str = "Chidi Okafor";
pub(super) const NOUR: &str = "نور حداد";
pub(super) const MARISOL: &str = "marisol@hill-fund.example";
pub(super) const TOMASZ: &str = "tomasz@slow-capital.example";
pub(super) const MAYOR: &str = "ines@townhall.example";

/// Everybody and the places where they meet. Cheap to clone: all clones are one town.
#[derive(Clone)]
pub struct Town {
    pub telegram: Telegram,
    pub discord: Discord,
    pub slack: Slack,
    pub mail: Mail,
    pub cast: Arc<Cast>,
    pub(super) told: watch::Sender<Progress>,
}

/// Who lives here, in plain words for a configuration.
#[derive(Debug, Clone, Serialize)]
pub struct Cast {
    pub community: String,
    pub bot_token: String,
    /// As it was at the start: a migration gives the group another id.
    pub group: ChatId,
    pub group_title: String,
    /// The people of the group, in the order in which they joined.
    pub neighbours: Vec<Neighbour>,
    pub guild: Guild,
    pub workspace: Workspace,
    pub list: List,
}

/// A server on Discord.
#[derive(Debug, Clone, Serialize)]
pub struct Guild {
    pub token: String,
    pub channel: discord::ChannelId,
    pub members: Vec<(String, discord::UserId)>,
}

/// On Slack.
#[derive(Debug, Clone, Serialize)]
pub struct Workspace {
    #[serde(skip)]
    pub tokens: slack::Tokens,
    pub channel: slack::ChannelId,
    pub members: Vec<(String, slack::UserId)>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Neighbour {
    pub name: String,
    pub id: UserId,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct List {
    pub name: String,
    pub address: String,
    pub members: Vec<Member>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Member {
    pub name: String,
    pub address: String,
}

/// How much of the opening story was told.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Progress {
    pub told: usize,
    pub of: usize,
    /// None before and after it.
    pub scene: Option<Scene>,
}

/// Where the story is just now, and in whose eyes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Scene {
    /// `platform:id`
    pub at: String,
    pub person: String,
    /// What is being typed there.
    pub types: Option<String>,
}

impl Cast {
    /// The first of each place, as a configuration names them.
    pub fn staff(&self) -> Vec<String> {
        let neighbour = self.neighbours.first();
        let neighbour = neighbour.map(|it| format!("telegram:{}", it.id));
        let guild = self.guild.members.first();
        let guild = guild.map(|it| format!("discord:{}", it.1));
        let workspace = self.workspace.members.first();
        let workspace = workspace.map(|it| format!("slack:{}", it.1));
        let member = self.list.members.first();
        let member = member.map(|it| format!("email:{}", it.address));
        let all = [neighbour, guild, workspace, member];
        all.into_iter().flatten().collect()
    }
}

impl Town {
    /// The group as it is called now, after however many migrations.
    pub fn group(&self) -> ChatId {
        let mut group = self.cast.group;
        while let Some(next) = self.moved_to(group) {
            group = next;
        }
        group
    }

    fn moved_to(&self, chat: ChatId) -> Option<ChatId> {
        self.telegram.view_chat(chat, 0)?.migrated_to
    }

    /// Who adds the bot to the group and takes it out again.
    pub fn steward(&self) -> UserId {
        self.cast.neighbours[0].id
    }

    /// Of all places, one after the other.
    pub(crate) fn changes(&self) -> [watch::Receiver<u64>; 4] {
        let (telegram, discord) = (self.telegram.changes(), self.discord.changes());
        [telegram, discord, self.slack.changes(), self.mail.changes()]
    }

    pub fn progress(&self) -> watch::Receiver<Progress> {
        self.told.subscribe()
    }
}

/// Waits for a change in any place. None once the town is gone.
pub(crate) async fn next_of(changes: &mut [watch::Receiver<u64>]) -> Option<()> {
    let changes = changes.iter_mut().map(|it| Box::pin(it.changed()));
    select_all(changes).await.0.ok()
}
