//! What became of an attempt.

use std::time::Duration;

use store::{Claim, Progress};

use crate::support::{Database, World, finish};

crate::on_both_engines!(
    parts_arrive_one_by_one_and_each_is_known_at_once,
    a_part_that_arrived_starts_the_count_and_the_progress_anew,
    a_wait_that_the_platform_asked_for_is_not_counted,
    progress_is_kept_over_attempts_that_made_none,
    a_doubt_is_told_to_the_next_attempt,
    a_dead_delivery_lets_the_next_one_through,
    a_suppressed_delivery_says_by_which_rule,
    an_id_that_stands_already_stays_what_it_is,
    an_edit_moves_its_post_to_the_new_revision,
    thousands_of_ids_fit_into_one_receipt,
);

async fn one_posted(database: &Database) -> World {
    let mut world = World::new(database).await;
    world.posts("chat:a", "Ana", "1", "A long story").await;
    world
}

async fn parts_arrive_one_by_one_and_each_is_known_at_once(database: &Database) {
    let world = one_posted(database).await;
    let first = world.work("chat:b").await;
    world
        .finishes(
            &first,
            &["b1 b2"],
            Progress::PartSent {
                revision: 0,
                at: world.now,
            },
        )
        .await;
    let second = world.work("chat:b").await;
    assert_eq!(second.sent.parts, [vec!["b1".into(), "b2".into()]]);
    world
        .finishes(
            &second,
            &["b1 b2", "b3"],
            Progress::PartSent {
                revision: 0,
                at: world.now,
            },
        )
        .await;
    let third = world.work("chat:b").await;
    let sent = Progress::Sent {
        revision: 0,
        at: world.now,
    };
    world.finishes(&third, &["b1 b2", "b3", "b4"], sent).await;
    let copies = "select remote_id, part from copy where remote_id like 'b%' order by part";
    crate::assert_text!(database.look(copies).await, @r"
    b1|0
    b2|1
    b3|2
    b4|3
    ");
    crate::assert_text!(world.deliveries().await, @r#"
    post Ana "A long story" chat:a -> chat:b: sent x1
    post Ana "A long story" chat:a -> mail:list: to_do x0
    "#);
}

async fn a_part_that_arrived_starts_the_count_and_the_progress_anew(database: &Database) {
    let world = one_posted(database).await;
    for _ in 0..3 {
        let work = world.work("chat:b").await;
        world
            .finishes(&work, &[], again(&world, Some("members 1 to 300")))
            .await;
    }
    let work = world.work("chat:b").await;
    assert_eq!(
        (work.attempt.number, work.attempt.progress.as_deref()),
        (4, Some("members 1 to 300"))
    );
    world
        .finishes(
            &work,
            &["b1"],
            Progress::PartSent {
                revision: 0,
                at: world.now,
            },
        )
        .await;
    let next = world.work("chat:b").await;
    assert_eq!((next.attempt.number, next.attempt.progress), (1, None));
}

fn again(world: &World, done: Option<&str>) -> Progress {
    Progress::Again {
        at: world.now,
        reason: "busy".to_owned(),
        done: done.map(str::to_owned),
        count: store::Count::Counted,
    }
}

async fn a_wait_that_the_platform_asked_for_is_not_counted(database: &Database) {
    let world = one_posted(database).await;
    for _ in 0..3 {
        let work = world.work("chat:b").await;
        assert_eq!(work.attempt.number, 1);
        let wait = Progress::Again {
            at: world.now,
            reason: "too many requests".to_owned(),
            done: None,
            count: store::Count::Uncounted,
        };
        world.finishes(&work, &[], wait).await;
    }
    crate::assert_text!(world.deliveries().await, @r#"
    post Ana "A long story" chat:a -> chat:b: to_do x0 (too many requests)
    post Ana "A long story" chat:a -> mail:list: to_do x0
    "#);
}

async fn progress_is_kept_over_attempts_that_made_none(database: &Database) {
    let world = one_posted(database).await;
    for done in [Some("up to 10"), None, None] {
        let work = world.work("chat:b").await;
        world.finishes(&work, &[], again(&world, done)).await;
    }
    let work = world.work("chat:b").await;
    assert_eq!(work.attempt.progress.as_deref(), Some("up to 10"));
    assert_eq!(work.attempt.number, 4);
}

async fn a_doubt_is_told_to_the_next_attempt(database: &Database) {
    let mut world = one_posted(database).await;
    let work = world.work("chat:b").await;
    let at = world.now.plus(Duration::from_secs(1));
    let doubt = Progress::InDoubt {
        at,
        reason: "no answer".to_owned(),
        done: Some("up to 10".to_owned()),
        count: store::Count::First,
    };
    world.finishes(&work, &[], doubt).await;
    assert!(matches!(world.claim("chat:b").await, Claim::NotBefore(when) if when == at));
    world.later(Duration::from_secs(1));
    let work = world.work("chat:b").await;
    assert!(work.attempt.in_doubt);
    assert_eq!(work.attempt.progress.as_deref(), Some("up to 10"));
}

async fn a_dead_delivery_lets_the_next_one_through(database: &Database) {
    let mut world = one_posted(database).await;
    world.posts("chat:a", "Ana", "2", "The next").await;
    let work = world.work("chat:b").await;
    world
        .finishes(
            &work,
            &[],
            Progress::Dead {
                reason: "refused: too long".to_owned(),
            },
        )
        .await;
    world.delivers("chat:b", "b2").await;
    crate::assert_text!(world.deliveries().await, @r#"
    post Ana "A long story" chat:a -> chat:b: dead x1 (refused: too long)
    post Ana "A long story" chat:a -> mail:list: to_do x0
    post Ana "The next" chat:a -> chat:b: sent x1
    post Ana "The next" chat:a -> mail:list: to_do x0
    "#);
    let stopped = world
        .store
        .stopped_deliveries("riverside", None, 10)
        .await
        .unwrap();
    assert_eq!(stopped.len(), 1);
    assert_eq!(stopped[0].id, work.delivery.0);
}

async fn a_suppressed_delivery_says_by_which_rule(database: &Database) {
    let world = one_posted(database).await;
    let work = world.work("chat:b").await;
    world
        .finishes(
            &work,
            &[],
            Progress::Suppressed {
                rule: "nothing-to-say",
            },
        )
        .await;
    crate::assert_text!(world.deliveries().await, @r#"
    post Ana "A long story" chat:a -> chat:b: suppressed x1 (nothing-to-say)
    post Ana "A long story" chat:a -> mail:list: to_do x0
    "#);
    let tally = world.store.tally().await.unwrap();
    assert_eq!((tally.open, tally.suppressed), (1, 1));
}

async fn an_id_that_stands_already_stays_what_it_is(database: &Database) {
    let mut world = one_posted(database).await;
    let theirs = world.posts("chat:b", "Bo", "b1", "Mine").await;
    world.delivers("chat:b", "b1").await;
    let owner = database
        .look("select message_id from copy where remote_id = 'b1'")
        .await;
    assert_eq!(owner, theirs.0);
}

async fn an_edit_moves_its_post_to_the_new_revision(database: &Database) {
    let mut world = one_posted(database).await;
    world.delivers("chat:b", "b1").await;
    world
        .edits("chat:a", "Ana", "1", "A much longer story")
        .await;
    let work = world.work("chat:b").await;
    let sent = Progress::Sent {
        revision: 1,
        at: world.now,
    };
    let done = finish(&work, &["b1", "b2"], sent);
    world
        .store
        .write(move |tx| {
            let done = done.clone();
            Box::pin(async move {
                tx.outcome(&done).record().await?;
                tx.outcome(&done).record_edit(1).await
            })
        })
        .await
        .unwrap();
    world.deletes("chat:a", "Ana", "1").await;
    let delete = world.work("chat:b").await;
    assert_eq!(
        delete.standing.parts,
        [vec!["b1".into()], vec!["b2".into()]]
    );
    assert_eq!(delete.standing.revision, 1);
    let of_b2 = database
        .look("select message_id from copy where remote_id = 'b2'")
        .await;
    assert_eq!(of_b2, work.message.0, "the new part is known as ours");
}

async fn thousands_of_ids_fit_into_one_receipt(database: &Database) {
    let world = one_posted(database).await;
    let work = world.work("chat:b").await;
    let ids: Vec<_> = (0..8000).map(|n| format!("b{n}")).collect();
    let sent = Progress::Sent {
        revision: 0,
        at: world.now,
    };
    world.finishes(&work, &[&ids.join(" ")], sent).await;
    let copies = "select count(*), max(part) from copy where remote_id like 'b%'";
    assert_eq!(database.look(copies).await, "8000|7999");
}
