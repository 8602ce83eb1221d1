//! Where each key was written, for whoever finds something odd later.

use super::layer::{ENVIRONMENT, variable};
use super::problem::Problem;
use super::tree::{At, Item, Kind, Value};

#[derive(Debug, Clone, Default)]
pub(crate) struct Places {
    /// The file's name, if there is one.
    file: String,
    tree: Option<Value>,
}

/// Without what stands there, which may be a secret.
fn bare(value: &Value) -> Value {
    let kind = match &value.kind {
        Kind::Table(table) => {
            let entries = table
                .iter()
                .map(|(name, value)| (name.clone(), bare(value)));
            Kind::Table(entries.collect())
        }
        Kind::List(items) => {
            let items = items.iter().map(|it| Item {
                number: it.number,
                value: bare(&it.value),
            });
            Kind::List(items.collect())
        }
        _ => Kind::Bool(true),
    };
    Value::new(kind, value.at)
}

impl Places {
    pub(super) fn of(file: &str, tree: &Value) -> Places {
        Places {
            file: file.to_owned(),
            tree: Some(bare(tree)),
        }
    }

    pub(super) fn at(&self, key: &str) -> At {
        self.tree.as_ref().map_or(At::Nowhere, |it| it.place(key))
    }

    /// Blames who has the last word on `key`, or on its section where nobody set it.
    pub(crate) fn problem(&self, key: &str, why: String, cure: String) -> Problem {
        match self.at(key) {
            At::Environment => {
                Problem::new(ENVIRONMENT, &At::Environment, &variable(key), why, cure)
            }
            at => Problem::new(&self.file, &at, key, why, cure),
        }
    }
}
