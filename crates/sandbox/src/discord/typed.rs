//! A command as somebody types it: their client makes a path and options of it, by what the bot registered.

use serde_json::Value;

use super::ids::{ChannelId, InteractionId, UserId};
use super::said::Deed;
use super::tree::{self, inner, kind};
use super::world::{Discord, World};

/// What a line says, as far as it leads to something that can be used.
#[derive(Debug, PartialEq, Eq)]
struct Typed {
    /// As in `causeway room link`.
    path: String,
    given: Vec<(String, String)>,
}

impl Discord {
    /// `line` as in `/rooms list spring`. None where it leads to no command: then these are words like any other.
    pub fn type_command(
        &self,
        channel: ChannelId,
        user: UserId,
        line: &str,
    ) -> Option<Deed<InteractionId>> {
        let Typed { path, given } = self.typed(line)?;
        Some(self.slash_command(channel, user, &path, &borrowed(&given)))
    }

    /// Asks the bot for what fits the option that is typed last, and tells how the line begins before that.
    pub fn type_on(
        &self,
        channel: ChannelId,
        user: UserId,
        line: &str,
    ) -> Option<(Deed<InteractionId>, String)> {
        let Typed { path, mut given } = self.typed(line)?;
        let (name, value) = given.pop()?;
        let typed = (name.as_str(), value.as_str());
        let asked = self.autocomplete(channel, user, &path, (&borrowed(&given), typed));
        let before = given.iter().map(|(name, value)| format!("{name}:{value} "));
        let before: String = before.collect();
        Some((asked, format!("/{path} {before}{name}:")))
    }

    /// What the bot offered, with the value of each.
    pub fn choices(&self, asked: InteractionId) -> Vec<(String, String)> {
        let of = |world: &mut World| Some(world.interactions.get(&asked.0)?.choices.clone());
        self.look(of).unwrap_or_default()
    }

    /// Each way to go on behind a slash, with what is said about it.
    pub fn offered_lines(&self) -> Vec<(String, String)> {
        let commands = self.look(|world| world.commands.clone());
        commands.iter().flat_map(|it| lines("/", it)).collect()
    }

    fn typed(&self, line: &str) -> Option<Typed> {
        let words: Vec<&str> = line.strip_prefix('/')?.split_whitespace().collect();
        self.look(|world| read(&world.commands, &words))
    }
}

fn borrowed(given: &[(String, String)]) -> Vec<(&str, &str)> {
    let given = given.iter();
    given
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect()
}

fn name(of: &Value) -> &str {
    of["name"].as_str().unwrap_or_default()
}

fn is_step(option: &Value) -> bool {
    matches!(kind(option), tree::SUBCOMMAND | tree::GROUP)
}

fn lines(before: &str, it: &Value) -> Vec<(String, String)> {
    let line = format!("{before}{}", name(it));
    let steps = inner(it).iter().filter(|it| is_step(it));
    let further: Vec<_> = steps
        .flat_map(|it| lines(&format!("{line} "), it))
        .collect();
    let about = it["description"].as_str().unwrap_or_default();
    match further.is_empty() {
        true => vec![(line, about.to_owned())],
        false => further,
    }
}

/// A name may be typed with blanks for its hyphens. What is left goes to the options.
fn read(among: &[Value], words: &[&str]) -> Option<Typed> {
    let found = among
        .iter()
        .filter_map(|it| Some((it, rest(name(it), words)?)));
    let (it, rest) = found.min_by_key(|(_, rest)| rest.len())?;
    if !inner(it).iter().any(is_step) {
        let path = name(it).to_owned();
        let given = given(inner(it), rest);
        return Some(Typed { path, given });
    }
    let further = read(inner(it), rest)?;
    let path = format!("{} {}", name(it), further.path);
    Some(Typed { path, ..further })
}

/// What follows the name, where the words begin with it.
fn rest<'a, 'b>(name: &str, words: &'a [&'b str]) -> Option<&'a [&'b str]> {
    let spread = name.split('-').count();
    let is_name = |length: &usize| words.get(..*length).is_some_and(|it| it.join("-") == name);
    let length = [1, spread].into_iter().find(is_name)?;
    words.get(length..)
}

/// A word belongs to the option that it names, as in `room:spring`; without one to the next, and at last to the one before.
fn given(options: &[Value], words: &[&str]) -> Vec<(String, String)> {
    let mut given: Vec<(String, String)> = Vec::new();
    let mut goes_on = false;
    for word in words {
        let named = word.split_once(':');
        let named = named.filter(|(it, _)| options.iter().any(|option| name(option) == *it));
        let is_free = |it: &&Value| !given.iter().any(|(taken, _)| taken == name(it));
        let next = options.iter().find(is_free).filter(|_| !goes_on);
        match (named, next, given.last_mut()) {
            (Some((name, value)), ..) => given.push((name.to_owned(), value.to_owned())),
            (None, Some(next), _) => given.push((name(next).to_owned(), (*word).to_owned())),
            (None, None, Some((_, value))) => *value = format!("{value} {word}"),
            (None, None, None) => {}
        }
        goes_on |= named.is_some();
    }
    given
}

#[cfg(test)]
mod tests;
