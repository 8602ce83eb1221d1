//! Commands and buttons wait for an answer of three seconds. **Invariant:** each is told at once that it was heard;
//! the answer itself may come within a quarter of an hour, for the eyes of whoever gave the command or pressed. Where none
//! comes, nobody is left looking at "thinking…".

use std::time::Duration;

use calls::{Transit, Trouble, refused};
use conversation::{Intake, SendError, WayBack};
use futures::{StreamExt, stream::FuturesUnordered};
use serde::Serialize;
use serde_json::json;
use serenity::builder::{CreateAutocompleteResponse, CreateInteractionResponse};
use tokio::time::{Instant, sleep_until, timeout};

use crate::bot::Discord;
use crate::errors::{CallError, code};
use crate::inbound::asking;
use crate::pending::PATIENCE;
use crate::rest::Call;
use crate::way_back::{COMMAND, COMPONENT, Way, read};
use crate::wire::Interaction;

/// Then it is told once more.
const SLOW_TRY: Duration = Duration::from_secs(1);
/// After a failure, and twice as long after each other one.
const FIRST_PAUSE: Duration = Duration::from_millis(100);

/// "ACK an interaction and edit a response later, the user sees a loading state".
const ANSWER_LATER: u64 = 5;
/// "For components, ACK an interaction …; the user does not see a loading state".
const HEARD: u64 = 6;
/// Of what is offered while somebody writes: "between 1 and 100 characters", "max of 25 choices".
const LONGEST_CHOICE: usize = 100;
const MOST_CHOICES: usize = 25;
/// Discord waits for three seconds, and most of a try's time is ours.
const THOUGHT: Duration = Duration::from_secs(2);
pub(crate) const EPHEMERAL: u64 = 1 << 6;

/// The way, once it can be gone.
pub(crate) async fn way(discord: &Discord, way_back: &WayBack) -> Result<Way, SendError> {
    let way = read(way_back)?;
    match discord.pending.takes_an_answer(way.id).await {
        true => Ok(way),
        false => Err(refused("Discord was not told in time that it was heard")),
    }
}

/// A failure shows at the person's own screen after three seconds.
pub(crate) async fn acknowledge(discord: &Discord, interaction: &Interaction) {
    let answer = match interaction.kind {
        COMMAND => json!({ "type": ANSWER_LATER, "data": { "flags": EPHEMERAL } }),
        COMPONENT => json!({ "type": HEARD }),
        _ => return,
    };
    let call = callback(interaction, &answer);
    let outcome = within_patience(discord, &call, code::ALREADY_ACKNOWLEDGED).await;
    discord.pending.told(interaction.id, outcome.is_ok());
    if let Err(error) = outcome {
        tracing::warn!(%error, "a command or button was not answered in time");
    }
}

/// What may stand in a command, while somebody writes it. Nothing is an answer too: else theirs would seem to load.
pub(crate) async fn offer(discord: &Discord, intake: &dyn Intake, interaction: &Interaction) {
    let asking = asking(interaction, &discord.known());
    let suggested = async { intake.suggest(&asking?).await };
    let suggested = timeout(THOUGHT, suggested).await.ok().flatten();
    let is_short = |it: &String| (1..=LONGEST_CHOICE).contains(&it.chars().count());
    let choices = suggested.unwrap_or_default().into_iter().filter(is_short);
    let offered = choices
        .take(MOST_CHOICES)
        .fold(CreateAutocompleteResponse::new(), |offered, it| {
            offered.add_string_choice(&it, &it)
        });
    let answer = CreateInteractionResponse::Autocomplete(offered);
    if let Err(error) = discord.rest.call(&callback(interaction, &answer)).await {
        tracing::debug!(%error, "nothing is offered while somebody writes a command");
    }
}

fn callback(interaction: &Interaction, answer: &impl Serialize) -> Call {
    let ids: [&(dyn ToString + Sync); 2] = [&interaction.id, &interaction.token];
    Call::new("POST /interactions/{}/{}/callback", &ids).with_json(answer)
}

/// A command that nothing answers would show for a quarter of an hour that something will.
pub(crate) async fn leave_unanswered(discord: &Discord, way_back: &WayBack) {
    let Ok(way) = way(discord, way_back).await else {
        return;
    };
    let Some(application) = discord.known().application.filter(|_| way.awaits(0)) else {
        return;
    };
    let route = "DELETE /webhooks/{}/{}/messages/@original";
    let call = Call::new(route, &[&application, &way.token]);
    if let Err(error) = within_patience(discord, &call, code::UNKNOWN_MESSAGE).await {
        tracing::debug!(%error, "a command that nothing answers still seems to wait");
    }
}

/// Again and again until Discord answers, but no longer than it waits itself. A try that is slow goes on beside the next: it
/// may be the one that comes through. `done` says that an earlier one did.
async fn within_patience(discord: &Discord, call: &Call, done: u64) -> Result<(), CallError> {
    let deadline = Instant::now() + PATIENCE;
    let mut pause = FIRST_PAUSE;
    let mut last: CallError = Transit::no_answer("it took too long").into();
    let mut tries = FuturesUnordered::new();
    tries.push(discord.rest.call(call));
    let mut next = Instant::now() + SLOW_TRY;
    loop {
        tokio::select! {
            Some(tried) = tries.next() => match tried.map(drop) {
                Ok(()) => return Ok(()),
                Err(error) if error.is(done) => return Ok(()),
                Err(error) if error.is_answer() => return Err(error),
                Err(error) => {
                    next = Instant::now() + pause.max(error.asked_to_wait());
                    pause *= 2;
                    last = error;
                }
            },
            () = sleep_until(next.min(deadline)) => {
                if next >= deadline {
                    return Err(last);
                }
                tries.push(discord.rest.call(call));
                next += SLOW_TRY;
            }
        }
    }
}
