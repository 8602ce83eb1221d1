//! The layer that the environment is, and variables that look as if they meant us.

use std::collections::HashMap;
use std::ffi::OsString;

use super::keys::Key;
use super::layer::{ENVIRONMENT, Layer, Origin, PREFIX, variable};
use super::problem::Problem;
use super::secrets;
use super::tree::{At, Kind, Table, Value};

/// The variables that may mean us.
pub(crate) fn ours(
    all: impl IntoIterator<Item = (OsString, OsString)>,
) -> HashMap<String, OsString> {
    let named = all
        .into_iter()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value)));
    named
        .filter(|(name, _)| name.to_uppercase().starts_with(PREFIX))
        .collect()
}

/// What the environment says, and what it says in a way that nobody hears.
pub(crate) fn read(variables: HashMap<String, OsString>, keys: &[Key]) -> (Layer, Vec<Problem>) {
    let mut layer = Layer::empty(ENVIRONMENT, Origin::Environment);
    let mut problems = Vec::new();
    let begin = format!("{PREFIX}__");
    let mut variables: Vec<_> = variables.into_iter().collect();
    variables.sort();
    for (name, value) in variables {
        let Some(path) = name.strip_prefix(&begin) else {
            problems.extend(misnamed(&name, keys));
            continue;
        };
        let path = path.to_lowercase().replace("__", ".");
        let outcome = match value.into_string() {
            Ok(value) => put(&mut layer.tree, &path, value),
            Err(_) => Err(("its value is no UTF-8", "write it in UTF-8")),
        };
        if let Err((why, cure)) = outcome {
            problems.push(problem(&name, why.to_owned(), cure.to_owned()));
        }
    }
    (layer, problems)
}

fn problem(name: &str, why: String, cure: String) -> Problem {
    Problem::new(ENVIRONMENT, &At::Environment, name, why, cure)
}

type Refused = (&'static str, &'static str);

fn put(tree: &mut Value, path: &str, text: String) -> Result<(), Refused> {
    let (sections, name) = path.rsplit_once('.').unwrap_or(("", path));
    let mut section = tree;
    for step in sections.split('.').filter(|it| !it.is_empty()) {
        section = inside(section)?
            .entry(step.to_owned())
            .or_insert_with(|| Value::new(Kind::Table(Table::new()), At::Environment));
    }
    let value = Value::new(Kind::Text(text), At::Environment);
    match inside(section)?.insert(name.to_owned(), value) {
        None => Ok(()),
        Some(_) => Err(("another variable says the same", "keep one of the two")),
    }
}

fn inside(value: &mut Value) -> Result<&mut Table, Refused> {
    match &mut value.kind {
        Kind::Table(table) => Ok(table),
        _ => Err((
            "what stands before its last __ is set too",
            "keep one of the two",
        )),
    }
}

/// One underscore, three, or small letters. Other names that begin like ours are not our business: service managers and
/// container engines have some of their own.
fn misnamed(name: &str, keys: &[Key]) -> Option<Problem> {
    let plain = |name: &str| name.replace(['_', '.'], "").to_uppercase();
    let files = secrets::file_keys();
    let paths = keys.iter().map(|it| it.path.as_str());
    let paths = paths.chain(files.iter().map(String::as_str));
    let meant = plain(name.get(PREFIX.len()..)?);
    let key = paths
        .filter(|it| !it.is_empty() && !it.contains("[]"))
        .find(|it| plain(it) == meant)?;
    Some(problem(
        name,
        "nobody reads it: sections and keys have two underscores before them".to_owned(),
        format!("did you mean {}?", variable(key)),
    ))
}
