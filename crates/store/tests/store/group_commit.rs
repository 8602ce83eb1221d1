//! Many callers, few transactions, and no caller pays for another's mistake.

use futures::future::join_all;
use store::{Error, Result, Store};

use crate::support::Database;

crate::on_both_engines!(
    a_thousand_concurrent_writes_share_a_handful_of_transactions,
    one_failing_piece_of_work_does_not_take_its_neighbours_with_it,
    work_that_panics_fails_alone_and_the_writer_lives_on,
    work_is_done_in_the_order_in_which_it_was_handed_in,
    a_closed_store_finishes_what_it_took_and_refuses_the_rest,
);

/// All of one community's, for on a server each has transactions of its own.
async fn set(store: &Store, name: String, value: String) -> Result<()> {
    store
        .write_in(&"community".into(), move |tx| {
            let (name, value) = (name.clone(), value.clone());
            Box::pin(async move { tx.set("", &name, &value).await })
        })
        .await
}

async fn a_thousand_concurrent_writes_share_a_handful_of_transactions(database: &Database) {
    let store = database.bridge().await;
    let before = transactions(database).await;
    let writes = (0..1000).map(|n| set(&store, format!("setting-{n}"), "here".to_owned()));
    let done: Vec<_> = join_all(writes).await;
    assert!(done.iter().all(Result::is_ok));
    let count = "select count(*) from setting where value = 'here'";
    assert_eq!(database.look(count).await, "1000");
    let shared = transactions(database).await - before;
    assert!((1..=10).contains(&shared), "{shared} transactions");
}

/// SQLite: the frames of its log that end a transaction. Postgres: how many transactions wrote the settings
/// that there are.
async fn transactions(database: &Database) -> usize {
    if !database.is_sqlite() {
        let writers = "select count(distinct cast(xmin as text)) from setting where value = 'here'";
        return database.look(writers).await.parse().unwrap();
    }
    const HEADER: usize = 32;
    const FRAME_HEADER: usize = 24;
    const PAGE: usize = 4096;
    let log = std::fs::read(format!("{}-wal", database.file().display())).unwrap();
    let page_size = u32::from_be_bytes(log[8..12].try_into().unwrap());
    assert_eq!(page_size as usize, PAGE);
    // The second number of a frame is 0, but for the last frame of a transaction.
    log[HEADER..]
        .chunks_exact(FRAME_HEADER + PAGE)
        .filter(|frame| frame[4..8] != [0; 4])
        .count()
}

async fn one_failing_piece_of_work_does_not_take_its_neighbours_with_it(database: &Database) {
    let store = database.bridge().await;
    let writes = (0..100).map(|n| {
        let store = store.clone();
        async move {
            store
                .write(move |tx| {
                    Box::pin(async move {
                        tx.set("", &format!("setting-{n}"), "here").await?;
                        match n % 40 {
                            20 => Err(Error::Unreadable(format!("{n} says no"))),
                            _ => Ok(n),
                        }
                    })
                })
                .await
        }
    });
    let done = join_all(writes).await;
    let failed: Vec<_> = (0..100).filter(|&n| done[n].is_err()).collect();
    assert_eq!(failed, [20, 60]);
    assert_eq!(done[20].as_ref().unwrap_err().to_string(), "20 says no");
    assert_eq!(*done[21].as_ref().unwrap(), 21);
    let count = "select count(*) from setting where value = 'here'";
    assert_eq!(database.look(count).await, "98", "what failed left nothing");
}

async fn work_that_panics_fails_alone_and_the_writer_lives_on(database: &Database) {
    let store = database.bridge().await;
    let neighbour = set(&store, "neighbour".to_owned(), "here".to_owned());
    let panics = store.write(|_| -> futures::future::BoxFuture<'_, Result<()>> { panic!("a bug") });
    let (neighbour, panicked) = futures::join!(neighbour, panics);
    assert!(neighbour.is_ok());
    assert!(matches!(panicked, Err(Error::Panicked)));
    set(&store, "later".to_owned(), "here".to_owned())
        .await
        .unwrap();
    let count = "select count(*) from setting where value = 'here'";
    assert_eq!(database.look(count).await, "2");
}

async fn work_is_done_in_the_order_in_which_it_was_handed_in(database: &Database) {
    let store = database.bridge().await;
    let mut writes = Vec::new();
    for n in 0..50 {
        let mut write = Box::pin(set(&store, "last".to_owned(), n.to_string()));
        assert!(
            futures::poll!(&mut write).is_pending(),
            "handed in, not done"
        );
        writes.push(write);
    }
    join_all(writes).await;
    let last = "select value from setting where name = 'last'";
    assert_eq!(database.look(last).await, "49");
}

async fn a_closed_store_finishes_what_it_took_and_refuses_the_rest(database: &Database) {
    let store = database.bridge().await;
    let writes = (0..300).map(|n| set(&store, format!("setting-{n}"), "here".to_owned()));
    let (done, ()) = futures::join!(join_all(writes), store.close());
    let kept = done.iter().filter(|it| it.is_ok()).count();
    let count = "select count(*) from setting where value = 'here'";
    assert_eq!(
        database.look(count).await,
        kept.to_string(),
        "Ok means that it is there"
    );
    let late = set(&store, "late".to_owned(), "here".to_owned()).await;
    assert!(matches!(late, Err(Error::Closed)));
}
