//! Lines with what they begin with: the sign of a quote, the bullet or number of an item, the fences of code.

use conversation::{Bullet, Holds, Line, Markup};

use super::lists::DEEPEST;
use super::space::NO_WIDTH;
use super::{escape, line};

/// What Discord shows as `markup`.
pub fn markdown(markup: &Markup) -> String {
    let lines = without_loose_ends(markup.lines());
    let mut page = Page {
        may_link: lines.iter().any(may_link),
        ..Page::default()
    };
    for line in lines {
        page.line(&line);
    }
    page.written.join("\n")
}

/// Without empty code, and without empty lines at the end of a quote: Discord takes the space after their sign away.
fn without_loose_ends(mut lines: Vec<Line>) -> Vec<Line> {
    let mut quote_goes_on = false;
    let mut kept = Vec::with_capacity(lines.len());
    while let Some(line) = lines.pop() {
        let is_blank = line.is_blank();
        let is_code = matches!(line.holds, Holds::Code { .. });
        if is_blank && (is_code || (line.quoted && !quote_goes_on)) {
            continue;
        }
        quote_goes_on = line.quoted;
        kept.push(line);
    }
    kept.reverse();
    kept
}

fn may_link(line: &Line) -> bool {
    let words: String = match &line.holds {
        Holds::Code { code, .. } => code.clone(),
        Holds::Runs(runs) => runs.iter().map(|run| run.text.as_str()).collect(),
    };
    words.contains("](")
}

#[derive(Default)]
struct Page {
    written: Vec<String>,
    quoted: bool,
    may_link: bool,
    /// The last bullet of each list that is open, the outermost first.
    lists: Vec<Bullet>,
}

impl Page {
    fn line(&mut self, line: &Line) {
        if line.quoted != self.quoted || line.depth == 0 || line.is_blank() && line.bullet.is_none()
        {
            self.lists.clear();
        }
        self.quoted = line.quoted;
        match &line.holds {
            Holds::Code { language, code } => {
                for line in escape::block(language.as_deref(), code).split('\n') {
                    self.push(line);
                }
            }
            Holds::Runs(runs) => {
                let words = line::written(runs, self.may_link);
                let start = self.start(line, &words);
                self.push(&format!("{start}{words}"));
            }
        }
    }

    fn push(&mut self, line: &str) {
        let sign = if self.quoted { "> " } else { "" };
        self.written.push(format!("{sign}{line}"));
    }

    fn start(&mut self, line: &Line, words: &str) -> String {
        let Some(bullet) = line.bullet else {
            return "  ".repeat(line.depth.min(DEEPEST));
        };
        let indent = "  ".repeat(line.depth.min(DEEPEST).saturating_sub(1));
        let sign = match (self.begin_item(bullet, line.depth), bullet) {
            (Shown::AsList, Bullet::Dot) => "- ".to_owned(),
            (Shown::AsList, Bullet::Number(number)) => format!("{number}. "),
            (Shown::AsWords, Bullet::Dot) => return format!("{indent}• "),
            (Shown::AsWords, Bullet::Number(number)) => return format!("{indent}{number}\\. "),
        };
        // Nothing is no item.
        match words.trim().is_empty() {
            true => format!("{indent}{sign}{NO_WIDTH}"),
            false => indent + &sign,
        }
    }

    /// Discord counts by itself, and takes all items beside each other for one list.
    fn begin_item(&mut self, bullet: Bullet, depth: usize) -> Shown {
        const MOST: u64 = 999_999_999;
        self.lists.truncate(depth);
        let follows = match (self.lists.get(depth - 1), bullet) {
            (None, _) => self.lists.len() + 1 == depth,
            (Some(Bullet::Dot), Bullet::Dot) => true,
            (Some(Bullet::Number(last)), Bullet::Number(number)) => last + 1 == number,
            (Some(_), _) => false,
        };
        let is_small = !matches!(bullet, Bullet::Number(MOST..));
        if !follows || !is_small || depth > DEEPEST {
            self.lists.truncate(depth.saturating_sub(1));
            return Shown::AsWords;
        }
        self.lists.truncate(depth - 1);
        self.lists.push(bullet);
        Shown::AsList
    }
}

enum Shown {
    AsList,
    AsWords,
}
