//! Everything that the page shows, as it stands now. It asks again whenever it hears of a change.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use serde::Serialize;

use super::requests::Switches;
use super::shared::Shared;
use crate::discord::DiscordView;
use crate::mail::MailView;
use crate::slack;
use crate::telegram::TelegramView;
use crate::town::{List, Progress, Town};

/// A page shows no more of a chat: under load there may be hundreds of thousands.
const NEWEST: usize = 300;

#[derive(Serialize)]
pub(super) struct Everything {
    lists: Vec<List>,
    telegram: TelegramView,
    discord: DiscordView,
    slack: Workspace,
    mail: MailView,
    switches: Switches,
    story: Progress,
}

#[derive(Serialize)]
struct Workspace {
    channels: Vec<slack::ChannelView>,
    /// What the names of reactions look like.
    emoji: BTreeMap<String, &'static str>,
}

pub(super) async fn state(State(shared): State<Shared>) -> Json<Everything> {
    let town = &shared.town;
    Json(Everything {
        lists: vec![town.cast.list.clone()],
        telegram: town.telegram.view_last(NEWEST),
        discord: discord(town),
        slack: workspace(town),
        mail: town.mail.view(),
        switches: shared.switches().clone(),
        story: town.progress().borrow().clone(),
    })
}

/// Only those of the cast speak: a server's owner is there because every server has one.
fn discord(town: &Town) -> DiscordView {
    let speakers = &town.cast.guild.members;
    let mut discord = town.discord.view_last(NEWEST);
    for channel in &mut discord.channels {
        let speaks = |id| speakers.iter().any(|it| it.1 == id);
        channel.members.retain(|it| it.is_bot || speaks(it.id));
    }
    discord
}

fn workspace(town: &Town) -> Workspace {
    let channel = town
        .slack
        .view_channel(&town.cast.workspace.channel, NEWEST);
    let channels: Vec<slack::ChannelView> = channel.into_iter().collect();
    let roots = channels.iter().flat_map(|it| &it.messages);
    let messages = roots.flat_map(|it| std::iter::once(it).chain(&it.replies));
    let names = messages.flat_map(|it| &it.reactions).map(|it| &it.name);
    let shown = names.filter_map(|it| Some((it.clone(), emojis::get_by_shortcode(it)?.as_str())));
    Workspace {
        emoji: shown.collect(),
        channels,
    }
}
