//! Does what staff may say in chat as well, and says what it came to.

use anyhow::Context;
use conversation::command::{Command, Dead, Held, Room, Which};
use engine::{acts, system_now};
use store::{Error, Refusal, Store};

use crate::community::open_with;
use crate::output;
use crate::settings::Settings;

pub(super) async fn act(settings: Settings, command: Command) -> anyhow::Result<()> {
    let (store, community) = open_with(settings).await?;
    act_in((&store, &community), &command).await
}

pub(super) async fn act_in(
    (store, community): (&Store, &str),
    command: &Command,
) -> anyhow::Result<()> {
    match acts::run(store, community, command, system_now()).await {
        // It is as it was to be.
        Err(Error::Refused(why @ Refusal::OneAlready)) => output::say(&format!("Well: {why}.")),
        Err(Error::Refused(why @ Refusal::RoomExists { .. })) if makes_a_room(command) => {
            output::say(&format!("Well: {why}."));
        }
        // Of all there are, none is no mistake.
        Err(Error::Refused(why @ (Refusal::NothingHeld | Refusal::NothingDead)))
            if is_about_all(command) =>
        {
            output::say(&format!("Nothing to do in {}: {why}.", store.url()));
        }
        done => {
            let refused = || format!("`{}` was not done in `{community}`", command.line());
            output::say(&done.with_context(refused)?);
        }
    }
    Ok(())
}

fn makes_a_room(command: &Command) -> bool {
    matches!(command, Command::Room(Room::Add { .. }))
}

fn is_about_all(command: &Command) -> bool {
    matches!(
        command,
        Command::Held(Held::Release { ids: Which::All } | Held::Drop { ids: Which::All })
            | Command::Dead(Dead::Retry { ids: Which::All } | Dead::Drop { ids: Which::All })
    )
}
