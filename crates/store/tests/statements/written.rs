//! The statements of the source, and which of them were run.

use std::{collections::BTreeSet, fs, path::Path};

pub(crate) fn is_for_postgres(sql: &str) -> bool {
    ["pg_", "set_config", "for share"]
        .iter()
        .any(|it| sql.contains(it))
}

pub(crate) fn is_for_sqlite(sql: &str) -> bool {
    ["rowid", "sqlite_schema"].iter().any(|it| sql.contains(it))
}

/// The statements of the source of which nothing was heard.
pub(crate) fn not_run(run: &BTreeSet<String>, counts: impl Fn(&str) -> bool) -> Vec<String> {
    let written = written(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    assert!(written.len() > 40, "{} statements found", written.len());
    let run: BTreeSet<String> = run.iter().map(|it| unnumbered(it)).collect();
    let ran = |sql: &String| {
        let sql = unnumbered(sql);
        let parts: Vec<_> = sql.split(['{', '}']).step_by(2).collect();
        run.iter()
            .any(|heard| parts.iter().all(|part| heard.contains(part)))
    };
    let of_interest = written.into_iter().filter(|sql| counts(sql));
    of_interest.filter(|sql| !ran(sql)).collect()
}

/// `$1` as `?`: what is written together is numbered for one engine alone.
pub(crate) fn unnumbered(sql: &str) -> String {
    let mut pieces = sql.split('$');
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |sql, piece| {
        sql + "?" + piece.trim_start_matches(|it: char| it.is_ascii_digit())
    })
}

/// The string literals of the source that begin as SQL does.
pub(crate) fn written(folder: &Path) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(written(&path));
        } else if path.file_name().is_some_and(|name| name != "tests.rs") {
            found.extend(written_in(&path));
        }
    }
    found
}

pub(crate) fn written_in(file: &Path) -> Vec<String> {
    let source = fs::read_to_string(file).unwrap();
    let code = source
        .lines()
        .filter(|it| !it.trim_start().starts_with("//"));
    let code = code.collect::<Vec<_>>().join("\n").replace("\\\"", "");
    let literals = code.split('"').skip(1).step_by(2);
    literals.map(one_line).filter(|it| is_sql(it)).collect()
}

pub(crate) fn is_sql(text: &str) -> bool {
    ["select ", "insert ", "update ", "delete ", "with "]
        .iter()
        .any(|verb| text.starts_with(verb))
}

pub(crate) fn one_line(sql: &str) -> String {
    sql.split_whitespace().collect::<Vec<_>>().join(" ")
}

pub(crate) fn is_of_the_shape(sql: &str) -> bool {
    sql.contains("_sqlx_migrations") || sql.contains("sqlite_schema")
}
