//! `causeway room`: rooms and links, also while a bridge runs on the same store.

mod heard;

use std::process::ExitCode;

use anyhow::Context;
use conversation::{ChannelRef, Link};
use engine::{rooms, system_now};
use store::{ChannelView, RoomView, Store};

use crate::cli::room::{MostParts, RoomCommand, RoomRemoveArgs, RoomRenameArgs};
use crate::cli::sources::StoreArgs;
use crate::community::open_store;
use crate::community::open_with;
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
        RoomCommand::Add(args) => {
            let settings = args.store.load()?;
            can_be(&settings, &args.channels)?;
            let (store, community) = open_with(settings).await?;
            let wanted = vec![rooms::Wanted {
                name: args.name.clone(),
                channels: args.channels.clone(),
                most_parts: None,
            }];
            rooms::add_all(&store, &community, wanted, system_now())
                .await
                .with_context(|| format!("`{}` could not be made in `{community}`", args.name))?;
            output::say(&format!("The room `{}` is there.", args.name));
            args.channels
                .iter()
                .for_each(|it| takes_part(it, &args.name));
            next_step(&store, &community, &args.name).await?;
        }
        RoomCommand::Link(args) => {
            let settings = args.store.load()?;
            can_be(&settings, std::slice::from_ref(&args.channel))?;
            let (store, community) = open_with(settings).await?;
            link(&store, &community, &args.room, &args.channel).await?;
            next_step(&store, &community, &args.room).await?;
        }
        RoomCommand::Unlink(args) => {
            let (store, community) = open_with(args.store.load()?).await?;
            rooms::unlink(&store, &community, &args.channel).await?;
            output::say(&format!(
                "{} takes part no longer. What was said stays.",
                args.channel
            ));
        }
        RoomCommand::Set(args) => {
            let settings = args.store.load()?;
            let default = settings.engine.most_parts;
            let (store, community) = open_with(settings).await?;
            let room = (community.as_str(), args.room.as_str());
            let MostParts(most_parts) = args.most_parts;
            rooms::set_most_parts(&store, room, most_parts, system_now())
                .await
                .with_context(|| format!("`{}` of `{community}` stays as it is", args.room))?;
            output::say(&long_texts(&args.room, most_parts.unwrap_or(default)));
        }
        RoomCommand::Rename(args) => rename(&args).await?,
        RoomCommand::Remove(args) => remove(&args).await?,
    }
    Ok(Exit::Done.into())
}

async fn rename(args: &RoomRenameArgs) -> anyhow::Result<()> {
    let settings = args.store.load()?;
    let in_the_file = names(&settings, &args.room);
    let (store, community) = open_with(settings).await?;
    let (from, to) = (args.room.as_str(), args.to.as_str());
    rooms::rename(&store, (&community, from, to), system_now())
        .await
        .with_context(|| format!("`{from}` of `{community}` keeps its name"))?;
    output::say(&format!("The room `{from}` is `{to}` from now on."));
    if in_the_file {
        output::say(&format!(
            "The configuration names a room `{from}`: change its name under [[rooms]], too."
        ));
    }
    Ok(())
}

async fn remove(args: &RoomRemoveArgs) -> anyhow::Result<()> {
    let settings = args.store.load()?;
    let in_the_file = names(&settings, &args.room);
    let (store, community) = open_with(settings).await?;
    let room = args.room.as_str();
    let removed = rooms::remove(&store, (&community, room), args.unlink, system_now())
        .await
        .with_context(|| format!("`{room}` of `{community}` stays"))?;
    for channel in &removed.channels {
        output::say(&format!("{channel} takes part no longer."));
    }
    match removed.waited {
        0 => {}
        1 => output::say("1 message waited there, and is not sent any more."),
        many => output::say(&format!(
            "{many} messages waited there, and are not sent any more."
        )),
    }
    output::say(&format!(
        "The room `{room}` is gone. What was said stays on record."
    ));
    if in_the_file {
        output::say(&format!(
            "The configuration names a room `{room}`: take it out under [[rooms]], too."
        ));
    }
    Ok(())
}

fn names(settings: &Settings, room: &str) -> bool {
    settings.rooms.iter().any(|it| it.name == room)
}

fn long_texts(room: &str, most_parts: u32) -> String {
    match most_parts {
        0 => format!("In `{room}` a text is sent in as many posts as it takes."),
        1 => format!("In `{room}` a text of more than one post is sent as a file."),
        most => format!("In `{room}` a text of more than {most} posts is sent as a file."),
    }
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

async fn link(
    store: &Store,
    community: &str,
    room: &str,
    channel: &ChannelRef,
) -> anyhow::Result<()> {
    rooms::link(store, (community, room), channel, system_now())
        .await
        .with_context(|| format!("{channel} could not be linked to `{room}` of `{community}`"))?;
    takes_part(channel, room);
    Ok(())
}

fn takes_part(channel: &ChannelRef, room: &str) {
    output::say(&format!("{channel} takes part in `{room}`."));
}

async fn next_step(store: &Store, community: &str, name: &str) -> anyhow::Result<()> {
    if store.channels_of(community, name).await? < 2 {
        output::say(&format!(
            "It needs two channels to carry anything: causeway room link {name:?} PLATFORM:ID"
        ));
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
