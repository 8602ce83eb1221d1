//! What a person types into Slack's own program, as the `rich_text` block that the program makes of it.

use serde_json::{Value, json};

use super::inline;
use super::span::Span;
use super::world::World;

/// A run of lines of one sort.
enum Run {
    Words(String),
    Quote(String),
    Code(String),
    /// Their indent, and whether they have numbers.
    Items((usize, bool), Vec<String>),
}

pub(crate) fn rich_text(text: &str, world: &World) -> Value {
    let elements: Vec<Value> = runs(text).iter().map(|it| element(it, world)).collect();
    json!({ "type": "rich_text", "block_id": "aB3x", "elements": elements })
}

fn runs(text: &str) -> Vec<Run> {
    let mut runs = Vec::new();
    for (index, part) in text.split("```").enumerate() {
        match index % 2 == 1 {
            true => runs.push(Run::Code(part.trim_matches('\n').to_owned())),
            false if part.trim().is_empty() => {}
            false => part
                .trim_matches('\n')
                .split('\n')
                .for_each(|it| add(&mut runs, it)),
        }
    }
    runs
}

/// Goes on with the last run, or begins another.
fn add(runs: &mut Vec<Run>, line: &str) {
    let run = match (line.strip_prefix('>'), item(line)) {
        (Some(quoted), _) => Run::Quote(quoted.trim_start().to_owned()),
        (_, Some((sort, words))) => Run::Items(sort, vec![words.to_owned()]),
        _ => Run::Words(line.to_owned()),
    };
    match (runs.last_mut(), run) {
        (Some(Run::Words(words)), Run::Words(line))
        | (Some(Run::Quote(words)), Run::Quote(line)) => {
            words.push('\n');
            words.push_str(&line);
        }
        (Some(Run::Items(sort, items)), Run::Items(its, more)) if *sort == its => {
            items.extend(more)
        }
        (_, run) => runs.push(run),
    }
}

/// Indent, whether it has a number, and its words.
fn item(line: &str) -> Option<((usize, bool), &str)> {
    let words = line.trim_start();
    let indent = (line.len() - words.len()) / 4;
    let bare = words.strip_prefix("- ");
    if let Some(rest) = bare.or_else(|| words.strip_prefix("• ")) {
        return Some(((indent, false), rest));
    }
    let (number, rest) = words.split_once(". ")?;
    let is_number =
        !number.is_empty() && number.len() < 3 && number.bytes().all(|it| it.is_ascii_digit());
    is_number.then_some(((indent, true), rest))
}

fn element(run: &Run, world: &World) -> Value {
    let section =
        |words: &str| json!({ "type": "rich_text_section", "elements": spans(words, world) });
    match run {
        Run::Words(words) => section(words),
        Run::Quote(words) => json!({ "type": "rich_text_quote", "elements": spans(words, world) }),
        Run::Code(words) => json!({
            "type": "rich_text_preformatted", "elements": [{ "type": "text", "text": words }], "border": 0,
        }),
        Run::Items((indent, ordered), items) => json!({
            "type": "rich_text_list", "elements": items.iter().map(|it| section(it)).collect::<Vec<_>>(),
            "style": if *ordered { "ordered" } else { "bullet" }, "indent": indent, "border": 0,
        }),
    }
}

fn spans(words: &str, world: &World) -> Vec<Value> {
    let spans = inline::spans(words, &|rest, before| leaf(rest, before, world));
    spans.iter().map(value).collect()
}

fn value(span: &Span) -> Value {
    let target = span.target.as_deref().unwrap_or_default();
    let mut value = match span.kind {
        "link" if span.text == target => json!({ "type": "link", "url": target }),
        "link" => json!({ "type": "link", "url": target, "text": span.text }),
        "emoji" => json!({ "type": "emoji", "name": target }),
        "user" => json!({ "type": "user", "user_id": target }),
        "channel" => json!({ "type": "channel", "channel_id": target }),
        "group" => json!({ "type": "usergroup", "usergroup_id": target }),
        "broadcast" => json!({ "type": "broadcast", "range": target }),
        _ => json!({ "type": "text", "text": span.text }),
    };
    let marks = [
        ("bold", span.bold),
        ("italic", span.italic),
        ("strike", span.strike),
        ("code", span.code),
    ];
    for (name, _) in marks.iter().filter(|it| it.1) {
        value["style"][name] = true.into();
    }
    value
}

fn leaf(rest: &str, before: Option<char>, world: &World) -> Option<(Span, usize)> {
    if before.is_some_and(char::is_alphanumeric) {
        return None;
    }
    match rest.as_bytes().first()? {
        b'[' => link_with_words(rest),
        b'h' => link(rest),
        b'@' => mention(rest, world),
        b'#' => channel(rest, world),
        _ => None,
    }
}

fn link_with_words(rest: &str) -> Option<(Span, usize)> {
    let (words, behind) = rest.strip_prefix('[')?.split_once("](")?;
    let (url, _) = behind.split_once(')')?;
    let fits = !words.contains(['[', '\n']) && url.contains("://");
    let length = words.len() + url.len() + 4;
    fits.then(|| (Span::at("link", url, words), length))
}

fn link(rest: &str) -> Option<(Span, usize)> {
    if !rest.starts_with("https://") && !rest.starts_with("http://") {
        return None;
    }
    let end = rest.find(|it: char| it.is_whitespace() || "<>*`".contains(it));
    let url =
        rest[..end.unwrap_or(rest.len())].trim_end_matches(['.', ',', ')', '!', '?', ';', ':']);
    Some((Span::at("link", url, url), url.len()))
}

/// The longest name that fits wins: people have spaces in theirs.
fn mention(rest: &str, world: &World) -> Option<(Span, usize)> {
    let rest = rest.strip_prefix('@')?;
    let mut ranges = ["here", "channel", "everyone"].iter();
    if let Some(range) = ranges.find(|it| rest.starts_with(**it)) {
        return Some((world.mention("broadcast", range), range.len() + 1));
    }
    let (people, groups) = (world.members.values(), world.groups.values());
    let people = people.map(|it| ("user", it.id.as_str(), it.shown()));
    let groups = groups.map(|it| ("group", it.id.as_str(), it.handle.as_str()));
    let named = people.chain(groups);
    let fits = named.filter(|it| !it.2.is_empty() && rest.starts_with(it.2));
    let (kind, id, name) = fits.max_by_key(|it| it.2.len())?;
    Some((world.mention(kind, id), name.len() + 1))
}

fn channel(rest: &str, world: &World) -> Option<(Span, usize)> {
    let rest = rest.strip_prefix('#')?;
    let named = world.channels.values();
    let named = named.filter(|it| rest.starts_with(&it.name));
    let found = named.max_by_key(|it| it.name.len())?;
    Some((world.mention("channel", &found.id), found.name.len() + 1))
}
