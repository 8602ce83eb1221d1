//! Secrets, which may stand in files of their own: `token_file` instead of `token`.

use std::fs;
use std::path::Path;

use ::config::{Value, ValueKind};

use super::layer::Layer;
use super::problem::Problem;

/// Keys that are kept from other people's eyes. None of them may be set to nothing.
pub(crate) const SECRETS: &[&str] = &[
    "telegram.token",
    "telegram.webhook_secret",
    "email.smtp.password",
];

const SUFFIX: &str = "_file";

/// Puts what the `_file` keys name where it belongs, and takes those keys out. Returns warnings.
pub(crate) fn read_files(layer: &mut Layer, problems: &mut Vec<Problem>) -> Vec<String> {
    let mut warnings = Vec::new();
    for secret in SECRETS {
        let file_key = format!("{secret}{SUFFIX}");
        let Some(path) = layer.take(&file_key) else {
            continue;
        };
        if layer.get(secret).is_some() {
            let why = format!("`{}` is set beside it", layer.name(secret));
            problems.push(layer.problem(&file_key, why, "keep one of the two".to_owned()));
            continue;
        }
        match read(&path) {
            Ok((text, warning)) => {
                layer.set(secret, Value::new(None, text));
                warnings.extend(warning);
            }
            Err((why, cure)) => problems.push(layer.problem(&file_key, why, cure)),
        }
    }
    warnings
}

/// Secrets that are set to nothing: they would let anybody in.
pub(crate) fn empty(layer: &Layer) -> Vec<Problem> {
    SECRETS
        .iter()
        .filter(|secret| match layer.get(secret).map(|it| &it.kind) {
            Some(ValueKind::String(text)) => text.trim().is_empty(),
            _ => false,
        })
        .map(|secret| layer.problem(secret, "it is empty".to_owned(), how_to_set(secret)))
        .collect()
}

/// The cure for a key that has no value.
pub(crate) fn how_to_set(key: &str) -> String {
    let name = key.rsplit('.').next().unwrap_or(key);
    match SECRETS.contains(&key) {
        true => format!("set it, or name a file that holds it with `{name}{SUFFIX}`"),
        false => "set it; `causeway config defaults` says what it means".to_owned(),
    }
}

/// Said where a configuration holds secrets itself and everybody on the machine can read it.
pub(crate) fn warn_of_readers(layer: &Layer, path: &Path) -> Option<String> {
    SECRETS
        .iter()
        .any(|it| layer.get(it).is_some())
        .then(|| warning(path))
        .flatten()
}

fn read(path: &Value) -> Result<(String, Option<String>), (String, String)> {
    let ValueKind::String(path) = &path.kind else {
        return Err((
            "it must name a file".to_owned(),
            "write the name in quotation marks".to_owned(),
        ));
    };
    if mode(Path::new(path)).is_some_and(|it| it & 0o002 != 0) {
        return Err((
            format!("{path} can be changed by everybody on this machine"),
            format!("chmod 600 {path}"),
        ));
    }
    let text = fs::read_to_string(path).map_err(|error| {
        (
            format!("{path} cannot be read: {error}"),
            "correct the name, or let the account that runs causeway read the file".to_owned(),
        )
    })?;
    match text.trim() {
        "" => Err((
            format!("{path} is empty"),
            "put the secret into it".to_owned(),
        )),
        text => Ok((text.to_owned(), warning(Path::new(path)))),
    }
}

/// No more than a warning: the secrets that container engines mount are readable by all inside.
fn warning(path: &Path) -> Option<String> {
    let readable = mode(path).is_some_and(|it| it & 0o004 != 0);
    readable.then(|| {
        format!(
            "{0} holds a secret and can be read by everybody on this machine: chmod 600 {0}",
            path.display()
        )
    })
}

#[cfg(unix)]
fn mode(path: &Path) -> Option<u32> {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(path).ok().map(|it| it.permissions().mode())
}

#[cfg(not(unix))]
fn mode(_: &Path) -> Option<u32> {
    None
}
