//! Whether all that a source says is known, of the right type, and within its bounds.

use super::keys::{Key, find, nearest};
use super::layer::{Layer, Origin};
use super::problem::Problem;
use super::ranges::range;
use super::secrets;
use super::shape::Shape;
use super::sheet::Sheet;
use super::tree::{Item, Kind, Table, Value};

/// Takes out of the layer what cannot be used, and says why. Keys that a slip of the pen meant are not missing.
pub(crate) fn check(
    layer: &mut Layer,
    keys: &[Key],
    sheet: &Sheet,
    meant: &mut Vec<String>,
) -> Vec<Problem> {
    let tree = layer.tree.clone();
    let mut walk = Walk {
        layer,
        keys,
        sheet,
        meant,
        problems: Vec::new(),
    };
    let kind = match tree.kind {
        Kind::Table(table) => Kind::Table(walk.table(table, "", "")),
        other => other,
    };
    let problems = walk.problems;
    layer.tree = Value::new(kind, tree.at);
    problems
}

struct Walk<'a> {
    layer: &'a Layer,
    keys: &'a [Key],
    sheet: &'a Sheet,
    meant: &'a mut Vec<String>,
    problems: Vec<Problem>,
}

impl Walk<'_> {
    /// `path` is the place among the keys, as in `rooms.[]`; `shown` is what people read, as in `rooms[1]`.
    fn table(&mut self, table: Table, path: &str, shown: &str) -> Table {
        let mut good = Table::new();
        for (name, value) in table {
            let (path_here, shown_here) = (join(path, &name), join(shown, &name));
            let Some(key) = find(self.keys, &path_here) else {
                self.unknown(&name, &value, path, shown);
                continue;
            };
            if let Some(value) = self.value(value, key, &shown_here) {
                good.insert(name, value);
            }
        }
        good
    }

    fn value(&mut self, value: Value, key: &Key, shown: &str) -> Option<Value> {
        let at = value.at;
        let kind = match (value.kind, &key.expected.shape) {
            (Kind::Table(table), Shape::Table(_)) => {
                Kind::Table(self.table(table, &key.path, shown))
            }
            (Kind::List(items), Shape::List) => Kind::List(self.list(items, key, shown)),
            (kind, shape) => {
                let kind = match (self.layer.origin, &kind) {
                    (Origin::Environment, Kind::Text(text)) => read_as(text, shape).unwrap_or(kind),
                    _ => kind,
                };
                if let Err((why, cure)) = self.judge(&kind, key) {
                    self.problems
                        .push(self.layer.problem_at(&at, shown, why, cure));
                    return None;
                }
                kind
            }
        };
        Some(Value::new(kind, at))
    }

    fn list(&mut self, items: Vec<Item>, key: &Key, shown: &str) -> Vec<Item> {
        let Some(each) = find(self.keys, &join(&key.path, "[]")) else {
            return Vec::new();
        };
        let good = items.into_iter().filter_map(|Item { number, value }| {
            let value = self.value(value, each, &format!("{shown}[{number}]"))?;
            Some(Item { number, value })
        });
        good.collect()
    }

    /// Names the type alone where it is wrong: the value may be a secret in the wrong place.
    fn judge(&self, kind: &Kind, key: &Key) -> Result<(), (String, String)> {
        let shape = &key.expected.shape;
        let why = match (kind, shape) {
            (Kind::Text(text), Shape::OneOf(known)) if known.contains(&text.as_str()) => {
                return Ok(());
            }
            (Kind::Text(_), Shape::Text) | (Kind::Bool(_), Shape::Bool) => return Ok(()),
            (Kind::Integer(_) | Kind::Float(_), Shape::Float) => return Ok(()),
            (Kind::Integer(number), Shape::Integer) if range(&key.path).contains(number) => {
                return Ok(());
            }
            (Kind::Integer(number), Shape::Integer) if number < range(&key.path).start() => {
                format!("{number} is too little")
            }
            (Kind::Integer(_) | Kind::Huge, Shape::Integer) => "it is too much".to_owned(),
            (Kind::Text(text), Shape::OneOf(known)) => return Err(self.none_of(text, known, key)),
            (kind, shape) => format!("{} stands where {} is needed", is(kind), wanted(shape)),
        };
        Err((why, self.advice(key)))
    }

    fn none_of(&self, text: &str, known: &[&str], key: &Key) -> (String, String) {
        let why = format!("it must be one of: {}", known.join(", "));
        let cure = match nearest(text, known) {
            Some(near) => format!("did you mean {near:?}?"),
            None => "write one of them.".to_owned(),
        };
        match self.sheet.default(&key.path, self.layer.origin) {
            Some(default) => (why, format!("{cure} The default is `{default}`")),
            None => (why, cure),
        }
    }

    fn advice(&self, key: &Key) -> String {
        match (self.layer.origin, &key.expected.shape) {
            (Origin::Environment, Shape::List | Shape::Table(_)) => {
                "the environment cannot say this: set it in the file".to_owned()
            }
            (origin, shape) => self.sheet.advice(&key.path, shape, origin),
        }
    }

    /// `name` stands in the table at `path`, which people read as `shown`.
    fn unknown(&mut self, name: &str, value: &Value, path: &str, shown: &str) {
        let files = secrets::file_keys();
        let paths = self.keys.iter().map(|it| it.path.as_str());
        let all: Vec<&str> = paths.chain(files.iter().map(String::as_str)).collect();
        let below = |it: &&'_ str| it.rsplit_once('.').unwrap_or(("", it)).0 == path;
        let siblings = all.iter().copied().filter(|it| !it.is_empty() && below(it));
        let siblings: Vec<&str> = siblings
            .map(|it| it.rsplit('.').next().unwrap_or(it))
            .collect();
        let cure = match nearest(name, &siblings) {
            Some(near) => {
                let near = join(shown, near);
                self.meant.push(near.trim_end_matches("_file").to_owned());
                format!("did you mean `{}`?", self.layer.name(&near))
            }
            None => match self.elsewhere(name, &all) {
                Some(cure) => cure,
                None => "take it out; `causeway config defaults` lists every key".to_owned(),
            },
        };
        let (key, why) = (join(shown, name), "there is no such key".to_owned());
        let problem = self.layer.problem_at(&value.at, &key, why, cure);
        self.problems.push(problem);
    }

    /// A key of another section, or the section and the key in one word.
    fn elsewhere(&self, name: &str, all: &[&str]) -> Option<String> {
        let plain = name.to_lowercase().replace(['-', '.'], "_");
        if let Some(key) = all
            .iter()
            .find(|it| it.contains('.') && it.replace('.', "_") == plain)
        {
            return Some(format!("did you mean `{}`?", self.layer.name(key)));
        }
        let end = format!(".{plain}");
        let there = all
            .iter()
            .filter(|it| it.ends_with(&end) && !it.contains("[]"));
        let there: Vec<String> = there
            .map(|it| format!("`{}`", self.layer.name(it)))
            .collect();
        let is_are = "is it in the wrong section? There is";
        (!there.is_empty()).then(|| format!("{is_are} {}", there.join(" and ")))
    }
}

pub(crate) fn join(path: &str, name: &str) -> String {
    match path {
        "" => name.to_owned(),
        path => format!("{path}.{name}"),
    }
}

fn read_as(text: &str, shape: &Shape) -> Option<Kind> {
    match shape {
        Shape::Integer => text.trim().parse().ok().map(Kind::Integer),
        Shape::Float => text.trim().parse().ok().map(Kind::Float),
        Shape::Bool => text.trim().parse().ok().map(Kind::Bool),
        _ => None,
    }
}

fn is(kind: &Kind) -> &'static str {
    match kind {
        Kind::Bool(_) => "true or false",
        Kind::Integer(_) | Kind::Huge => "a number",
        Kind::Float(_) => "a number with a point",
        Kind::Text(_) => "a text",
        Kind::Table(_) => "a section",
        Kind::List(_) => "a list",
        Kind::Moment => "a date",
    }
}

fn wanted(shape: &Shape) -> &'static str {
    match shape {
        Shape::Table(_) => "a section",
        Shape::List => "a list",
        Shape::Text | Shape::OneOf(_) => "a text",
        Shape::Integer => "a whole number",
        Shape::Float => "a number",
        Shape::Bool => "true or false",
    }
}
