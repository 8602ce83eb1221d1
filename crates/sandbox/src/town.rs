//! A small invented community that tells the story in the first minute: a valley whose people meet in a Telegram group,
//! its young people on Discord, the foundation's staff on Slack, and friends from outside who write mails. Nobody in it exists.

use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;
use tokio::sync::watch;

use crate::discord::{self, Discord};
use crate::mail::{Client, Mail, Mailbox};
use crate::slack::{self, Slack};
use crate::telegram::{ChatId, Telegram, UserId};

mod story;

pub use story::{Step, Stuck};

/// Everybody and the places where they meet. Cheap to clone: all clones are one town.
#[derive(Clone)]
pub struct Town {
    pub telegram: Telegram,
    pub discord: Discord,
    pub slack: Slack,
    pub mail: Mail,
    pub cast: Arc<Cast>,
    told: watch::Sender<Progress>,
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
}

/// Of the stand-in's bot; it opens nothing anywhere else.
pub const BOT_TOKEN: &str = "4242424242:sandbox-only-not-a-secret";

const DISCORD_TOKEN: &str = "sandbox.only.not-a-secret";
/// As the channels on Discord and Slack are called.
const CHANNEL: &str = "spring-gathering";

const KOFI: &str = "Kofi Mensah";
const LENA: &str = "Lena Brandt";
const PRIYA: &str = "Priya Nair";
const JONAS: &str = "Jonas Weber";
const ANA: &str = "Ana Sol";
const BO: &str = "Bo Lindqvist";
const CHIDI: &str = "Chidi Okafor";
const NOUR: &str = "نور حداد";
const MARISOL: &str = "marisol@hill-fund.example";
const TOMASZ: &str = "tomasz@slow-capital.example";
const MAYOR: &str = "ines@townhall.example";

/// The town as it stands before anybody says a word.
pub fn open_town() -> Town {
    let telegram = Telegram::new(BOT_TOKEN);
    let title = "Spring Gathering";
    let group = telegram.add_group(title);
    let neighbours = [ANA, BO, CHIDI, NOUR].map(|name| join(&telegram, group, name));
    let (discord, guild) = open_guild();
    let (slack, workspace) = open_workspace();
    let mail = Mail::new();
    let members = friends().map(|mailbox| {
        let member = Member {
            name: mailbox.name.clone(),
            address: mailbox.address.clone(),
        };
        mail.add_mailbox(mailbox);
        member
    });
    Town {
        telegram,
        discord,
        slack,
        mail,
        cast: Arc::new(Cast {
            community: "The Low Valley".to_owned(),
            bot_token: BOT_TOKEN.to_owned(),
            group,
            group_title: title.to_owned(),
            neighbours: neighbours.to_vec(),
            guild,
            workspace,
            list: List {
                name: title.to_owned(),
                address: "spring@gathering.example".to_owned(),
                members: members.to_vec(),
            },
        }),
        told: watch::Sender::default(),
    }
}

fn open_guild() -> (Discord, Guild) {
    let discord = Discord::new(DISCORD_TOKEN);
    let channel = discord.add_text_channel(CHANNEL);
    let members = [KOFI, LENA].map(|name| (name.to_owned(), discord.add_member(name)));
    let guild = Guild {
        token: DISCORD_TOKEN.to_owned(),
        channel,
        members: members.to_vec(),
    };
    (discord, guild)
}

fn open_workspace() -> (Slack, Workspace) {
    let tokens = slack::Tokens::new("xoxb-sandbox-only", "xapp-sandbox-only", "sandbox-only");
    let slack = Slack::new(tokens.clone());
    let channel = slack.add_channel(CHANNEL);
    let members = [PRIYA, JONAS].map(|name| (name.to_owned(), slack.add_person(name)));
    let joined = members
        .iter()
        .try_for_each(|(_, id)| slack.join(&channel, id));
    joined
        .and_then(|()| slack.invite_bot(&channel))
        .expect("the people and the channel were made just now");
    let workspace = Workspace {
        tokens,
        channel,
        members: members.to_vec(),
    };
    (slack, workspace)
}

fn join(telegram: &Telegram, group: ChatId, name: &str) -> Neighbour {
    let id = telegram.add_person(name);
    telegram
        .join(group, id)
        .expect("the person and the group were made just now");
    Neighbour {
        name: name.to_owned(),
        id,
    }
}

fn friends() -> [Mailbox; 3] {
    [
        Mailbox::new("Marisol Núñez", MARISOL)
            .signature("Marisol Núñez\nProgramme officer, The Hill Fund")
            .client(Client::Rich),
        Mailbox::new("Tomasz Wójcik", TOMASZ),
        Mailbox::new("Inés Zubiri, mayor's office", MAYOR)
            .signature("Inés Zubiri\nOffice of the Mayor, Low Valley town hall")
            .client(Client::Rich),
    ]
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

    pub fn progress(&self) -> watch::Receiver<Progress> {
        self.told.subscribe()
    }

    /// What is played at the start, in this order.
    pub fn story(&self) -> Vec<Step> {
        story::steps()
    }

    /// Plays the story through the bridge: each step waits until the one before has arrived on the other side, and
    /// then for `pace`, so that people can follow.
    pub async fn tell_story(&self, pace: Duration) -> Result<(), Stuck> {
        let story = self.story();
        let of = story.len();
        for (told, step) in story.iter().enumerate() {
            self.told.send_replace(Progress { told, of });
            self.play(step).await?;
            tokio::time::sleep(pace).await;
        }
        self.told.send_replace(Progress { told: of, of });
        Ok(())
    }
}
