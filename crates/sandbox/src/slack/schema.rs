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
pub(crate) enum Body {
    /// Methods that change something take JSON as well as forms.
    FormOrJson,
    /// Methods that read take arguments in the address or in a form.
    Form,
}

pub(crate) struct Shape {
    pub(crate) body: Body,
    /// Words with a blank between them: the name, behind a colon what it is where it is no text, and `!` where it must
    /// be there.
    pub(crate) arguments: &'static str,
}

struct Argument {
    name: &'static str,
    kind: Type,
    must: bool,
}

impl Shape {
    fn arguments(&self) -> impl Iterator<Item = Argument> {
        self.arguments.split_whitespace().map(|word| {
            let must = word.ends_with('!');
            let (name, kind) = word
                .trim_end_matches('!')
                .split_once(':')
                .unwrap_or((word, ""));
            Argument {
                name: name.trim_end_matches('!'),
                kind: Type::of(kind),
                must,
            }
        })
    }
}

impl Type {
    fn of(word: &str) -> Type {
        match word {
            "flag" => Type::Flag,
            "number" => Type::Number,
            "time" => Type::Time,
            "channel" => Type::Channel,
            "user" => Type::User,
            "ids" => Type::Ids,
            "array" => Type::Array,
            "object" => Type::Object,
            _ => Type::Text,
        }
    }
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
        match shape.arguments().find(|it| it.name == name) {
            None => wrong.push(format!("{method} has no argument {name}")),
            Some(it) => {
                let found = check_value(it.kind, param).err();
                wrong.extend(found.map(|why| format!("{method}: {name} {why}")));
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
    let missing = |it: &Argument| it.must && params.text(it.name).is_none();
    let missing = shape.arguments().filter(missing);
    wrong.extend(missing.map(|it| format!("{method}: {} is missing", it.name)));
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
    let wrong = || format!("is no {kind:?}").to_lowercase();
    fits.then_some(()).ok_or_else(wrong)
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
    let wrong = || format!("is no {kind:?} in JSON").to_lowercase();
    fits.then_some(()).ok_or_else(wrong)
}

fn is_id(text: &str, beginnings: &str) -> bool {
    let rest = text.strip_prefix(|it| beginnings.contains(it));
    let fits = |it: u8| it.is_ascii_uppercase() || it.is_ascii_digit();
    rest.is_some_and(|it| it.len() >= 6 && it.bytes().all(fits))
}
