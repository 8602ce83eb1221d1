//! What falls due while the bridge runs, by its own clock.

use std::time::Duration;

use crate::support::{Corner, Square};

/// A clock that looks again and again would need all of it.
const AWAKE: Duration = Duration::from_secs(2);
const IDLE: Duration = Duration::from_millis(500);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_only_a_newer_version_knows_falls_due_is_left_alone_and_keeps_nobody_awake() {
    let square = Square::open().await;
    let town = &square.town;
    town.begin().await;
    town.says(0, "before");
    square.until_at(Corner::Mail, "before").await;
    assert!(town.stop().success(), "{}", town.log());
    let nudge = "insert into due (community_id, kind, about, at, attempts) values ('', 'nudge', 'somebody', 0, 0)";
    town.change_store(nudge).await;
    town.begin().await;
    town.says(0, "after");
    square.until_at(Corner::Mail, "after").await;
    tokio::time::sleep(AWAKE).await;
    let before = town.cpu_time();
    tokio::time::sleep(AWAKE).await;
    let spent = town.cpu_time() - before;
    assert!(spent < IDLE, "{spent:?} of {AWAKE:?}");
    town.end();
    let left =
        sqlx::query_scalar::<_, i64>("select count(*) from due where kind = 'nudge' and at = 0");
    let mut store = town.change_store("select 1").await;
    assert_eq!(left.fetch_one(&mut store).await.unwrap(), 1);
}
