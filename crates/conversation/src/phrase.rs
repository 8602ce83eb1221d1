//! A sentence of the bridge's own, before it is put into words.
//!
//! **Invariant:** arguments are numbers and ids: nothing in them is what somebody said.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phrase {
    pub name: String,
    pub args: BTreeMap<String, Arg>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Arg {
    Number(i64),
    Id(String),
}

impl Phrase {
    pub fn new(name: &str) -> Phrase {
        Phrase {
            name: name.to_owned(),
            args: BTreeMap::new(),
        }
    }

    #[must_use]
    pub fn with(mut self, name: &str, arg: Arg) -> Phrase {
        self.args.insert(name.to_owned(), arg);
        self
    }
}
