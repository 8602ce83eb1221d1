//! The manifest asks Slack for what the adapter uses, and for nothing else.

use std::collections::BTreeSet;

/// The entries of the list below `key`; enough of YAML for a file that we write ourselves.
fn list(manifest: &str, key: &str) -> BTreeSet<String> {
    let mut lines = manifest
        .lines()
        .skip_while(|line| line.trim() != format!("{key}:"));
    lines.next().expect("the manifest has the key");
    let entries = lines.map_while(|line| line.trim().strip_prefix("- "));
    entries.map(str::to_owned).collect()
}

fn manifest() -> String {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../deploy/slack-app-manifest.yaml"
    );
    std::fs::read_to_string(path).unwrap()
}

#[test]
fn the_manifest_asks_for_the_scopes_of_the_methods_that_are_called() {
    let methods = slack::METHODS.iter().flat_map(|it| it.scopes);
    let mut used: BTreeSet<String> = methods.map(|it| (*it).to_owned()).collect();
    // For slash commands, which no method needs.
    used.insert("commands".to_owned());
    assert_eq!(list(&manifest(), "bot"), used);
}

#[test]
fn the_manifest_subscribes_to_the_events_that_are_read() {
    let read: BTreeSet<String> = slack::SUBSCRIBED
        .iter()
        .map(|it| (*it).to_owned())
        .collect();
    assert_eq!(list(&manifest(), "bot_events"), read);
}

#[test]
fn the_manifest_is_for_an_internal_app_that_hears_by_socket() {
    let manifest = manifest();
    for line in [
        "socket_mode_enabled: true",
        "org_deploy_enabled: false",
        "- command: /causeway",
        "is_enabled: true",
    ] {
        assert!(manifest.lines().any(|it| it.trim() == line), "{line}");
    }
}
