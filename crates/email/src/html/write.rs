//! Markup as HTML for a mail: escaped, with no remote content, no script, no style sheet.

use std::fmt::Write;

use conversation::{Markup, Node, Style, says_where};

use super::look::can_be_followed;

pub fn markup_to_html(markup: &Markup) -> String {
    let mut html = String::new();
    nodes(&markup.0, &mut html);
    html
}

fn nodes(all: &[Node], html: &mut String) {
    for node in all {
        self::node(node, html);
    }
}

fn node(node: &Node, html: &mut String) {
    match node {
        Node::Text(text) | Node::Emoji { text, .. } => html.push_str(&broken(text)),
        Node::Styled { style, children } => {
            let (open, close) = tags(*style);
            within(open, children, close, html);
        }
        Node::Code(code) => element("code", &escaped(code), html),
        Node::CodeBlock { code, .. } => element("pre", &escaped(code.trim_end_matches('\n')), html),
        Node::Link { url, children } => link(url, children, html),
        Node::Quote(children) => within(QUOTE, children, "</blockquote>", html),
        Node::List { start, items } => list(*start, items, html),
        Node::Mention { name, .. } => {
            html.push_str(&escaped(&format!("@{}", name.trim_start_matches('@'))));
        }
    }
}

/// The look is written into the element: programs drop style sheets.
const QUOTE: &str =
    r#"<blockquote style="margin:0 0 0 .8ex;border-left:1px solid #ccc;padding-left:1ex">"#;

fn tags(style: Style) -> (&'static str, &'static str) {
    match style {
        Style::Bold => ("<b>", "</b>"),
        Style::Italic => ("<i>", "</i>"),
        Style::Underline => ("<u>", "</u>"),
        Style::Strike => ("<s>", "</s>"),
        // Mail has no veil; grey on grey would be unreadable in the dark.
        Style::Spoiler => ("<span>", "</span>"),
    }
}

fn within(open: &str, children: &[Node], close: &str, html: &mut String) {
    html.push_str(open);
    nodes(children, html);
    html.push_str(close);
}

fn element(name: &str, inner: &str, html: &mut String) {
    let _ = write!(html, "<{name}>{inner}</{name}>");
}

/// What mail programs open; the address of anything else stands behind its words.
fn link(url: &str, children: &[Node], html: &mut String) {
    let words = Markup(children.to_vec());
    if !can_be_followed(url.trim()) {
        nodes(children, html);
        if !says_where(&words.plain_text(), "", url) {
            html.push_str(&escaped(&format!(" <{url}>")));
        }
        return;
    }
    let _ = write!(html, r#"<a href="{}">"#, escaped(url.trim()));
    match words.is_blank() {
        true => html.push_str(&escaped(url)),
        false => nodes(children, html),
    }
    html.push_str("</a>");
}

fn list(start: Option<u64>, items: &[Vec<Node>], html: &mut String) {
    let (open, close) = match start {
        None => ("<ul>".to_owned(), "</ul>"),
        Some(1) => ("<ol>".to_owned(), "</ol>"),
        Some(number) => (format!(r#"<ol start="{number}">"#), "</ol>"),
    };
    html.push_str(&open);
    for item in items {
        within("<li>", item, "</li>", html);
    }
    html.push_str(close);
}

fn broken(text: &str) -> String {
    escaped(text).replace('\n', "<br>\n")
}

fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            '\0' => {}
            _ => safe.push(c),
        }
    }
    safe
}
