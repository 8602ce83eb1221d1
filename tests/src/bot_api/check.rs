//! Walks a value along the schema: no field is missing, unknown or of another type, a union is one of its
//! members whole, and marks lie inside the text that they mark.

use serde_json::{Map, Value};

use super::{BotApi, Field, Kind, Type};

pub(super) struct Check<'a> {
    schema: &'a BotApi,
    /// Which strings may stand for files: only in requests.
    pub(super) files: FileNames,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum FileNames {
    Allowed,
    Forbidden,
}

impl<'a> Check<'a> {
    pub(super) fn new(schema: &'a BotApi) -> Check<'a> {
        Check {
            schema,
            files: FileNames::Forbidden,
        }
    }

    pub(super) fn run(&self, path: &str, kinds: &[Kind], value: &Value) -> Vec<String> {
        if let (Some(items), Some(kinds)) = (value.as_array(), mixed(kinds)) {
            return self.items(path, &kinds, items);
        }
        let mut best: Option<Vec<String>> = None;
        for kind in kinds {
            let found = self.kind(path, kind, value);
            if found.is_empty() {
                return found;
            }
            // Of several possibilities the nearest says most about what is wrong.
            if best.as_ref().is_none_or(|it| found.len() < it.len()) {
                best = Some(found);
            }
        }
        best.unwrap_or_else(|| vec![format!("{path}: has no type in the schema")])
    }

    fn kind(&self, path: &str, kind: &Kind, value: &Value) -> Vec<String> {
        let fits = match kind {
            Kind::Integer => value.is_i64() || value.is_u64(),
            Kind::Float => value.is_number(),
            Kind::Text => value.is_string(),
            Kind::Boolean => value.is_boolean(),
            Kind::InputFile => self.files == FileNames::Allowed && value.is_string(),
            Kind::Array(inner) => return self.array(path, inner, value),
            Kind::Named(name) => return self.named(path, name, value),
        };
        match fits {
            true => Vec::new(),
            false => vec![format!("{path}: {} is no {kind:?}", short(value))],
        }
    }

    fn array(&self, path: &str, inner: &Kind, value: &Value) -> Vec<String> {
        let Some(items) = value.as_array() else {
            return vec![format!("{path}: {} is no array", short(value))];
        };
        self.items(path, std::slice::from_ref(inner), items)
    }

    fn items(&self, path: &str, kinds: &[Kind], items: &[Value]) -> Vec<String> {
        let check = |(at, item)| self.run(&format!("{path}[{at}]"), kinds, item);
        items.iter().enumerate().flat_map(check).collect()
    }

    fn named(&self, path: &str, name: &str, value: &Value) -> Vec<String> {
        match self.schema.types.get(name) {
            None => vec![format!("{path}: the schema has no type {name}")],
            Some(Type::Union(members)) => {
                let told: Vec<Kind> = members
                    .iter()
                    .filter(|it| self.says_so(it, value))
                    .cloned()
                    .collect();
                let members = if told.is_empty() { members } else { &told };
                self.run(path, members, value)
            }
            Some(Type::Object(fields)) => match value.as_object() {
                Some(object) => self.object(path, name, fields, object),
                None => vec![format!("{path}: {} is no {name}", short(value))],
            },
        }
    }

    /// Whether the value says by itself that it is this member of a union, as with `"status": "left"`.
    fn says_so(&self, member: &Kind, value: &Value) -> bool {
        let Kind::Named(name) = member else {
            return false;
        };
        let Some(Type::Object(fields)) = self.schema.types.get(name) else {
            return false;
        };
        fields.iter().any(|field| {
            let given = value.get(&field.name);
            let word = given.and_then(Value::as_str);
            matches!((field.words.as_slice(), word), ([only], Some(word)) if only == word)
                || (field.always_zero && given == Some(&0.into()))
        })
    }

    fn object(
        &self,
        path: &str,
        name: &str,
        fields: &[Field],
        object: &Map<String, Value>,
    ) -> Vec<String> {
        let mut found = Vec::new();
        for field in fields {
            match object.get(&field.name) {
                Some(value) => found.extend(self.field(path, field, value)),
                None if field.required => {
                    found.push(format!("{path}: {name} without {}", field.name));
                }
                None => {}
            }
        }
        let known = |it: &String| fields.iter().any(|field| field.name == *it);
        let unknown = object.keys().filter(|it| !known(it));
        found.extend(unknown.map(|it| format!("{path}: {name} has no field {it}")));
        if name == "Message" {
            found.extend(marks(path, object));
        }
        found
    }

    pub(super) fn field(&self, path: &str, field: &Field, value: &Value) -> Vec<String> {
        let path = format!("{path}.{}", field.name);
        let found = self.run(&path, &field.kinds, value);
        if !found.is_empty() {
            return found;
        }
        let word = value.as_str().filter(|_| !field.words.is_empty());
        if let Some(word) = word.filter(|it| !field.words.iter().any(|known| known == it)) {
            return vec![format!("{path}: \"{word}\" is none of {:?}", field.words)];
        }
        match field.always_zero && value.as_i64() != Some(0) {
            true => vec![format!("{path}: {value} is not 0")],
            false => Vec::new(),
        }
    }
}

/// "An array of A, B and C" holds all of them side by side, as an album of pictures and films does.
fn mixed(kinds: &[Kind]) -> Option<Vec<Kind>> {
    let inner = |kind: &Kind| match kind {
        Kind::Array(inner) => Some((**inner).clone()),
        _ => None,
    };
    kinds.iter().map(inner).collect()
}

/// An accessible message has a date; one whose marks leave its text was never sent.
fn marks(path: &str, message: &Map<String, Value>) -> Vec<String> {
    let mut found = Vec::new();
    if message.get("date").and_then(Value::as_i64) == Some(0) {
        found.push(format!("{path}: a Message has a date above 0"));
    }
    for (text, marks) in [("text", "entities"), ("caption", "caption_entities")] {
        let length = message
            .get(text)
            .and_then(Value::as_str)
            .map_or(0, utf16_len) as u64;
        let marks = message
            .get(marks)
            .and_then(Value::as_array)
            .into_iter()
            .flatten();
        for mark in marks {
            let end = mark["offset"].as_u64().unwrap_or(0) + mark["length"].as_u64().unwrap_or(0);
            if end > length {
                found.push(format!(
                    "{path}: an entity ends at {end}, the {text} at {length}"
                ));
            }
        }
    }
    found
}

fn utf16_len(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

fn short(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(60) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text,
    }
}
