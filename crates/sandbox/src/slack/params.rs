//! The arguments of one call, wherever they stood: query, form, multipart or JSON.

use serde_json::Value;

use super::answer::ApiError;
use super::ids::Ts;

#[derive(Debug, Clone)]
pub(crate) enum Param {
    Text(String),
    Json(Value),
}

/// How the body was written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Format {
    #[default]
    Form,
    Json,
    /// JSON that does not say in which character set, which Slack warns about.
    JsonWithoutCharset,
}

#[derive(Debug, Clone, Default)]
pub(crate) struct Params {
    fields: Vec<(String, Param)>,
    pub(crate) format: Format,
    /// Arguments in the address: a token there is written down in logs.
    pub(crate) token_in_query: bool,
}

impl Params {
    pub(crate) fn push(&mut self, name: String, param: Param) {
        // `null` in JSON says the same as leaving the argument out.
        if !matches!(param, Param::Json(Value::Null)) {
            self.fields.push((name, param));
        }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &Param)> {
        self.fields
            .iter()
            .map(|(name, param)| (name.as_str(), param))
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Param> {
        self.iter().find(|(it, _)| *it == name).map(|(_, it)| it)
    }

    /// None too where it is empty: Slack sees no difference.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        let text = match self.get(name)? {
            Param::Text(text) | Param::Json(Value::String(text)) => text.clone(),
            Param::Json(other) => other.to_string(),
        };
        (!text.is_empty()).then_some(text)
    }

    pub(crate) fn integer(&self, name: &str) -> Option<i64> {
        self.text(name)?.trim().parse().ok()
    }

    pub(crate) fn flag(&self, name: &str) -> bool {
        matches!(self.text(name).as_deref(), Some("true" | "1"))
    }

    pub(crate) fn ts(&self, name: &str, wrong: &'static str) -> Result<Option<u64>, ApiError> {
        let Some(text) = self.text(name) else {
            return Ok(None);
        };
        match text.parse::<Ts>() {
            Ok(ts) => Ok(Some(ts.0)),
            Err(_) => Err(ApiError::of(wrong)),
        }
    }

    /// A structured argument; in forms, and in JSON if one likes, it comes as serialised JSON.
    pub(crate) fn json(&self, name: &str, wrong: &'static str) -> Result<Option<Value>, ApiError> {
        let text = match self.get(name) {
            None => return Ok(None),
            Some(Param::Json(Value::String(text)) | Param::Text(text)) => text,
            Some(Param::Json(value)) => return Ok(Some(value.clone())),
        };
        if text.is_empty() {
            return Ok(None);
        }
        let value = serde_json::from_str(text).map_err(|_| ApiError::of(wrong))?;
        Ok(Some(value))
    }
}
