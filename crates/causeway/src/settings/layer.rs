//! One source of configuration: what it says, and how its keys are written there.

use super::problem::Problem;
use super::tree::{At, Kind, Table, Value};

/// What names in the environment begin with.
pub(crate) const PREFIX: &str = "CAUSEWAY";
pub(crate) const ENVIRONMENT: &str = "the environment";

#[derive(Debug, Clone)]
pub(crate) struct Layer {
    /// The file's name, or `the environment`.
    pub(crate) place: String,
    pub(crate) tree: Value,
    pub(crate) origin: Origin,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    /// Values have types.
    File,
    /// Every value is text.
    Environment,
}

impl Layer {
    pub(crate) fn empty(place: &str, origin: Origin) -> Layer {
        Layer {
            place: place.to_owned(),
            tree: Value::new(Kind::Table(Table::new()), At::Nowhere),
            origin,
        }
    }

    pub(crate) fn get(&self, key: &str) -> Option<&Value> {
        self.tree.get(key)
    }

    pub(crate) fn take(&mut self, key: &str) -> Option<Value> {
        self.tree.take(key)
    }

    /// Of a section that is there.
    pub(crate) fn set(&mut self, key: &str, value: Value) {
        self.tree.set(key, value);
    }

    /// A key as this source writes it.
    pub(crate) fn name(&self, key: &str) -> String {
        match self.origin {
            Origin::File => key.to_owned(),
            Origin::Environment => variable(key),
        }
    }

    pub(crate) fn problem(&self, key: &str, why: String, cure: String) -> Problem {
        self.problem_at(&self.tree.place(key), key, why, cure)
    }

    pub(crate) fn problem_at(&self, at: &At, key: &str, why: String, cure: String) -> Problem {
        Problem::new(&self.place, at, &self.name(key), why, cure)
    }
}

/// A key as the environment writes it.
pub(crate) fn variable(key: &str) -> String {
    format!("{PREFIX}__{}", key.replace('.', "__").to_uppercase())
}
