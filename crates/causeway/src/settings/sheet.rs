//! The defaults file as a sheet to look things up on: how each key is written, its unit, and its default.

use std::collections::BTreeMap;

use super::layer::{Origin, variable};
use super::ranges::range;
use super::shape::Shape;
use super::toml;
use super::tree::Kind;

pub(crate) struct Sheet(BTreeMap<String, Entry>);

struct Entry {
    /// As TOML writes it.
    written: String,
    /// Otherwise an example.
    is_default: bool,
}

impl Sheet {
    /// Lines that begin with `#` and no space are keys without a default.
    pub(crate) fn of(defaults: &str) -> Sheet {
        let (mut section, mut entries) = (String::new(), BTreeMap::new());
        for line in defaults.lines() {
            let (line, is_default) = match line.strip_prefix('#') {
                Some(line) => (line, false),
                None => (line, true),
            };
            if let Some(list) = line.strip_prefix("[[").and_then(|it| it.strip_suffix("]]")) {
                section = format!("{list}.[].");
            } else if let Some(table) = line.strip_prefix('[').and_then(|it| it.strip_suffix(']')) {
                section = format!("{table}.");
            } else if let Some((name, written)) = line.split_once(" = ")
                && !name.contains(' ')
            {
                let written = written.to_owned();
                entries.insert(
                    format!("{section}{name}"),
                    Entry {
                        written,
                        is_default,
                    },
                );
            }
        }
        Sheet(entries)
    }

    #[cfg(test)]
    pub(crate) fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// What may stand at `path`, as in `rooms.[].name`, for want of what should.
    pub(crate) fn example(&self, path: &str) -> Option<Kind> {
        let (tree, _) = toml::read(&format!("it = {}", self.0.get(path)?.written));
        tree.get("it").map(|it| it.kind.clone())
    }

    /// `, as in `life_chat_h = 24`, the default`
    pub(crate) fn as_in(&self, path: &str, origin: Origin) -> String {
        match (self.default(path, origin), self.written(path, origin)) {
            (Some(default), _) => format!(", as in `{default}`, the default"),
            (None, Some(example)) => format!(", as in `{example}`"),
            (None, None) => String::new(),
        }
    }

    /// `life_chat_h = 24`
    pub(crate) fn default(&self, path: &str, origin: Origin) -> Option<String> {
        let has_one = self.0.get(path).is_some_and(|it| it.is_default);
        self.written(path, origin).filter(|_| has_one)
    }

    fn written(&self, path: &str, origin: Origin) -> Option<String> {
        let written = &self.0.get(path)?.written;
        let name = path.rsplit('.').next().unwrap_or(path);
        Some(match origin {
            Origin::File => format!("{name} = {written}"),
            Origin::Environment => format!("{}={}", variable(path), written.replace('"', "")),
        })
    }

    /// How to write a value of this shape at `path`.
    pub(crate) fn advice(&self, path: &str, shape: &Shape, origin: Origin) -> String {
        let what = match shape {
            Shape::Table(_) => return format!("write [{path}], and its keys below"),
            Shape::List if !self.0.contains_key(path) => {
                return format!("write [[{path}]], and the keys of each below");
            }
            Shape::List => "a list in brackets".to_owned(),
            Shape::Text => "a text in quotation marks".to_owned(),
            Shape::OneOf(known) => format!("one of: {}", known.join(", ")),
            Shape::Integer => whole_number(path),
            Shape::Float => "a number".to_owned(),
            Shape::Bool => "true or false".to_owned(),
        };
        format!("write {what}{}", self.as_in(path, origin))
    }
}

fn whole_number(path: &str) -> String {
    let range = range(path);
    let from_to = format!("{} to {}", range.start(), range.end());
    match unit(path) {
        "" => format!("a whole number, {from_to}"),
        unit => format!("a whole number of {unit}, {from_to}, without the unit"),
    }
}

/// The key's own, which its name ends in.
fn unit(path: &str) -> &'static str {
    const UNITS: [(&str, &str); 10] = [
        ("_per_minute", "messages in a minute"),
        ("_per_min", "messages in a minute"),
        ("_per_hour", "messages in an hour"),
        ("_per_s", "messages in a second"),
        ("_s", "seconds"),
        ("_min", "minutes"),
        ("_h", "hours"),
        ("_days", "days"),
        ("_mib", "MiB"),
        ("_bytes", "bytes"),
    ];
    let unit = UNITS.iter().find(|(end, _)| path.ends_with(end));
    unit.map_or("", |(_, unit)| unit)
}
