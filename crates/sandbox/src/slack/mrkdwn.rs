//! Reads Slack's own marked text, as it stands in `text`: words in which only `&`, `<` and `>` are escaped.

use super::inline::{self, unescape};
use super::span::{Piece, Span};
use super::world::World;

/// As people see it.
pub(crate) fn pieces(text: &str, world: &World) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for (index, part) in text.split("```").enumerate() {
        let is_code = index % 2 == 1;
        match is_code && !part.trim().is_empty() {
            true => {
                let code = Span::text(&unescape(part.trim_matches('\n')));
                pieces.push(Piece::of("code_block", vec![code]));
            }
            false => lines(part, world, &mut pieces),
        }
    }
    pieces
}

fn lines(part: &str, world: &World, pieces: &mut Vec<Piece>) {
    let mut words = String::new();
    let mut kind = "paragraph";
    for line in part.trim_matches('\n').split('\n') {
        let (of_kind, line) = match line.strip_prefix("&gt;") {
            Some(line) => ("quote", line.trim_start()),
            None => ("paragraph", line),
        };
        if of_kind != kind && !words.is_empty() {
            let words = std::mem::take(&mut words);
            pieces.push(Piece::of(kind, inline(words.trim_end_matches('\n'), world)));
        }
        kind = of_kind;
        words.push_str(line);
        words.push('\n');
    }
    let words = words.trim_end_matches('\n');
    if !words.is_empty() {
        pieces.push(Piece::of(kind, inline(words, world)));
    }
}

pub(crate) fn inline(text: &str, world: &World) -> Vec<Span> {
    let spans = inline::spans(text, &|rest, _| angled(rest, world));
    spans
        .into_iter()
        .map(|it| Span {
            text: match it.kind {
                "text" | "link" => unescape(&it.text),
                _ => it.text,
            },
            ..it
        })
        .collect()
}

/// `<@U…>`, `<#C…>`, `<!here>`, `<!subteam^S…>`, `<https://…|words>`.
fn angled(rest: &str, world: &World) -> Option<(Span, usize)> {
    let end = rest.strip_prefix('<')?.find(['>', '\n', '<'])? + 1;
    if !rest[end..].starts_with('>') {
        return None;
    }
    let (target, label) = match rest[1..end].split_once('|') {
        Some((target, label)) => (target, Some(label)),
        None => (&rest[1..end], None),
    };
    let span = meaning(target, label, world)?;
    Some((span, end + 1))
}

fn meaning(target: &str, label: Option<&str>, world: &World) -> Option<Span> {
    if let Some(id) = target.strip_prefix('@') {
        return Some(world.mention("user", id));
    }
    if let Some(id) = target.strip_prefix('#') {
        return Some(world.mention("channel", id));
    }
    if let Some(id) = target.strip_prefix("!subteam^") {
        return Some(world.mention("group", id));
    }
    if let Some(what) = target.strip_prefix('!') {
        return match what {
            "here" | "channel" | "everyone" => Some(world.mention("broadcast", what)),
            _ => Some(Span::text(label.unwrap_or(what))),
        };
    }
    let is_link =
        target.contains("://") || target.starts_with("mailto:") || target.starts_with("tel:");
    is_link.then(|| Span::at("link", &unescape(target), label.unwrap_or(target)))
}

impl World {
    /// Somebody or something by its id, as it is shown.
    pub(crate) fn mention(&self, kind: &'static str, id: &str) -> Span {
        let channel = || self.channels.get(id).map_or(id, |it| it.name.as_str());
        let group = || self.groups.get(id).map_or(id, |it| it.handle.as_str());
        let text = match kind {
            "user" => format!("@{}", self.name_of(id)),
            "channel" => format!("#{}", channel()),
            "group" => format!("@{}", group()),
            _ => format!("@{id}"),
        };
        Span::at(kind, id, text)
    }
}
