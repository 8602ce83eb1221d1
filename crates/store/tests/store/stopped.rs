//! Dead letters, what the storm brake held, and what staff is told.

use store::{Notice, NoticeKind, Progress};

use crate::support::{Database, NOW, World};

crate::on_both_engines!(
    a_dead_letter_goes_out_again_when_staff_says_so,
    one_dead_letter_can_be_named_by_the_beginning_of_its_id,
    what_is_not_stopped_is_neither_retried_nor_dropped,
    a_dropped_delivery_stays_on_record,
    staff_is_told_once_until_the_cause_is_gone,
    a_retry_of_dead_letters_makes_the_next_one_news_again,
    a_retry_wakes_a_bridge_in_another_process,
    the_tally_counts_every_state,
);

/// Two messages that chat:b refused.
async fn two_dead(database: &Database) -> World {
    let mut world = World::new(database).await;
    for (id, text) in [("1", "one"), ("2", "two")] {
        world.posts("chat:a", "Ana", id, text).await;
        let work = world.work("chat:b").await;
        let dead = Progress::Dead {
            reason: "refused".to_owned(),
        };
        world.finishes(&work, &[], dead).await;
    }
    world
}

async fn retry(world: &World, id: &str) -> u64 {
    let (community, id, now) = (world.community("riverside").await, id.to_owned(), world.now);
    world
        .store
        .write(move |tx| {
            let (community, id) = (community.clone(), id.clone());
            Box::pin(async move { tx.held(&community).retry_stopped(&id, now).await })
        })
        .await
        .unwrap()
}

async fn drop_stopped(world: &World, id: &str) -> u64 {
    let (community, id) = (world.community("riverside").await, id.to_owned());
    world
        .store
        .write(move |tx| {
            let (community, id) = (community.clone(), id.clone());
            Box::pin(async move { tx.held(&community).drop_stopped(&id).await })
        })
        .await
        .unwrap()
}

async fn a_dead_letter_goes_out_again_when_staff_says_so(database: &Database) {
    let mut world = two_dead(database).await;
    world.posts("chat:a", "Ana", "3", "three").await;
    assert_eq!(retry(&world, "").await, 2);
    let first = world.delivers("chat:b", "b1").await;
    assert_eq!(
        (first.attempt.number, first.created_at),
        (1, world.now),
        "it lives its whole life again"
    );
    world.delivers("chat:b", "b2").await;
    world.delivers("chat:b", "b3").await;
    crate::assert_text!(world.deliveries().await, @r#"
    post Ana "one" chat:a -> chat:b: sent x1
    post Ana "one" chat:a -> mail:list: to_do x0
    post Ana "two" chat:a -> chat:b: sent x1
    post Ana "two" chat:a -> mail:list: to_do x0
    post Ana "three" chat:a -> chat:b: sent x1
    post Ana "three" chat:a -> mail:list: to_do x0
    "#);
}

async fn one_dead_letter_can_be_named_by_the_beginning_of_its_id(database: &Database) {
    let world = two_dead(database).await;
    let stopped = world
        .store
        .stopped_deliveries("riverside", 10)
        .await
        .unwrap();
    let community = world.community("riverside").await;
    let store = &world.store;
    let found = async |begin: &str| store.ids_of_stopped(&community, begin).await.unwrap();
    assert_eq!(found("").await, [stopped[0].id.as_str(), &stopped[1].id]);
    assert_eq!(found(&stopped[1].id).await, [stopped[1].id.as_str()]);
    assert!(found("%").await.is_empty());
    let others = store.ids_of_stopped(&"c2".into(), "").await;
    assert!(others.unwrap().is_empty());
    assert_eq!(retry(&world, &stopped[1].id).await, 1);
    assert_eq!(world.work("chat:b").await.said.subject, "two");
    assert_eq!(drop_stopped(&world, &stopped[0].id[..12]).await, 1);
    assert_eq!(retry(&world, "%").await, 0);
}

async fn what_is_not_stopped_is_neither_retried_nor_dropped(database: &Database) {
    let mut world = World::new(database).await;
    world.posts("chat:a", "Ana", "1", "one").await;
    world.delivers("chat:b", "b1").await;
    assert_eq!(retry(&world, "").await, 0);
    assert_eq!(drop_stopped(&world, "").await, 0);
}

async fn a_dropped_delivery_stays_on_record(database: &Database) {
    let world = two_dead(database).await;
    assert_eq!(drop_stopped(&world, "").await, 2);
    crate::assert_text!(world.deliveries().await, @r#"
    post Ana "one" chat:a -> chat:b: suppressed x1 (dropped-by-staff)
    post Ana "one" chat:a -> mail:list: to_do x0
    post Ana "two" chat:a -> chat:b: suppressed x1 (dropped-by-staff)
    post Ana "two" chat:a -> mail:list: to_do x0
    "#);
    assert!(
        world
            .store
            .stopped_deliveries("riverside", 10)
            .await
            .unwrap()
            .is_empty()
    );
}

/// Whether that was news.
async fn tell(world: &World, kind: NoticeKind) -> bool {
    let before = world.store.notices(10).await.unwrap().len();
    let community = world.community("riverside").await;
    let notice = Notice {
        kind,
        about: "chat:b".to_owned(),
        text: "something is the matter".to_owned(),
        at: NOW,
    };
    world
        .store
        .write(move |tx| {
            let (community, notice) = (community.clone(), notice.clone());
            Box::pin(async move { tx.notices(&community).tell_once(&notice).await })
        })
        .await
        .unwrap();
    world.store.notices(10).await.unwrap().len() > before
}

async fn staff_is_told_once_until_the_cause_is_gone(database: &Database) {
    let world = World::new(database).await;
    assert!(tell(&world, NoticeKind::ChannelClosed).await);
    assert!(!tell(&world, NoticeKind::ChannelClosed).await);
    assert_eq!(world.store.notices(10).await.unwrap().len(), 1);
    let community = world.community("riverside").await;
    world
        .store
        .write(move |tx| {
            let community = community.clone();
            Box::pin(async move {
                tx.notices(&community)
                    .clear(NoticeKind::ChannelClosed, "chat:b")
                    .await
            })
        })
        .await
        .unwrap();
    assert!(world.store.notices(10).await.unwrap().is_empty());
    assert!(tell(&world, NoticeKind::ChannelClosed).await);
}

async fn a_retry_of_dead_letters_makes_the_next_one_news_again(database: &Database) {
    let world = two_dead(database).await;
    assert!(tell(&world, NoticeKind::DeadLetter).await);
    assert!(tell(&world, NoticeKind::ChannelClosed).await);
    retry(&world, "").await;
    assert!(tell(&world, NoticeKind::DeadLetter).await);
    assert!(
        !tell(&world, NoticeKind::ChannelClosed).await,
        "that one is still closed"
    );
}

async fn a_retry_wakes_a_bridge_in_another_process(database: &Database) {
    let world = two_dead(database).await;
    let visitor = World::on(database.open(store::Role::Visitor).await.unwrap());
    assert!(!world.store.refresh_directory().await.unwrap());
    world.store.changed_channels();
    retry(&visitor, "").await;
    assert!(world.store.refresh_directory().await.unwrap());
    assert_eq!(crate::directory::changed(&world), ["chat:b"]);
}

async fn the_tally_counts_every_state(database: &Database) {
    let mut world = two_dead(database).await;
    world.posts("chat:a", "Ana", "3", "three").await;
    world.delivers("chat:b", "b3").await;
    world.work("mail:list").await;
    crate::assert_text!(format!("{:?}", world.store.tally().await.unwrap()), @"Tally { open: 3, sent: 1, dead: 2, suppressed: 0, waiting: 0, held: 0 }");
    database
        .execute("update delivery set state = 'held' where state = 'dead'")
        .await;
    database
        .execute("update delivery set state = 'suppressed' where state = 'to_do'")
        .await;
    crate::assert_text!(format!("{:?}", world.store.tally().await.unwrap()), @"Tally { open: 1, sent: 1, dead: 0, suppressed: 2, waiting: 0, held: 2 }");
}
