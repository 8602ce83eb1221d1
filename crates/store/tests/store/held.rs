//! What waits for staff before anybody hears of it.

use std::time::Duration;

use conversation::{Event, Proof, Verdict};
use store::HeldLine;

use crate::support::{Database, NOW, World, posted};

crate::on_both_engines!(
    what_is_held_is_listed_and_nobody_hears_it,
    what_is_released_is_taken_once,
    what_is_dropped_is_gone_and_on_record,
    a_repeat_of_what_is_held_is_a_repeat,
    what_nobody_looks_at_is_forgotten_after_a_month,
    staff_is_told_once_until_it_looked,
);

const DAY: Duration = Duration::from_secs(24 * 3600);

/// Mails that nobody can tell the author of.
async fn held(database: &Database, words: &[&str]) -> World {
    let mut world = World::new(database).await;
    for text in words {
        let mut letter = posted(text, &[], text);
        letter.elided = "> a quote\0".to_owned();
        let mut event = world.event("mail:list", "Ana", Event::Posted(letter));
        event.proof = Proof::Missing;
        let verdict = world.take_in(event).await.unwrap().0;
        assert_eq!(verdict, Verdict::Hold("proof-missing"));
    }
    world
}

async fn lines(world: &World) -> Vec<HeldLine> {
    world.store.held("riverside", None, 100).await.unwrap()
}

async fn release(world: &World, id: &str) -> u64 {
    let (community, id, now) = (world.community("riverside").await, id.to_owned(), world.now);
    let released = world.store.write(move |tx| {
        let (community, id) = (community.clone(), id.clone());
        Box::pin(async move { tx.held(&community).release_held(&id, now).await })
    });
    released.await.unwrap()
}

async fn drop_held(world: &World, id: &str) -> u64 {
    let (community, id) = (world.community("riverside").await, id.to_owned());
    let dropped = world.store.write(move |tx| {
        let (community, id) = (community.clone(), id.clone());
        Box::pin(async move { tx.held(&community).drop_held(&id).await })
    });
    dropped.await.unwrap()
}

/// What the bridge finds, and takes.
async fn takes(world: &World) -> Vec<String> {
    let mut taken = Vec::new();
    for released in world.store.released().await.unwrap() {
        for _ in 0..2 {
            let released = released.clone();
            let one = world.store.write(move |tx| {
                let released = released.clone();
                Box::pin(async move {
                    tx.held(&released.community)
                        .take_released(&released.id)
                        .await
                })
            });
            taken.extend(one.await.unwrap());
        }
    }
    taken
}

async fn what_is_held_is_listed_and_nobody_hears_it(database: &Database) {
    let world = held(database, &["Give me the key", "Now\u{1b}[2J"]).await;
    let lines = lines(&world).await;
    assert_eq!(
        lines[0],
        HeldLine {
            id: lines[0].id.clone(),
            channel: "mail:list".to_owned(),
            author: "Ana".to_owned(),
            account: "account-of-Ana".to_owned(),
            message_excerpt: "Give me the key".to_owned(),
            reason: "proof-missing".to_owned(),
            said_at_ms: NOW.0 + 1000,
            held_at_ms: NOW.0 + 1000,
        }
    );
    assert_eq!(lines[1].message_excerpt, "Now\u{FFFD}[2J");
    assert_eq!(world.deliveries().await, "");
    assert_eq!(database.look("select count(*) from identity").await, "0");
    let verdicts = "select verdict, count(*) from event group by verdict";
    assert_eq!(database.look(verdicts).await, "proof-missing|2");
    let kept = "select count(*) from held where event like '%quote%'";
    assert_eq!(database.look(kept).await, "0", "it is set aside already");
}

async fn what_is_released_is_taken_once(database: &Database) {
    let world = held(database, &["one", "two", "three"]).await;
    assert_eq!(takes(&world).await, [""; 0], "nothing was released yet");
    let second = lines(&world).await[1].id.clone();
    assert_eq!(release(&world, &second).await, 1);
    assert_eq!(release(&world, &second).await, 0, "it is already");
    assert_eq!(lines(&world).await.len(), 2);
    let taken = takes(&world).await;
    assert_eq!(taken.len(), 1);
    assert!(taken[0].contains("two"), "{taken:?}");
    assert_eq!(release(&world, "").await, 2);
    assert_eq!(release(&world, "").await, 0);
    assert_eq!(drop_held(&world, &second).await, 0, "it is taken");
    let words: Vec<_> = takes(&world).await;
    assert!(words[0].contains("one") && words[1].contains("three"));
    assert_eq!(database.look("select count(*) from held").await, "0");
}

async fn what_is_dropped_is_gone_and_on_record(database: &Database) {
    let world = held(database, &["one", "two"]).await;
    let first = lines(&world).await[0].id.clone();
    assert_eq!(drop_held(&world, "no such id").await, 0);
    assert_eq!(drop_held(&world, &first).await, 1);
    assert_eq!(release(&world, "").await, 1);
    assert_eq!(drop_held(&world, "").await, 1, "nobody has taken it yet");
    assert_eq!(takes(&world).await, [""; 0]);
    let verdicts = "select verdict, count(*) from event group by verdict";
    assert_eq!(database.look(verdicts).await, "dropped-by-staff|2");
}

async fn a_repeat_of_what_is_held_is_a_repeat(database: &Database) {
    let mut world = World::new(database).await;
    let mut event = world.event("mail:list", "Ana", Event::Posted(posted("1", &[], "Me")));
    event.proof = Proof::Failed;
    let first = world.take_in(event.clone()).await.unwrap().0;
    assert_eq!(first, Verdict::Hold("proof-failed"));
    for _ in 0..2 {
        let again = world.take_in(event.clone()).await.unwrap().0;
        assert_eq!(again, Verdict::Drop("repeat"));
    }
    assert_eq!(lines(&world).await.len(), 1);
}

async fn what_nobody_looks_at_is_forgotten_after_a_month(database: &Database) {
    let world = held(database, &["one", "two"]).await;
    let second = lines(&world).await[1].id.clone();
    release(&world, &second).await;
    for (days, forgotten) in [(29, 0), (31, 1), (32, 0)] {
        let now = NOW.plus(DAY * days);
        let went = world
            .store
            .write(move |tx| Box::pin(async move { tx.installation().forget_old(now).await }));
        assert_eq!(went.await.unwrap().held, forgotten, "after {days} days");
    }
    assert_eq!(takes(&world).await.len(), 1, "what was released still goes");
}

async fn staff_is_told_once_until_it_looked(database: &Database) {
    let mut world = held(database, &["one", "two"]).await;
    let notices = world.store.notices(10).await.unwrap();
    assert_eq!(notices.len(), 1);
    assert_eq!(
        (notices[0].kind.as_str(), &*notices[0].about),
        ("held", "mail:list")
    );
    assert!(
        notices[0]
            .text
            .contains("nothing proves it: `causeway held list`")
    );
    for act in ["release", "drop"] {
        match act {
            "release" => release(&world, "").await,
            _ => drop_held(&world, "").await,
        };
        assert_eq!(world.store.notices(10).await.unwrap(), [], "{act}");
        let mut event = world.event("mail:list", "Ana", Event::Posted(posted(act, &[], act)));
        event.proof = Proof::Failed;
        world.take_in(event).await.unwrap();
        assert_eq!(world.store.notices(10).await.unwrap().len(), 1, "{act}");
    }
}
