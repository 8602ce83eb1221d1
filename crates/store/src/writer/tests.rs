//! What the database refuses, and what becomes of the neighbours and of the connection.

#![allow(clippy::unwrap_used, clippy::print_stderr)]

use conversation::Timestamp;
use futures::future::join_all;
use sqlx::Executor;

use super::*;
use std::time::Duration;

use crate::{
    Foresight, Role, Store, address::DatabaseAddress, directory::SharedDirectory, file::Opened,
    keys::InstallationKey,
};

fn url_in(folder: &tempfile::TempDir) -> String {
    let file = folder.path().join("causeway.db");
    std::fs::File::create(&file).unwrap();
    format!("sqlite:{}", file.display())
}

fn writer_at(url: &str) -> Writer {
    sqlx::any::install_default_drivers();
    let address = DatabaseAddress::of(url).unwrap();
    Writer::start(Database {
        connections: Spare::of(Arc::new(address)),
        directory: SharedDirectory::default(),
        keys: Arc::new(InstallationKey::new(&[7; 32])),
        fence: Arc::default(),
        opened: Opened::default(),
        told: Arc::default(),
        clock: Arc::default(),
        answers: mpsc::unbounded_channel().0,
        follows: Arc::default(),
        longest: None,
    })
}

async fn execute(store: &Store, statement: &'static str) {
    let done = store.write(move |tx| {
        Box::pin(async move {
            tx.connection().await?.execute(statement).await?;
            Ok(())
        })
    });
    done.await.unwrap();
}

async fn fill(store: &Store, name: &'static str) -> Result<()> {
    let much = "x".repeat(100_000);
    store
        .write(move |tx| {
            let much = much.clone();
            Box::pin(async move { tx.set("", name, &much).await })
        })
        .await
}

#[tokio::test]
async fn the_store_goes_on_when_a_full_disk_has_room_again() {
    let folder = tempfile::tempdir().unwrap();
    let url = url_in(&folder);
    let store = Store::open(&url, Role::Bridge, Timestamp(0)).await.unwrap();
    // SQLite refuses to grow beyond that as it does when the disk is full.
    execute(&store, "pragma max_page_count = 1").await;
    let refused = fill(&store, "one").await.unwrap_err();
    assert!(refused.to_string().contains("full"), "{refused}");
    execute(&store, "pragma max_page_count = 100000").await;
    fill(&store, "two").await.unwrap();
    let settings = store.write(|tx| {
        Box::pin(async { Ok((tx.setting("", "one").await?, tx.setting("", "two").await?)) })
    });
    let (one, two) = settings.await.unwrap();
    assert_eq!((one, two.map(|it| it.len())), (None, Some(100_000)));
}

#[tokio::test]
async fn a_file_that_may_not_be_written_any_more_is_told_with_the_cure() {
    let folder = tempfile::tempdir().unwrap();
    let url = url_in(&folder);
    let store = Store::open(&url, Role::Bridge, Timestamp(0)).await.unwrap();
    // As on a disk that was mounted anew to be read alone.
    execute(&store, "pragma query_only = on").await;
    let refused = fill(&store, "one").await.unwrap_err().to_string();
    let expected = format!("the database {url} may not be written: ");
    assert!(refused.starts_with(&expected), "{refused}");
    assert!(refused.contains("the right to write"), "{refused}");
    assert_eq!(store.lost().await.to_string(), refused);
}

/// On Postgres a statement that fails spoils its whole transaction.
async fn one_bad_statement_among_many(url: &str) {
    let writer = writer_at(url);
    let works = (0..50).map(|n| {
        let statement = if n == 20 { "selec 1" } else { "select 1" };
        writer.write(
            Box::new(move |tx| {
                Box::pin(async move {
                    tx.connection().await?.execute(statement).await?;
                    Ok(n)
                })
            }),
            About::default(),
        )
    });
    let done = join_all(works).await;
    let failed: Vec<_> = (0..50).filter(|&n| done[n].is_err()).collect();
    assert_eq!(failed, [20]);
    writer.stop().await;
}

#[tokio::test]
async fn a_statement_that_sqlite_refuses_fails_alone() {
    let folder = tempfile::tempdir().unwrap();
    let url = url_in(&folder);
    one_bad_statement_among_many(&url).await;
}

#[tokio::test]
async fn a_statement_that_postgres_refuses_fails_alone() {
    match std::env::var("CAUSEWAY_TEST_POSTGRES_URL") {
        Ok(url) => one_bad_statement_among_many(&url).await,
        Err(_) => eprintln!("skipped: CAUSEWAY_TEST_POSTGRES_URL is not set"),
    }
}

fn says(statement: &'static str) -> Writing<&'static str> {
    Box::new(move |tx| {
        Box::pin(async move {
            tx.connection().await?.execute(statement).await?;
            Ok(statement)
        })
    })
}

fn in_line(place: Place, work: Writing<&'static str>) -> InLine<&'static str> {
    InLine {
        foresight: Foresight::default(),
        place,
        community: crate::INSTALLATION,
        work,
        instead: Box::new(|_| says("select 'instead'")),
        then: Box::new(|_, _| {}),
    }
}

/// As a store that is cut off for a moment.
fn fails_for_now() -> Writing<&'static str> {
    Box::new(|_| {
        Box::pin(async {
            Err(Error::Unknown {
                what: crate::Thing::Room,
                name: "x".to_owned(),
            })
        })
    })
}

#[tokio::test]
async fn where_one_of_a_line_fails_for_now_none_behind_it_overtakes_it() {
    let folder = tempfile::tempdir().unwrap();
    let writer = writer_at(&url_in(&folder));
    let outcomes = writer
        .write_in_lines(vec![
            in_line(writer.place_in("a"), says("select 1")),
            in_line(writer.place_in("a"), fails_for_now()),
            in_line(writer.place_in("a"), says("select 3")),
            in_line(writer.place_in("b"), says("select 4")),
        ])
        .await;
    assert!(outcomes[0].is_ok() && outcomes[3].is_ok(), "{outcomes:?}");
    assert!(outcomes[1].is_err());
    assert!(matches!(outcomes[2], Err(Error::Behind)));
    let again = ["select 2", "select 3"].map(|it| in_line(writer.place_in("a"), says(it)));
    let again = writer.write_in_lines(again.into()).await;
    assert!(again.iter().all(Result::is_ok), "{again:?}");
    writer.stop().await;
}

#[tokio::test]
async fn what_comes_late_to_its_place_does_not_overtake_what_failed_before_it() {
    let folder = tempfile::tempdir().unwrap();
    let writer = writer_at(&url_in(&folder));
    let first = writer.place_in("a");
    let [late, later] = [writer.place_in("a"), writer.place_in("a")];
    let one = async |place, work| {
        let mut outcomes = writer.write_in_lines(vec![in_line(place, work)]).await;
        outcomes.remove(0)
    };
    for place in [first, writer.place_in("a")] {
        assert!(one(place, fails_for_now()).await.is_err());
        let elsewhere = one(writer.place_in("b"), says("select 4")).await;
        assert!(elsewhere.is_ok());
    }
    let behind = one(late, says("select 2")).await;
    assert!(matches!(behind, Err(Error::Behind)), "{behind:?}");
    assert!(one(writer.place_in("a"), says("select 1")).await.is_ok());
    assert!(one(later, says("select 3")).await.is_ok());
    writer.stop().await;
}

#[tokio::test]
async fn where_one_of_a_line_can_never_be_done_something_else_is_done_in_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let writer = writer_at(&url_in(&folder));
    let outcomes = writer
        .write_in_lines(vec![
            in_line(writer.place_in("a"), says("selec 1")),
            in_line(writer.place_in("a"), says("select 2")),
        ])
        .await;
    let outcomes: Vec<_> = outcomes.into_iter().map(Result::unwrap).collect();
    assert_eq!(outcomes, ["select 'instead'", "select 2"]);
    writer.stop().await;
}

/// Beyond 128 operations in one poll, tokio wakes the last of those who wait first.
#[tokio::test]
async fn what_is_handed_in_together_is_done_in_order_however_much_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let writer = writer_at(&url_in(&folder));
    for how_many in [1, 64, 65, 128, 129, 1000, 10_000] {
        let done = Arc::new(Mutex::new(Vec::new()));
        let works = (0..how_many).map(|n| {
            let done = done.clone();
            InLine {
                then: Box::new(move |_, _| done.lock().unwrap().push(n)),
                ..in_line(writer.place_in("a"), says("select 1"))
            }
        });
        let outcomes = writer.write_in_lines(works.collect()).await;
        assert!(outcomes.iter().all(Result::is_ok));
        let done = std::mem::take(&mut *done.lock().unwrap());
        assert!(done.into_iter().eq(0..how_many), "of {how_many}");
    }
    writer.stop().await;
}

#[tokio::test]
async fn what_follows_from_a_commit_follows_even_if_nobody_waits_for_it() {
    let folder = tempfile::tempdir().unwrap();
    let writer = writer_at(&url_in(&folder));
    let (told, mut hears) = mpsc::unbounded_channel();
    let work = InLine {
        then: Box::new(move |it, _| told.send(*it).unwrap()),
        ..in_line(writer.place_in("a"), says("select 7"))
    };
    let mut work = Box::pin(writer.write_in_lines(vec![work]));
    assert!(futures::poll!(&mut work).is_pending());
    drop(work);
    writer.stop().await;
    assert_eq!(hears.recv().await, Some("select 7"));
}

/// Forwards to a server until it is told to be silent: then it takes everything and answers nothing.
async fn server_that_may_fall_silent(
    server: String,
    is_silent: Arc<std::sync::atomic::AtomicBool>,
) -> u16 {
    use std::sync::atomic::Ordering::Relaxed;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((ours, _)) = listener.accept().await {
            let theirs = tokio::net::TcpStream::connect(&server).await.unwrap();
            let (mut from_us, mut to_us) = ours.into_split();
            let (mut from_them, mut to_them) = theirs.into_split();
            tokio::spawn(async move { tokio::io::copy(&mut from_us, &mut to_them).await });
            let is_silent = is_silent.clone();
            tokio::spawn(async move {
                let mut bytes = [0; 8192];
                while let Ok(n @ 1..) = from_them.read(&mut bytes).await {
                    if !is_silent.load(Relaxed) && to_us.write_all(&bytes[..n]).await.is_err() {
                        return;
                    }
                }
                std::future::pending::<()>().await;
            });
        }
    });
    port
}

#[tokio::test]
async fn a_server_that_vanishes_without_a_word_is_not_waited_for_for_ever() {
    let Ok(url) = std::env::var("CAUSEWAY_TEST_POSTGRES_URL") else {
        eprintln!("skipped: CAUSEWAY_TEST_POSTGRES_URL is not set");
        return;
    };
    sqlx::any::install_default_drivers();
    let (scheme, rest) = url.split_once("://").unwrap();
    let (user, place) = rest.split_once('@').unwrap();
    let (server, name) = place.split_once('/').unwrap();
    let is_silent = Arc::new(std::sync::atomic::AtomicBool::new(false));
    let port = server_that_may_fall_silent(server.to_owned(), is_silent.clone()).await;
    let url = format!("{scheme}://{user}@127.0.0.1:{port}/{name}");
    let address = DatabaseAddress::of(&url).unwrap();
    let writer = Writer::start(Database {
        connections: Spare::of(Arc::new(address)),
        directory: SharedDirectory::default(),
        keys: Arc::new(InstallationKey::new(&[7; 32])),
        fence: Arc::default(),
        opened: Opened::default(),
        told: Arc::default(),
        clock: Arc::default(),
        answers: mpsc::unbounded_channel().0,
        follows: Arc::default(),
        longest: Some(Duration::from_secs(3)),
    });
    writer
        .write(says("select 1"), About::default())
        .await
        .unwrap();
    is_silent.store(true, std::sync::atomic::Ordering::Relaxed);
    let cut_off = writer.write(says("select 2"), About::default()).await;
    assert!(cut_off.is_err());
    is_silent.store(false, std::sync::atomic::Ordering::Relaxed);
    writer
        .write(says("select 3"), About::default())
        .await
        .unwrap();
    writer.stop().await;
}
