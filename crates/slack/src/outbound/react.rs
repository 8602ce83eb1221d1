//! Reactions: what we set under a message is made equal to what is wanted. Slack lets us set each emoji once.

use calls::refused;
use conversation::{Receipt, RemoteId, SendError};
use serde_json::Value;

use crate::bot::Slack;
use crate::errors::CallError;
use crate::id;
use crate::inbound::emoji;
use crate::method::{Method, REACTIONS_ADD, REACTIONS_GET, REACTIONS_REMOVE};

pub(crate) async fn react(
    slack: &Slack,
    channel: &str,
    target: &RemoteId,
    wanted: &[String],
) -> Result<Receipt, SendError> {
    let target = id::parse_message(target)?;
    let wanted: Vec<String> = wanted.iter().filter_map(|it| emoji::to_name(it)).collect();
    set(slack, (channel, target), &wanted)
        .await
        .map_err(CallError::harmless)??;
    Ok(Receipt::default())
}

async fn set(
    slack: &Slack,
    place: (&str, &str),
    wanted: &[String],
) -> Result<Result<(), SendError>, CallError> {
    let ours = slack.who_we_are().await?.user_id.clone();
    let (channel, target) = place;
    let form = vec![
        ("channel", channel.to_owned()),
        ("timestamp", target.to_owned()),
        ("full", "true".to_owned()),
    ];
    let answer = slack.api.call(REACTIONS_GET, form).await?;
    let standing = set_by(&answer["message"], &ours);
    let is_in = |list: &[String], name: &str| list.iter().any(|it| emoji::is_same(it, name));
    for name in standing.iter().filter(|it| !is_in(wanted, it)) {
        change(slack, REACTIONS_REMOVE, place, name).await?;
    }
    let mut unknown = 0;
    let missing: Vec<&String> = wanted.iter().filter(|it| !is_in(&standing, it)).collect();
    for name in &missing {
        unknown += usize::from(!change(slack, REACTIONS_ADD, place, name).await?);
    }
    match unknown > 0 && unknown == wanted.len() {
        true => Ok(Err(refused("the workspace has no such emoji"))),
        false => Ok(Ok(())),
    }
}

fn set_by(message: &Value, user: &str) -> Vec<String> {
    let reactions = message["reactions"].as_array().into_iter().flatten();
    let is_ours = |it: &&Value| {
        let users = it["users"].as_array().into_iter().flatten();
        users.into_iter().any(|it| it == user)
    };
    let names = reactions
        .filter(is_ours)
        .filter_map(|it| it["name"].as_str());
    names.map(str::to_owned).collect()
}

/// Whether the workspace knows the emoji.
async fn change(
    slack: &Slack,
    method: &'static Method,
    (channel, target): (&str, &str),
    name: &str,
) -> Result<bool, CallError> {
    let form = vec![
        ("channel", channel.to_owned()),
        ("timestamp", target.to_owned()),
        ("name", name.to_owned()),
    ];
    match slack.api.call(method, form).await {
        Err(error) if error.is("invalid_name") => Ok(false),
        Err(error) if error.is_one_of(DONE) => Ok(true),
        Err(error) => Err(error),
        Ok(_) => Ok(true),
    }
}

/// As wanted already, or as full as Slack lets it be.
const DONE: &[&str] = &[
    "already_reacted",
    "no_reaction",
    "too_many_emoji",
    "too_many_reactions",
];
