//! The parameters of one request, wherever they stood: query, form, multipart or JSON.

use bytes::Bytes;
use serde_json::Value;

use super::answer::ApiError;

#[derive(Debug, Clone)]
pub(crate) enum Param {
    Text(String),
    Json(Value),
    File(Upload),
}

#[derive(Debug, Clone)]
pub(crate) struct Upload {
    pub(crate) name: Option<String>,
    pub(crate) mime: Option<String>,
    pub(crate) bytes: Bytes,
}

/// A file as a method names it.
#[derive(Debug, Clone)]
pub(crate) enum FileArg {
    Upload(Upload),
    /// A file id or an address.
    Named(String),
}

#[derive(Debug, Clone, Default)]
pub(crate) struct Params {
    fields: Vec<(String, Param)>,
}

impl Params {
    pub(crate) fn push(&mut self, name: String, param: Param) {
        // `null` in JSON says the same as leaving the field out.
        if !matches!(param, Param::Json(Value::Null)) {
            self.fields.push((name, param));
        }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &Param)> {
        self.fields
            .iter()
            .map(|(name, param)| (name.as_str(), param))
    }

    fn get(&self, name: &str) -> Option<&Param> {
        self.iter().find(|(it, _)| *it == name).map(|(_, it)| it)
    }

    /// Numbers and booleans in JSON count as their text, as on the real server.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        match self.get(name)? {
            Param::Text(text) => Some(text.clone()),
            Param::Json(Value::String(text)) => Some(text.clone()),
            Param::Json(other) => Some(other.to_string()),
            Param::File(upload) => String::from_utf8(upload.bytes.to_vec()).ok(),
        }
    }

    /// None too where the text is empty or no number: the real server does not complain either.
    pub(crate) fn integer(&self, name: &str) -> Option<i64> {
        match self.get(name)? {
            Param::Json(value) if value.is_i64() => value.as_i64(),
            _ => self.text(name)?.trim().parse().ok(),
        }
    }

    pub(crate) fn float(&self, name: &str) -> Option<f64> {
        self.text(name)?.trim().parse().ok()
    }

    pub(crate) fn flag(&self, name: &str) -> bool {
        matches!(
            self.text(name).map(|it| it.to_lowercase()).as_deref(),
            Some("true" | "yes" | "1")
        )
    }

    /// A structured parameter; in forms it comes as serialised JSON.
    pub(crate) fn json(&self, name: &str) -> Result<Option<Value>, ApiError> {
        let text = match self.get(name) {
            None => return Ok(None),
            Some(Param::Json(Value::String(text)) | Param::Text(text)) => text,
            Some(Param::Json(value)) => return Ok(Some(value.clone())),
            Some(Param::File(_)) => return Err(cannot_parse(name)),
        };
        if text.is_empty() {
            return Ok(None);
        }
        serde_json::from_str(text)
            .map(Some)
            .map_err(|_| cannot_parse(name))
    }

    /// The file of a field: uploaded in it, named by `attach://`, or by its id.
    pub(crate) fn file(&self, name: &str) -> Option<FileArg> {
        match self.get(name)? {
            Param::File(upload) => Some(FileArg::Upload(upload.clone())),
            _ => self.file_named(&self.text(name)?),
        }
    }

    pub(crate) fn file_named(&self, reference: &str) -> Option<FileArg> {
        let Some(part) = reference.strip_prefix("attach://") else {
            return (!reference.is_empty()).then(|| FileArg::Named(reference.to_owned()));
        };
        match self.get(part)? {
            Param::File(upload) => Some(FileArg::Upload(upload.clone())),
            _ => None,
        }
    }
}

fn cannot_parse(name: &str) -> ApiError {
    ApiError::bad(format!(
        "can't parse {} JSON object",
        name.replace('_', " ")
    ))
}
