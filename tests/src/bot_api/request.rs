//! Requests by the schema. In forms everything is text, so a text counts as what it can be read as.

use serde_json::Value;

use super::check::{Check, FileNames};
use super::{BotApi, Given, Kind, Method};

pub(super) fn check(schema: &BotApi, method: &Method, params: &[(&str, Given<'_>)]) -> Vec<String> {
    let mut check = Check::new(schema);
    check.files = FileNames::Allowed;
    let mut found = Vec::new();
    for field in &method.fields {
        let given = params.iter().find(|(name, _)| *name == field.name);
        match given {
            Some((_, Given::File)) if field.kinds.contains(&Kind::InputFile) => {}
            Some((_, Given::File)) => {
                found.push(format!("{}.{}: takes no upload", method.name, field.name));
            }
            Some((_, Given::Json(value))) => found.extend(check.field(&method.name, field, value)),
            Some((_, Given::Text(text))) => {
                let value = as_value(text, &field.kinds);
                found.extend(check.field(&method.name, field, &value));
            }
            None if field.required => {
                found.push(format!("{} without {}", method.name, field.name));
            }
            None => {}
        }
    }
    found.extend(unknown(method, params));
    found
}

/// A part that `attach://` names is no parameter.
fn unknown(method: &Method, params: &[(&str, Given<'_>)]) -> Vec<String> {
    let known = |name: &str| method.fields.iter().any(|it| it.name == name);
    let attached = |name: &str| {
        let reference = format!("attach://{name}");
        params.iter().any(|(_, param)| match param {
            Given::Text(text) => text.contains(&reference),
            Given::Json(value) => value.to_string().contains(&reference),
            Given::File => false,
        })
    };
    params
        .iter()
        .filter(|(name, _)| !known(name))
        .filter(|(name, param)| !(matches!(param, Given::File) && attached(name)))
        .map(|(name, _)| format!("{} has no parameter {name}", method.name))
        .collect()
}

fn as_value(text: &str, kinds: &[Kind]) -> Value {
    let is_text = |it: &Kind| matches!(it, Kind::Text | Kind::InputFile);
    let parsed = serde_json::from_str(text).ok();
    match kinds.iter().any(is_text) {
        // "12" is a text where a text may stand, whatever else it could be.
        true => Value::String(text.to_owned()),
        false => parsed.unwrap_or_else(|| Value::String(text.to_owned())),
    }
}
