//! Mixed traffic on all four platforms, and a bridge that dies in its middle, or loses its database.

use std::time::{Duration, Instant};

use crate::crowd::Crowd;
use crate::kills;
use crate::support::{PATIENCE, cut_connections, fresh_postgres};

/// What each says between two deaths.
const ROUNDS: usize = 3;

async fn pause(milliseconds: usize) {
    tokio::time::sleep(Duration::from_millis(milliseconds as u64)).await;
}

/// As long as there is something new from time to time: there may be much to be said.
async fn all_have_come(crowd: &Crowd) {
    let (mut seen, mut since) = (0, Instant::now());
    while !crowd.is_complete() {
        if crowd.arrivals() > seen {
            (seen, since) = (crowd.arrivals(), Instant::now());
        }
        let picture = || crowd.square.town.picture();
        assert!(
            since.elapsed() < PATIENCE,
            "{}\n{}",
            crowd.missing(),
            picture()
        );
        pause(200).await;
    }
}

/// Telegram and mailboxes have no key and no history: at most one message more in each for each death. A mail that was
/// put off comes again when its sender likes.
fn prove(crowd: &Crowd, deaths: usize) {
    let crossings = crowd.crossings();
    for it in &crossings {
        println!("{deaths} deaths, {} to {}: {:?}", it.from, it.to, it.tally);
    }
    let (mut twice_on_telegram, mut twice_in_a_mailbox) = (0, 0);
    for it in crossings {
        assert_eq!(it.tally.lost, 0);
        assert!(it.tally.out_of_order == 0 || it.from == 'M');
        match it.to {
            'T' => twice_on_telegram += it.tally.duplicated,
            'M' => twice_in_a_mailbox += it.tally.duplicated,
            _ => assert_eq!(it.tally.duplicated, 0),
        }
    }
    for twice in [twice_on_telegram, twice_in_a_mailbox] {
        assert!(twice <= deaths as u64, "{twice}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kills_in_mixed_traffic_on_four_platforms_lose_nothing() {
    let deaths = kills(200);
    let mut crowd = Crowd::open().await;
    // What was said before there was a room is not read from any history.
    crowd.square.town.begin().await;
    crowd.square.town.kill();
    for death in 0..deaths {
        crowd.square.town.start();
        (0..ROUNDS).for_each(|_| crowd.speak());
        // At another moment each time: while it starts, at the first arrivals, near the end of what was said.
        let enough = crowd.arrivals() + death % (13 * ROUNDS);
        let town = &crowd.square.town;
        town.until("something arrives", || crowd.arrivals() >= enough)
            .await;
        pause(death * 37 % 50).await;
        // What dies with the bridge a dozen times in a row is held for what kills it.
        if death % 10 == 9 {
            all_have_come(&crowd).await;
        }
        town.kill();
    }
    crowd.square.town.begin().await;
    all_have_come(&crowd).await;
    crowd.square.town.end();
    prove(&crowd, deaths);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cut_connections_and_kills_on_postgres_lose_nothing() {
    let Some(url) = fresh_postgres() else {
        return;
    };
    let deaths = kills(25);
    let mut crowd = Crowd::open().await;
    crowd.square.town.plan.store_url = Some(url.clone());
    crowd.square.town.begin().await;
    for death in 0..deaths {
        let enough = crowd.arrivals() + 13;
        for _ in 0..4 * ROUNDS {
            crowd.speak();
            pause(death * 37 % 50).await;
        }
        let town = &crowd.square.town;
        town.until("something arrives", || crowd.arrivals() >= enough)
            .await;
        if death % 5 == 2 {
            town.kill();
            town.begin().await;
        }
        cut_connections(&url);
    }
    all_have_come(&crowd).await;
    crowd.square.town.end();
    prove(&crowd, deaths + deaths / 5 + 1);
}
