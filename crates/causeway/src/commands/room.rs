//! `causeway room`: rooms and links, also while a bridge runs on the same store.

mod heard;

use std::process::ExitCode;

use conversation::{
    ChannelRef, Link,
    command::{Command, Room},
};
use store::{ChannelView, RoomView, Store};

use super::act::act;
use crate::cli::room::{
    RoomAddArgs, RoomAnnounceArgs, RoomCommand, RoomLinkArgs, RoomRemoveArgs, RoomRenameArgs,
    RoomSetArgs, RoomUnlinkArgs,
};
use crate::cli::sources::StoreArgs;
use crate::community::open_store;
use crate::exit::{Exit, failure};
use crate::output;
use crate::settings::sections;
use crate::settings::{Settings, channel_that_cannot_be};
use crate::table;

pub(crate) async fn run(command: RoomCommand) -> anyhow::Result<ExitCode> {
    match command {
        RoomCommand::List(args) => {
            let store = open(&args.store).await?;
            list(&store, args.json).await?;
        }
        RoomCommand::Heard(args) => {
            let store = open(&args.store).await?;
            heard::list(&store, args.json).await?;
        }
        RoomCommand::Add(RoomAddArgs {
            name,
            channels,
            store,
        }) => change(&store, Room::Add { name, channels }).await?,
        RoomCommand::Link(RoomLinkArgs {
            room,
            channel,
            history,
            store,
        }) => {
            let link = Room::Link {
                room,
                channel,
                history,
            };
            change(&store, link).await?;
        }
        RoomCommand::Announce(RoomAnnounceArgs {
            room,
            channel,
            store,
        }) => change(&store, Room::Announce { room, channel }).await?,
        RoomCommand::Unlink(RoomUnlinkArgs { channel, store }) => {
            change(&store, Room::Unlink { channel }).await?;
        }
        RoomCommand::Set(RoomSetArgs {
            room,
            most_parts,
            first_messages,
            store,
        }) => {
            let set = Room::Set {
                room,
                most_parts,
                first_messages,
            };
            change(&store, set).await?;
        }
        RoomCommand::Rename(RoomRenameArgs { room, to, store }) => {
            change(&store, Room::Rename { room, to }).await?;
        }
        RoomCommand::Remove(RoomRemoveArgs {
            room,
            unlink,
            store,
        }) => change(&store, Room::Remove { room, unlink }).await?,
    }
    Ok(Exit::Done.into())
}

async fn change(args: &StoreArgs, command: Room) -> anyhow::Result<()> {
    let settings = args.load()?;
    can_be(&settings, named(&command))?;
    let advice = advice(&settings, &command);
    act(settings, Command::Room(command)).await?;
    advice.iter().for_each(|it| output::say(it));
    Ok(())
}

/// The channels that are to take part.
fn named(command: &Room) -> &[ChannelRef] {
    match command {
        Room::Add { channels, .. } => channels,
        Room::Link { channel, .. } | Room::Announce { channel, .. } => {
            std::slice::from_ref(channel)
        }
        _ => &[],
    }
}

/// Where the configuration names a room that has another name from now on, or is gone.
fn advice(settings: &Settings, command: &Room) -> Option<String> {
    let (room, what) = match command {
        Room::Rename { room, .. } => (room, "change its name under [[rooms]], too"),
        Room::Remove { room, .. } => (room, "take it out under [[rooms]], too"),
        _ => return None,
    };
    let room = room.as_str();
    let is_named = settings.rooms.iter().any(|it| it.name == room);
    is_named.then(|| format!("The configuration names a room `{room}`: {what}."))
}

async fn open(args: &StoreArgs) -> anyhow::Result<Store> {
    open_store(args.load()?.store.at()).await
}

/// Refuses channels that no bridge with this configuration could serve. Without a configuration, any on a platform
/// that there is will do.
fn can_be(settings: &Settings, channels: &[ChannelRef]) -> anyhow::Result<()> {
    for channel in channels {
        let is_known = sections::names().contains(&channel.platform.as_str());
        let is_inner = channel.inner_id().is_some();
        if is_inner || is_known && sections::switched_on(settings).is_empty() {
            continue;
        }
        if let Some((why, cure)) = channel_that_cannot_be(settings, channel) {
            return Err(failure(Exit::Usage, format!("{why}: {cure}")));
        }
    }
    Ok(())
}

async fn list(store: &Store, json: bool) -> anyhow::Result<()> {
    let rooms = store.rooms(None).await?;
    if json {
        return output::print_json(&rooms);
    }
    if rooms.is_empty() {
        output::say(&format!(
            "There is no room yet in {}: causeway room add NAME PLATFORM:ID PLATFORM:ID",
            store.url()
        ));
        return Ok(());
    }
    let rows = rooms.iter().flat_map(rows).collect();
    output::print(&table::plain(
        &["room", "most parts", "channel", "link"],
        rows,
    ))
}

fn rows(room: &RoomView) -> Vec<Vec<String>> {
    let most_parts = match room.most_parts {
        None => "default".to_owned(),
        Some(0) => "no limit".to_owned(),
        Some(most) => most.to_string(),
    };
    if room.channels.is_empty() {
        let none = "(none yet)".to_owned();
        return vec![vec![room.name.clone(), most_parts, none, String::new()]];
    }
    let row = |it: &ChannelView| {
        let link = match it.link {
            Link::Active => "active",
            Link::Suspended => it.why.as_deref().unwrap_or("closed to us"),
            Link::Unlinked => "unlinked",
        };
        let (name, channel) = (room.name.clone(), it.channel.to_string());
        vec![name, most_parts.clone(), channel, link.to_owned()]
    };
    room.channels.iter().map(row).collect()
}
