//! Words said to us. **Invariant:** only what a person wrote here and now is a command: a forwarded one, or
//! one that a bot put in, is an ordinary message.

use super::Bot;
use crate::wire::Message;

/// The program's own command, and its short forms, which stand for themselves.
const COMMAND: &str = "causeway";
const SHORT_FORMS: &[&str] = &["help", "rest", "status"];

/// The command without Telegram's prefix: `room list` of `/causeway room list`, `rest 2 weeks` of
/// `/rest@our_bot 2 weeks`.
pub(super) fn of(message: &Message, bot: &Bot) -> Option<String> {
    if message.forward_origin.is_some() || message.via_bot.is_some() {
        return None;
    }
    let text = message.text.as_deref()?.strip_prefix('/')?;
    let (word, rest) = text
        .split_once(char::is_whitespace)
        .map_or((text, ""), |(word, rest)| (word, rest.trim()));
    let name = match word.split_once('@') {
        Some((name, to)) if to.eq_ignore_ascii_case(&bot.username) => name,
        Some(_) => return None,
        None => word,
    }
    .to_ascii_lowercase();
    if name == COMMAND {
        let bare = rest.is_empty();
        return Some(if bare { "help" } else { rest }.to_owned());
    }
    SHORT_FORMS
        .contains(&name.as_str())
        .then(|| format!("{name} {rest}").trim_end().to_owned())
}
