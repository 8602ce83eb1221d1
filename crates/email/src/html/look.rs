//! What the elements around a piece of HTML say of it: its quotation, its styles, where it leads, and what mail programs
//! call the containers that they put it in.

use conversation::{Node, Style};

use super::tree::Element;
use crate::lines::{DEEPEST_QUOTE, Hint};

/// What the elements around say.
#[derive(Clone, Default)]
pub(super) struct Look {
    pub(super) quote: usize,
    pub(super) cited: bool,
    pub(super) hint: Option<Hint>,
    pub(super) styles: Vec<Style>,
    pub(super) link: Option<String>,
    pub(super) code: bool,
    pub(super) preformatted: bool,
}

impl Look {
    pub(super) fn inside(&self, element: &Element) -> Look {
        let mut look = self.clone();
        match element.name.as_str() {
            "blockquote" => {
                look.quote = (look.quote + 1).min(DEEPEST_QUOTE);
                look.cited = look.cited || is_citation(element);
            }
            "b" | "strong" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => look.add(Style::Bold),
            "i" | "em" | "cite" => look.add(Style::Italic),
            "u" | "ins" => look.add(Style::Underline),
            "s" | "strike" | "del" => look.add(Style::Strike),
            "code" | "tt" | "kbd" | "samp" => look.code = !look.preformatted,
            "pre" => look.preformatted = true,
            "a" => look.link = safe_link(element.attribute("href")),
            _ => {}
        }
        look.hint = look.hint.or(hint(element));
        look
    }

    fn add(&mut self, style: Style) {
        if !self.styles.contains(&style) {
            self.styles.push(style);
        }
    }

    pub(super) fn dressed(&self, words: &str) -> Node {
        let mut node = match self.code && !words.trim().is_empty() {
            true => Node::Code(words.to_owned()),
            false => Node::Text(words.to_owned()),
        };
        if words.trim().is_empty() {
            return node;
        }
        for &style in self.styles.iter().rev() {
            let children = vec![node];
            node = Node::Styled { style, children };
        }
        let Some(url) = self.link.clone().filter(|it| it != words.trim()) else {
            return node;
        };
        let children = vec![node];
        Node::Link { url, children }
    }
}

/// What mail programs call their containers.
fn hint(element: &Element) -> Option<Hint> {
    let id = element.attribute("id").to_ascii_lowercase();
    let any = |classes: &[&str]| classes.iter().any(|class| element.has_class(class));
    if any(&["gmail_attr", "moz-cite-prefix"]) {
        return Some(Hint::Attribution);
    }
    let signed = any(&[
        "gmail_signature",
        "moz-signature",
        "protonmail_signature_block",
    ]);
    let is_signature = element.attribute("data-signatureblock") == "true"
        || id.starts_with("ms-outlook-mobile-signature");
    if signed || is_signature || id == "signature" {
        return Some(Hint::Signature);
    }
    let is_quoted = matches!(id.as_str(), "olk_src_body_section" | "divrplyfwdmsg")
        || id == "mail-editor-reference-message-container"
        || id.starts_with("yahoo_quoted");
    (is_quoted || any(&["yahoo_quoted"])).then_some(Hint::Quoted)
}

fn is_citation(element: &Element) -> bool {
    element.attribute("type").eq_ignore_ascii_case("cite")
        || !element.attribute("cite").is_empty()
        || element.has_class("gmail_quote")
        || element.has_class("protonmail_quote")
}

pub(super) fn is_hidden(element: &Element) -> bool {
    let style = element.attribute("style");
    style.contains("display:none") || style.contains("display: none")
}

/// Only what a person can follow: no script, no data, nothing relative.
fn safe_link(href: &str) -> Option<String> {
    let href: String = href.trim().chars().filter(|c| !c.is_control()).collect();
    can_be_followed(&href).then_some(href)
}

/// A mail program opens it.
pub(super) fn can_be_followed(href: &str) -> bool {
    let lower = href.to_ascii_lowercase();
    let known = ["http://", "https://", "mailto:", "tel:"];
    known.iter().any(|scheme| lower.starts_with(scheme))
}
