//! What a platform publishes of its API as an OpenAPI document, and what is legal by it. It knows requests and
//! answers as plain JSON, so that anybody's can be shown to it.
//!
//! **Invariant:** what the document does not know is found, not passed over: a route, a field, a status.

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use jsonschema::{Registry, Validator};
use serde_json::{Value, json};

/// Where Discord's document lies below the folder of shared data.
const DISCORD: &str = "discord-openapi/openapi.json";

const BASE: &str = "https://openapi.invalid/document";

/// At most so many complaints are kept of one value.
const MOST_COMPLAINTS: usize = 5;

/// One request, and what was answered once that is known.
#[derive(Debug, Clone, Copy)]
pub struct Seen<'a> {
    pub method: &'a str,
    /// Below the server's base path, without the query.
    pub path: &'a str,
    pub query: &'a str,
    pub body: Option<&'a Value>,
    /// Status and body.
    pub answer: Option<(u16, Option<&'a Value>)>,
}

pub struct OpenApi {
    document: Value,
    registry: Registry<'static>,
    /// By pointer into the document; built when first needed.
    validators: Mutex<HashMap<String, Arc<Validator>>>,
}

impl OpenApi {
    /// In `$CAUSEWAY_SHARED_DATA`, else in the folder `shared/data` beside the workspace. None where that is absent.
    pub fn discord() -> Option<OpenApi> {
        let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data");
        let folder = std::env::var_os("CAUSEWAY_SHARED_DATA").map_or(beside, PathBuf::from);
        let text = std::fs::read_to_string(folder.join(DISCORD)).ok()?;
        let mut document = serde_json::from_str(&text).ok()?;
        correct(&mut document);
        OpenApi::new(document)
    }

    fn new(document: Value) -> Option<OpenApi> {
        let registry = Registry::new().add(BASE, document.clone()).ok()?;
        Some(OpenApi {
            registry: registry.prepare().ok()?,
            document,
            validators: Mutex::default(),
        })
    }

    /// What is wrong, one sentence each: with the request, or where there is an answer with that.
    pub fn check(&self, seen: &Seen<'_>) -> Vec<String> {
        let Some((template, operation)) = self.operation(seen.method, seen.path) else {
            // That was said when the request came.
            let missing = format!("{} {} is no route", seen.method, seen.path);
            return seen.answer.map_or(vec![missing], |_| Vec::new());
        };
        let method = seen.method.to_lowercase();
        let pointer = format!("/paths/{}/{method}", escaped(template));
        let found = match seen.answer {
            None => self.request(&pointer, operation, seen),
            Some((status, body)) => self.answer(&pointer, operation, status, body),
        };
        let named = |it: String| format!("{} {template}: {it}", seen.method);
        found.into_iter().map(named).collect()
    }

    /// What is wrong with a value by a schema of the document's components.
    pub fn check_value(&self, schema: &str, value: &Value) -> Vec<String> {
        self.violations(&format!("/components/schemas/{schema}"), value)
    }

    fn operation(&self, method: &str, path: &str) -> Option<(&str, &Value)> {
        let paths = self.document["paths"].as_object()?;
        let fits = paths.iter().filter(|(template, _)| fits(template, path));
        // Words go before braces.
        let (template, item) = fits.min_by_key(|(template, _)| template.matches('{').count())?;
        Some((template, item.get(method.to_lowercase())?))
    }

    fn request(&self, pointer: &str, operation: &Value, seen: &Seen<'_>) -> Vec<String> {
        let mut found = self.unknown_parameters(operation, seen.query);
        let Some(body) = seen.body else {
            if operation["requestBody"]["required"] == true {
                found.push("the body is missing".to_owned());
            }
            return found;
        };
        let contents = &operation["requestBody"]["content"];
        if !contents["application/json"].is_object() {
            found.push("it takes no body".to_owned());
            return found;
        }
        let schema = format!("{pointer}/requestBody/content/application~1json/schema");
        found.extend(self.violations(&schema, body));
        found.extend(self.unknown_fields(&schema, body));
        found
    }

    fn unknown_parameters(&self, operation: &Value, query: &str) -> Vec<String> {
        let parameters = operation["parameters"].as_array().into_iter().flatten();
        let known: Vec<&str> = parameters.filter_map(|it| it["name"].as_str()).collect();
        let given = query.split('&').filter_map(|it| it.split('=').next());
        let unknown = given.filter(|it| !it.is_empty() && !known.contains(it));
        unknown
            .map(|it| format!("it has no parameter {it}"))
            .collect()
    }

    /// The schemas allow any field beside those that they name; a misspelt one would go unnoticed.
    fn unknown_fields(&self, schema: &str, body: &Value) -> Vec<String> {
        let mut known = BTreeSet::new();
        if let Some(schema) = self.document.pointer(schema) {
            self.fields(schema, &mut known);
        }
        let fields = body.as_object().into_iter().flat_map(|it| it.keys());
        let unknown = fields.filter(|it| !known.contains(it.as_str()));
        unknown.map(|it| format!("it has no field {it}")).collect()
    }

    fn fields<'a>(&'a self, schema: &'a Value, known: &mut BTreeSet<&'a str>) {
        if let Some(target) = schema["$ref"].as_str().and_then(|it| it.strip_prefix('#'))
            && let Some(target) = self.document.pointer(target)
        {
            self.fields(target, known);
        }
        known.extend(
            schema["properties"]
                .as_object()
                .into_iter()
                .flat_map(|it| it.keys())
                .map(String::as_str),
        );
        for several in ["allOf", "anyOf", "oneOf"] {
            for schema in schema[several].as_array().into_iter().flatten() {
                self.fields(schema, known);
            }
        }
    }

    fn answer(
        &self,
        pointer: &str,
        operation: &Value,
        status: u16,
        body: Option<&Value>,
    ) -> Vec<String> {
        let responses = &operation["responses"];
        let exact = status.to_string();
        let group = format!("{}XX", status / 100);
        let named = [exact, group]
            .into_iter()
            .find(|it| responses[it].is_object());
        let Some(named) = named else {
            return vec![format!("{status} is no answer of it")];
        };
        let pointer = match responses[&named]["$ref"].as_str() {
            Some(target) => target.trim_start_matches('#').to_owned(),
            None => format!("{pointer}/responses/{named}"),
        };
        let content = format!("{pointer}/content/application~1json/schema");
        match (body, self.document.pointer(&content)) {
            (None, None) => Vec::new(),
            (Some(body), Some(_)) => self.violations(&content, body),
            (None, Some(_)) => vec![format!("{status} needs a body")],
            (Some(_), None) => vec![format!("{status} has no body")],
        }
    }

    fn violations(&self, pointer: &str, value: &Value) -> Vec<String> {
        let validator = match self.validator(pointer) {
            Ok(validator) => validator,
            Err(why) => return vec![why],
        };
        if validator.is_valid(value) {
            return Vec::new();
        }
        let errors = validator.iter_errors(value).take(MOST_COMPLAINTS);
        errors.map(|it| complaint(&it)).collect()
    }

    fn validator(&self, pointer: &str) -> Result<Arc<Validator>, String> {
        let mut validators = self
            .validators
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = validators.get(pointer) {
            return Ok(known.clone());
        }
        let schema = json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$ref": format!("{BASE}#{}", encoded(pointer)),
        });
        let options = jsonschema::options().with_registry(&self.registry);
        let built = options
            .build(&schema)
            .map_err(|error| format!("{pointer}: {error}"))?;
        let built = Arc::new(built);
        validators.insert(pointer.to_owned(), built.clone());
        Ok(built)
    }
}

/// Where the document says other than the server that it describes.
fn correct(document: &mut Value) {
    let schemas = &mut document["components"]["schemas"];
    // The documentation has 0 for replies and 1 for forwarded messages.
    schemas["MessageReferenceType"] = json!({ "type": "integer", "enum": [0, 1] });
    // The codes of fields are words: BASE_TYPE_REQUIRED.
    schemas["InnerErrors"]["properties"]["_errors"]["items"] = json!({
        "type": "object",
        "properties": { "code": { "type": "string" }, "message": { "type": "string" } },
        "required": ["code", "message"],
    });
}

fn complaint(error: &jsonschema::ValidationError<'_>) -> String {
    let mut text = error.to_string();
    // A value of a whole message would hide what is wrong with it.
    if text.len() > 300 {
        let end = text
            .char_indices()
            .map(|(at, _)| at)
            .take_while(|it| *it <= 140)
            .last()
            .unwrap_or(0);
        let start = text
            .char_indices()
            .map(|(at, _)| at)
            .find(|it| *it + 140 >= text.len())
            .unwrap_or(0);
        text = format!("{}…{}", &text[..end], &text[start..]);
    }
    format!("{text} at {}", error.instance_path())
}

fn fits(template: &str, path: &str) -> bool {
    let mut steps = path.split('/');
    let all = template.split('/').all(|wanted| {
        let step = steps.next().unwrap_or("");
        match wanted.strip_prefix('{') {
            // Numbers stand behind every name that ends so.
            Some(name) if name.ends_with("_id}") => {
                !step.is_empty() && step.bytes().all(|it| it.is_ascii_digit())
            }
            Some(_) => !step.is_empty(),
            None => wanted == step,
        }
    });
    all && steps.next().is_none()
}

/// A step of a JSON pointer.
fn escaped(step: &str) -> String {
    step.replace('~', "~0").replace('/', "~1")
}

/// A JSON pointer as the fragment of an address.
fn encoded(pointer: &str) -> String {
    pointer.bytes().fold(String::new(), |mut out, byte| {
        match byte {
            b'{' | b'}' | b'%' | b'"' | b' ' => drop(write!(out, "%{byte:02X}")),
            byte => out.push(char::from(byte)),
        }
        out
    })
}
