//! Every key of the defaults file, dropped, misspelt, doubled, swapped and given values of other kinds: whatever becomes
//! of it, nothing panics, and each problem names a line and a key.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::settings::DEFAULTS;
use crate::settings::load::load_layers;
use crate::settings::problem::Problem;

use super::documents::with_its_files;

/// With every key uncommented, as one that can be used.
fn complete() -> (TempDir, Vec<String>) {
    let lines = DEFAULTS.lines().map(|line| match line.strip_prefix('#') {
        Some(key) if !key.starts_with(' ') => key.to_owned(),
        _ => line.to_owned(),
    });
    let text: String = lines.map(|line| line + "\n").collect();
    let text = text.replace("tls = \"none\"", "tls = \"starttls\"");
    let text = text.replace("app_token = \"\"", "app_token = \"xapp-1\"");
    let (folder, text) = with_its_files(&text);
    (folder, text.lines().map(str::to_owned).collect())
}

fn is_key(line: &str) -> bool {
    !line.starts_with(['#', '[']) && line.contains(" = ")
}

struct Trial {
    path: std::path::PathBuf,
    lines: Vec<String>,
    folder: TempDir,
}

impl Trial {
    fn new() -> Trial {
        let (folder, lines) = complete();
        let path = folder.path().join("causeway.toml");
        Trial {
            path,
            lines,
            folder,
        }
    }

    /// The places of the lines that hold a key.
    fn keys(&self) -> Vec<usize> {
        let keys = self.lines.iter().enumerate();
        keys.filter(|(_, it)| is_key(it))
            .map(|(place, _)| place)
            .collect()
    }

    /// What is said with this line in place of the other.
    fn with(&self, place: usize, line: &str) -> Vec<Problem> {
        let mut lines = self.lines.clone();
        lines[place] = line.to_owned();
        problems(&self.path, &lines.join("\n"))
    }
}

fn problems(path: &Path, text: &str) -> Vec<Problem> {
    fs::write(path, text).unwrap();
    let problems = match load_layers(Some(path), HashMap::new()) {
        Ok(_) => Vec::new(),
        Err(error) => error.0,
    };
    let length = text.lines().count();
    for problem in &problems {
        let is_there = problem.line.is_some_and(|it| (1..=length).contains(&it));
        assert!(is_there && problem.column.is_some(), "{problem}");
        assert!(
            !problem.why.is_empty() && !problem.cure.is_empty(),
            "{problem}"
        );
    }
    problems
}

fn names(problems: &[Problem], place: usize) -> bool {
    problems
        .iter()
        .any(|it| it.line == Some(place + 1) && !it.key.is_empty())
}

#[test]
fn the_file_that_is_spoilt_is_one_that_can_be_used() {
    let trial = Trial::new();
    assert_eq!(problems(&trial.path, &trial.lines.join("\n")), []);
    assert!(trial.keys().len() > 70);
    assert!(trial.folder.path().is_dir());
}

#[test]
fn a_value_of_another_kind_is_named_by_line_and_key() {
    let trial = Trial::new();
    let others = [
        "\"text",
        "garbage",
        "99999999999999999999",
        "-1",
        "1.5",
        "2026-01-01",
        "{ a = 1 }",
        "[1]",
        "[[]]",
        "",
    ];
    for place in trial.keys() {
        let line = &trial.lines[place];
        let name = line.split(" = ").next().unwrap();
        for other in others {
            let said = trial.with(place, &format!("{name} = {other}"));
            assert!(names(&said, place), "{name} = {other}: {said:?}");
            assert!(
                said.iter()
                    .any(|it| it.key.ends_with(name) || it.key.contains(&format!("{name}["))),
                "{said:?}"
            );
        }
        for other in ["\"\"", "0", "true", "[]", "\"\u{1f600}\"", "'''\nx'''"] {
            trial.with(place, &format!("{name} = {other}"));
        }
    }
}

#[test]
fn a_key_that_is_misspelt_or_doubled_is_named_with_what_was_meant() {
    let trial = Trial::new();
    for place in trial.keys() {
        let (name, value) = trial.lines[place].split_once(" = ").unwrap();
        let said = trial.with(place, &format!("{name}x = {value}"));
        assert!(names(&said, place), "{said:?}");
        let is_meant = said
            .iter()
            .any(|it| it.cure.starts_with("did you mean `") && it.cure.contains(name));
        assert!(is_meant, "{name}: {said:?}");
        let twice = trial.with(place, &format!("{name} = {value}\n{name} = {value}"));
        assert!(names(&twice, place + 1), "{twice:?}");
        assert_eq!(twice.len(), 1, "{twice:?}");
    }
}

#[test]
fn a_key_that_is_gone_or_elsewhere_breaks_nothing() {
    let trial = Trial::new();
    for place in trial.keys() {
        trial.with(place, "");
        let mut lines = trial.lines.clone();
        let next = (place + 7) % lines.len();
        lines.swap(place, next);
        problems(&trial.path, &lines.join("\n"));
    }
}

#[test]
fn a_file_that_ends_anywhere_breaks_nothing() {
    let trial = Trial::new();
    let text = trial.lines.join("\n");
    for end in (0..text.len())
        .step_by(131)
        .filter(|it| text.is_char_boundary(*it))
    {
        problems(&trial.path, &text[..end]);
    }
}
