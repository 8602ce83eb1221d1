//! A tree as a `rich_text` block. **Invariant:** no element is empty, which Slack would refuse.

use conversation::{Bullet, Holds, Line, Markup, Run, RunKind, Style};
use serde_json::{Value, json};

use super::address::{can_lead, in_words};
use super::reference::account;
use super::space::NO_WIDTH;
use super::{segment, styles};

/// Slack sets lists in no further.
const DEEPEST: usize = 8;

/// A block whose `elements` are empty where there are no words.
pub fn rich_text(markup: &Markup) -> Value {
    let mut block = Block::default();
    for line in styles::showable(markup).lines() {
        block.line(&line);
    }
    block.end();
    json!({ "type": "rich_text", "elements": block.elements })
}

#[derive(Default)]
struct Block {
    elements: Vec<Value>,
    open: Option<Open>,
}

/// What the next line may go on with.
enum Open {
    Section {
        quoted: bool,
        words: Vec<Value>,
    },
    List {
        quoted: bool,
        depth: usize,
        first: Bullet,
        items: Vec<Vec<Value>>,
    },
}

impl Block {
    fn line(&mut self, line: &Line) {
        match &line.holds {
            Holds::Code { code, .. } => self.code(code),
            Holds::Runs(runs) => match line.bullet.filter(|it| can_count(*it)) {
                Some(bullet) => self.item(line, bullet, words(runs)),
                None => {
                    let number = line.bullet.map(number).unwrap_or_default();
                    let mut said = text_element(&number, &json!({}));
                    said.extend(words(runs));
                    self.words(line, said);
                }
            },
        }
    }

    fn code(&mut self, code: &str) {
        self.end();
        let code = code.trim_matches('\n');
        if !code.trim().is_empty() {
            let words = [json!({ "type": "text", "text": code })];
            let element = json!({ "type": "rich_text_preformatted", "elements": words });
            self.elements.push(element);
        }
    }

    fn item(&mut self, line: &Line, bullet: Bullet, mut said: Vec<Value>) {
        if said.is_empty() {
            said = text_element(&NO_WIDTH.to_string(), &json!({}));
        }
        if let Some(Open::List {
            quoted,
            depth,
            first,
            items,
        }) = &mut self.open
            && (*quoted, *depth) == (line.quoted, line.depth)
            && follows(*first, items.len(), bullet)
        {
            return items.push(said);
        }
        self.end();
        self.open = Some(Open::List {
            quoted: line.quoted,
            depth: line.depth,
            first: bullet,
            items: vec![said],
        });
    }

    /// A line in a list belongs to its last item.
    fn words(&mut self, line: &Line, said: Vec<Value>) {
        let line_break = || text_element("\n", &json!({}));
        match &mut self.open {
            Some(Open::List {
                quoted,
                depth,
                items,
                ..
            }) if (*quoted, *depth) == (line.quoted, line.depth) => {
                if let Some(item) = items.last_mut() {
                    item.extend(line_break());
                    item.extend(said);
                }
            }
            Some(Open::Section { quoted, words }) if *quoted == line.quoted => {
                words.extend(line_break());
                words.extend(said);
            }
            _ => {
                self.end();
                let (quoted, words) = (line.quoted, said);
                self.open = Some(Open::Section { quoted, words });
            }
        }
    }

    fn end(&mut self) {
        match self.open.take() {
            Some(Open::Section { quoted, words }) if !words.is_empty() => {
                let kind = if quoted {
                    "rich_text_quote"
                } else {
                    "rich_text_section"
                };
                self.elements
                    .push(json!({ "type": kind, "elements": words }));
            }
            Some(Open::List {
                quoted,
                depth,
                first,
                items,
            }) => self.elements.push(list(quoted, depth, first, items)),
            Some(Open::Section { .. }) | None => {}
        }
    }
}

fn list(quoted: bool, depth: usize, first: Bullet, items: Vec<Vec<Value>>) -> Value {
    let sections = items.into_iter();
    let sections = sections.map(|it| json!({ "type": "rich_text_section", "elements": it }));
    let mut list = json!({
        "type": "rich_text_list",
        "style": "bullet",
        "indent": depth.clamp(1, DEEPEST + 1) - 1,
        "border": u8::from(quoted),
        "elements": sections.collect::<Vec<_>>(),
    });
    if let Bullet::Number(number) = first {
        list["style"] = json!("ordered");
        list["offset"] = json!(number - 1);
    }
    list
}

fn follows(first: Bullet, items: usize, next: Bullet) -> bool {
    match (first, next) {
        (Bullet::Dot, Bullet::Dot) => true,
        (Bullet::Number(first), Bullet::Number(next)) => first + items as u64 == next,
        _ => false,
    }
}

/// Slack counts from 1, and not for ever.
fn can_count(bullet: Bullet) -> bool {
    !matches!(bullet, Bullet::Number(0 | 1_000_000..))
}

fn number(bullet: Bullet) -> String {
    match bullet {
        Bullet::Dot => "• ".to_owned(),
        Bullet::Number(number) => format!("{number}. "),
    }
}

fn words(runs: &[Run]) -> Vec<Value> {
    let mut elements = Vec::new();
    for group in runs.chunk_by(|a, b| a.link == b.link) {
        elements.extend(group.iter().flat_map(element));
        let label: String = group.iter().map(|run| run.text.as_str()).collect();
        let url = group[0].link.as_deref().filter(|url| !can_lead(url));
        if let Some(said) = url.and_then(|url| in_words(&label, url)) {
            elements.extend(text_element(&said, &json!({})));
        }
    }
    elements
}

fn element(run: &Run) -> Vec<Value> {
    let style = style(run);
    match &run.kind {
        RunKind::Mention { account: Some(id) } if account(id.as_str()).is_some() => {
            vec![with_style(json!({ "type": "user", "user_id": id }), &style)]
        }
        RunKind::Emoji { id } if run.text == format!(":{id}:") => {
            vec![with_style(json!({ "type": "emoji", "name": id }), &style)]
        }
        _ => {
            let text = segment::seen(run);
            match run
                .link
                .as_deref()
                .filter(|url| can_lead(url) && !text.is_empty())
            {
                Some(url) => {
                    let mut link = json!({ "type": "link", "url": url });
                    // Slack shows the address where there are no words.
                    if text != url {
                        link["text"] = json!(text);
                    }
                    vec![with_style(link, &style)]
                }
                None => text_element(&text, &style),
            }
        }
    }
}

fn text_element(text: &str, style: &Value) -> Vec<Value> {
    match text.is_empty() {
        true => Vec::new(),
        false => vec![with_style(json!({ "type": "text", "text": text }), style)],
    }
}

fn with_style(mut element: Value, style: &Value) -> Value {
    if style.as_object().is_some_and(|it| !it.is_empty()) {
        element["style"] = style.clone();
    }
    element
}

fn style(run: &Run) -> Value {
    let mut style = json!({});
    for mark in &run.styles {
        match mark {
            Style::Bold => style["bold"] = json!(true),
            Style::Italic => style["italic"] = json!(true),
            Style::Strike => style["strike"] = json!(true),
            // Said in words, or gone.
            Style::Underline | Style::Spoiler => {}
        }
    }
    if run.kind == RunKind::Code {
        style["code"] = json!(true);
    }
    style
}
