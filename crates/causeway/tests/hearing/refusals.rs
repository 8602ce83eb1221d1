//! A store that takes nothing for a while, in the middle of what people say.

use std::time::Duration;

use store::{Role, Store};

use crate::pairs::Pairs;
use crate::support::{cut_connections, fresh_postgres};

/// Somebody else writes to the file for longer than the bridge waits for it.
const LOCKED: Duration = Duration::from_secs(7);

async fn lock(url: &str, said: tokio::sync::oneshot::Sender<()>) {
    let store = Store::open(url, Role::Visitor, engine::system_now()).await;
    let store = store.unwrap();
    let said = std::sync::Mutex::new(Some(said));
    let locked = store.write(move |_| {
        let said = said.lock().unwrap().take();
        Box::pin(async move {
            said.map(|it| it.send(()));
            tokio::time::sleep(LOCKED).await;
            Ok(())
        })
    });
    locked.await.unwrap();
    store.close().await;
}

/// Says on, a little at a time, as long as it holds.
async fn say_while(pairs: &mut Pairs, holds: impl Fn() -> bool) {
    while holds() {
        pairs.say(2);
        tokio::time::sleep(Duration::from_millis(40)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_that_another_program_locks_loses_nothing_and_swaps_nothing() {
    let _machine = crate::MACHINE.read().await;
    for is_killed in [false, true] {
        let mut pairs = Pairs::open(1, 1).await;
        pairs.begin().await;
        pairs.say(5);
        pairs.all_come().await;
        let (said, is_locked) = tokio::sync::oneshot::channel();
        let (url, log) = (pairs.town.store_url(), pairs.town.rig.log());
        let is_refused = || {
            let log = std::fs::read_to_string(&log).unwrap();
            // Of either platform: whose events come first finds the file locked.
            log.contains("the store takes nothing")
        };
        let talk = async {
            is_locked.await.unwrap();
            say_while(&mut pairs, || !is_refused()).await;
            if is_killed {
                pairs.kill();
            }
        };
        tokio::join!(lock(&url, said), talk);
        if is_killed {
            pairs.begin().await;
        }
        pairs.say(20);
        pairs.all_come_in_order().await;
        pairs.town.end();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn connections_to_postgres_that_are_cut_lose_nothing_and_swap_nothing() {
    let _machine = crate::MACHINE.read().await;
    let Some(url) = fresh_postgres() else {
        return;
    };
    let mut pairs = Pairs::open(1, 1).await;
    pairs.town.plan.store_url = Some(url.clone());
    pairs.begin().await;
    for number in 0..6 {
        for piece in 0..20 {
            pairs.say(2);
            tokio::time::sleep(Duration::from_millis(5)).await;
            if piece == 3 * number {
                cut_connections(&url);
            }
        }
        if number == 3 {
            pairs.kill();
            pairs.begin().await;
        }
    }
    pairs.all_come().await;
    for room in 0..2 {
        let tally = pairs.tally(room);
        assert_eq!((tally.lost, tally.out_of_order), (0, 0), "room {room}");
        // Telegram has no key and no history: a kill or a cut after the send leaves one more.
        assert!(tally.duplicated <= 7, "room {room}: {tally:?}");
    }
    pairs.town.end();
}
