//! Requests, answers and updates for somebody who knows the published schema.

use serde_json::{Map, Value};

/// Parameters, by how they were given.
#[derive(Default)]
pub struct Given {
    pub texts: Vec<(String, String)>,
    pub json: Map<String, Value>,
    /// By their fields.
    pub files: Vec<String>,
}

/// What somebody who knows the published schema is shown.
pub enum Seen {
    /// A method by its published name, with its parameters.
    Request(&'static str, Given),
    Answer(&'static str, Value),
    Update(Value),
}
