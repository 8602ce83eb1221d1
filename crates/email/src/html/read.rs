//! From the tree of an HTML mail to lines with their depth of quotation.

use conversation::{Markup, Node};

use super::{
    look::{Look, is_hidden},
    tree::{self, Element, Html, is_block},
};
use crate::lines::{self, DEEPEST_QUOTE, Hint, Line};

pub(crate) fn lines(html: &str) -> Vec<Line> {
    let mut page = Page::default();
    page.children(&tree::parse(html), &Look::default());
    page.end_line();
    page.lines
}

/// Content ids of pictures that came along, and what their authors say they show.
pub(crate) fn picture_words(html: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    gather_pictures(&tree::parse(html), &mut found);
    found
}

fn gather_pictures(element: &Element, found: &mut Vec<(String, String)>) {
    let source = element.attribute("src");
    let alt = element.attribute("alt").trim();
    if let (Some(id), false) = (source.strip_prefix("cid:"), alt.is_empty()) {
        found.push((id.to_owned(), alt.to_owned()));
    }
    for inner in element.elements() {
        gather_pictures(inner, found);
    }
}

#[derive(Default)]
struct Page {
    lines: Vec<Line>,
    open: Line,
    /// The open line ends in a blank, or nothing stands in it yet: a blank would be one too many.
    spaced: bool,
    /// Something stands in the open line, be it only a forced break.
    begun: bool,
}

impl Page {
    fn children(&mut self, element: &Element, look: &Look) {
        for child in &element.children {
            match child {
                Html::Text(text) => self.text(text, look),
                Html::Element(inner) => self.element(inner, look),
            }
        }
    }

    fn element(&mut self, element: &Element, look: &Look) {
        if !element.is_read() || is_hidden(element) {
            return;
        }
        match element.name.as_str() {
            "br" => self.break_line(look),
            "hr" => self.rule(look),
            "img" => self.picture(element, look),
            "ul" | "ol" if is_plain_list(element) => self.list(element, look),
            "pre" if is_code(element) => self.code_block(element, look),
            name if is_block(name) => self.block(element, look),
            _ => self.children(element, &look.inside(element)),
        }
    }

    fn block(&mut self, element: &Element, look: &Look) {
        let inner = look.inside(element);
        self.end_line();
        if has_margin(element) {
            self.gap(look);
        }
        let is_cell = matches!(element.name.as_str(), "td" | "th");
        self.spaced |= is_cell && !self.lines.is_empty();
        self.children(element, &inner);
        self.end_line();
        if has_margin(element) {
            self.gap(look);
        }
    }

    fn text(&mut self, text: &str, look: &Look) {
        if look.preformatted {
            let mut pieces = text.split('\n');
            self.words(pieces.next().unwrap_or_default(), look);
            for piece in pieces {
                self.break_line(look);
                self.words(piece.trim_end_matches('\r'), look);
            }
            return;
        }
        let mut collapsed = String::with_capacity(text.len());
        let mut was_blank = self.spaced || !self.begun;
        for c in text.chars() {
            let is_blank = matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{C}');
            if !(is_blank && was_blank) {
                collapsed.push(if is_blank { ' ' } else { c });
            }
            was_blank = is_blank;
        }
        self.words(&collapsed, look);
    }

    fn words(&mut self, words: &str, look: &Look) {
        if words.is_empty() {
            return;
        }
        self.mark(look);
        self.spaced = words.ends_with(' ');
        let words = words.replace('\u{A0}', " ");
        self.open.text.push_str(&words);
        self.open.nodes.push(look.dressed(&words));
    }

    /// The open line stands where `look` says. A line belongs to what its first words belong to.
    fn mark(&mut self, look: &Look) {
        if !self.begun {
            self.open.quote = look.quote;
            self.open.cited = look.cited;
        }
        self.open.hint = self.open.hint.or(look.hint);
        self.begun = true;
    }

    fn break_line(&mut self, look: &Look) {
        self.mark(look);
        self.end_line();
    }

    fn end_line(&mut self) {
        if self.begun {
            let line = std::mem::take(&mut self.open);
            self.lines.push(with_quote_marks(tidy(line)));
        }
        (self.begun, self.spaced) = (false, false);
    }

    fn gap(&mut self, look: &Look) {
        if self.lines.last().is_some_and(|line| !line.is_blank()) {
            self.break_line(look);
        }
    }

    fn rule(&mut self, look: &Look) {
        self.end_line();
        self.mark(look);
        self.open.hint = self.open.hint.or(Some(Hint::Rule));
        self.end_line();
    }

    /// Pictures are attachments or trackers; only their words stay, and only where they are the text.
    fn picture(&mut self, element: &Element, look: &Look) {
        let alt = element.attribute("alt").trim();
        let is_emoji = !alt.is_empty() && alt.chars().count() <= 8 && !alt.is_ascii();
        if is_emoji {
            self.words(alt, look);
        }
    }

    fn list(&mut self, element: &Element, look: &Look) {
        self.end_line();
        let start = (element.name == "ol").then(|| element.attribute("start").parse().unwrap_or(1));
        let items = element.elements().filter(|it| it.name == "li");
        let items = items
            .map(|it| said_in(it, look))
            .filter(|it| !it.is_blank());
        let items: Vec<Vec<Node>> = items.map(|it| it.0).collect();
        if !items.is_empty() {
            self.push_block(Node::List { start, items }, look);
        }
    }

    fn code_block(&mut self, element: &Element, look: &Look) {
        self.end_line();
        let mut code = String::new();
        gather_text(element, &mut code);
        let code = code.trim_matches('\n').to_owned();
        if !code.trim().is_empty() {
            let language = None;
            self.push_block(Node::CodeBlock { language, code }, look);
        }
    }

    fn push_block(&mut self, node: Node, look: &Look) {
        let markup = Markup(vec![node]);
        self.lines.push(Line {
            quote: look.quote,
            cited: look.cited,
            text: crate::plain::markup_to_plain(&markup),
            nodes: markup.0,
            hint: look.hint,
            block: true,
        });
    }
}

/// Paragraphs and headings keep their distance, save in Outlook, whose paragraphs are lines.
fn has_margin(element: &Element) -> bool {
    let spaced = ["p", "h1", "h2", "h3", "h4", "h5", "h6"];
    spaced.contains(&element.name.as_str()) && !element.has_class("MsoNormal")
}

/// A list of nothing but items, as opposed to a layout.
fn is_plain_list(element: &Element) -> bool {
    element.elements().any(|it| it.name == "li")
}

/// Mail programs wrap whole texts in `pre` for their line breaks; code is short of class names.
fn is_code(element: &Element) -> bool {
    let dress = ["class", "style", "wrap"];
    dress.iter().all(|it| element.attribute(it).is_empty())
}

fn said_in(item: &Element, look: &Look) -> Markup {
    let mut page = Page::default();
    let mut inside = look.clone();
    inside.quote = 0;
    page.children(item, &inside);
    page.end_line();
    lines::to_markup(&page.lines)
}

fn gather_text(element: &Element, into: &mut String) {
    for child in &element.children {
        match child {
            Html::Text(text) => into.push_str(text),
            Html::Element(inner) if inner.name == "br" => into.push('\n'),
            Html::Element(inner) => gather_text(inner, into),
        }
    }
}

/// Blanks at the ends of a line mean nothing in HTML.
fn tidy(mut line: Line) -> Line {
    while let Some(Node::Text(last)) = line.nodes.last_mut() {
        let kept = last.trim_end().len();
        last.truncate(kept);
        if kept > 0 {
            break;
        }
        line.nodes.pop();
    }
    line.text.truncate(line.text.trim_end().len());
    line
}

/// Some programs quote by `>` in HTML, too.
fn with_quote_marks(mut line: Line) -> Line {
    let (depth, words) = lines::without_quote_marks(&line.text);
    let Some(Node::Text(first)) = line.nodes.first_mut() else {
        return line;
    };
    let (in_first, rest) = lines::without_quote_marks(first);
    if depth > 0 && in_first == depth {
        line.quote = (line.quote + depth).min(DEEPEST_QUOTE);
        line.cited = true;
        *first = rest.to_owned();
        line.text = words.to_owned();
    }
    line
}
