//! Where a mark that opens may close: each text is searched once for each sign, so that reading takes as long as the
//! text is, not its square.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::ops::Range;

use super::space::is_space;

/// One text's signs, searched when they are first asked for.
pub(super) struct Marks<'a> {
    text: &'a str,
    stars: OnceCell<Runs>,
    lines: OnceCell<Runs>,
    waves: OnceCell<Vec<usize>>,
    pipes: OnceCell<Vec<usize>>,
    fences: OnceCell<Vec<usize>>,
    ticks: OnceCell<HashMap<usize, Vec<usize>>>,
    brackets: OnceCell<HashMap<usize, usize>>,
}

/// What is inside, and where what follows begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) inside: Range<usize>,
    pub(super) end: usize,
}

impl<'a> Marks<'a> {
    pub(super) fn of(text: &'a str) -> Marks<'a> {
        Marks {
            text,
            stars: OnceCell::new(),
            lines: OnceCell::new(),
            waves: OnceCell::new(),
            pipes: OnceCell::new(),
            fences: OnceCell::new(),
            ticks: OnceCell::new(),
            brackets: OnceCell::new(),
        }
    }

    fn stars(&self) -> &Runs {
        self.stars.get_or_init(|| Runs::of(self.text, b'*'))
    }

    fn lines(&self) -> &Runs {
        self.lines.get_or_init(|| Runs::of(self.text, b'_'))
    }

    /// `**bold**` at `at`.
    pub(super) fn bold(&self, at: usize) -> Option<Found> {
        self.stars().double(at)
    }

    /// `__underlined__` at `at`.
    pub(super) fn underline(&self, at: usize) -> Option<Found> {
        self.lines().double(at)
    }

    /// `*italic*` at `at`: neither sign stands beside a space on its inner side.
    pub(super) fn star_italic(&self, at: usize) -> Option<Found> {
        let next = self.text[at + 1..].chars().next()?;
        if is_space(next) {
            return None;
        }
        let (found, is_alone) = self.stars().single(at)?;
        let before = self.text[..found.inside.end].chars().next_back();
        (!is_alone || !before.is_some_and(is_space)).then_some(found)
    }

    /// `_italic_` at `at`: the last sign ends a word.
    pub(super) fn line_italic(&self, at: usize) -> Option<Found> {
        let (found, _) = self.lines().single(at)?;
        let after = self.text.as_bytes().get(found.end);
        (!after.is_some_and(u8::is_ascii_alphanumeric)).then_some(found)
    }

    /// `~~struck~~` at `at`. Escapes mean nothing to it.
    pub(super) fn strike(&self, at: usize) -> Option<Found> {
        let waves = self.waves.get_or_init(|| {
            let mut waves = occurrences(self.text, "~~");
            waves.retain(|at| self.text.as_bytes().get(at + 2) != Some(&b'_'));
            waves
        });
        pair(self.text, waves, at, "~~")
    }

    /// `||veiled||` at `at`. Escapes mean nothing to it.
    pub(super) fn spoiler(&self, at: usize) -> Option<Found> {
        let pipes = self.pipes.get_or_init(|| occurrences(self.text, "||"));
        pair(self.text, pipes, at, "||")
    }

    /// A block at `at`, with its fences.
    pub(super) fn block(&self, at: usize) -> Option<Found> {
        let fences = self.fences.get_or_init(|| occurrences(self.text, "```"));
        pair(self.text, fences, at, "```")
    }

    /// Code between as many backticks as at `at`, or fewer where nothing closes so many.
    pub(super) fn code(&self, at: usize) -> Option<Found> {
        let ticks = self.ticks.get_or_init(|| {
            let mut by_length: HashMap<usize, Vec<usize>> = HashMap::new();
            for run in runs(self.text, b'`', Escapes::MeanNothing) {
                by_length.entry(run.len()).or_default().push(run.start);
            }
            by_length
        });
        let opening = self.text[at..].bytes().take_while(|it| *it == b'`').count();
        let longest = opening.min(8);
        (1..=longest).rev().find_map(|length| {
            let closers = ticks.get(&length)?;
            let close = *closers.get(closers.partition_point(|it| *it <= at + opening))?;
            let (inside, end) = (at + length..close, close + length);
            Some(Found { inside, end })
        })
    }

    /// The bracket, round or square, that closes the one at `at`.
    pub(super) fn closing_bracket(&self, at: usize) -> Option<usize> {
        let brackets = self.brackets.get_or_init(|| brackets(self.text));
        brackets.get(&at).copied()
    }
}

/// Every place of the sign, also where it overlaps with itself.
fn occurrences(text: &str, sign: &str) -> Vec<usize> {
    let windows = text.as_bytes().windows(sign.len()).enumerate();
    let found = windows.filter(|(_, bytes)| *bytes == sign.as_bytes());
    found.map(|(at, _)| at).collect()
}

/// The nearest second sign that leaves something inside.
fn pair(text: &str, signs: &[usize], at: usize, sign: &str) -> Option<Found> {
    let start = at + sign.len();
    let first = text[start..].chars().next()?;
    let from = start + first.len_utf8();
    let close = *signs.get(signs.partition_point(|it| *it < from))?;
    Some(Found {
        inside: start..close,
        end: close + sign.len(),
    })
}

/// Round brackets within one word, since no address holds a space; square ones anywhere.
fn brackets(text: &str) -> HashMap<usize, usize> {
    let (mut square, mut round) = (Vec::new(), Vec::new());
    let mut closed = HashMap::new();
    let mut characters = text.char_indices();
    while let Some((at, c)) = characters.next() {
        match c {
            '\\' => drop(characters.next()),
            '[' => square.push(at),
            '(' => round.push(at),
            ']' => closed.extend(square.pop().map(|opened| (opened, at))),
            ')' => closed.extend(round.pop().map(|opened| (opened, at))),
            c if is_space(c) => round.clear(),
            _ => {}
        }
    }
    closed
}

#[derive(PartialEq, Eq)]
enum Escapes {
    Count,
    MeanNothing,
}

/// Of one sign that may be single or double: its runs, and for each the next that closes a single or a double one.
struct Runs {
    runs: Vec<Range<usize>>,
    next_odd: Vec<usize>,
    next_long: Vec<usize>,
}

fn runs(text: &str, sign: u8, escapes: Escapes) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut runs = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] == b'\\' && escapes == Escapes::Count {
            at += 2;
        } else if bytes[at] == sign {
            let length = bytes[at..].iter().take_while(|it| **it == sign).count();
            runs.push(at..at + length);
            at += length;
        } else {
            at += 1;
        }
    }
    runs
}

impl Runs {
    fn of(text: &str, sign: u8) -> Runs {
        let runs = runs(text, sign, Escapes::Count);
        let (mut next_odd, mut next_long) =
            (vec![usize::MAX; runs.len()], vec![usize::MAX; runs.len()]);
        let (mut odd, mut long) = (usize::MAX, usize::MAX);
        for (nth, run) in runs.iter().enumerate().rev() {
            odd = if run.len() % 2 == 1 { nth } else { odd };
            long = if run.len() > 1 { nth } else { long };
            (next_odd[nth], next_long[nth]) = (odd, long);
        }
        Runs {
            runs,
            next_odd,
            next_long,
        }
    }

    /// The run that `at` stands in, and its index.
    fn at(&self, at: usize) -> Option<(usize, &Range<usize>)> {
        let nth = self.runs.partition_point(|run| run.end <= at);
        let run = self.runs.get(nth)?;
        run.contains(&at).then_some((nth, run))
    }

    fn double(&self, at: usize) -> Option<Found> {
        let (nth, run) = self.at(at)?;
        let left = (run.end - at).checked_sub(2)?;
        let closing = match left >= 3 {
            true => run,
            false => self.runs.get(*self.next_long.get(nth + 1)?)?,
        };
        Some(Found {
            inside: at + 2..closing.end - 2,
            end: closing.end,
        })
    }

    /// Also whether the closing sign stands alone.
    fn single(&self, at: usize) -> Option<(Found, bool)> {
        let (nth, run) = self.at(at)?;
        let left = run.end - at - 1;
        if left == 1 {
            return None;
        }
        let closing = match left % 2 == 1 {
            true => run,
            false => self.runs.get(*self.next_odd.get(nth + 1)?)?,
        };
        let found = Found {
            inside: at + 1..closing.end - 1,
            end: closing.end,
        };
        Some((found, closing.len() == 1))
    }
}
