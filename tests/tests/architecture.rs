//! The arrows between crates, as a test: who may use whom, and who alone may touch which outside crate.
//!
//! **Invariant:** `cargo metadata` is the witness, not a list that people keep by hand.

#![allow(clippy::unwrap_used)]

use std::process::Command;

use insta::assert_snapshot;
use serde_json::{Value, json};

/// One of ours, what it may use of ours, and what its tests may use besides.
struct Arrows {
    from: &'static str,
    to: &'static [&'static str],
    in_tests: &'static [&'static str],
}

const fn arrows(
    from: &'static str,
    to: &'static [&'static str],
    in_tests: &'static [&'static str],
) -> Arrows {
    Arrows { from, to, in_tests }
}

/// As in ARCHITECTURE.md. A crate without a line here is an error, and so is an arrow that is not listed.
const ARROWS: &[Arrows] = &[
    arrows("words", &[], &[]),
    arrows("conversation", &["words"], &[]),
    arrows("blobs", &["conversation"], &[]),
    arrows("store", &["blobs", "conversation"], &[]),
    arrows("engine", &["blobs", "conversation", "store", "words"], &[]),
    arrows("calls", &["conversation"], &[]),
    arrows("telegram", &["conversation", "calls"], &[]),
    arrows("email", &["conversation"], &[]),
    arrows("discord", &["conversation", "calls"], &[]),
    arrows("slack", &["conversation", "calls"], &[]),
    // Never an adapter: a stand-in that is built on the adapter's own types proves nothing.
    arrows("sandbox", &["conversation"], &[]),
    arrows(
        "causeway",
        &[
            "words",
            "blobs",
            "conversation",
            "store",
            "engine",
            "telegram",
            "email",
            "discord",
            "slack",
            "sandbox",
        ],
        // What platforms publish is known there.
        &["causeway-tests"],
    ),
    // Adapters in contract tests only.
    arrows(
        "causeway-tests",
        &["words", "blobs", "conversation", "store", "engine"],
        &["sandbox", "telegram", "email", "discord", "slack"],
    ),
];

/// An outside crate, those of ours that may touch it, and those whose tests may.
struct Owners {
    of: &'static str,
    are: &'static [&'static str],
    in_tests: &'static [&'static str],
}

const OWNERS: &[Owners] = &[
    Owners {
        of: "sqlx",
        are: &["store"],
        // A day passes there only in the store.
        in_tests: &["causeway"],
    },
    Owners {
        of: "fluent-bundle",
        are: &["words"],
        in_tests: &[],
    },
    Owners {
        of: "teloxide-core",
        are: &["telegram"],
        in_tests: &[],
    },
    Owners {
        of: "serenity",
        are: &["discord"],
        in_tests: &[],
    },
    Owners {
        of: "slack-morphism",
        are: &["slack"],
        in_tests: &[],
    },
    Owners {
        of: "lettre",
        are: &["email"],
        in_tests: &[],
    },
    Owners {
        of: "tokio-rustls",
        are: &["email"],
        in_tests: &[],
    },
    // The sandbox reads mails to show them.
    Owners {
        of: "mailparse",
        are: &["email", "sandbox"],
        // Real mailboxes are read there.
        in_tests: &["causeway"],
    },
    Owners {
        of: "axum",
        are: &["telegram", "slack", "sandbox", "causeway"],
        in_tests: &["causeway-tests"],
    },
];

/// Everything that `metadata`, as `cargo metadata` prints it, does and must not do.
fn violations(metadata: &Value) -> Vec<String> {
    let packages = metadata["packages"].as_array().unwrap();
    let ours: Vec<&str> = packages.iter().map(|it| text(it, "name")).collect();
    let mut violations = Vec::new();
    for package in packages {
        let from = text(package, "name");
        let Some(arrows) = ARROWS.iter().find(|it| it.from == from) else {
            violations.push(format!("{from} has no line in ARROWS"));
            continue;
        };
        for dependency in package["dependencies"].as_array().unwrap() {
            violations.extend(forbidden(arrows, dependency, &ours));
        }
    }
    violations
}

fn forbidden(arrows: &Arrows, dependency: &Value, ours: &[&str]) -> Option<String> {
    let (from, to) = (arrows.from, text(dependency, "name"));
    let in_tests = dependency["kind"] == "dev";
    if ours.contains(&to) && dependency["path"].is_string() {
        let allowed = arrows.to.contains(&to) || (in_tests && arrows.in_tests.contains(&to));
        return (!allowed).then(|| format!("{from} must not use {to}"));
    }
    if let Some(owners) = OWNERS.iter().find(|it| it.of == to) {
        let allowed = owners.are.contains(&from) || (in_tests && owners.in_tests.contains(&from));
        if !allowed {
            return Some(format!(
                "{from} must not use {to}: it belongs to {}",
                owners.are.join(", ")
            ));
        }
    }
    const CRATES_IO: &str = "registry+https://github.com/rust-lang/crates.io-index";
    let from_crates_io = dependency["source"] == CRATES_IO;
    (!from_crates_io).then(|| format!("{from} takes {to} from elsewhere than crates.io"))
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap()
}

fn workspace() -> Value {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--locked", "--format-version", "1"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo metadata runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn crates_use_only_what_they_may() {
    assert_eq!(violations(&workspace()), Vec::<String>::new());
}

#[test]
fn every_line_of_the_table_is_a_crate() {
    let workspace = workspace();
    let packages = workspace["packages"].as_array().unwrap();
    let gone: Vec<&str> = ARROWS
        .iter()
        .map(|it| it.from)
        .filter(|it| !packages.iter().any(|package| text(package, "name") == *it))
        .collect();
    assert_eq!(gone, Vec::<&str>::new());
}

/// A made-up workspace: each crate with its dependencies as (name, kind, where from).
fn made_up(crates: &[(&str, Vec<Value>)]) -> Value {
    let packages: Vec<Value> = crates
        .iter()
        .map(|(name, dependencies)| json!({ "name": name, "dependencies": dependencies }))
        .collect();
    json!({ "packages": packages })
}

fn ours(name: &str, kind: Option<&str>) -> Value {
    json!({ "name": name, "kind": kind, "path": format!("crates/{name}"), "source": null })
}

fn outside(name: &str) -> Value {
    let source = "registry+https://github.com/rust-lang/crates.io-index";
    json!({ "name": name, "kind": null, "source": source })
}

#[test]
fn an_adapter_that_uses_another_is_reported() {
    let workspace = made_up(&[
        (
            "telegram",
            vec![ours("conversation", None), ours("email", None)],
        ),
        ("email", vec![]),
        ("conversation", vec![]),
    ]);
    assert_snapshot!(violations(&workspace).join("\n"), @"telegram must not use email");
}

#[test]
fn an_arrow_that_only_tests_may_have_is_reported_elsewhere() {
    let arrow = |kind| {
        made_up(&[
            ("causeway-tests", vec![ours("telegram", kind)]),
            ("telegram", vec![]),
        ])
    };
    assert_snapshot!(violations(&arrow(None)).join("\n"), @"causeway-tests must not use telegram");
    assert_eq!(violations(&arrow(Some("dev"))), Vec::<String>::new());
}

#[test]
fn an_outside_crate_in_the_wrong_hands_is_reported() {
    let workspace = made_up(&[
        ("engine", vec![outside("sqlx")]),
        ("store", vec![outside("sqlx")]),
    ]);
    assert_snapshot!(violations(&workspace).join("\n"), @"engine must not use sqlx: it belongs to store");
}

#[test]
fn a_crate_from_elsewhere_is_reported() {
    let mut fork = outside("serde");
    fork["source"] = json!("git+https://example.org/serde");
    let workspace = made_up(&[("engine", vec![fork])]);
    assert_snapshot!(violations(&workspace).join("\n"), @"engine takes serde from elsewhere than crates.io");
}

#[test]
fn a_crate_that_nobody_placed_is_reported() {
    let workspace = made_up(&[("matrix", vec![])]);
    assert_snapshot!(violations(&workspace).join("\n"), @"matrix has no line in ARROWS");
}
