//! The bot's own reactions, made equal to what is wanted: one call for each emoji that comes or goes.

use calls::{of_one, refused};
use conversation::{Receipt, RemoteId, SendError};

use crate::bot::Discord;
use crate::errors::{CallError, code};
use crate::id::{Snowflake, Spot};
use crate::rest::Call;
use crate::wire::Message;

pub(crate) async fn react(
    discord: &Discord,
    channel: Snowflake,
    target: &RemoteId,
    wanted: &[String],
) -> Result<Receipt, SendError> {
    let spot = Spot::parse_target(target)?;
    let (within, message) = (spot.within(channel), spot.message);
    let ours = ours(discord, within, message).await.map_err(named)?;
    let (to_add, to_remove) = difference(&ours, wanted);
    for emoji in to_remove {
        let route = "DELETE /channels/{}/messages/{}/reactions/{}/@me";
        set(discord, route, (within, message), &emoji).await?;
    }
    let mut unknown = Vec::new();
    for emoji in to_add {
        let route = "PUT /channels/{}/messages/{}/reactions/{}/@me";
        if set(discord, route, (within, message), &emoji).await? == Taken::Unknown {
            unknown.push(emoji);
        }
    }
    match unknown.is_empty() {
        true => Ok(Receipt::default()),
        false => Err(refused(format!(
            "Discord has no reaction {}",
            unknown.join(" ")
        ))),
    }
}

async fn ours(
    discord: &Discord,
    within: Snowflake,
    message: Snowflake,
) -> Result<Vec<String>, CallError> {
    let call = Call::new("GET /channels/{}/messages/{}", &[&within, &message]);
    let message: Message = discord.rest.call_for(&call).await?;
    let ours = message.reactions.into_iter().filter(|it| it.me);
    // A server's own pictures are never ours.
    let ours = ours.filter(|it| it.emoji.id.is_none());
    Ok(ours.filter_map(|it| it.emoji.name).collect())
}

/// What comes and what goes. Pictures of other platforms, `:party:`, have no letter and are left out.
fn difference(ours: &[String], wanted: &[String]) -> (Vec<String>, Vec<String>) {
    let wanted: Vec<&String> = wanted.iter().filter(|it| !it.is_ascii()).collect();
    let is_wanted = |it: &String| wanted.iter().any(|wanted| plain(wanted) == plain(it));
    let stands = |it: &String| ours.iter().any(|ours| plain(ours) == plain(it));
    let mut to_add: Vec<String> = Vec::new();
    for emoji in &wanted {
        if !stands(emoji) && !to_add.contains(emoji) {
            to_add.push((*emoji).clone());
        }
    }
    let to_remove = ours.iter().filter(|it| !is_wanted(it)).cloned().collect();
    (to_add, to_remove)
}

/// Without the marks that choose a picture.
fn plain(emoji: &str) -> String {
    emoji
        .chars()
        .filter(|it| !matches!(it, '\u{fe0e}' | '\u{fe0f}'))
        .collect()
}

#[derive(Debug, PartialEq, Eq)]
enum Taken {
    Yes,
    Unknown,
}

async fn set(
    discord: &Discord,
    route: &'static str,
    (within, message): (Snowflake, Snowflake),
    emoji: &str,
) -> Result<Taken, SendError> {
    for spelling in spellings(emoji) {
        let call = Call::new(route, &[&within, &message, &spelling]);
        match discord.rest.call(&call).await {
            Ok(_) => return Ok(Taken::Yes),
            Err(error) if error.is(code::UNKNOWN_EMOJI) => {}
            Err(error) => return Err(named(error)),
        }
    }
    Ok(Taken::Unknown)
}

/// As it came, then as others write it: Discord knows each emoji with or without the mark that makes it a picture,
/// and never both ways.
fn spellings(emoji: &str) -> Vec<String> {
    let bare = plain(emoji);
    let mut rest = bare.chars();
    let first: String = rest.next().into_iter().collect();
    let as_picture = format!("{first}\u{fe0f}{}", rest.as_str());
    let mut spellings = vec![emoji.to_owned()];
    for other in [as_picture, bare] {
        if !spellings.contains(&other) {
            spellings.push(other);
        }
    }
    spellings
}

fn named(error: CallError) -> SendError {
    of_one(error.harmless())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_stays_and_the_rest_comes_or_goes() {
        let all = |it: &[&str]| it.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
        let ours = all(&["👍", "❤"]);
        let wanted = all(&["❤\u{fe0f}", "🎉", ":party:", "🎉"]);
        assert_eq!(difference(&ours, &wanted), (all(&["🎉"]), all(&["👍"])));
        assert_eq!(difference(&ours, &[]), (all(&[]), ours));
    }

    #[test]
    fn an_emoji_is_tried_as_it_came_and_then_as_others_write_it() {
        assert_eq!(spellings("❤"), ["❤", "❤\u{fe0f}"]);
        assert_eq!(spellings("❤\u{fe0f}"), ["❤\u{fe0f}", "❤"]);
        assert_eq!(spellings("1\u{20e3}")[1], "1\u{fe0f}\u{20e3}");
    }
}
