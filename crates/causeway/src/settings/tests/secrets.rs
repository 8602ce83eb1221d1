//! Secrets in files of their own.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;

use insta::assert_snapshot;
use tempfile::TempDir;

use super::environment;
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

/// The key of a mail service, which has the form of a Discord bot's token.
#[test]
fn a_password_may_look_like_a_token() {
    let key = format!("SG.{}.{}", "a".repeat(22), "b".repeat(43));
    let environment = environment(&[
        ("CAUSEWAY__EMAIL__DOMAIN", "causeway.example.org"),
        ("CAUSEWAY__EMAIL__SMTP__PASSWORD", &key),
        ("CAUSEWAY__EMAIL__SMTP__USER", "apikey"),
        ("CAUSEWAY__EMAIL__SMTP__TLS", "starttls"),
    ]);
    let loaded = load_layers(None, environment);
    assert!(loaded.is_ok(), "{}", loaded.unwrap_err());
}
