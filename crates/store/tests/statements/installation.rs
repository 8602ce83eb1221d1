//! Statements that change rows of no community in particular, read off the source: whoever writes another one must mean it.

use std::{collections::BTreeSet, fs, path::Path};

use insta::assert_snapshot;

use crate::written_in;

#[test]
fn what_changes_rows_of_whatever_community_is_known() {
    let mut found = BTreeSet::new();
    find(
        Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")),
        "",
        &mut found,
    );
    let found: Vec<_> = found.into_iter().collect();
    assert_snapshot!(found.join("\n"), @r"
    due.rs: update due set at = $2 where kind = $1 and at > $2
    held.rs: delete from held where at < $1 and released_at is null returning community_id, e
    housekeeping.rs: delete from event where taken_at < $1
    housekeeping.rs: delete from notice where kind in ($1, $2, $3, $4, $5) and at < $6
    housekeeping.rs: delete from pause where ended_at < $1
    housekeeping.rs: delete from reader_delivery where state = 'refused' and at < $1
    housekeeping.rs: delete from request where until < $1
    installation.rs: delete from notice where kind = $1
    installation.rs: update channel set link = 'active', revision = ( select p.revision from partitio
    installation.rs: update delivery set state = 'uncertain', next_attempt_at = $1, reason = $3, atte
    installation.rs: update partition set revision = revision + 1 where id = 0 and community_id in (
    pauses.rs: update pause set ended_at = $1 where ended_at > $1
    ");
}

fn find(folder: &Path, name: &str, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("{name}{}", path.file_name().unwrap().to_str().unwrap());
        if path.is_dir() {
            find(&path, &format!("{name}/"), found);
        } else {
            let all = written_in(&path).into_iter();
            let line = |sql: String| {
                format!(
                    "{name}: {}",
                    sql.chars().take(80).collect::<String>().trim()
                )
            };
            found.extend(all.filter(|it| changes_any(it)).map(line));
        }
    }
}

/// New rows say whose they are, and what is under the empty community is the installation's own.
fn changes_any(sql: &str) -> bool {
    let changes = sql.starts_with("update ") || sql.starts_with("delete ");
    let of_one = [
        "community_id = $",
        "community_id = r.value",
        "community_id = f.community_id",
        "community_id = ''",
    ];
    changes && !of_one.iter().any(|it| sql.contains(it))
}
