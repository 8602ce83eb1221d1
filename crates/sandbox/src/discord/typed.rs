//! A command as somebody types it: their client puts it together from what the bot offers.

use serde_json::{Value, json};

use super::ids::{ChannelId, InteractionId, UserId};
use super::said::Deed;
use super::world::Discord;

impl Discord {
    /// `line` as in `/rooms list spring`. None where the bot offers no such command: then these are words like any other.
    pub fn type_command(
        &self,
        channel: ChannelId,
        user: UserId,
        line: &str,
    ) -> Option<Deed<InteractionId>> {
        let mut words = line.strip_prefix('/')?.split_whitespace();
        let name = words.next()?;
        let words: Vec<&str> = words.collect();
        let offered = self.look(|world| {
            let mut commands = world.commands.iter();
            commands.find(|it| it["name"] == name).cloned()
        })?;
        let options = chosen(&offered, &words);
        Some(self.choose(channel, user, name, &options))
    }

    /// Each way to go on behind a slash, with what is said about it.
    pub fn offered_lines(&self) -> Vec<(String, String)> {
        let commands = self.look(|world| world.commands.clone());
        commands.iter().flat_map(|it| lines("/", it)).collect()
    }
}

/// A group or a subcommand.
fn leads_on(option: &Value) -> bool {
    matches!(option["type"].as_u64(), Some(1 | 2))
}

fn options(of: &Value) -> &[Value] {
    of["options"].as_array().map_or(&[], Vec::as_slice)
}

fn name(of: &Value) -> &str {
    of["name"].as_str().unwrap_or_default()
}

fn lines(before: &str, it: &Value) -> Vec<(String, String)> {
    let line = format!("{before}{}", name(it));
    let inner = options(it).iter().filter(|it| leads_on(it));
    let inner: Vec<_> = inner
        .flat_map(|it| lines(&format!("{line} "), it))
        .collect();
    let about = it["description"].as_str().unwrap_or_default();
    match inner.is_empty() {
        true => vec![(line, about.to_owned())],
        false => inner,
    }
}

/// A name may be typed with blanks for its hyphens. What is left goes to the options.
fn chosen(of: &Value, words: &[&str]) -> Vec<Value> {
    let leads = options(of).iter().filter(|it| leads_on(it));
    let found = leads.filter_map(|it| Some((it, rest(name(it), words)?)));
    match found.min_by_key(|(_, rest)| rest.len()) {
        Some((it, rest)) => {
            let inner = chosen(it, rest);
            vec![json!({ "name": name(it), "type": it["type"], "options": inner })]
        }
        None => given(options(of), words),
    }
}

/// What follows the name, where the words begin with it.
fn rest<'a, 'b>(name: &str, words: &'a [&'b str]) -> Option<&'a [&'b str]> {
    let spread = name.split('-').count();
    let is_name = |length: usize| Some(words.get(..length)?.join("-") == name);
    let length = [1, spread]
        .into_iter()
        .find(|it| is_name(*it) == Some(true))?;
    words.get(length..)
}

/// One word for each option, and to the last all the rest.
fn given(params: &[Value], words: &[&str]) -> Vec<Value> {
    let params: Vec<&Value> = params.iter().filter(|it| !leads_on(it)).collect();
    let last = params.len().saturating_sub(1);
    let each = params.iter().enumerate().map(|(at, it)| {
        let own = if at == last {
            words.get(at..)
        } else {
            words.get(at..=at)
        };
        (it, own.unwrap_or_default().join(" "))
    });
    let each = each.filter(|(_, value)| !value.is_empty());
    each.map(|(it, value)| match it["type"].as_u64() {
        Some(5) => json!({ "name": name(it), "type": 5, "value": value != "false" }),
        _ => json!({ "name": name(it), "type": it["type"], "value": value }),
    })
    .collect()
}

#[cfg(test)]
mod tests;
