//! Databases that an older program filled: opened by this one, nothing lost and nothing doubled, also if it is killed meanwhile.

use std::{
    fs,
    io::Read,
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};

use flate2::read::GzDecoder;
use sqlx::{AnyConnection, AssertSqlSafe, Column, Connection, Row, ValueRef, any::AnyRow};
use store::{At, Claim, Progress, Role, Store};

use crate::{
    migrations::{folder, shaped, steps},
    support::{Database, NOW, World, on_sqlite},
};

crate::on_both_engines!(
    what_the_first_program_left_is_read_and_its_open_deliveries_go,
    many_messages_are_brought_to_the_new_shape_through_kills,
);

/// What that program had taken: the steps and the time.
const FIRST_STEPS: usize = 2;
const LATER: i64 = 1_796_020_000_000;

async fn what_the_first_program_left_is_read_and_its_open_deliveries_go(database: &Database) {
    let packed = fs::File::open(folder().join("data/c7c3290.db.gz")).unwrap();
    let mut bytes = Vec::new();
    GzDecoder::new(packed).read_to_end(&mut bytes).unwrap();
    if database.is_sqlite() {
        fs::write(database.file(), bytes).unwrap();
    } else {
        on_sqlite(async |first: &Database| {
            fs::write(first.file(), &bytes).unwrap();
            shaped(database, FIRST_STEPS).await;
            copy_rows(first, database).await;
        })
        .await;
    }
    let mut world = World::on(database.bridge().await);
    world.now.0 = LATER;
    crate::assert_text!(world.rooms().await, @"The Low Valley/spring: telegram:-4200000001 discord:1576816452743200771 slack:C0700000001 email:spring@gathering.example");
    assert_eq!(world.deliveries().await.lines().count(), 125);
    let channels: Vec<_> = world.store.rooms(None).await.unwrap()[0]
        .channels
        .iter()
        .map(|it| it.channel.to_string())
        .collect();
    let mut gone = Vec::new();
    for channel in channels {
        while let Claim::Work(work) = world.claim(&channel).await {
            let words = work.said.content.text.plain_text();
            let files = work.said.content.attachments.len();
            let doubt = if work.attempt.in_doubt { "?" } else { "" };
            let operation = work.operation.as_str();
            gone.push(format!("{channel}: {operation}{doubt} {words} +{files}"));
            let (revision, at) = (work.said.revision, world.now);
            let id = gone.len().to_string();
            world
                .finishes(&work, &[&id], Progress::Sent { revision, at })
                .await;
        }
    }
    crate::assert_text!(gone.join("\n"), @r"
    telegram:-4200000001: post? On my way +0
    discord:1576816452743200771: post? Who has the key of the hall, please? +0
    discord:1576816452743200771: post I have it +0
    discord:1576816452743200771: edit Who has the key of the hall, please? +0
    discord:1576816452743200771: react Who has the key of the hall, please? +0
    discord:1576816452743200771: post A picture of it +1
    slack:C0700000001: post? Who has the key of the hall, please? +0
    slack:C0700000001: post I have it +0
    slack:C0700000001: edit Who has the key of the hall, please? +0
    slack:C0700000001: react Who has the key of the hall, please? +0
    slack:C0700000001: post A picture of it +1
    slack:C0700000001: post On my way +0
    email:spring@gathering.example: post Who has the key of the hall, please? +0
    email:spring@gathering.example: post I have it +0
    email:spring@gathering.example: post A picture of it +1
    email:spring@gathering.example: post On my way +0
    ");
    world.store.close().await;
}

/// Table by table, as they are.
async fn copy_rows(from: &Database, to: &Database) {
    let (mut from, mut to) = (from.connection().await, to.connection().await);
    let tables =
        "select name from sqlite_schema where type = 'table' and name not like '\\_%' escape '\\'";
    let tables: Vec<String> = sqlx::query_scalar(tables)
        .fetch_all(&mut from)
        .await
        .unwrap();
    for table in tables {
        let all = AssertSqlSafe(format!("select * from {table}"));
        for row in sqlx::query(all).fetch_all(&mut from).await.unwrap() {
            insert(&mut to, &table, &row).await;
        }
    }
    to.close().await.unwrap();
}

async fn insert(to: &mut AnyConnection, table: &str, row: &AnyRow) {
    let is_null = |n: usize| row.try_get_raw(n).unwrap().is_null();
    let filled: Vec<_> = (0..row.len()).filter(|&n| !is_null(n)).collect();
    let columns: Vec<_> = filled.iter().map(|&n| row.column(n).name()).collect();
    let places: Vec<_> = (1..=filled.len()).map(|n| format!("${n}")).collect();
    let (columns, places) = (columns.join(", "), places.join(", "));
    let sql = format!("insert into {table} ({columns}) values ({places})");
    let bound = filled
        .iter()
        .fold(sqlx::query(AssertSqlSafe(sql)), |query, &n| {
            match row.try_get::<i64, _>(n) {
                Ok(number) => query.bind(number),
                Err(_) => query.bind(row.get::<String, _>(n)),
            }
        });
    bound.execute(to).await.unwrap();
}

const MANY: usize = 20_000;
/// Of the process that is killed first; each one after it lives longer, until it is done.
const FIRST_LIFE: Duration = Duration::from_millis(100);
/// In the environment of a process that only opens it.
const KEY_FILE: &str = "CAUSEWAY_TEST_KEY_FILE";
const OPENS: &str = "CAUSEWAY_TEST_OPENS";

async fn many_messages_are_brought_to_the_new_shape_through_kills(database: &Database) {
    shaped(database, FIRST_STEPS).await;
    let many = fs::read_to_string(folder().join("data/many.sql")).unwrap();
    database
        .execute(&many.replace("MANY", &MANY.to_string()))
        .await;
    let mut lives = Vec::new();
    while lives.is_empty() || !is_shaped(database).await {
        let life = lives.last().map_or(FIRST_LIFE, |it| *it * 3 / 2);
        let mut opening = opening(database);
        tokio::time::sleep(life).await;
        opening.kill().unwrap();
        opening.wait().unwrap();
        lives.push(life);
    }
    assert!(lives.len() > 2, "it was done before it could be killed");
    assert!(opening(database).wait().unwrap().success());
    for (what, n) in [
        ("message", MANY),
        ("event", MANY),
        ("copy", 2 * MANY - 1000),
        ("delivery where state = 'sent'", MANY - 1000),
        ("delivery where state = 'to_do'", 1000),
        ("engagement", MANY),
        ("identity", 200),
        ("body where revision = 1", MANY / 40),
        ("attachment", MANY / 50),
        ("message where deleted_at is not null", MANY / 200),
        ("setting where name like 'carried:%'", 0),
    ] {
        let found = database.look(&format!("select count(*) from {what}")).await;
        assert_eq!(found, n.to_string(), "{what}");
    }
    let world = World::on(database.bridge().await);
    let work = world.work("talk:2002").await;
    let words = work.said.content.text.plain_text();
    assert!(words.starts_with("Message 19000 about"), "{words}");
    world.store.close().await;
}

async fn is_shaped(database: &Database) -> bool {
    let newest = "select max(version) from _sqlx_migrations";
    database.look(newest).await == steps().len().to_string()
}

/// A process that does nothing else.
fn opening(database: &Database) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "older::a_database_is_opened_and_closed"])
        .env(OPENS, &database.url)
        .env(KEY_FILE, &database.key_file)
        .stdout(Stdio::null())
        .spawn()
        .unwrap()
}

/// Also what the processes run that are killed in it.
#[tokio::test]
async fn a_database_is_opened_and_closed() {
    match std::env::var(OPENS) {
        Ok(url) => {
            let key_file = std::env::var(KEY_FILE).unwrap();
            let at = At {
                key_file: Some(Path::new(&key_file)),
                ..At::from(&url)
            };
            let store = Store::open(at, Role::Bridge, NOW).await.unwrap();
            store.close().await;
        }
        Err(_) => on_sqlite(async |it: &Database| it.bridge().await.close().await).await,
    }
}
