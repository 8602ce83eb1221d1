//! Relative paths: those of a file, and the defaults beside it, count from its folder; those of the environment from the
//! working directory, as everywhere in a shell.

use std::path::{Path, PathBuf};

use super::layer::Layer;
use super::problem::Problem;
use super::secrets;
use super::tree::{Kind, Value};

const STORE: &str = "store.url";
const SQLITE: &str = "sqlite:";

fn keys() -> Vec<String> {
    let mut keys = secrets::file_keys();
    keys.extend(
        [
            "engine.blob_dir",
            "email.smtp.ca_file",
            "store.key_file",
            STORE,
        ]
        .map(str::to_owned),
    );
    keys
}

/// Makes each path of the layer one that counts from `folder`, where it stands in a file of that folder.
pub(crate) fn settle(layer: &mut Layer, folder: Option<&Path>) -> Vec<Problem> {
    let mut problems = Vec::new();
    for key in keys() {
        let Some(value) = layer.get(&key).cloned() else {
            continue;
        };
        let Some((begin, path)) = value.text().and_then(|it| path_in(&key, it)) else {
            continue;
        };
        match settled(path, folder) {
            Ok(settled) => {
                let text = format!("{begin}{}", settled.display());
                layer.set(&key, Value::new(Kind::Text(text), value.at));
            }
            Err((why, cure)) => {
                problems.push(layer.problem(&key, why, cure));
                layer.take(&key);
            }
        }
    }
    problems
}

/// Behind what is no path in it.
fn path_in<'a>(key: &str, text: &'a str) -> Option<(&'static str, &'a str)> {
    if key != STORE {
        return Some(("", text));
    }
    let path = text.strip_prefix(SQLITE)?;
    let path = path.strip_prefix("//").unwrap_or(path);
    (path != ":memory:").then_some((SQLITE, path))
}

fn settled(path: &str, folder: Option<&Path>) -> Result<PathBuf, (String, String)> {
    if path.starts_with(['~', '$', '%']) {
        let why = format!("{path} begins with a shorthand, which nobody resolves here");
        return Err((why, "write the whole path, from / on".to_owned()));
    }
    let Some(folder) = folder.filter(|_| !path.is_empty()) else {
        return Ok(PathBuf::from(path));
    };
    let settled = folder.join(path);
    if !settled.exists() && Path::new(path).exists() {
        let why = format!(
            "{} is not there, but {path} is in the working directory",
            settled.display()
        );
        let cure =
            "relative paths count from the configuration's folder: write the whole path, from / on";
        return Err((why, cure.to_owned()));
    }
    Ok(settled)
}
