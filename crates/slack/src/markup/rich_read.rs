//! A `rich_text` block as a tree. **Invariant:** an element that is new or odd says what words it holds.

use conversation::{Markup, Node, Style};
use serde_json::Value;

use super::emoji;
use super::reference::{Names, Reference, place, time_in_words, user};

/// `names` as for `parse_mrkdwn_with`.
pub(crate) fn parse_rich_text_with(block: &Value, names: Names<'_>) -> Markup {
    let blocks = match block {
        Value::Array(blocks) => blocks.as_slice(),
        block => std::slice::from_ref(block),
    };
    let mut page = Page {
        names,
        nodes: Vec::new(),
        lists: Vec::new(),
        after_section: false,
    };
    for element in blocks.iter().flat_map(elements) {
        page.element(element);
    }
    page.end_lists(0);
    Markup(page.nodes)
}

fn elements(value: &Value) -> &[Value] {
    value["elements"].as_array().map_or(&[], Vec::as_slice)
}

struct Page<'a> {
    names: Names<'a>,
    nodes: Vec<Node>,
    /// The lists that are open, the outermost first.
    lists: Vec<List>,
    /// Two sections in a row stand on lines of their own.
    after_section: bool,
}

struct List {
    quoted: bool,
    start: Option<u64>,
    items: Vec<Vec<Node>>,
}

impl Page<'_> {
    fn element(&mut self, element: &Value) {
        let kind = element["type"].as_str().unwrap_or_default();
        if kind == "rich_text_list" {
            return self.list(element);
        }
        self.end_lists(0);
        let children = self.inline(elements(element));
        match kind {
            "rich_text_quote" => self.nodes.push(Node::Quote(children)),
            "rich_text_preformatted" => {
                let (language, code) = (None, super::code::in_code(&children));
                self.nodes.push(Node::CodeBlock { language, code });
            }
            _ => {
                if self.after_section {
                    self.nodes.push(Node::Text("\n".to_owned()));
                }
                self.nodes.extend(children);
                // A new kind of element may hold its words itself.
                self.nodes.extend(said(element).map(Node::Text));
            }
        }
        self.after_section = !matches!(kind, "rich_text_quote" | "rich_text_preformatted");
    }

    /// Slack begins a new element wherever the depth changes, and says how many items came before.
    fn list(&mut self, element: &Value) {
        const DEEPEST: usize = 16;
        let indent = element["indent"].as_u64().unwrap_or(0);
        let indent = usize::try_from(indent).map_or(DEEPEST, |it| it.min(DEEPEST));
        let offset = element["offset"].as_u64().unwrap_or(0);
        let is_ordered = element["style"].as_str() == Some("ordered");
        let start = is_ordered.then(|| offset.saturating_add(1));
        let quoted = element["border"].as_u64() == Some(1);
        // A quoted list holds no other: it stands between two parts of the one around it.
        let is_other = self.lists.first().is_some_and(|it| it.quoted != quoted);
        self.end_lists(if is_other { 0 } else { indent + 1 });
        let goes_on = |list: &List| {
            let next = list
                .start
                .map(|it| it.saturating_add(list.items.len() as u64));
            list.quoted == quoted && next == start
        };
        if self.lists.len() == indent + 1 && !self.lists.last().is_some_and(goes_on) {
            self.end_lists(indent);
        }
        while self.lists.len() <= indent {
            let items = Vec::new();
            let start = start.filter(|_| self.lists.len() == indent);
            self.lists.push(List {
                quoted,
                start,
                items,
            });
        }
        for item in elements(element) {
            let children = self.inline(elements(item));
            if let Some(list) = self.lists.last_mut() {
                list.items.push(children);
            }
        }
        self.after_section = false;
    }

    /// A list belongs to the last item of the one around it.
    fn end_lists(&mut self, left: usize) {
        while self.lists.len() > left
            && let Some(list) = self.lists.pop()
        {
            // Nothing was said on a level that was passed over.
            if list.items.is_empty() {
                continue;
            }
            let around = self.lists.iter_mut().rev();
            let around = around.filter_map(|it| it.items.last_mut()).next();
            let node = Node::List {
                start: list.start,
                items: list.items,
            };
            match around {
                Some(item) => item.push(node),
                None if list.quoted => self.nodes.push(Node::Quote(vec![node])),
                None => self.nodes.push(node),
            }
        }
    }

    fn inline(&self, elements: &[Value]) -> Vec<Node> {
        let mut nodes = Vec::new();
        for element in elements {
            let Some(node) = self.leaf(element) else {
                continue;
            };
            match (marked(node, &element["style"]), nodes.last_mut()) {
                (Node::Text(more), Some(Node::Text(text))) => text.push_str(&more),
                (node, _) => nodes.push(node),
            }
        }
        nodes
    }

    fn leaf(&self, element: &Value) -> Option<Node> {
        let text = |key: &str| element[key].as_str().map(clean);
        let is_code = element["style"]["code"].as_bool() == Some(true);
        let node = match element["type"].as_str().unwrap_or_default() {
            "text" if is_code => Node::Code(text("text")?),
            "link" => link(text("url")?, text("text"), is_code),
            "user" => {
                let id = element["user_id"].as_str()?;
                let named = user(id, String::new(), self.names);
                return named.or_else(|| Some(Node::Text(format!("@{}", clean(id)))));
            }
            "usergroup" => self.usergroup(element["usergroup_id"].as_str()?),
            "channel" => self.channel(element["channel_id"].as_str()?),
            "broadcast" => Node::Text(format!("@{}", text("range")?)),
            "emoji" => picture(&text("name")?, element),
            "date" => Node::Text(
                text("fallback").or_else(|| time_in_words(element["timestamp"].as_i64()?))?,
            ),
            "color" => Node::Text(text("value")?),
            _ => Node::Text(said(element)?),
        };
        Some(node)
    }

    fn usergroup(&self, id: &str) -> Node {
        match (self.names)(Reference::UserGroup(id)) {
            Some(name) => place('@', id, &name),
            None => Node::Text(format!("<!subteam^{}>", clean(id))),
        }
    }

    fn channel(&self, id: &str) -> Node {
        match (self.names)(Reference::Channel(id)) {
            Some(name) => place('#', id, &name),
            None => Node::Text(format!("<#{}>", clean(id))),
        }
    }
}

/// PostgreSQL cannot hold U+0000.
fn clean(text: &str) -> String {
    text.replace('\0', "\u{fffd}")
}

fn said(element: &Value) -> Option<String> {
    let keys = ["text", "fallback", "name", "value", "url"];
    keys.iter().find_map(|key| element[key].as_str()).map(clean)
}

fn link(url: String, label: Option<String>, is_code: bool) -> Node {
    let label = label
        .filter(|it| !it.is_empty())
        .unwrap_or_else(|| url.clone());
    let words = match is_code {
        true => Node::Code(label),
        false => Node::Text(label),
    };
    match super::address::can_lead(&url) {
        true => Node::Link {
            url,
            children: vec![words],
        },
        false => words,
    }
}

/// Slack says the code points of those that Unicode has; the others are its own.
fn picture(name: &str, element: &Value) -> Node {
    let by_code = element["unicode"].as_str().and_then(emoji::by_code);
    let tone = element["skin_tone"].as_u64();
    match by_code.or_else(|| emoji::unicode(name, tone)) {
        Some(text) => Node::Text(text),
        None => Node::Emoji {
            id: name.into(),
            text: format!(":{name}:"),
        },
    }
}

fn marked(node: Node, style: &Value) -> Node {
    let styles = [
        ("strike", Style::Strike),
        ("italic", Style::Italic),
        ("bold", Style::Bold),
        ("underline", Style::Underline),
    ];
    let asked = styles
        .iter()
        .filter(|(key, _)| style[key].as_bool() == Some(true));
    asked.fold(node, |inside, (_, style)| Node::Styled {
        style: *style,
        children: vec![inside],
    })
}
