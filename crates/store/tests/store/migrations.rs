//! Each step from one version to the next keeps what people said: tested with rows that the older one wrote.

use std::{borrow::Cow, fs, path::PathBuf};

use conversation::Event;
use sqlx::{
    AssertSqlSafe, Connection, SqlSafeStr,
    migrate::{Migration, MigrationType, Migrator},
};
use store::{Claim, Role};

use crate::support::{Database, World, posted};

crate::on_both_engines!(
    rows_of_every_older_version_are_read_by_this_one,
    a_fresh_database_has_had_every_migration,
    an_older_database_is_left_to_the_bridge,
);

pub(crate) fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../migrations")
}

/// Number, name and text, in order.
pub(crate) fn steps() -> Vec<(i64, String, String)> {
    let files = fs::read_dir(folder()).unwrap().map(|it| it.unwrap().path());
    let mut steps: Vec<_> = files
        .filter(|it| it.extension().is_some_and(|end| end == "sql"))
        .map(|it| {
            let stem = it.file_stem().unwrap().to_str().unwrap().to_owned();
            let (number, name) = stem.split_once('_').unwrap();
            let sql = fs::read_to_string(&it).unwrap();
            (number.parse().unwrap(), name.to_owned(), sql)
        })
        .collect();
    steps.sort();
    steps
}

/// What stands in `/* sqlite: … */` or `/* postgres: … */` is read by that engine alone; for the other it is a comment.
fn text_for(engine: &str, sql: &str) -> String {
    let mut pieces = sql.split("/*");
    let mut text = pieces.next().unwrap().to_owned();
    for piece in pieces {
        let (inside, after) = piece.split_once("*/").unwrap();
        match inside.strip_prefix(engine) {
            Some(ours) => text.push_str(ours),
            None => text.push_str(&format!("/*{inside}*/")),
        }
        text.push_str(after);
    }
    text
}

fn migrator(database: &Database, steps: &[(i64, String, String)]) -> Migrator {
    let engine = match database.is_sqlite() {
        true => " sqlite:",
        false => " postgres:",
    };
    let migration = |(number, name, sql): &(i64, String, String)| {
        let sql = AssertSqlSafe(text_for(engine, sql)).into_sql_str();
        Migration::new(
            *number,
            Cow::Owned(name.clone()),
            MigrationType::Simple,
            sql,
            false,
        )
    };
    Migrator::with_migrations(steps.iter().map(migration).collect())
}

async fn a_fresh_database_has_had_every_migration(database: &Database) {
    database.bridge().await.close().await;
    let applied = database
        .look("select version, description from _sqlx_migrations order by version")
        .await;
    let expected: Vec<_> = steps()
        .iter()
        .map(|(number, name, _)| format!("{number}|{name}"))
        .collect();
    assert_eq!(applied, expected.join("\n"));
}

async fn rows_of_every_older_version_are_read_by_this_one(database: &Database) {
    for upto in 1..steps().len() {
        up_to(database, upto).await;
        everything_is_read(database).await;
    }
}

/// A step may take minutes, and a command is soon done.
async fn an_older_database_is_left_to_the_bridge(database: &Database) {
    for upto in 1..steps().len() {
        up_to(database, upto).await;
        let refused = database.open(Role::Visitor).await.unwrap_err().to_string();
        let (_, told) = refused.split_once(" is ").unwrap();
        crate::assert_text!(told, @"as an older version of Causeway left it, and this command does not change its shape. Start the bridge (`causeway run`), which brings it up to date and says so in its log, then try again");
        let applied = database.look("select max(version) from _sqlx_migrations");
        assert_eq!(applied.await, upto.to_string());
    }
    let bridge = database.bridge().await;
    database.open(Role::Visitor).await.unwrap().close().await;
    bridge.close().await;
}

/// A database as an older version left it.
pub(crate) async fn up_to(database: &Database, upto: usize) {
    shaped(database, upto).await;
    let (number, name, _) = &steps()[upto - 1];
    let data = folder().join(format!("data/{number:04}_{name}.sql"));
    database.execute(&fs::read_to_string(data).unwrap()).await;
    let key = folder().join(format!("data/{number:04}_{name}.key"));
    if key.exists() {
        fs::copy(key, &database.key_file).unwrap();
    }
}

/// As that many steps make it, without a row.
pub(crate) async fn shaped(database: &Database, upto: usize) {
    empty(database).await;
    let mut connection = database.connection().await;
    migrator(database, &steps()[..upto])
        .run(&mut connection)
        .await
        .unwrap();
    connection.close().await.unwrap();
}

async fn empty(database: &Database) {
    if database.is_sqlite() {
        for end in ["", "-wal", "-shm"] {
            let _ = fs::remove_file(format!("{}{end}", database.file().display()));
        }
    } else {
        database
            .execute("drop schema public cascade; create schema public")
            .await;
    }
}

/// The same people and words stand in each data file.
async fn everything_is_read(database: &Database) {
    let mut world = World::on(database.bridge().await);
    // One of them was closed: each start tries it anew.
    crate::assert_text!(world.rooms().await, @r"
    Riverside/an empty room:
    Riverside/general: chat:-100200300 mail:spring@lists.example.org chat:-100200301
    ");
    crate::assert_text!(world.deliveries().await, @r#"
    post Ana 🌻 "Who is coming on Friday?" chat:-100200300 -> mail:spring@lists.example.org: sent x1
    post Ana 🌻 "Who is coming on Friday?" chat:-100200300 -> chat:-100200301: dead x3 (the platform refused it: too long)
    edit Ana 🌻 "Who is coming on Friday?" chat:-100200300 -> mail:spring@lists.example.org: suppressed x0 (edits-unsupported)
    post Bo "I am, with � cake" chat:-100200300 -> mail:spring@lists.example.org: uncertain x1 (the bridge stopped while it was sent)
    post Bo "I am, with � cake" chat:-100200300 -> chat:-100200301: held x0 (storm-brake)
    post Bo "(its words were erased)" chat:-100200300 -> mail:spring@lists.example.org: to_do x0
    react Ana 🌻 "Who is coming on Friday?" chat:-100200300 -> chat:-100200301: uncertain x1 (no answer)
    "#);
    let reply = world.work("mail:spring@lists.example.org").await;
    assert!(
        reply.attempt.in_doubt,
        "it was under way when that version stopped"
    );
    crate::assert_text!(format!("{:?} {:?} {:?}", reply.said.author.display_name, reply.said.subject, reply.said.content.text.plain_text()), @r#""Bo" "Who is coming on Friday?" "I am, with \0 cake""#);
    assert_eq!(
        reply.context.reply.unwrap().to,
        "<root@lists.example.org>".into()
    );
    crate::assert_text!(format!("{:?}", world.store.tally().await.unwrap()), @"Tally { open: 3, sent: 1, dead: 1, suppressed: 1, waiting: 0, held: 1 }");
    let stopped = world
        .store
        .stopped_deliveries("Riverside", None, 10)
        .await
        .unwrap();
    crate::assert_text!(stopped[0].reason.as_deref().unwrap(), @"the platform refused it: too long");
    assert_eq!(world.store.notices(10).await.unwrap(), []);
    let raw = world
        .store
        .newest_set_aside("unknown-update")
        .await
        .unwrap();
    assert_eq!(raw.unwrap(), b"{}");
    let edit = world
        .edits("chat:-100200300", "ana", "41", "On Saturday")
        .await;
    assert_eq!(edit.0, "m1");
    let known = world.event(
        "chat:-100200300",
        "ana",
        Event::Posted(posted("41", &[], "again")),
    );
    assert_eq!(
        world.take_in(known).await.unwrap().0,
        conversation::Verdict::Drop("own-copy")
    );
    assert!(matches!(world.claim("chat:-100200300").await, Claim::Idle));
    world.store.close().await;
}
