//! What Telegram publishes of its Bot API, and what is legal by it. It knows requests and answers as plain texts and
//! JSON, so that anybody's can be shown to it.
//!
//! **Invariant:** what the schema does not know is found, not passed over: a method, a field, a type.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::{Map, Value};

mod check;
mod kind;
mod request;

use check::Check;
use kind::{Kind, allowed_words};

/// Where the file lies below the folder of shared data.
const FILE: &str = "telegram-bot-api/api.json";

#[derive(Debug)]
pub struct BotApi {
    pub(super) methods: HashMap<String, Method>,
    pub(super) types: HashMap<String, Type>,
}

#[derive(Debug)]
pub(super) struct Method {
    pub(super) name: String,
    pub(super) returns: Vec<Kind>,
    pub(super) fields: Vec<Field>,
}

#[derive(Debug)]
pub(super) enum Type {
    Object(Vec<Field>),
    /// Any one of these.
    Union(Vec<Kind>),
}

#[derive(Debug)]
pub(super) struct Field {
    pub(super) name: String,
    pub(super) kinds: Vec<Kind>,
    pub(super) required: bool,
    /// Where the description lists all values that there are.
    pub(super) words: Vec<String>,
    /// `InaccessibleMessage.date` is always 0: that is how it is told apart.
    pub(super) always_zero: bool,
}

/// A parameter as it was given.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Given<'a> {
    Text(&'a str),
    Json(&'a Value),
    File,
}

#[derive(Deserialize)]
struct File {
    methods: BTreeMap<String, Published>,
    types: BTreeMap<String, Published>,
}

#[derive(Deserialize)]
struct Published {
    name: String,
    #[serde(default)]
    returns: Vec<String>,
    #[serde(default)]
    fields: Vec<PublishedField>,
    #[serde(default)]
    subtypes: Vec<String>,
}

#[derive(Deserialize)]
struct PublishedField {
    name: String,
    types: Vec<String>,
    required: bool,
    description: String,
}

impl BotApi {
    /// In `$CAUSEWAY_SHARED_DATA`, else in the folder `shared/data` beside the workspace. None where that is absent.
    pub fn find() -> Option<BotApi> {
        let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data");
        let folder = std::env::var_os("CAUSEWAY_SHARED_DATA").map_or(beside, PathBuf::from);
        let text = std::fs::read_to_string(folder.join(FILE)).ok()?;
        let file: File = serde_json::from_str(&text).ok()?;
        Some(BotApi {
            methods: file.methods.into_values().map(method).collect(),
            types: file.types.into_values().map(published_type).collect(),
        })
    }

    /// What is wrong with the `result` of a method; nothing where it is legal.
    pub fn check_answer(&self, method: &str, result: &Value) -> Vec<String> {
        let Some(method) = self.methods.get(&method.to_lowercase()) else {
            return vec![format!("{method} is no method")];
        };
        Check::new(self).run(&method.name, &method.returns, result)
    }

    /// What is wrong with an `Update`; nothing where it is legal.
    pub fn check_update(&self, update: &Value) -> Vec<String> {
        let kinds = [Kind::Named("Update".to_owned())];
        let mut found = Check::new(self).run("Update", &kinds, update);
        let contents = update.as_object().map_or(0, |it| it.len());
        if contents > 2 {
            found.push("Update: at most one of the optional fields can be present".into());
        }
        found
    }

    /// What is wrong with the parameters of a method, of which some are texts and some are files by their names; nothing
    /// where they are legal.
    pub fn check_request(
        &self,
        method: &str,
        texts: &[(String, String)],
        json: &Map<String, Value>,
        files: &[String],
    ) -> Vec<String> {
        let texts = texts.iter().map(|it| (it.0.as_str(), Given::Text(&it.1)));
        let json = json.iter().map(|it| (it.0.as_str(), Given::Json(it.1)));
        let files = files.iter().map(|it| (it.as_str(), Given::File));
        let given: Vec<(&str, Given<'_>)> = texts.chain(json).chain(files).collect();
        match self.methods.get(&method.to_lowercase()) {
            Some(method) => request::check(self, method, &given),
            None => vec![format!("{method} is no method")],
        }
    }
}

fn method(published: Published) -> (String, Method) {
    let method = Method {
        returns: published.returns.iter().map(|it| Kind::parse(it)).collect(),
        fields: published.fields.into_iter().map(field).collect(),
        name: published.name,
    };
    (method.name.to_lowercase(), method)
}

fn published_type(published: Published) -> (String, Type) {
    let shape = if published.subtypes.is_empty() {
        Type::Object(published.fields.into_iter().map(field).collect())
    } else {
        Type::Union(
            published
                .subtypes
                .iter()
                .map(|it| Kind::parse(it))
                .collect(),
        )
    };
    (published.name, shape)
}

fn field(published: PublishedField) -> Field {
    Field {
        words: allowed_words(&published.name, &published.description),
        always_zero: published.description.starts_with("Always 0"),
        kinds: published.types.iter().map(|it| Kind::parse(it)).collect(),
        name: published.name,
        required: published.required,
    }
}
