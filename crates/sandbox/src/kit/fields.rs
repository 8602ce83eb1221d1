//! Fields of JSON objects that are there or not.

use serde_json::Value;

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
