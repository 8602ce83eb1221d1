//! Bursts in one group of Telegram, for another group and a mailbox.

use crate::kills;
use crate::support::numbers::Numbers;
use crate::support::{BO, Town};

const BURST: usize = 12;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kills_in_bursts_lose_nothing() {
    let kills = kills(100);
    let town = Town::open(3, &[BO]).await;
    let mut said = Numbers::default();
    for kill in 0..kills {
        town.start();
        said.say_all(&town, BURST);
        // At another moment each time: while it starts, at the first arrivals, near the end of the burst.
        let enough = arrivals(&town) + kill % (2 * BURST);
        town.until("something arrives", || arrivals(&town) >= enough)
            .await;
        town.kill();
    }
    town.begin().await;
    town.until("all have come", || {
        said.have_come_to_group(&town, 1)
            && said.have_come_to_group(&town, 2)
            && said.have_come_to(&town, BO)
    })
    .await;
    town.end();
    prove_telegram(&town, &said, kills);
    prove_mail(&town, &said, kills);
}

fn arrivals(town: &Town) -> usize {
    let in_groups = town.groups.iter().map(|it| town.rig.telegram.log_len(*it));
    in_groups.sum::<usize>() + usize::try_from(town.rig.mail.received()).unwrap()
}

/// Nobody can look into a mailbox, and it keeps both: at most the mail that was on its way is doubled by a kill.
fn prove_mail(town: &Town, said: &Numbers, kills: usize) {
    let tally = said.tally_in_mailbox(town, BO);
    assert_eq!((tally.lost, tally.out_of_order), (0, 0));
    println!(
        "{kills} kills: {} duplicates in a mailbox",
        tally.duplicated
    );
    assert!(tally.duplicated <= kills as u64);
}

/// Telegram has no key and no history: at most one message of each chat is doubled by a kill.
fn prove_telegram(town: &Town, said: &Numbers, kills: usize) {
    for group in [1, 2] {
        let tally = said.tally_in_group(town, group);
        assert_eq!((tally.lost, tally.out_of_order), (0, 0));
        println!("{kills} kills: {} duplicates in a group", tally.duplicated);
        assert!(tally.duplicated <= kills as u64);
    }
}
