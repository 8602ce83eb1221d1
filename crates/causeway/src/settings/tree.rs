//! Settings before they have types, each with the place where it stands.

use std::collections::BTreeMap;

use super::shape::EACH;

/// Where somebody wrote something down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum At {
    /// Nobody wrote it: a default.
    Nowhere,
    /// Both counted from 1, columns in characters.
    File {
        line: usize,
        column: usize,
    },
    Environment,
}

impl At {
    pub(crate) fn line(&self) -> Option<usize> {
        match self {
            At::File { line, .. } => Some(*line),
            At::Nowhere | At::Environment => None,
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Value {
    pub(crate) kind: Kind,
    /// Of its key; inside a list, of the value itself.
    pub(crate) at: At,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Kind {
    Table(Table),
    List(Vec<Item>),
    Text(String),
    Integer(i64),
    /// Written as one, and further from 0 than any number that we count with.
    Huge,
    Float(f64),
    Bool(bool),
    Moment,
}

/// One value of a list.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Item {
    /// As people count it there, from 0, whatever was taken out before it.
    pub(crate) number: usize,
    pub(crate) value: Value,
}

pub(crate) type Table = BTreeMap<String, Value>;

/// A step of a path as people read it: `rooms[1].name` has three.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step<'a> {
    Name(&'a str),
    Number(usize),
}

pub(crate) fn steps(path: &str) -> impl Iterator<Item = Step<'_>> {
    path.split(['.', '['])
        .map(|step| match step.strip_suffix(']') {
            Some(number) => number.parse().map_or(Step::Name(step), Step::Number),
            None => Step::Name(step),
        })
}

/// The place among the keys: `rooms.[].name`, of `rooms[1].name`.
pub(crate) fn pattern(path: &str) -> String {
    let steps = steps(path).map(|it| match it {
        Step::Name(name) => name,
        Step::Number(_) => EACH,
    });
    steps.collect::<Vec<_>>().join(".")
}

impl Value {
    pub(crate) fn new(kind: Kind, at: At) -> Value {
        Value { kind, at }
    }

    pub(crate) fn text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Text(text) => Some(text),
            _ => None,
        }
    }

    fn step(&self, step: Step) -> Option<&Value> {
        match (&self.kind, step) {
            (Kind::Table(table), Step::Name(name)) => table.get(name),
            (Kind::List(items), Step::Number(number)) => {
                let item = items.iter().find(|it| it.number == number);
                item.map(|it| &it.value)
            }
            _ => None,
        }
    }

    fn step_mut(&mut self, step: Step) -> Option<&mut Value> {
        match (&mut self.kind, step) {
            (Kind::Table(table), Step::Name(name)) => table.get_mut(name),
            (Kind::List(items), Step::Number(number)) => {
                let item = items.iter_mut().find(|it| it.number == number);
                item.map(|it| &mut it.value)
            }
            _ => None,
        }
    }

    pub(crate) fn get(&self, path: &str) -> Option<&Value> {
        steps(path).try_fold(self, |value, step| value.step(step))
    }

    pub(crate) fn take(&mut self, path: &str) -> Option<Value> {
        let (parent, last) = self.parent_mut(path)?;
        match (&mut parent.kind, last) {
            (Kind::Table(table), Step::Name(name)) => table.remove(name),
            (Kind::List(items), Step::Number(number)) => {
                let place = items.iter().position(|it| it.number == number)?;
                Some(items.remove(place).value)
            }
            _ => None,
        }
    }

    /// In a section that is there.
    pub(crate) fn set(&mut self, path: &str, value: Value) {
        if let Some((parent, Step::Name(name))) = self.parent_mut(path)
            && let Kind::Table(table) = &mut parent.kind
        {
            table.insert(name.to_owned(), value);
        }
    }

    fn parent_mut<'a>(&mut self, path: &'a str) -> Option<(&mut Value, Step<'a>)> {
        let steps: Vec<Step> = steps(path).collect();
        let (last, before) = steps.split_last()?;
        let parent = before
            .iter()
            .try_fold(self, |value, step| value.step_mut(*step))?;
        Some((parent, *last))
    }

    /// Where `path` was written, or as much of it as somebody wrote.
    pub(crate) fn place(&self, path: &str) -> At {
        let (mut value, mut at) = (self, At::Nowhere);
        for step in steps(path) {
            let Some(next) = value.step(step) else { break };
            value = next;
            if value.at != At::Nowhere {
                at = value.at;
            }
        }
        at
    }

    /// `later` wins, key by key; a list is replaced as a whole.
    pub(crate) fn overlay(&mut self, later: Value) {
        if later.at != At::Nowhere {
            self.at = later.at;
        }
        match (&mut self.kind, later.kind) {
            (Kind::Table(mine), Kind::Table(theirs)) => {
                for (name, value) in theirs {
                    match mine.get_mut(&name) {
                        Some(earlier) => earlier.overlay(value),
                        None => drop(mine.insert(name, value)),
                    }
                }
            }
            (mine, theirs) => *mine = theirs,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str, line: usize) -> Value {
        let at = At::File { line, column: 1 };
        Value::new(Kind::Text(text.to_owned()), at)
    }

    fn table(entries: Vec<(&str, Value)>) -> Value {
        let named = entries.into_iter().map(|(name, it)| (name.to_owned(), it));
        Value::new(Kind::Table(named.collect()), At::Nowhere)
    }

    #[test]
    fn the_later_wins_key_by_key() {
        let mut tree = table(vec![("log", table(vec![("a", text("1", 1))]))]);
        tree.overlay(table(vec![(
            "log",
            table(vec![("a", text("2", 7)), ("b", text("3", 8))]),
        )]));
        assert_eq!(tree.get("log.a"), Some(&text("2", 7)));
        assert_eq!(tree.get("log.b").and_then(Value::text), Some("3"));
        assert_eq!(tree.place("log.a"), At::File { line: 7, column: 1 });
    }

    #[test]
    fn what_is_taken_out_of_a_list_changes_no_other_number() {
        let items = (0..3).map(|number| Item {
            number,
            value: text(&number.to_string(), number),
        });
        let list = Value::new(Kind::List(items.collect()), At::Nowhere);
        let mut tree = table(vec![("rooms", list)]);
        assert_eq!(tree.take("rooms[0]"), Some(text("0", 0)));
        assert_eq!(tree.get("rooms[0]"), None);
        assert_eq!(tree.get("rooms[2]"), Some(&text("2", 2)));
    }
}
