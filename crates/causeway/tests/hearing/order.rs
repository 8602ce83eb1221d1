//! What is said while the bridge is away, and at once when it is back, and in a burst.

use crate::pairs::Pairs;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_said_while_the_bridge_was_stopped_comes_before_what_is_said_then() {
    let _machine = crate::MACHINE.read().await;
    let mut pairs = Pairs::open(2, 2).await;
    pairs.begin().await;
    pairs.say(1);
    pairs.all_come().await;
    // With and without a word about what was missed: by SIGTERM, and by SIGKILL.
    for is_killed in [false, true] {
        match is_killed {
            true => pairs.kill(),
            false => assert!(pairs.town.stop().success()),
        }
        pairs.say(300);
        pairs.begin().await;
        for _ in 0..30 {
            pairs.say(5);
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        pairs.all_come_in_order_after(u64::from(is_killed)).await;
    }
    pairs.town.end();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_burst_of_a_thousand_comes_in_order() {
    let _machine = crate::MACHINE.read().await;
    let mut pairs = Pairs::open(1, 1).await;
    pairs.begin().await;
    pairs.say(1_000);
    pairs.all_come_in_order().await;
    pairs.town.end();
}
