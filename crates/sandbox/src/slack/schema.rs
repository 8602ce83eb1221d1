//! Which arguments each method takes, by Slack's public documentation, and what is wrong with a call.

use serde_json::Value;

use super::ids::Ts;
use super::params::{Format, Param, Params};

/// How an argument is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Type {
    Text,
    Flag,
    Number,
    Time,
    /// `C…`, `D…` or `G…`; posting takes `U…` too.
    Channel,
    User,
    /// Ids with commas between them.
    Ids,
    Array,
    Object,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Need {
    Must,
    May,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Body {
    /// Methods that change something take JSON as well as forms.
    FormOrJson,
    /// Methods that read take arguments in the address or in a form.
    Form,
}

pub(crate) type Argument = (&'static str, Type, Need);

pub(crate) struct Shape {
    pub(crate) body: Body,
    pub(crate) arguments: &'static [Argument],
}

/// One sentence for each thing that the documentation does not allow.
pub(crate) fn check(method: &str, shape: &Shape, params: &Params) -> Vec<String> {
    let mut wrong = Vec::new();
    if shape.body == Body::Form && params.format != Format::Form {
        wrong.push(format!("{method} takes no JSON body"));
    }
    if params.token_in_query {
        wrong.push(format!("{method}: the token stands in the address"));
    }
    for (name, param) in params.iter().filter(|(name, _)| *name != "token") {
        match shape.arguments.iter().find(|(it, _, _)| *it == name) {
            None => wrong.push(format!("{method} has no argument {name}")),
            Some((_, kind, _)) => {
                if let Err(why) = check_value(*kind, param) {
                    wrong.push(format!("{method}: {name} {why}"));
                }
            }
        }
    }
    let mut seen: Vec<&str> = Vec::new();
    for (name, _) in params.iter() {
        if seen.contains(&name) {
            wrong.push(format!("{method}: {name} stands there twice"));
        }
        seen.push(name);
    }
    let missing = shape
        .arguments
        .iter()
        .filter(|(name, _, need)| *need == Need::Must && params.text(name).is_none());
    wrong.extend(missing.map(|(name, _, _)| format!("{method}: {name} is missing")));
    wrong
}

fn check_value(kind: Type, param: &Param) -> Result<(), String> {
    match param {
        Param::Text(text) => check_text(kind, text),
        Param::Json(Value::String(text)) => match kind {
            Type::Flag | Type::Number => Err("is a string, not JSON's own kind".into()),
            _ => check_text(kind, text),
        },
        Param::Json(value) => check_json(kind, value),
        Param::File(_) => Err("is a file".into()),
    }
}

fn check_text(kind: Type, text: &str) -> Result<(), String> {
    let fits = match kind {
        Type::Text => true,
        Type::Flag => matches!(text, "true" | "false" | "1" | "0"),
        Type::Number => text.parse::<u64>().is_ok(),
        Type::Time => text.parse::<Ts>().is_ok(),
        Type::Channel => is_id(text, "CDGU"),
        Type::User => is_id(text, "UWB"),
        Type::Ids => text.split(',').all(|it| is_id(it, "CDGUWF")),
        Type::Array => serde_json::from_str::<Vec<Value>>(text).is_ok(),
        Type::Object => serde_json::from_str::<serde_json::Map<String, Value>>(text).is_ok(),
    };
    match fits {
        true => Ok(()),
        false => Err(format!("is no {kind:?}").to_lowercase()),
    }
}

fn check_json(kind: Type, value: &Value) -> Result<(), String> {
    let fits = match kind {
        Type::Flag => value.is_boolean(),
        Type::Number => value.is_u64(),
        Type::Array => value.is_array(),
        Type::Object => value.is_object(),
        // A number would lose digits of a time; the rest are strings anyway.
        Type::Text | Type::Time | Type::Channel | Type::User | Type::Ids => false,
    };
    match fits {
        true => Ok(()),
        false => Err(format!("is no {kind:?} in JSON").to_lowercase()),
    }
}

fn is_id(text: &str, beginnings: &str) -> bool {
    let rest = text.strip_prefix(|it| beginnings.contains(it));
    rest.is_some_and(|it| {
        it.len() >= 6
            && it
                .bytes()
                .all(|it| it.is_ascii_uppercase() || it.is_ascii_digit())
    })
}
