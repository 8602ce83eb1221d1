//! A small tree of an HTML text, built in one pass from a conforming tokeniser.
//!
//! **Invariant:** time is linear and depth bounded whatever the text holds: an element nested deeper than
//! `DEEPEST` or beyond `MOST_ELEMENTS` loses its tag, never its words.
//!
//! Not html5ever: it compares each attribute of a tag with all before it, so that a tag of a megabyte costs minutes.

use std::borrow::Cow;

use html5gum::{StartTag, State, Token, Tokenizer};

const DEEPEST: usize = 100;
const MOST_ELEMENTS: usize = 200_000;

/// Whose words nobody is meant to read.
const UNREAD: &str = "script style head title noscript template object svg xml iframe select";

const VOID: &str = "area base br col embed hr img input link meta param source track wbr";

#[derive(Debug)]
pub(crate) enum Html {
    Text(String),
    Element(Element),
}

#[derive(Debug, Default)]
pub(crate) struct Element {
    pub(crate) name: String,
    attributes: Vec<(String, String)>,
    pub(crate) children: Vec<Html>,
}

impl Element {
    pub(crate) fn attribute(&self, name: &str) -> &str {
        let found = self.attributes.iter().find(|(key, _)| key == name);
        found.map_or("", |(_, value)| value.as_str())
    }

    pub(crate) fn has_class(&self, class: &str) -> bool {
        let mut classes = self.attribute("class").split_ascii_whitespace();
        classes.any(|it| it.eq_ignore_ascii_case(class))
    }

    pub(crate) fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|child| match child {
            Html::Element(it) => Some(it),
            Html::Text(_) => None,
        })
    }

    pub(crate) fn is_read(&self) -> bool {
        !is_one_of(&self.name, UNREAD)
    }
}

pub(crate) fn parse(html: &str) -> Element {
    let mut tree = Tree::default();
    let mut tokens = Tokenizer::new(html);
    while let Some(Ok(token)) = tokens.next() {
        match token {
            Token::StartTag(tag) => {
                let name = readable(&tag.name);
                tree.close_implied(&name);
                tree.start(&name, &tag);
                if let Some(state) = raw_text(&name) {
                    tokens.set_state(state);
                }
            }
            Token::EndTag(tag) => tree.close(&readable(&tag.name)),
            Token::String(text) => tree.text(&readable(&text)),
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    tree.finish()
}

fn readable(bytes: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(bytes)
}

/// The elements that are open, the innermost last.
struct Tree {
    open: Vec<Element>,
    elements: usize,
}

impl Default for Tree {
    fn default() -> Tree {
        Tree {
            open: vec![Element::default()],
            elements: 0,
        }
    }
}

impl Tree {
    fn start(&mut self, name: &str, tag: &StartTag<()>) {
        let is_void = is_one_of(name, VOID) || (tag.self_closing && name.contains(':'));
        // What is not read must stay apart from the words even where the depth ends.
        let is_read = !is_one_of(name, UNREAD);
        let deepest = if is_read { DEEPEST } else { 2 * DEEPEST };
        let is_many = self.elements >= MOST_ELEMENTS && is_read;
        if is_many || (!is_void && self.open.len() >= deepest) {
            return;
        }
        self.elements += 1;
        let owned = |it: &[u8]| readable(it).into_owned();
        let attributes = tag.attributes.iter();
        let attributes = attributes.map(|(key, value)| (owned(key), owned(value)));
        let element = Element {
            name: name.to_owned(),
            attributes: attributes.collect(),
            children: Vec::new(),
        };
        match is_void {
            true => self.append(Html::Element(element)),
            false => self.open.push(element),
        }
    }

    /// What HTML closes by itself.
    fn close_implied(&mut self, name: &str) {
        let closes: &[&str] = match name {
            "li" => &["li"],
            "dt" | "dd" => &["dt", "dd"],
            "tr" => &["td", "th", "tr"],
            "td" | "th" => &["td", "th"],
            "body" => &["head"],
            _ if is_block(name) => &["p"],
            _ => return,
        };
        let stop = match name {
            "li" => ["ul", "ol"],
            _ => ["table", "table"],
        };
        while let Some(last) = self.last_open(closes) {
            if self.last_open(&stop).is_some_and(|at| at > last) {
                return;
            }
            self.close_down_to(last);
        }
    }

    fn last_open(&self, names: &[&str]) -> Option<usize> {
        let is_named = |it: &Element| names.contains(&it.name.as_str());
        self.open.iter().rposition(is_named)
    }

    fn close(&mut self, name: &str) {
        if let Some(at) = self.last_open(&[name]) {
            self.close_down_to(at);
        } else if name == "p" || name == "br" {
            // A stray end tag of either is an empty line, in every browser.
            self.append(Html::Element(Element {
                name: "br".to_owned(),
                ..Element::default()
            }));
        }
    }

    fn close_down_to(&mut self, at: usize) {
        // The root stays open.
        while self.open.len() > at.max(1) {
            let Some(element) = self.open.pop() else {
                return;
            };
            self.append(Html::Element(element));
        }
    }

    /// The tokenizer hands a run of text over in pieces, one for each `&lt;` and the like.
    fn text(&mut self, text: &str) {
        let siblings = self.open.last_mut().map(|it| &mut it.children);
        match siblings.and_then(|it| it.last_mut()) {
            Some(Html::Text(before)) => before.push_str(text),
            _ => self.append(Html::Text(text.to_owned())),
        }
    }

    fn append(&mut self, html: Html) {
        if let Some(parent) = self.open.last_mut() {
            parent.children.push(html);
        }
    }

    fn finish(mut self) -> Element {
        self.close_down_to(1);
        self.open.pop().unwrap_or_default()
    }
}

/// Elements whose content is not markup.
fn raw_text(name: &str) -> Option<State> {
    match name {
        "script" => Some(State::ScriptData),
        "style" | "noframes" => Some(State::RawText),
        "title" | "textarea" => Some(State::RcData),
        _ => None,
    }
}

const BLOCKS: &str = "address article aside blockquote body center dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 \
                      header hr html li main nav ol p pre section table tbody td tfoot th thead tr ul";

pub(crate) fn is_block(name: &str) -> bool {
    is_one_of(name, BLOCKS)
}

fn is_one_of(name: &str, names: &str) -> bool {
    names.split(' ').any(|it| it == name)
}
