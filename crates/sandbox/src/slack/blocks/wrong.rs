//! What is wrong, each with a pointer to where.

use std::fmt::Display;

#[derive(Default)]
pub(super) struct Wrong(pub(super) Vec<String>);

impl Wrong {
    pub(super) fn note(&mut self, at: impl Display, below: &str, what: impl Display) {
        self.0.push(format!("{what} [json-pointer:{at}{below}]"));
    }
}
