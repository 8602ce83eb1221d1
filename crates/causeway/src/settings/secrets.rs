//! Secrets, which may stand in files of their own: `token_file` instead of `token`.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use super::layer::{Layer, Origin};
use super::problem::Problem;
use super::sections::all_secrets;
use super::sheet::Sheet;
use super::tree::{Kind, Value, pattern};

/// Keys that are kept from other people's eyes. None of them may be set to nothing.
pub(crate) fn keys() -> impl Iterator<Item = &'static str> {
    std::iter::once("store.url").chain(all_secrets().map(|it| it.key))
}

pub(super) const SUFFIX: &str = "_file";

/// The keys that name a file with a secret instead of the secret.
pub(crate) fn file_keys() -> Vec<String> {
    keys().map(|it| format!("{it}{SUFFIX}")).collect()
}

/// Puts what the `_file` keys name where it belongs, and takes those keys out. Returns warnings.
pub(crate) fn read_files(layers: &mut [Layer], problems: &mut Vec<Problem>) -> Vec<Problem> {
    let mut warnings = Vec::new();
    for secret in keys() {
        // The later layer wins, so a file that an earlier one names need not even be there.
        let mut is_set = false;
        for layer in layers.iter_mut().rev() {
            let file = layer.take(&format!("{secret}{SUFFIX}"));
            if let Some(file) = file.filter(|_| !is_set) {
                let (told, outcome) = match put(layer, secret, &file) {
                    Ok(warning) => (&mut warnings, warning),
                    Err(problem) => (&mut *problems, Some(problem)),
                };
                let key = format!("{secret}{SUFFIX}");
                let problem =
                    outcome.map(|(why, cure)| layer.problem_at(&file.at, &key, why, cure));
                told.extend(problem);
                is_set = true;
            }
            is_set |= layer.get(secret).is_some();
        }
    }
    warnings
}

/// Returns a warning, or why the file holds no secret.
fn put(layer: &mut Layer, secret: &str, file: &Value) -> Result<Option<Said>, Said> {
    if let Some(beside) = layer.get(secret) {
        let line = beside.at.line();
        let line = line.map_or_else(String::new, |it| format!(", on line {it}"));
        let why = format!("`{}` is set beside it{line}", layer.name(secret));
        return Err((why, "keep one of the two".to_owned()));
    }
    let (text, warning) = read(file)?;
    layer.set(secret, Value::new(Kind::Text(text), file.at));
    Ok(warning)
}

/// Secrets that are set to nothing: they would let anybody in. Where the default is nothing too, the platform
/// itself knows when it needs one.
pub(crate) fn empty(layer: &Layer, defaults: &Layer, sheet: &Sheet) -> Vec<Problem> {
    keys()
        .filter(|secret| defaults.get(secret).is_none())
        .filter(|secret| {
            let text = layer.get(secret).and_then(Value::text);
            text.is_some_and(|it| it.trim().is_empty())
        })
        .map(|secret| layer.problem(secret, "it is empty".to_owned(), how_to_set(secret, sheet)))
        .collect()
}

/// The cure for a key that has no value.
pub(crate) fn how_to_set(key: &str, sheet: &Sheet) -> String {
    let name = key.rsplit('.').next().unwrap_or(key);
    let as_in = sheet.as_in(&pattern(key), Origin::File);
    match keys().any(|it| it == key) {
        true => format!("set it{as_in}, or name a file that holds it with `{name}{SUFFIX}`"),
        false => format!("set it{as_in}; `causeway config defaults` says what it means"),
    }
}

/// Of an address as in `postgres://user:password@host/database`.
pub(super) fn password_in(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    let (user, _) = rest.split('/').next()?.rsplit_once('@')?;
    user.split_once(':').map(|(_, password)| password)
}

/// Said where a configuration holds secrets itself and everybody on the machine can read it.
pub(crate) fn warn_of_readers(layer: &Layer, path: &Path) -> Option<Problem> {
    let is_secret = |key: &str| match layer.get(key).map(Value::text) {
        // Most stores have no password.
        Some(Some(url)) if key == "store.url" => password_in(url).is_some(),
        it => it.is_some(),
    };
    let secret = keys().find(|it| is_secret(it))?;
    let (why, cure) = seen_by_all(path)?;
    Some(layer.problem(secret, why, cure))
}

/// Why, and the cure.
type Said = (String, String);

fn read(file: &Value) -> Result<(String, Option<Said>), Said> {
    let said = |why: String, cure: &str| (why, cure.to_owned());
    let name = file.text().ok_or_else(|| {
        let why = "it must name a file".to_owned();
        said(why, "write the name in quotation marks")
    })?;
    let path = Path::new(name);
    if mode(path).is_some_and(|it| it & 0o002 != 0) && path.is_file() {
        let why = format!("{name} can be changed by everybody on this machine");
        return Err((why, format!("chmod 600 {name}")));
    }
    let text = text(path).map_err(|error| unreadable(name, &error))?;
    match text.trim() {
        "" => Err(said(
            format!("{name} is empty"),
            "put the secret into it, and nothing else",
        )),
        text if text.lines().count() > 1 => Err(said(
            format!("{name} has several lines"),
            "leave the secret in it, and nothing else",
        )),
        text => Ok((text.to_owned(), seen_by_all(path))),
    }
}

/// The largest secret has a few hundred characters.
fn text(path: &Path) -> io::Result<String> {
    const LARGEST: u64 = 64 << 10;
    let mut text = String::new();
    File::open(path)?.take(LARGEST).read_to_string(&mut text)?;
    Ok(text)
}

fn unreadable(name: &str, error: &io::Error) -> Said {
    let (why, cure) = match error.kind() {
        io::ErrorKind::IsADirectory => ("is a folder".to_owned(), "name the file in it"),
        io::ErrorKind::InvalidData => ("is no text in UTF-8".to_owned(), "save it as UTF-8"),
        io::ErrorKind::NotFound => (
            "is not there".to_owned(),
            "correct the name, or put the secret into that file",
        ),
        _ => (
            format!("cannot be read: {error}"),
            "correct the name, or let the account that runs causeway read the file",
        ),
    };
    (format!("{name} {why}"), cure.to_owned())
}

/// No more than a warning: the secrets that container engines mount are readable by all inside.
fn seen_by_all(path: &Path) -> Option<Said> {
    let name = path.display();
    mode(path).is_some_and(|it| it & 0o004 != 0).then(|| {
        let why = format!("{name} holds a secret and can be read by everybody on this machine");
        (why, format!("chmod 600 {name}"))
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
