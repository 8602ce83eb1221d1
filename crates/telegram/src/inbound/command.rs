//! Words said to us. **Invariant:** only what a person wrote here and now is a command: a forwarded one, or
//! one that a bot put in, is an ordinary message.

use conversation::behind_slash;

use super::meaning::Bot;
use crate::wire::Message;

const HELP: &str = "help";

/// The words without Telegram's prefix: `room list` of `/causeway room list`, `rest 2 weeks` of `/rest@our_bot 2 weeks`,
/// `help` of `@our_bot help`.
pub(super) fn of(message: &Message, bot: &Bot) -> Option<String> {
    if message.forward_origin.is_some() || message.via_bot.is_some() {
        return None;
    }
    let text = message.text.as_deref()?.trim_start();
    let (word, rest) = text
        .split_once(char::is_whitespace)
        .map_or((text, ""), |(word, rest)| (word, rest.trim()));
    let said = match (word.strip_prefix(['/', '／']), word.strip_prefix('@')) {
        (Some(name), _) => slash(name, rest, bot)?,
        (_, Some(name)) if is_us(name.trim_end_matches([',', ':', '.', '!', '?']), bot) => {
            rest.to_owned()
        }
        _ => return None,
    };
    Some(if said.is_empty() {
        HELP.to_owned()
    } else {
        said
    })
}

/// Ours by name, whatever follows; or a short form that people use as a word as well.
fn slash(word: &str, rest: &str, bot: &Bot) -> Option<String> {
    let (name, to) = match word.split_once('@') {
        Some((name, to)) => (name, Some(to)),
        None => (word, None),
    };
    if to.is_some_and(|it| !is_us(it, bot)) {
        return None;
    }
    let line = format!("/{} {rest}", name.to_ascii_lowercase());
    let ours = behind_slash(&line).or_else(|| to.and(line.strip_prefix('/')));
    ours.map(|it| it.trim().to_owned())
}

fn is_us(name: &str, bot: &Bot) -> bool {
    !bot.username.is_empty() && name.eq_ignore_ascii_case(&bot.username)
}
