//! Secrets, which may stand in files of their own: `token_file` instead of `token`.

use std::fs;
use std::path::Path;

use ::config::{Value, ValueKind};

use super::layer::Layer;
use super::problem::Problem;

/// Keys that are kept from other people's eyes. None of them may be set to nothing.
pub(crate) const SECRETS: &[&str] = &[
    "store.url",
    "telegram.token",
    "telegram.webhook.secret",
    "discord.token",
    "slack.bot_token",
    "slack.app_token",
    "slack.signing_secret",
    "email.smtp.password",
];

pub(super) const SUFFIX: &str = "_file";

/// Puts what the `_file` keys name where it belongs, and takes those keys out. Returns warnings.
pub(crate) fn read_files(layers: &mut [Layer], problems: &mut Vec<Problem>) -> Vec<String> {
    let mut warnings = Vec::new();
    for secret in SECRETS {
        // The later layer wins, so a file that an earlier one names need not even be there.
        let mut is_set = false;
        for layer in layers.iter_mut().rev() {
            let file = layer.take(&format!("{secret}{SUFFIX}"));
            if let Some(file) = file.filter(|_| !is_set) {
                match put(layer, secret, &file) {
                    Ok(warning) => warnings.extend(warning),
                    Err(problem) => problems.push(problem),
                }
                is_set = true;
            }
            is_set |= layer.get(secret).is_some();
        }
    }
    warnings
}

fn put(layer: &mut Layer, secret: &str, file: &Value) -> Result<Option<String>, Problem> {
    let key = format!("{secret}{SUFFIX}");
    if layer.get(secret).is_some() {
        let why = format!("`{}` is set beside it", layer.name(secret));
        return Err(layer.problem(&key, why, "keep one of the two".to_owned()));
    }
    let (text, warning) = read(file).map_err(|(why, cure)| layer.problem(&key, why, cure))?;
    layer.set(secret, Value::new(None, text));
    Ok(warning)
}

/// Secrets that are set to nothing: they would let anybody in. Where the default is nothing too, the platform
/// itself knows when it needs one.
pub(crate) fn empty(layer: &Layer, defaults: &Layer) -> Vec<Problem> {
    SECRETS
        .iter()
        .filter(|secret| defaults.get(secret).is_none())
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

/// Of an address as in `postgres://user:password@host/database`.
pub(super) fn password_in(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    let (user, _) = rest.split('/').next()?.rsplit_once('@')?;
    user.split_once(':').map(|(_, password)| password)
}

/// Said where a configuration holds secrets itself and everybody on the machine can read it.
pub(crate) fn warn_of_readers(layer: &Layer, path: &Path) -> Option<String> {
    let has_secret = |key: &str| match layer.get(key).map(|it| &it.kind) {
        // Most stores have no password.
        Some(ValueKind::String(url)) if key == "store.url" => password_in(url).is_some(),
        it => it.is_some(),
    };
    SECRETS
        .iter()
        .any(|it| has_secret(it))
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

#[cfg(all(test, unix))]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::collections::HashMap;
    use std::fs::{self, Permissions};
    use std::os::unix::fs::PermissionsExt;

    use insta::assert_snapshot;
    use tempfile::TempDir;

    use crate::settings::{Settings, SettingsError, load::load_layers};

    /// Loads with a token that stands in a file of this mode.
    fn load_token_file(text: &str, mode: u32) -> Result<Settings, SettingsError> {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("token");
        fs::write(&path, text).unwrap();
        fs::set_permissions(&path, Permissions::from_mode(mode)).unwrap();
        let name = path.display().to_string();
        let environment = HashMap::from([("CAUSEWAY__TELEGRAM__TOKEN_FILE".to_owned(), name)]);
        load_layers(None, environment)
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
        assert_eq!(settings.warnings, Vec::<String>::new());
    }

    #[test]
    fn a_secret_that_everybody_can_read_is_worth_a_warning() {
        let settings = load_token_file("123456:ABC", 0o644).unwrap();
        let warning = settings.warnings.join("\n");
        assert!(warning.contains("can be read by everybody"), "{warning}");
    }

    #[test]
    fn a_secret_that_everybody_can_change_is_refused() {
        assert_snapshot!(said("123456:ABC", 0o666), @"can be changed by everybody on this machine");
    }

    #[test]
    fn a_secret_file_without_a_secret_is_refused() {
        assert_snapshot!(said(" \n", 0o600), @"is empty");
    }

    #[test]
    fn a_secret_file_that_a_later_layer_overrules_is_not_opened() {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("causeway.toml");
        fs::write(&path, "[telegram]\ntoken_file = \"/nowhere/token\"").unwrap();
        let environment =
            HashMap::from([("CAUSEWAY__TELEGRAM__TOKEN".to_owned(), "1:A".to_owned())]);
        let settings = load_layers(Some(&path), environment).unwrap();
        assert_eq!(settings.platforms(), ["telegram"]);
    }

    #[test]
    fn a_secret_in_two_places_of_one_source_is_refused() {
        let environment = HashMap::from([
            ("CAUSEWAY__TELEGRAM__TOKEN".to_owned(), "1:A".to_owned()),
            (
                "CAUSEWAY__TELEGRAM__TOKEN_FILE".to_owned(),
                "token".to_owned(),
            ),
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
