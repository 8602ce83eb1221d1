//! What is to be sent next, and what an adapter is told about it.

use std::time::Duration;

use conversation::OperationKind;
use store::{Claim, Look, Progress};

use crate::support::{Database, World};

crate::on_both_engines!(
    a_channel_is_served_in_the_order_in_which_things_were_said,
    the_head_of_the_queue_holds_back_what_comes_after_it,
    a_channel_does_not_wait_for_another,
    an_empty_queue_is_idle,
    the_attempt_is_counted_before_the_work,
    an_attempt_that_was_cut_off_is_in_doubt,
    a_change_is_told_where_its_message_stands,
    a_message_that_goes_home_is_told_its_own_id,
    orders_of_delivery_survive_a_restart,
    what_cannot_be_read_is_given_up_and_lets_the_next_one_through,
    what_has_lost_a_row_of_its_own_is_not_taken_for_nothing_to_do,
);

async fn a_channel_is_served_in_the_order_in_which_things_were_said(database: &Database) {
    let mut world = World::new(database).await;
    for n in 1..=3 {
        let (id, text) = (n.to_string(), format!("number {n}"));
        world.posts("chat:a", "Ana", &id, &text).await;
    }
    world.edits("chat:a", "Ana", "1", "number 1, mended").await;
    let mut said = Vec::new();
    for n in 0..4 {
        let work = world.delivers("chat:b", &format!("b{n}")).await;
        said.push(format!("{} {}", work.operation.as_str(), work.said.subject));
    }
    crate::assert_text!(said.join("\n"), @r"
    post number 1, mended
    post number 2
    post number 3
    edit number 1, mended
    ");
}

async fn what_cannot_be_read_is_given_up_and_lets_the_next_one_through(database: &Database) {
    let mut world = World::new(database).await;
    world.posts("chat:a", "Ana", "1", "first").await;
    world.posts("chat:a", "Ana", "2", "second").await;
    database
        .execute("update body set content = '{' where subject = 'first'")
        .await;
    let entry = world.entry("chat:b");
    let claimed = world.try_claim(entry.clone()).await;
    assert!(matches!(claimed, Err(store::Error::Unreadable(_))));
    let given_up = world.store.write(move |tx| {
        let entry = entry.clone();
        Box::pin(async move {
            tx.outbox(&entry)
                .give_up_head(&Look::default(), "unreadable")
                .await
        })
    });
    given_up.await.unwrap();
    assert_eq!(world.work("chat:b").await.said.subject, "second");
    assert_eq!(
        world
            .store
            .stopped_deliveries("riverside", None, 10)
            .await
            .unwrap()
            .len(),
        1
    );
}

async fn what_has_lost_a_row_of_its_own_is_not_taken_for_nothing_to_do(database: &Database) {
    let mut world = World::new(database).await;
    world.posts("chat:a", "Ana", "1", "first").await;
    for row in ["name", "identity", "message"] {
        database
            .execute(&format!("update {row} set id = 'lost-' || id"))
            .await;
        let claimed = world.try_claim(world.entry("chat:b")).await;
        assert!(matches!(claimed, Err(store::Error::Unreadable(_))), "{row}");
        database
            .execute(&format!("update {row} set id = substr(id, 6)"))
            .await;
    }
    world.work("chat:b").await;
}

async fn the_head_of_the_queue_holds_back_what_comes_after_it(database: &Database) {
    let mut world = World::new(database).await;
    world.posts("chat:a", "Ana", "1", "first").await;
    world.posts("chat:a", "Ana", "2", "second").await;
    let work = world.work("chat:b").await;
    let at = world.now.plus(Duration::from_secs(10));
    world.finishes(&work, &[], again(at, "busy")).await;
    assert!(matches!(world.claim("chat:b").await, Claim::NotBefore(when) if when == at));
    world.later(Duration::from_secs(10));
    assert_eq!(world.delivers("chat:b", "b1").await.said.subject, "first");
    assert_eq!(world.delivers("chat:b", "b2").await.said.subject, "second");
}

fn again(at: conversation::Timestamp, reason: &str) -> Progress {
    Progress::Again {
        at,
        reason: reason.to_owned(),
        done: None,
        count: store::Count::Counted,
    }
}

async fn a_channel_does_not_wait_for_another(database: &Database) {
    let mut world = World::new(database).await;
    world.posts("chat:a", "Ana", "1", "first").await;
    let work = world.work("chat:b").await;
    let never = world.now.plus(Duration::from_secs(3600));
    world.finishes(&work, &[], again(never, "gone")).await;
    assert_eq!(world.work("mail:list").await.said.subject, "first");
}

async fn an_empty_queue_is_idle(database: &Database) {
    let mut world = World::new(database).await;
    assert!(matches!(world.claim("chat:b").await, Claim::Idle));
    assert!(!world.store.has_open_deliveries().await.unwrap());
    world.posts("chat:a", "Ana", "1", "first").await;
    assert!(
        matches!(world.claim("chat:a").await, Claim::Idle),
        "it stands there already"
    );
    assert!(world.store.has_open_deliveries().await.unwrap());
    world.delivers("chat:b", "b1").await;
    world.delivers("mail:list", "m1").await;
    assert!(!world.store.has_open_deliveries().await.unwrap());
}

async fn the_attempt_is_counted_before_the_work(database: &Database) {
    let mut world = World::new(database).await;
    world.posts("chat:a", "Ana", "1", "first").await;
    assert_eq!(world.work("chat:b").await.attempt.number, 1);
    crate::assert_text!(world.deliveries().await, @r#"
    post Ana "first" chat:a -> chat:b: sending x1
    post Ana "first" chat:a -> mail:list: to_do x0
    "#);
}

async fn an_attempt_that_was_cut_off_is_in_doubt(database: &Database) {
    let mut world = World::new(database).await;
    world.posts("chat:a", "Ana", "1", "first").await;
    let first = world.work("chat:b").await;
    let second = world.work("chat:b").await;
    assert!(!first.attempt.in_doubt);
    assert!(second.attempt.in_doubt, "the first may have arrived");
    assert_eq!(second.delivery, first.delivery);
    assert_eq!(second.attempt.number, 2);
}

async fn a_change_is_told_where_its_message_stands(database: &Database) {
    let mut world = World::new(database).await;
    world.posts("chat:a", "Ana", "1", "Cake").await;
    let post = world.work("chat:b").await;
    let sent = Progress::Sent {
        revision: 0,
        at: world.now,
    };
    world.finishes(&post, &["b1 b2", "b3"], sent).await;
    world.edits("chat:a", "Ana", "1", "Cakes").await;
    world.reacts("chat:a", "Bo", "1", ("👍", "")).await;
    world.deletes("chat:a", "Ana", "1").await;
    let edit = world.delivers("chat:b", "").await;
    assert_eq!(edit.operation, OperationKind::Edit);
    assert_eq!(
        edit.standing.parts,
        [vec!["b1".into(), "b2".into()], vec!["b3".into()]]
    );
    assert_eq!((edit.standing.revision, edit.said.revision), (0, 1));
    let react = world.delivers("chat:b", "").await;
    assert_eq!(
        react.standing.parts,
        [vec!["b1".into()]],
        "a reaction goes to the first part"
    );
    let delete = world.delivers("chat:b", "").await;
    assert_eq!(delete.operation, OperationKind::Delete);
    assert_eq!(delete.standing.parts.concat().len(), 3);
}

async fn a_message_that_goes_home_is_told_its_own_id(database: &Database) {
    let mut world = World::new(database).await;
    world
        .posts("mail:list", "Bo", "<1@example.org>", "Hello")
        .await;
    let channel = world.entry("mail:list").channel.id.0;
    database
        .execute(&format!(
            "update delivery set channel_id = '{channel}' where channel_id = '{}'",
            world.entry("chat:b").channel.id
        ))
        .await;
    let work = world.work("mail:list").await;
    assert_eq!(work.context.original, Some("<1@example.org>".into()));
    assert_eq!(world.work("chat:a").await.context.original, None);
}

async fn orders_of_delivery_survive_a_restart(database: &Database) {
    let mut world = World::new(database).await;
    world.posts("chat:a", "Ana", "1", "before").await;
    world.store.close().await;
    let mut world = World::on(database.bridge().await);
    world.posts("chat:a", "Ana", "2", "after").await;
    assert_eq!(world.delivers("chat:b", "b1").await.said.subject, "before");
    assert_eq!(world.delivers("chat:b", "b2").await.said.subject, "after");
}
