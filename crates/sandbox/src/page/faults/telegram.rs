//! What can go wrong with Telegram.

use crate::page::refusal::Refusal;
use crate::page::requests::{Switch, Telegram, left};
use crate::page::shared::Shared;
use crate::telegram::Faults;

pub(super) fn turn(shared: &Shared, what: &str, it: &Switch) -> Result<(), Refusal> {
    let town = &shared.town;
    match what {
        "conflict" => set(shared, |on| on.conflict = it.on),
        "kick" => kick(shared, it.on)?,
        "migrate" => {
            town.telegram.migrate(town.group())?;
            shared.switches().telegram.migrate = true;
        }
        _ => refuse!(!set(shared, |on| on.requests.turn(what, it)) => it.unknown()),
    }
    Ok(())
}

pub(super) fn heal(shared: &Shared) -> Result<(), Refusal> {
    if shared.switches().telegram.kick {
        kick(shared, false)?;
    }
    set(shared, |on| {
        let migrate = on.migrate;
        *on = Telegram {
            migrate,
            ..Telegram::default()
        };
    });
    Ok(())
}

fn set<T>(shared: &Shared, change: impl FnOnce(&mut Telegram) -> T) -> T {
    let on = &mut shared.switches().telegram;
    let changed = change(on);
    let faults = Faults {
        rate_limit_s: left(on.requests.rate_limit),
        server_error: on.requests.server_error(),
        cut: on.requests.cut(),
        latency_ms: on.requests.latency,
        conflict: on.conflict,
        ..Faults::default()
    };
    shared.town.telegram.set_faults(None, faults);
    changed
}

fn kick(shared: &Shared, on: bool) -> Result<(), Refusal> {
    let town = &shared.town;
    let by = town.steward();
    match on {
        true => town.telegram.kick_bot(town.group(), by)?,
        false => town.telegram.add_bot_back(town.group(), by)?,
    }
    shared.switches().telegram.kick = on;
    Ok(())
}
