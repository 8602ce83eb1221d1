//! A line of JSON for each thing that is held. Pure.

use conversation::{AccountRef, Timestamp};
use serde::Serialize;
use serde_json::{Value, json};
use store::SaidHeld;

use crate::wording::in_utc;

/// With what it is, and with times as people read them.
pub(super) fn of(kind: &str, it: &impl Serialize) -> Value {
    let mut record = json!({ "kind": kind });
    if let (Value::Object(to), Value::Object(from)) = (&mut record, json!(it)) {
        to.extend(from);
    }
    readable(&mut record);
    record
}

pub(super) fn message(by: &AccountRef, it: &SaidHeld) -> Value {
    let mut record = of("message", it);
    record["by"] = json!(by.to_string());
    if it.words.is_empty() && it.deleted_at.is_none() {
        record["note"] = json!("its words are kept no longer");
    }
    record
}

/// Numbers that are times become `2026-03-02T09:00:00Z`.
fn readable(value: &mut Value) {
    match value {
        Value::Array(values) => values.iter_mut().for_each(readable),
        Value::Object(fields) => {
            for (name, value) in fields {
                match value.as_i64().filter(|_| is_time(name)) {
                    Some(at) => *value = json!(written(Timestamp(at))),
                    None => readable(value),
                }
            }
        }
        _ => {}
    }
}

fn is_time(name: &str) -> bool {
    ["at", "since", "until"].iter().any(|it| {
        let before = name.strip_suffix(it);
        before.is_some_and(|it| it.is_empty() || it.ends_with('_'))
    })
}

pub(super) fn written(at: Timestamp) -> String {
    in_utc(at).strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
