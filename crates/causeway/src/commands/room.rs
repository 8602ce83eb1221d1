//! `causeway room`: rooms and links, also while a bridge runs on the same store.

use std::process::ExitCode;

use anyhow::Context;
use conversation::{ChannelRef, Link};
use engine::{rooms, system_now};
use store::{Role, RoomView, Store};

use crate::bridge::open_store;
use crate::cli::room::RoomCommand;
use crate::cli::sources::StoreArgs;
use crate::exit::Exit;
use crate::output;
use crate::table;

pub(crate) async fn run(command: RoomCommand) -> anyhow::Result<ExitCode> {
    match command {
        RoomCommand::List(args) => {
            let (store, _) = open(&args.store).await?;
            list(&store, args.json).await?;
        }
        RoomCommand::Add(args) => {
            let (store, community) = open(&args.store).await?;
            rooms::add_room(&store, &community, &args.name, system_now()).await?;
            for channel in &args.channels {
                link(&store, &community, &args.name, channel).await?;
            }
            output::say(&format!("The room `{}` is there.", args.name));
            next_step(&args.name, args.channels.len());
        }
        RoomCommand::Link(args) => {
            let (store, community) = open(&args.store).await?;
            link(&store, &community, &args.room, &args.channel).await?;
        }
        RoomCommand::Unlink(args) => {
            let (store, _) = open(&args.store).await?;
            rooms::unlink(&store, &args.channel).await?;
            output::say(&format!(
                "{} takes part no longer. What was said stays.",
                args.channel
            ));
        }
    }
    Ok(Exit::Done.into())
}

async fn open(args: &StoreArgs) -> anyhow::Result<(Store, String)> {
    let settings = args.load()?;
    let store = open_store(&settings.store.url, Role::Visitor).await?;
    Ok((store, settings.community.name))
}

async fn link(
    store: &Store,
    community: &str,
    room: &str,
    channel: &ChannelRef,
) -> anyhow::Result<()> {
    rooms::link(store, (community, room), channel, system_now())
        .await
        .with_context(|| format!("{channel} could not be linked to `{room}`"))?;
    output::say(&format!("{channel} takes part in `{room}`."));
    Ok(())
}

fn next_step(room: &str, channels: usize) {
    if channels < 2 {
        output::say(&format!(
            "It needs two channels to carry anything: causeway room link {room} PLATFORM:ID"
        ));
    }
}

async fn list(store: &Store, json: bool) -> anyhow::Result<()> {
    let rooms = store.rooms().await?;
    if json {
        return output::print_json(&rooms);
    }
    if rooms.is_empty() {
        output::say("There is no room yet: causeway room add NAME PLATFORM:ID PLATFORM:ID");
        return Ok(());
    }
    let rows = rooms.iter().flat_map(rows).collect();
    output::print(&table::plain(&["room", "channel", "link"], rows))
}

fn rows(room: &RoomView) -> Vec<Vec<String>> {
    if room.channels.is_empty() {
        return vec![vec![room.name.clone(), "(none yet)".into(), String::new()]];
    }
    let row = |(channel, link): &(ChannelRef, Link)| {
        let link = match link {
            Link::Active => "active",
            Link::Suspended => "closed to us: let the bot in again",
            Link::Unlinked => "unlinked",
        };
        vec![room.name.clone(), channel.to_string(), link.to_owned()]
    };
    room.channels.iter().map(row).collect()
}
