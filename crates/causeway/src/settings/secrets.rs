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

#[cfg(all(test, unix))]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::fs::{self, Permissions};
    use std::os::unix::fs::PermissionsExt;

    use insta::assert_snapshot;
    use tempfile::TempDir;

    use super::super::tests::environment;
    use crate::settings::{Settings, SettingsError, load::load_layers, sections};

    /// Loads with a token that stands in a file of this mode.
    fn load_token_file(text: &str, mode: u32) -> Result<Settings, SettingsError> {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("token");
        fs::write(&path, text).unwrap();
        fs::set_permissions(&path, Permissions::from_mode(mode)).unwrap();
        let name = path.display().to_string();
        load_layers(
            None,
            environment(&[("CAUSEWAY__TELEGRAM__TOKEN_FILE", &name)]),
        )
    }

    fn said(text: &str, mode: u32) -> String {
        let error = load_token_file(text, mode).unwrap_err();
        let why = &error.0[0].why;
        why.split_once("/token ").unwrap().1.to_owned()
    }

    #[test]
    fn a_secret_can_stand_in_a_file_of_its_own() {
        let settings = load_token_file("123456:ABC\n", 0o600).unwrap();
        let token = settings.telegram.unwrap().token;
        assert_eq!(token, telegram::Secret::new("123456:ABC"));
        assert_eq!(settings.warnings, []);
    }

    #[test]
    fn a_secret_that_everybody_can_read_is_worth_a_warning() {
        let settings = load_token_file("123456:ABC", 0o644).unwrap();
        let [warning] = &settings.warnings[..] else {
            panic!("{:?}", settings.warnings)
        };
        assert!(
            warning
                .why
                .ends_with("can be read by everybody on this machine")
        );
        assert!(warning.cure.starts_with("chmod 600 "));
    }

    #[test]
    fn a_secret_that_everybody_can_change_is_refused() {
        assert_snapshot!(said("123456:ABC", 0o666), @"can be changed by everybody on this machine");
    }

    #[test]
    fn a_secret_file_without_one_secret_is_refused() {
        assert_snapshot!(said("1:A\n2:B\n", 0o600), @"has several lines");
        assert_snapshot!(said(" \n", 0o600), @"is empty");
    }

    #[test]
    fn a_secret_file_that_a_later_layer_overrules_is_not_opened() {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("causeway.toml");
        fs::write(&path, "[telegram]\ntoken_file = \"/nowhere/token\"").unwrap();
        let environment = environment(&[("CAUSEWAY__TELEGRAM__TOKEN", "1:A")]);
        let settings = load_layers(Some(&path), environment).unwrap();
        assert_eq!(sections::switched_on(&settings), ["telegram"]);
    }

    #[test]
    fn a_secret_in_two_places_of_one_source_is_refused() {
        let environment = environment(&[
            ("CAUSEWAY__TELEGRAM__TOKEN", "1:A"),
            ("CAUSEWAY__TELEGRAM__TOKEN_FILE", "token"),
        ]);
        let error = load_layers(None, environment).unwrap_err();
        assert_snapshot!(error, @r"
        the configuration cannot be used

          the environment: CAUSEWAY__TELEGRAM__TOKEN_FILE
            why:  `CAUSEWAY__TELEGRAM__TOKEN` is set beside it
            cure: keep one of the two
        ");
    }
}
