//! What stands before the words: what they answer, who says them, and when, where that is late.

use words::ANSWERS_WHAT_STAYS;

use super::body::Body;
use super::name::one_line;
use super::{Rendering, ReplyShown, needs_attribution};
use crate::{Capabilities, Flat, Mark, Span, Style, Support, with_platform};

pub(super) fn opening(rendering: &Rendering<'_>, to: &Capabilities, body: &Body) -> Flat {
    let mut opening = quote(rendering, to);
    let mut said_by = said_by(rendering, to);
    if !said_by.text.is_empty() && !body.flat.text.is_empty() {
        let gap = if body.starts_with_block { '\n' } else { ' ' };
        said_by.text.push(gap);
    }
    opening.append(said_by);
    if body.flat.text.is_empty() {
        opening.text.truncate(opening.text.trim_end().len());
    }
    opening
}

/// `Ana (Telegram, sent 14:02):`, or `(sent 14:02)` where the platform shows the name itself.
fn said_by(rendering: &Rendering<'_>, to: &Capabilities) -> Flat {
    if needs_attribution(rendering.author, to) {
        return attribution(rendering, rendering.late, to);
    }
    let late = rendering.late.map(|late| format!("({late})"));
    Flat::unmarked(late.unwrap_or_default())
}

/// `Ana (Telegram): …` and a line break, before what did not fit into one post. A line of its own suits a block, too.
pub(super) fn continued(rendering: &Rendering<'_>, to: &Capabilities) -> Flat {
    if !needs_attribution(rendering.author, to) {
        return Flat::default();
    }
    let mut continued = attribution(rendering, None, to);
    continued.text.push_str(" …\n");
    continued
}

fn attribution(rendering: &Rendering<'_>, late: Option<&str>, to: &Capabilities) -> Flat {
    let name = rendering.called;
    let bold = Span {
        start: 0,
        end: name.len(),
        mark: Mark::Style(Style::Bold),
    };
    let behind = match (rendering.from, late) {
        (from, None) => from.to_owned(),
        ("", Some(late)) => late.to_owned(),
        (from, Some(late)) => format!("{from}, {late}"),
    };
    let text = with_platform(name, &behind) + ":";
    let spans = match to.markup {
        Support::Native => vec![bold],
        Support::Fallback | Support::None => Vec::new(),
    };
    Flat { text, spans }
}

/// The parent's author and the beginning of its first line, on a line of their own.
fn quote(rendering: &Rendering<'_>, to: &Capabilities) -> Flat {
    const LONGEST_QUOTE: usize = 80;
    let line = match rendering.reply {
        ReplyShown::InWords { author, text } => {
            one_line(&format!("{author}: {}", first_line(text)), LONGEST_QUOTE)
        }
        ReplyShown::Unsaid => ANSWERS_WHAT_STAYS.fixed(rendering.language).to_owned(),
        ReplyShown::Nothing | ReplyShown::Natively => return Flat::default(),
    };
    if to.markup != Support::Native {
        return Flat::unmarked(format!("> {line}\n"));
    }
    let (start, end, mark) = (0, line.len(), Mark::Quote);
    let spans = vec![Span { start, end, mark }];
    let text = line + "\n";
    Flat { text, spans }
}

fn first_line(text: &str) -> String {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let first = lines.next().unwrap_or("…");
    let more = if lines.next().is_some() { " …" } else { "" };
    format!("{first}{more}")
}
