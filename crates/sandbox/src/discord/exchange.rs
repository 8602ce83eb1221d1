//! Requests and answers for somebody who knows the published schema. The stand-in itself does not.

use serde_json::Value;

/// One request, and what was answered once that is known.
#[derive(Debug, Clone, PartialEq)]
pub struct Exchange {
    pub method: String,
    /// Below `/api/v10`, without the query.
    pub path: String,
    pub query: String,
    /// The JSON of the body, or of the field `payload_json` in a form with files.
    pub body: Option<Value>,
    /// Of the parts of a form with files.
    pub files: usize,
    /// None before it is carried out: an illegal request can still be refused then.
    pub answer: Option<Answered>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Answered {
    pub status: u16,
    /// None where the body is empty.
    pub body: Option<Value>,
}
