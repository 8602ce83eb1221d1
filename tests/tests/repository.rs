//! What must stay true of the repository as a whole: files of a readable size, a test's data beside each
//! migration, scripts that a shell can read, and documents that name only what is there.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A file that is longer wants to be two.
const LONGEST_FILE_LINES: usize = 350;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("..")
        .canonicalize()
        .unwrap()
}

/// All files below `folder` whose name ends in `.{extension}`, build output aside.
fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && path.file_name().is_none_or(|it| it != "target") {
            found.extend(files(&path, extension));
        } else if path.extension().is_some_and(|it| it == extension) {
            found.push(path);
        }
    }
    found.sort();
    found
}

#[test]
fn no_source_file_is_too_long_to_read() {
    let sources: Vec<PathBuf> = ["crates", "tests"]
        .iter()
        .flat_map(|it| files(&root().join(it), "rs"))
        .collect();
    assert!(sources.len() > 50, "the sources were not found");
    let too_long: Vec<String> = sources
        .iter()
        .map(|path| (path, fs::read_to_string(path).unwrap().lines().count()))
        .filter(|(_, lines)| *lines > LONGEST_FILE_LINES)
        .map(|(path, lines)| format!("{}: {lines} lines", path.display()))
        .collect();
    assert_eq!(too_long, Vec::<String>::new());
}

#[test]
fn every_source_file_says_what_it_is() {
    let silent: Vec<PathBuf> = files(&root().join("crates"), "rs")
        .into_iter()
        .filter(|path| path.file_name().is_none_or(|it| it != "tests.rs"))
        .filter(|path| !fs::read_to_string(path).unwrap().starts_with("//!"))
        .collect();
    assert_eq!(silent, Vec::<PathBuf>::new());
}

#[test]
fn every_migration_has_data_that_tests_it() {
    let migrations: Vec<PathBuf> = fs::read_dir(root().join("migrations"))
        .unwrap()
        .map(|it| it.unwrap().path())
        .filter(|it| it.extension().is_some_and(|it| it == "sql"))
        .collect();
    assert!(!migrations.is_empty(), "the migrations were not found");
    let without: Vec<&PathBuf> = migrations
        .iter()
        .filter(|path| {
            let name = path.file_name().unwrap();
            !root().join("migrations/data").join(name).is_file()
        })
        .collect();
    assert_eq!(without, Vec::<&PathBuf>::new());
}

/// What stands between `open` and `close`, wherever both stand in one line.
fn between<'a>(text: &'a str, open: &str, close: &str) -> Vec<&'a str> {
    text.lines()
        .flat_map(|line| line.split(open).skip(1))
        .filter_map(|rest| rest.split_once(close))
        .map(|(inner, _)| inner)
        .collect()
}

#[test]
fn documents_link_only_to_what_is_there() {
    let mut broken = Vec::new();
    for name in [
        "README.md",
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "SECURITY.md",
    ] {
        let text = fs::read_to_string(root().join(name)).unwrap();
        let targets = between(&text, "](", ")");
        let missing = targets
            .into_iter()
            .filter(|it| !it.contains("://") && !it.starts_with('#'))
            .map(|it| it.split('#').next().unwrap_or(it))
            .filter(|it| !root().join(it).exists());
        broken.extend(missing.map(|it| format!("{name}: {it}")));
    }
    assert_eq!(broken, Vec::<String>::new());
}

#[test]
fn contributors_are_sent_only_to_files_that_are_there() {
    let text = fs::read_to_string(root().join("CONTRIBUTING.md")).unwrap();
    let missing: Vec<&str> = between(&text, "| `", "` |")
        .into_iter()
        .flat_map(|it| it.split("`, `"))
        .filter(|it| it.contains('/') && !it.contains("NAME") && !root().join(it).exists())
        .collect();
    assert_eq!(missing, Vec::<&str>::new());
}

#[test]
fn every_test_that_stands_for_a_bad_input_is_there() {
    let sources: String = ["crates", "tests"]
        .iter()
        .flat_map(|it| files(&root().join(it), "rs"))
        .map(|path| fs::read_to_string(path).unwrap())
        .collect();
    let text = fs::read_to_string(root().join("SECURITY.md")).unwrap();
    let rows = text.lines().filter(|it| it.starts_with("| "));
    let tests: Vec<&str> = rows
        .filter_map(|row| row.trim_end_matches(['|', ' ']).rsplit_once("| "))
        .filter(|(_, tests)| tests.starts_with('`'))
        .flat_map(|(_, tests)| tests.split_whitespace())
        .map(|test| test.trim_matches('`'))
        .collect();
    assert!(tests.len() > 50, "the tests were not found");
    let missing: Vec<&&str> = tests
        .iter()
        .filter(|test| !sources.contains(&format!("fn {test}(")))
        .collect();
    assert_eq!(missing, Vec::<&&str>::new());
}

/// Whoever runs it tells people what is kept: the list is the code's.
#[test]
fn what_is_kept_and_for_how_long_stands_in_the_document() {
    let text = fs::read_to_string(root().join("SECURITY.md")).unwrap();
    let (_, kept) = text.split_once("## What is kept").unwrap();
    let (kept, _) = kept.split_once("\n## ").unwrap();
    let told: Vec<(String, String)> = kept
        .lines()
        .filter_map(|it| {
            it.strip_prefix("| `")?
                .trim_end_matches(['|', ' '])
                .split_once('`')
        })
        .filter_map(|(reason, rest)| {
            Some((reason.to_owned(), rest.rsplit_once("| ")?.1.to_owned()))
        })
        .collect();
    let days = |days: u32| match days {
        0 => "no word".to_owned(),
        days => format!("{days} days"),
    };
    let list = conversation::KEPT.iter();
    let list: Vec<_> = list
        .map(|it| (it.reason.to_owned(), days(it.days)))
        .collect();
    assert_eq!(told, list);
}

#[test]
fn every_reason_to_set_something_aside_is_in_the_list() {
    let adapters = ["telegram", "discord", "slack", "email", "engine"];
    let sources: String = adapters
        .iter()
        .flat_map(|it| files(&root().join(format!("crates/{it}/src")), "rs"))
        .filter(|it| !it.ends_with("tests.rs"))
        .map(|path| fs::read_to_string(path).unwrap())
        .collect();
    let opens = [
        "Unreadable(\"",
        "set_aside(\"",
        "raw(\"",
        "reason: \"",
        "malformed(head.key, \"",
    ];
    let used: Vec<&str> = opens
        .iter()
        .flat_map(|it| between(&sources, it, "\""))
        .collect();
    let is_code = |it: &&&str| it.chars().all(|it| it.is_ascii_lowercase() || it == '-');
    let codes: Vec<&&str> = used.iter().filter(is_code).collect();
    assert!(codes.len() > 25, "the reasons were not found: {codes:?}");
    let is_kept = |it: &&&&str| conversation::KEPT.iter().any(|kept| kept.reason == ***it);
    let unknown: Vec<_> = codes.iter().filter(|it| !is_kept(it)).collect();
    assert_eq!(unknown, Vec::<&&&str>::new());
    let is_rule = |reason: &str| conversation::RULES.iter().any(|it| it.name == reason);
    let unused = |it: &&conversation::Kept| {
        !is_rule(it.reason) && !sources.contains(&format!("\"{}\"", it.reason))
    };
    let unused: Vec<_> = conversation::KEPT.iter().filter(unused).collect();
    assert_eq!(unused, Vec::<&conversation::Kept>::new());
}

#[test]
fn scripts_can_be_run_and_read_by_a_shell() {
    for script in ["scripts/test", "scripts/mail-system", ".ci/run"] {
        let path = root().join(script);
        assert!(is_executable(&path), "{script} can be executed");
        let checked = Command::new("bash").arg("-n").arg(&path).output().unwrap();
        let said = String::from_utf8_lossy(&checked.stderr).into_owned();
        assert!(checked.status.success(), "{script}: {said}");
    }
}

#[cfg(unix)]
fn is_executable(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(path).unwrap().permissions().mode() & 0o100 != 0
}

#[cfg(not(unix))]
fn is_executable(path: &Path) -> bool {
    path.is_file()
}
