//! One source of configuration, and whether all that it says is known and of the right type.

use ::config::{ConfigError, Map, Source, Value, ValueKind};

use super::keys::{Key, find, nearest};
use super::problem::Problem;
use super::shape::Shape;

/// What names in the environment begin with.
pub(crate) const PREFIX: &str = "CAUSEWAY";

#[derive(Debug, Clone)]
pub(crate) struct Layer {
    /// The file's name, or `the environment`.
    pub(crate) place: String,
    pub(crate) table: Map<String, Value>,
    pub(crate) origin: Origin,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    /// Values have types.
    File,
    /// Every value is text.
    Environment,
}

impl Source for Layer {
    fn clone_into_box(&self) -> Box<dyn Source + Send + Sync> {
        Box::new(self.clone())
    }

    fn collect(&self) -> Result<Map<String, Value>, ConfigError> {
        Ok(self.table.clone())
    }
}

impl Layer {
    pub(crate) fn has(&self, section: &str) -> bool {
        self.table.contains_key(section)
    }

    pub(crate) fn get(&self, key: &str) -> Option<&Value> {
        let (sections, name) = key.rsplit_once('.')?;
        let mut table = &self.table;
        for section in sections.split('.') {
            match &table.get(section)?.kind {
                ValueKind::Table(inner) => table = inner,
                _ => return None,
            }
        }
        table.get(name)
    }

    pub(crate) fn take(&mut self, key: &str) -> Option<Value> {
        let (sections, name) = key.rsplit_once('.')?;
        self.section_mut(sections)?.remove(name)
    }

    /// Of a section that is there.
    pub(crate) fn set(&mut self, key: &str, value: Value) {
        if let Some((sections, name)) = key.rsplit_once('.')
            && let Some(section) = self.section_mut(sections)
        {
            section.insert(name.to_owned(), value);
        }
    }

    fn section_mut(&mut self, path: &str) -> Option<&mut Map<String, Value>> {
        let mut table = &mut self.table;
        for section in path.split('.') {
            match &mut table.get_mut(section)?.kind {
                ValueKind::Table(inner) => table = inner,
                _ => return None,
            }
        }
        Some(table)
    }

    /// A key as this source writes it.
    pub(crate) fn name(&self, key: &str) -> String {
        match self.origin {
            Origin::File => key.to_owned(),
            Origin::Environment => format!("{PREFIX}__{}", key.replace('.', "__").to_uppercase()),
        }
    }

    pub(crate) fn problem(&self, key: &str, why: String, cure: String) -> Problem {
        Problem {
            place: self.place.clone(),
            key: self.name(key),
            why,
            cure,
        }
    }

    /// Everything that is unknown or of the wrong type.
    pub(crate) fn check(&self, keys: &[Key]) -> Vec<Problem> {
        let mut problems = Vec::new();
        let mut walk = Walk {
            layer: self,
            keys,
            problems: &mut problems,
        };
        walk.table(&self.table, "", "");
        problems
    }
}

struct Walk<'a> {
    layer: &'a Layer,
    keys: &'a [Key],
    problems: &'a mut Vec<Problem>,
}

impl Walk<'_> {
    /// `path` is the place among the keys, as in `rooms.[]`; `shown` is what people read, as in `rooms[1]`.
    fn table(&mut self, table: &Map<String, Value>, path: &str, shown: &str) {
        let mut names: Vec<&String> = table.keys().collect();
        names.sort();
        for name in names {
            let (path_here, shown_here) = (join(path, name), join(shown, name));
            match find(self.keys, &path_here) {
                Some(key) => self.value(&table[name], &key.clone(), &shown_here),
                None => self.unknown(name, path, shown),
            }
        }
    }

    fn value(&mut self, value: &Value, key: &Key, shown: &str) {
        match (&value.kind, &key.expected.shape) {
            (ValueKind::Table(table), Shape::Table(_)) => self.table(table, &key.path, shown),
            (ValueKind::Array(items), Shape::List) => self.list(items, key, shown),
            (kind, shape) if fits(kind, shape, self.layer.origin) => {}
            (kind, shape) => self.wrong(kind, shape, shown),
        }
    }

    fn list(&mut self, items: &[Value], key: &Key, shown: &str) {
        let Some(each) = find(self.keys, &join(&key.path, "[]")).cloned() else {
            return;
        };
        for (number, item) in items.iter().enumerate() {
            self.value(item, &each, &format!("{shown}[{number}]"));
        }
    }

    /// `name` stands in the table at `path`, which people read as `shown`.
    fn unknown(&mut self, name: &str, path: &str, shown: &str) {
        let siblings: Vec<&str> = self
            .keys
            .iter()
            .filter_map(|it| it.path.strip_prefix(path))
            .map(|it| it.trim_start_matches('.'))
            .filter(|it| !it.is_empty() && !it.contains('.'))
            .collect();
        let elsewhere = self
            .keys
            .iter()
            .find(|it| it.path.ends_with(&format!(".{name}")) && !it.path.contains("[]"));
        let cure = match (nearest(name, &siblings), elsewhere) {
            (Some(near), _) => format!("did you mean `{}`?", self.layer.name(&join(shown, near))),
            (None, Some(key)) => format!("is it in the wrong section? There is `{}`", key.path),
            (None, None) => "take it out; `causeway config defaults` lists every key".to_owned(),
        };
        let key = join(shown, name);
        self.report(&key, "there is no such key".to_owned(), cure);
    }

    fn wrong(&mut self, kind: &ValueKind, shape: &Shape, shown: &str) {
        let why = match shape {
            Shape::OneOf(known) => format!("it must be one of: {}", known.join(", ")),
            shape => format!("{} stands where {} is needed", is(kind), wanted(shape)),
        };
        let name = shown.rsplit('.').next().unwrap_or(shown);
        let cure = match (self.layer.origin, shape) {
            (Origin::Environment, Shape::List | Shape::Table(_)) => {
                "the environment cannot say this: set it in the file".to_owned()
            }
            (Origin::Environment, shape) => {
                let example = example(shape).replace('"', "");
                format!("write `{}={example}`", self.layer.name(shown))
            }
            (Origin::File, Shape::Table(_)) => format!("write `[{shown}]`, and its keys below"),
            (Origin::File, shape) => format!("write `{name} = {}`", example(shape)),
        };
        self.report(shown, why, cure);
    }

    fn report(&mut self, key: &str, why: String, cure: String) {
        self.problems.push(self.layer.problem(key, why, cure));
    }
}

pub(crate) fn join(path: &str, name: &str) -> String {
    if path.is_empty() {
        name.to_owned()
    } else {
        format!("{path}.{name}")
    }
}

fn fits(kind: &ValueKind, shape: &Shape, origin: Origin) -> bool {
    match (kind, shape) {
        (ValueKind::String(text), Shape::OneOf(known)) => known.contains(&text.as_str()),
        (ValueKind::String(_), Shape::Text) => true,
        (ValueKind::String(text), shape) if origin == Origin::Environment => reads_as(text, shape),
        (ValueKind::I64(_), Shape::Integer | Shape::Float) => true,
        (ValueKind::Float(_), Shape::Float) => true,
        (ValueKind::Boolean(_), Shape::Bool) => true,
        _ => false,
    }
}

fn reads_as(text: &str, shape: &Shape) -> bool {
    match shape {
        Shape::Integer => text.parse::<i64>().is_ok(),
        Shape::Float => text.parse::<f64>().is_ok(),
        Shape::Bool => matches!(text, "true" | "false"),
        _ => false,
    }
}

/// Names the type alone: the value may be a secret in the wrong place.
fn is(kind: &ValueKind) -> &'static str {
    match kind {
        ValueKind::Nil => "nothing",
        ValueKind::Boolean(_) => "true or false",
        ValueKind::I64(_) | ValueKind::I128(_) | ValueKind::U64(_) | ValueKind::U128(_) => {
            "a number"
        }
        ValueKind::Float(_) => "a number with a point",
        ValueKind::String(_) => "a text",
        ValueKind::Table(_) => "a section",
        ValueKind::Array(_) => "a list",
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

/// How such a value is written in TOML.
fn example(shape: &Shape) -> String {
    match shape {
        Shape::Table(_) => "{ ... }".to_owned(),
        Shape::List => "[...]".to_owned(),
        Shape::Text => "\"...\"".to_owned(),
        Shape::Integer => "60".to_owned(),
        Shape::Float => "0.5".to_owned(),
        Shape::Bool => "true".to_owned(),
        Shape::OneOf(known) => format!("\"{}\"", known.first().unwrap_or(&"...")),
    }
}
