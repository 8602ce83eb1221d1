//! The arguments of one call, wherever they stood: address, form, multipart form or JSON; and fields of JSON objects that
//! are there or not.

use bytes::Bytes;
use serde_json::Value;

use super::forms::{Field, pairs};

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

#[derive(Debug, Clone, Default)]
pub(crate) struct Params(Vec<(String, Param)>);

/// What stands there is no JSON.
pub(crate) struct NoJson;

impl Params {
    pub(crate) fn push(&mut self, name: String, param: Param) {
        // `null` in JSON says the same as leaving the argument out.
        if !matches!(param, Param::Json(Value::Null)) {
            self.0.push((name, param));
        }
    }

    pub(crate) fn push_form(&mut self, form: &[u8]) {
        pairs(form).for_each(|(name, text)| self.push(name, Param::Text(text)));
    }

    /// A part with a file name is a file, and one without is a text.
    pub(crate) fn push_part(&mut self, part: Field) {
        let (name, mime, bytes) = (part.file_name, part.mime, part.bytes);
        let text = match name {
            None => String::from_utf8(bytes.to_vec()).ok(),
            Some(_) => None,
        };
        let file = || Param::File(Upload { name, mime, bytes });
        self.push(part.name, text.map_or_else(file, Param::Text));
    }

    /// Each field of an object is an argument. None where it is none; the error is where it is no JSON at all.
    pub(crate) fn push_json(&mut self, body: &[u8]) -> Result<Option<()>, NoJson> {
        let value = serde_json::from_slice(body).map_err(|_| NoJson)?;
        let Value::Object(fields) = value else {
            return Ok(None);
        };
        let fields = fields.into_iter();
        fields.for_each(|(name, value)| self.push(name, Param::Json(value)));
        Ok(Some(()))
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &Param)> {
        self.0.iter().map(|(name, param)| (name.as_str(), param))
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Param> {
        self.iter().find(|(it, _)| *it == name).map(|(_, it)| it)
    }

    /// Numbers and booleans in JSON count as their text.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        match self.get(name)? {
            Param::Text(text) | Param::Json(Value::String(text)) => Some(text.clone()),
            Param::Json(other) => Some(other.to_string()),
            Param::File(upload) => String::from_utf8(upload.bytes.to_vec()).ok(),
        }
    }

    /// None too where the text is empty or no number.
    pub(crate) fn integer(&self, name: &str) -> Option<i64> {
        self.text(name)?.trim().parse().ok()
    }

    /// A structured argument; in forms, and in JSON if one likes, it comes as serialised JSON. Empty is none.
    pub(crate) fn json(&self, name: &str) -> Result<Option<Value>, NoJson> {
        let text = match self.get(name) {
            None => return Ok(None),
            Some(Param::Json(Value::String(text)) | Param::Text(text)) => text,
            Some(Param::Json(value)) => return Ok(Some(value.clone())),
            Some(Param::File(_)) => return Err(NoJson),
        };
        if text.is_empty() {
            return Ok(None);
        }
        serde_json::from_str(text).map(Some).map_err(|_| NoJson)
    }
}

pub(crate) trait Fields {
    /// Sets the field, where there is something to set.
    fn put(&mut self, name: &str, value: Option<impl Into<Value>>);

    /// Sets all fields of another object.
    fn lay_over(&mut self, fields: Value);
}

impl Fields for Value {
    fn put(&mut self, name: &str, value: Option<impl Into<Value>>) {
        if let Some(value) = value {
            self[name] = value.into();
        }
    }

    fn lay_over(&mut self, fields: Value) {
        if let (Value::Object(own), Value::Object(fields)) = (self, fields) {
            own.extend(fields);
        }
    }
}
