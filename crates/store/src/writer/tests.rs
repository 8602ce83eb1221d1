//! A disk that was full does not stop the store for ever.

#![allow(clippy::unwrap_used)]

use conversation::Timestamp;
use sqlx::Executor;

use crate::{Result, Role, Store};

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
    let url = format!("sqlite:{}", folder.path().join("causeway.db").display());
    let store = Store::open(&url, Role::Bridge, Timestamp(0)).await.unwrap();
    // SQLite refuses to grow beyond that as it does when the disk is full.
    let limited = store.write(|tx| {
        Box::pin(async {
            let no_more = "pragma max_page_count = 1";
            tx.connection().execute(no_more).await?;
            Ok(())
        })
    });
    limited.await.unwrap();
    let refused = fill(&store, "one").await.unwrap_err();
    assert!(refused.to_string().contains("full"), "{refused}");
    let again = store.write(|tx| {
        Box::pin(async {
            let plenty = "pragma max_page_count = 100000";
            tx.connection().execute(plenty).await?;
            Ok(())
        })
    });
    again.await.unwrap();
    fill(&store, "two").await.unwrap();
    let settings = store.write(|tx| {
        Box::pin(async { Ok((tx.setting("", "one").await?, tx.setting("", "two").await?)) })
    });
    let (one, two) = settings.await.unwrap();
    assert_eq!((one, two.map(|it| it.len())), (None, Some(100_000)));
}
