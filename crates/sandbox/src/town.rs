//! A small invented community that tells the story in the first minute: a valley whose people meet in a Telegram group,
//! its young people on Discord, the foundation's staff on Slack, and friends from outside who write mails. Nobody in it exists.

use std::sync::Arc;

use tokio::sync::watch;

use crate::discord::Discord;
use crate::mail::{Client, Mail, Mailbox};
use crate::slack::{self, Slack};
use crate::telegram::{ChatId, Telegram};

mod cast;
mod story;

pub(crate) use cast::next_of;
pub use cast::{Cast, Guild, List, Member, Neighbour, Progress, Scene, Town, Workspace};
pub use story::{Step, Stuck};

use cast::{ANA, BO, CHIDI, JONAS, KOFI, LENA, MARISOL, MAYOR, NOUR, PRIYA, TOMASZ};

/// Of the stand-in's bot; it opens nothing anywhere else.
pub const BOT_TOKEN: &str = "4242424242:sandbox-only-not-a-secret";

/// Of the bridge, as Slack's app manifest has it.
pub(crate) const COMMAND: &str = "/causeway";

const DISCORD_TOKEN: &str = "sandbox.only.not-a-secret";
const LIST: &str = "spring@gathering.example";
/// Beside the list, as the sandbox's configuration has it.
const COMMANDS: &str = "causeway@gathering.example";
/// As the channels on Discord and Slack are called.
const CHANNEL: &str = "spring-gathering";

/// The town as it stands before anybody says a word. Everybody has a private chat with the bot, and nothing in it.
pub fn open_town() -> Town {
    let telegram = Telegram::new(BOT_TOKEN);
    let title = "Spring Gathering";
    let group = telegram.add_group(title);
    let neighbours = [ANA, BO, CHIDI, NOUR].map(|name| join(&telegram, group, name));
    let (discord, guild) = open_guild();
    let (slack, workspace) = open_workspace();
    let mail = Mail::new();
    mail.share(title, LIST, "list");
    mail.share("Causeway", COMMANDS, "commands");
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
                address: LIST.to_owned(),
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
    let opened = members
        .iter()
        .try_for_each(|(_, id)| discord.open_dm(*id).map(drop));
    opened.expect("the people were made just now");
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
    let opened = |it: &(_, slack::UserId)| slack.direct_message(&it.1).map(drop);
    joined
        .and_then(|()| slack.invite_bot(&channel))
        .and_then(|()| members.iter().try_for_each(opened))
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
        .and_then(|()| telegram.private_chat(id))
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
