//! What becomes of what was taken in: it is taken away, reacted to, judged.

use conversation::{Event, Verdict};

use crate::support::{Database, World, posted};

crate::on_both_engines!(
    a_deleted_message_is_known_as_deleted,
    reactions_come_and_go_oldest_first,
    a_new_name_of_a_person_is_taken_over,
    the_engagement_log_holds_no_account_and_no_word,
    a_verdict_is_recorded_and_a_repeat_does_not_overwrite_it,
);

async fn a_deleted_message_is_known_as_deleted(database: &Database) {
    let mut world = World::new(database).await;
    world.posts("chat:a", "Ana", "1", "Never mind").await;
    world.deletes("chat:a", "Ana", "1").await;
    assert!(world.work("chat:b").await.said.deleted);
    let again = world.event(
        "chat:a",
        "Ana",
        Event::Deleted {
            messages: vec!["1".into()],
        },
    );
    let verdict = world.take_in(again).await.unwrap().0;
    assert_eq!(verdict, Verdict::Drop("already-deleted"));
}

async fn reactions_come_and_go_oldest_first(database: &Database) {
    let mut world = World::new(database).await;
    world.posts("chat:a", "Ana", "1", "Cake!").await;
    world.delivers("chat:b", "77").await;
    world.reacts("chat:a", "Bo", "1", ("👍 🎉", "")).await;
    world.reacts("chat:b", "Cy", "77", ("🍰", "")).await;
    world.reacts("chat:a", "Di", "1", ("❤️ 👍", "")).await;
    world.reacts("chat:a", "Bo", "1", ("", "🎉")).await;
    let emoji = world.delivers("chat:b", "").await.said.emoji;
    assert_eq!(
        emoji,
        ["👍", "❤️"],
        "what people of the channel itself set is left out"
    );
    world.delivers("mail:list", "m1").await;
    assert_eq!(world.work("mail:list").await.said.emoji, ["👍", "🍰", "❤️"]);
}

async fn a_new_name_of_a_person_is_taken_over(database: &Database) {
    let mut world = World::new(database).await;
    world.posts("chat:a", "Ana", "1", "Hello").await;
    let mut event = world.event("chat:a", "Ana", Event::Posted(posted("2", &[], "Me again")));
    event.actor.display_name = "Ana María".to_owned();
    world.take_in(event).await.unwrap();
    assert_eq!(
        database
            .look("select n.display_name from identity i join name n on n.id = i.name_id")
            .await,
        "Ana María"
    );
    assert_eq!(database.look("select count(*) from person").await, "1");
}

async fn the_engagement_log_holds_no_account_and_no_word(database: &Database) {
    let mut world = World::new(database).await;
    world.posts("chat:a", "Ana", "1", "A secret plan").await;
    world.posts("chat:a", "Ana", "2", "More").await;
    world.posts("chat:a", "Bo", "3", "Mine").await;
    assert_eq!(
        database
            .look("select count(distinct actor_key) from engagement")
            .await,
        "2"
    );
    let log = database.look("select * from engagement").await;
    for word in ["secret", "Ana", "account"] {
        assert!(!log.contains(word), "{word} stands in {log}");
    }
}

async fn a_verdict_is_recorded_and_a_repeat_does_not_overwrite_it(database: &Database) {
    let mut world = World::new(database).await;
    let event = world.event(
        "chat:a",
        "Ana",
        Event::Deleted {
            messages: vec!["9".into()],
        },
    );
    for _ in 0..2 {
        world.take_in(event.clone()).await.unwrap();
    }
    assert_eq!(
        database.look("select verdict from event").await,
        "unknown-target"
    );
}
