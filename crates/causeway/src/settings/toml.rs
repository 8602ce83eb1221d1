//! A configuration's text, as TOML: a tree with its places, and each fault of the writing.

use ::toml::de::{DeArray, DeInteger, DeTable, DeValue, Error};

use super::lines::{self, Line};
use super::tree::{At, Item, Kind, Table, Value};

/// A fault of the writing: nothing that a key could mean.
#[derive(Debug)]
pub(crate) struct Slip {
    pub(crate) at: At,
    /// Where the words name one.
    pub(crate) key: String,
    pub(crate) why: String,
    /// None where the key itself says best how it is written.
    pub(crate) cure: Option<&'static str>,
    /// What stands elsewhere means what it says all the same.
    pub(crate) is_alone: bool,
}

/// More in one file are a file of another kind.
const MOST_SLIPS: usize = 50;

/// What could be read, and what could not. The line of a slip is passed over, so that it hides no other.
pub(crate) fn read(text: &str) -> (Value, Vec<Slip>) {
    let (mut good, mut slips) = (text.to_owned(), Vec::new());
    loop {
        let places = Places::of(&good);
        let (table, mut errors) = DeTable::parse_recoverable(&good);
        errors.sort_by_key(|it| it.span().map_or(0, |it| it.start));
        let (twice, other): (Vec<_>, Vec<_>) = errors.iter().partition(|it| it.message() == TWICE);
        let Some(slip) = other.first().map(|it| places.slip(it)) else {
            let twice = twice.into_iter().take(MOST_SLIPS);
            slips.extend(twice.map(|it| places.slip(it)));
            return (
                Value::new(places.table(table.into_inner()), At::Nowhere),
                slips,
            );
        };
        let is_last = !slip.is_alone || slips.len() == MOST_SLIPS;
        let line = slip.at.line().unwrap_or(1);
        slips.push(Slip {
            is_alone: !is_last,
            ..slip
        });
        if is_last {
            return (Value::new(Kind::Table(Table::new()), At::Nowhere), slips);
        }
        good = without_line(&good, line);
    }
}

/// Blanks in its place, so that all others stay where they are.
fn without_line(text: &str, number: usize) -> String {
    let lines = text
        .split_inclusive('\n')
        .zip(1..)
        .map(|(line, it)| match it == number {
            true => line
                .chars()
                .map(|it| if it == '\n' { '\n' } else { ' ' })
                .collect(),
            false => line.to_owned(),
        });
    lines.collect()
}

/// The place behind the last character.
pub(crate) fn end_of(text: &str) -> At {
    Places::of(text).at(text.len())
}

struct Places<'a> {
    text: &'a str,
    /// Where each line begins: counted once, for there is a place for each key.
    lines: Vec<usize>,
}

impl Places<'_> {
    fn of(text: &str) -> Places<'_> {
        let behind = text.match_indices('\n').map(|(at, _)| at + 1);
        let lines = std::iter::once(0).chain(behind).collect();
        Places { text, lines }
    }

    fn at(&self, offset: usize) -> At {
        let offset = self.text.floor_char_boundary(offset);
        let line = self.lines.partition_point(|it| *it <= offset);
        let before = &self.text[self.lines[line - 1]..offset];
        At::File {
            line,
            column: before.chars().count() + 1,
        }
    }

    fn table(&self, table: DeTable) -> Kind {
        let entries = table.into_iter().map(|(key, value)| {
            let at = self.at(key.span().start);
            let kind = self.kind(value.into_inner());
            (key.into_inner().into_owned(), Value::new(kind, at))
        });
        Kind::Table(entries.collect::<Table>())
    }

    fn list(&self, list: DeArray) -> Kind {
        let items = list.into_iter().enumerate().map(|(number, value)| {
            let at = self.at(value.span().start);
            let value = Value::new(self.kind(value.into_inner()), at);
            Item { number, value }
        });
        Kind::List(items.collect())
    }

    fn kind(&self, value: DeValue) -> Kind {
        match value {
            DeValue::String(text) => Kind::Text(text.into_owned()),
            DeValue::Integer(number) => integer(&number),
            DeValue::Float(number) => number.as_str().parse().map_or(Kind::Huge, Kind::Float),
            DeValue::Boolean(is_so) => Kind::Bool(is_so),
            DeValue::Datetime(_) => Kind::Moment,
            DeValue::Array(list) => self.list(list),
            DeValue::Table(table) => self.table(table),
        }
    }

    /// The parser's own text shows the line, which may hold a secret.
    fn slip(&self, error: &Error) -> Slip {
        let at = self.at(error.span().unwrap_or_default().start);
        let lines = lines::named(self.text);
        let message = error.message();
        let spreads = SPREADS.iter().any(|it| message.contains(it));
        let mut before = lines.iter().filter(|it| Some(it.number) <= at.line());
        let here = match spreads {
            true => before.rfind(|it| it.opens_more),
            false => before.rfind(|it| Some(it.number) == at.line()),
        };
        let is_twice = message == TWICE;
        let (why, cure) = match is_twice {
            true => twice(here, &lines),
            false => self.in_plain_words(at.line(), message, here),
        };
        Slip {
            key: here.map_or_else(String::new, |it| it.path.clone()),
            at,
            why,
            cure,
            is_alone: is_twice || !spreads && here.is_none_or(|it| !it.is_section),
        }
    }

    fn in_plain_words(
        &self,
        line: Option<usize>,
        message: &str,
        here: Option<&Line>,
    ) -> (String, Option<&'static str>) {
        let text = self.text.lines().nth(line.unwrap_or(1) - 1);
        if text.is_some_and(|it| it.contains(TYPOGRAPHIC)) {
            let why = "there are quotation marks of a word processor";
            return (
                why.to_owned(),
                Some("write straight ones, as in \"spring\""),
            );
        }
        let begin = here.filter(|it| Some(it.number) != line);
        let begin = begin.map_or_else(String::new, |it| {
            format!(", in what begins on line {}", it.number)
        });
        let cure = CURES.iter().find(|(part, _)| message.contains(part));
        (
            format!("it is no TOML: {message}{begin}"),
            cure.map(|(_, cure)| *cure),
        )
    }
}

fn twice(here: Option<&Line>, lines: &[Line]) -> (String, Option<&'static str>) {
    let first = here.and_then(|here| {
        let earlier = lines.iter().filter(|it| it.number < here.number);
        let is_same = |it: &Line| {
            it.of_one() == here.of_one() || it.path.starts_with(&format!("{}.", here.path))
        };
        earlier.into_iter().find(|it| is_same(it))
    });
    let why = match first {
        Some(first) => format!(
            "it stands here a second time; the first is on line {}",
            first.number
        ),
        None => "it stands here a second time".to_owned(),
    };
    let cure = match here {
        Some(here) if here.is_section => {
            "put all its keys below one of the two, and take the other out"
        }
        _ => "keep one of the two",
    };
    (why, Some(cure))
}

fn integer(number: &DeInteger) -> Kind {
    i64::from_str_radix(number.as_str(), number.radix()).map_or(Kind::Huge, Kind::Integer)
}

const TYPOGRAPHIC: [char; 9] = [
    '\u{201c}', '\u{201d}', '\u{201e}', '\u{2018}', '\u{2019}', '\u{201a}', '\u{ab}', '\u{bb}',
    '\u{b4}',
];

/// What swallows the lines behind it, so that they mean something else than they say.
const SPREADS: [&str; 4] = ["array", "multi-line", "inline table", "recur"];

/// What the parser says of a key or section that stands there again.
const TWICE: &str = "duplicate key";

/// What the parser says, in part, and what to do about it.
const CURES: [(&str, &str); 8] = [
    (
        "array",
        "write the list as [\"one\", \"two\"], and close it with ]",
    ),
    (
        "inline table",
        "write { key = value }, or a section of its own",
    ),
    ("unclosed table", "close the section's name with ]"),
    (
        "unicode",
        "write a backslash as \\\\, or the text in single quotation marks",
    ),
    (
        "escape",
        "write a backslash as \\\\, or the text in single quotation marks",
    ),
    (
        "invalid basic",
        "close the quotation marks on the same line, and write a backslash as \\\\",
    ),
    (
        "invalid literal",
        "close the quotation marks on the same line",
    ),
    (
        "carriage return",
        "save the file with the line ends of Unix",
    ),
];

#[cfg(test)]
mod tests;
