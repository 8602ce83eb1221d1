//! Blocks as people see them, and a `rich_text` block as the marked text that Slack writes beside it; and whom a message
//! rings for: what a bridge must never do by accident.

use serde_json::Value;

use super::message::Stored;
use super::span::{Piece, Span};
use super::world::World;
use super::{inline, mrkdwn};

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

pub(crate) fn pieces(blocks: &Value, world: &World) -> Vec<Piece> {
    list(blocks).flat_map(|it| block(it, world)).collect()
}

fn block(block: &Value, world: &World) -> Vec<Piece> {
    match block["type"].as_str().unwrap_or("") {
        "rich_text" => list(&block["elements"])
            .flat_map(|it| rich(it, world))
            .collect(),
        "section" => {
            let mut pieces = text_object(&block["text"], world);
            pieces.extend(list(&block["fields"]).flat_map(|it| text_object(it, world)));
            pieces
        }
        "markdown" => said("paragraph", &block["text"]),
        "header" => said("heading", &block["text"]["text"]),
        "context" => {
            let spans = list(&block["elements"]).flat_map(|it| context(it, world));
            vec![Piece::of("context", spans.collect())]
        }
        "divider" => vec![Piece::of("divider", Vec::new())],
        "image" => said("image", &block["alt_text"]),
        _ => Vec::new(),
    }
}

fn words(value: &Value) -> &str {
    value.as_str().unwrap_or("")
}

fn said(kind: &'static str, text: &Value) -> Vec<Piece> {
    vec![Piece::of(kind, vec![Span::text(words(text))])]
}

fn text_object(object: &Value, world: &World) -> Vec<Piece> {
    let text = words(&object["text"]);
    match object["type"].as_str() {
        Some("mrkdwn") => mrkdwn::pieces(text, world),
        Some(_) => said("paragraph", &object["text"]),
        None => Vec::new(),
    }
}

fn context(element: &Value, world: &World) -> Vec<Span> {
    match element["type"].as_str() {
        Some("mrkdwn") => mrkdwn::inline(words(&element["text"]), world),
        Some("image") => vec![Span::text(words(&element["alt_text"]))],
        _ => vec![Span::text(words(&element["text"]))],
    }
}

fn rich(element: &Value, world: &World) -> Vec<Piece> {
    let spans =
        |it: &Value| -> Vec<Span> { list(&it["elements"]).map(|it| span(it, world)).collect() };
    let indent = element["indent"].as_u64().unwrap_or(0) as u32;
    match element["type"].as_str().unwrap_or("") {
        "rich_text_section" => vec![Piece::of("paragraph", trimmed(spans(element)))],
        "rich_text_quote" => vec![Piece::of("quote", spans(element))],
        "rich_text_preformatted" => vec![Piece::of("code_block", spans(element))],
        "rich_text_list" => {
            let is_ordered = element["style"] == "ordered";
            let offset = element["offset"].as_u64().unwrap_or(0) as u32;
            let items = list(&element["elements"]).zip(1..);
            items
                .map(|(item, number)| Piece {
                    kind: "item",
                    indent,
                    number: is_ordered.then_some(number + offset),
                    spans: spans(item),
                })
                .collect()
        }
        _ => Vec::new(),
    }
}

/// The line end that Slack's program leaves before a list or quote is not seen.
fn trimmed(mut spans: Vec<Span>) -> Vec<Span> {
    if let Some(last) = spans.last_mut() {
        last.text.truncate(last.text.trim_end_matches('\n').len());
    }
    spans
}

fn span(element: &Value, world: &World) -> Span {
    let style = &element["style"];
    let has = |name: &str| style[name] == true;
    Span {
        bold: has("bold"),
        italic: has("italic"),
        strike: has("strike"),
        code: has("code"),
        ..bare(element, world)
    }
}

fn bare(element: &Value, world: &World) -> Span {
    match element["type"].as_str().unwrap_or("") {
        "link" => {
            let url = words(&element["url"]);
            Span::at("link", url, element["text"].as_str().unwrap_or(url))
        }
        "emoji" => inline::emoji(words(&element["name"])),
        "user" => world.mention("user", words(&element["user_id"])),
        "channel" => world.mention("channel", words(&element["channel_id"])),
        "usergroup" => world.mention("group", words(&element["usergroup_id"])),
        "broadcast" => world.mention("broadcast", words(&element["range"])),
        "date" => Span::text(words(&element["fallback"])),
        "color" => Span::text(words(&element["value"])),
        _ => Span::text(words(&element["text"])),
    }
}

/// The `text` that goes with a person's `rich_text` block.
pub(crate) fn to_mrkdwn(block: &Value) -> String {
    let mut lines: Vec<String> = Vec::new();
    for element in list(&block["elements"]) {
        let inner = || -> String { list(&element["elements"]).map(marked).collect() };
        match element["type"].as_str().unwrap_or("") {
            "rich_text_preformatted" => lines.push(format!("```{}```", inner())),
            "rich_text_quote" => {
                lines.extend(inner().split('\n').map(|it| format!("&gt; {it}")));
            }
            "rich_text_list" => lines.extend(items(element)),
            _ => lines.push(inner().trim_end_matches('\n').to_owned()),
        }
    }
    lines.join("\n")
}

fn items(element: &Value) -> Vec<String> {
    let indent = "    ".repeat(element["indent"].as_u64().unwrap_or(0) as usize);
    let offset = element["offset"].as_u64().unwrap_or(0);
    let is_ordered = element["style"] == "ordered";
    let items = list(&element["elements"]).zip(1..);
    items
        .map(|(item, number)| {
            let words: String = list(&item["elements"]).map(marked).collect();
            match is_ordered {
                true => format!("{indent}{}. {words}", number + offset),
                false => format!("{indent}• {words}"),
            }
        })
        .collect()
}

fn marked(element: &Value) -> String {
    let target = |name: &str| words(&element[name]).to_owned();
    let mut text = match element["type"].as_str().unwrap_or("") {
        "link" => match element["text"].as_str() {
            Some(text) => format!("<{}|{}>", target("url"), inline::escape(text)),
            None => format!("<{}>", target("url")),
        },
        "emoji" => format!(":{}:", target("name")),
        "user" => format!("<@{}>", target("user_id")),
        "channel" => format!("<#{}>", target("channel_id")),
        "usergroup" => format!("<!subteam^{}>", target("usergroup_id")),
        "broadcast" => format!("<!{}>", target("range")),
        _ => inline::escape(words(&element["text"])),
    };
    for (name, mark) in [
        ("code", '`'),
        ("strike", '~'),
        ("italic", '_'),
        ("bold", '*'),
    ] {
        if element["style"][name] == true {
            text = format!("{mark}{text}{mark}");
        }
    }
    text
}

const RINGING: [&str; 3] = ["user", "group", "broadcast"];

impl World {
    /// Names of people and groups, each once. Text beside blocks rings too: it is what notifications show.
    pub(crate) fn pings_of(&self, message: &Stored) -> Vec<String> {
        let mut names = Vec::new();
        if message.text.contains('<') {
            for piece in mrkdwn::pieces(&message.text, self) {
                note(&mut names, &piece.spans);
            }
        }
        if let Some(blocks) = &message.blocks {
            for piece in pieces(blocks, self) {
                note(&mut names, &piece.spans);
            }
        }
        if let Some(attachments) = &message.attachments {
            self.note_attachments(&mut names, attachments);
        }
        names
    }

    fn note_attachments(&self, names: &mut Vec<String>, attachments: &Value) {
        for attachment in attachments.as_array().into_iter().flatten() {
            for field in ["text", "pretext", "fallback"] {
                let text = attachment[field].as_str().unwrap_or_default();
                note(names, &mrkdwn::inline(text, self));
            }
        }
    }
}

fn note(names: &mut Vec<String>, spans: &[Span]) {
    for span in spans.iter().filter(|it| RINGING.contains(&it.kind)) {
        if !names.contains(&span.text) {
            names.push(span.text.clone());
        }
    }
}
