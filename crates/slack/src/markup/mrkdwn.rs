//! mrkdwn: blocks of code, quotes, and lines.

use conversation::{Bullet, Holds, Line, Markup, Node};

use super::code::unescaped_with_addresses;
use super::inline::inline;
use super::reference::Names;
use super::segment::{apart, escaped};
use super::space::NO_WIDTH;
use super::{line, styles};

/// `names` says what people, channels and groups are called; those that it does not know stay as they were written,
/// and people are called by their ids, which stand in the mention in any case.
pub(crate) fn parse_mrkdwn_with(text: &str, names: Names<'_>) -> Markup {
    // PostgreSQL cannot hold U+0000; Slack never sends it, but whoever stands in for it may.
    let text = text.replace('\0', "\u{fffd}");
    let mut nodes = Vec::new();
    let mut rest = text.as_str();
    while let Some((before, code, after)) = block(rest) {
        lines(before, names, &mut nodes);
        let code = unescaped_with_addresses(code.trim_matches('\n'), names);
        nodes.push(Node::CodeBlock {
            language: None,
            code,
        });
        rest = after;
    }
    lines(rest, names, &mut nodes);
    Markup(nodes)
}

/// The first block of code, and what stands around it.
fn block(text: &str) -> Option<(&str, &str, &str)> {
    const FENCE: &str = "```";
    let mut from = 0;
    loop {
        let open = from + text[from..].find(FENCE)?;
        let start = open + FENCE.len();
        let close = start + text[start..].find(FENCE)?;
        let code = &text[start..close];
        if !code.trim().is_empty() {
            return Some((&text[..open], code, &text[close + FENCE.len()..]));
        }
        from = start;
    }
}

fn lines(text: &str, names: Names<'_>, nodes: &mut Vec<Node>) {
    let mut rest = text;
    while !rest.is_empty() {
        if let Some((quoted, length)) = quote(rest) {
            let mut inside = Vec::new();
            for (nth, line) in quoted.iter().enumerate() {
                let line_break = if nth > 0 { "\n" } else { "" };
                push(vec![Node::Text(line_break.to_owned())], &mut inside);
                push(inline(line, names), &mut inside);
            }
            nodes.push(Node::Quote(inside));
            rest = &rest[length..];
            // The block ends its line by itself.
            if let Some(next) = rest.strip_prefix('\n') {
                push(vec![Node::Text("\n".to_owned())], nodes);
                rest = next;
            }
            continue;
        }
        let end = rest.find('\n').map_or(rest.len(), |it| it + 1);
        let line = &rest[..end];
        push(inline(line.trim_end_matches('\n'), names), nodes);
        if line.ends_with('\n') {
            push(vec![Node::Text("\n".to_owned())], nodes);
        }
        rest = &rest[end..];
    }
}

fn push(more: Vec<Node>, nodes: &mut Vec<Node>) {
    for node in more {
        match (node, nodes.last_mut()) {
            (Node::Text(words), _) if words.is_empty() => {}
            (Node::Text(words), Some(Node::Text(text))) => text.push_str(&words),
            (node, _) => nodes.push(node),
        }
    }
}

/// The lines of the quote that the text starts with, and its length without the last line break.
fn quote(text: &str) -> Option<(Vec<&str>, usize)> {
    let unsigned = |line: &'_ str| -> Option<usize> {
        let signs = ["&gt;", ">"];
        signs
            .iter()
            .find(|it| line.starts_with(**it))
            .map(|it| it.len())
    };
    if let Some(rest) = [">>>", "&gt;&gt;&gt;"]
        .iter()
        .find_map(|it| text.strip_prefix(it))
    {
        return Some((
            rest.trim_start_matches(' ').split('\n').collect(),
            text.len(),
        ));
    }
    let mut lines = Vec::new();
    let mut length = 0;
    for line in text.split('\n') {
        let Some(sign) = unsigned(line) else {
            break;
        };
        lines.push(line[sign..].strip_prefix(' ').unwrap_or(&line[sign..]));
        length += line.len() + 1;
    }
    (!lines.is_empty()).then(|| (lines, length - 1))
}

/// What Slack shows as `markup`. For lists it has no signs: they are the lines that they say.
pub fn mrkdwn(markup: &Markup) -> String {
    let lines = styles::showable(markup).lines();
    let written: Vec<String> = lines.iter().filter_map(written).collect();
    written.join("\n")
}

fn written(line: &Line) -> Option<String> {
    match &line.holds {
        Holds::Code { code, .. } => (!line.is_blank()).then(|| {
            let code = escaped(code.trim_matches('\n'));
            let code = if code.contains("```") {
                apart(&code)
            } else {
                code
            };
            format!("```\n{code}\n```")
        }),
        Holds::Runs(runs) => {
            let indent = "  ".repeat(line.depth.saturating_sub(1));
            let start = match line.bullet {
                Some(Bullet::Dot) => format!("{indent}• "),
                Some(Bullet::Number(number)) => format!("{indent}{number}. "),
                None => "  ".repeat(line.depth),
            };
            let words = line::written(runs);
            let sign = if line.quoted { "> " } else { "" };
            // A sign at the start of a line would quote it, even where it is escaped.
            let is_sign = start.is_empty() && words.starts_with("&gt;") && !line.quoted;
            let gap = is_sign.then_some(NO_WIDTH);
            let gap = gap.map(String::from).unwrap_or_default();
            Some(format!("{sign}{start}{gap}{words}"))
        }
    }
}
