//! What is kept for a while: words for days, and that they were said for months.

use conversation::{Event, OperationKind};
use store::{Claim, Progress, Retention};

use crate::support::{Database, World, expiring::KEPT, posted};

crate::on_both_engines!(
    words_go_after_their_days_and_what_is_known_of_them_stays,
    what_is_still_to_be_delivered_outlives_its_days_but_not_twice,
    what_staff_has_not_looked_at_outlives_its_days_but_not_twice,
    what_waits_for_a_reader_outlives_its_days_but_not_twice,
    an_edit_of_what_is_kept_no_longer_says_the_new_words,
    an_answer_to_what_is_kept_no_longer_quotes_nothing,
    a_reaction_to_what_is_kept_no_longer_is_set_and_told,
    what_is_kept_no_longer_can_be_deleted,
    a_message_goes_after_its_months_and_an_answer_begins_a_thread,
    a_change_of_a_message_that_is_forgotten_is_of_nothing_known,
    a_name_goes_with_what_was_said_under_it,
    a_name_stays_for_what_was_changed_lately,
    the_configuration_may_shorten_it,
    more_than_one_piece_goes_piece_by_piece,
);

const WORDS: &str = "select (select count(*) from body), (select count(*) from attachment), (select count(*) from message)";

/// One post that stands in both other channels.
async fn said_and_sent(world: &mut World) {
    world.posts("chat:a", "Ana", "1", "Who brings bread?").await;
    world.delivers("chat:b", "b1").await;
    world.delivers("mail:list", "m1").await;
}

/// How each delivery ended.
async fn ends(database: &Database) -> String {
    database
        .look("select operation, state, coalesce(reason, '') from delivery order by seq")
        .await
}

async fn words_go_after_their_days_and_what_is_known_of_them_stays(database: &Database) {
    let mut world = World::new(database).await;
    said_and_sent(&mut world).await;
    world.days_pass(29);
    world.expires(KEPT).await;
    assert_eq!(database.look(WORDS).await, "1|0|1");
    world.days_pass(2);
    world.expires(KEPT).await;
    assert_eq!(database.look(WORDS).await, "0|0|1");
    let erased = "select count(*) from message where erased_at is not null and deleted_at is null";
    assert_eq!(database.look(erased).await, "1");
    assert_eq!(database.look("select count(*) from copy").await, "3");
    assert_eq!(world.store.notices(10).await.unwrap(), []);
}

async fn what_is_still_to_be_delivered_outlives_its_days_but_not_twice(database: &Database) {
    let mut world = World::new(database).await;
    world.posts("chat:a", "Ana", "1", "Who brings bread?").await;
    world.delivers("chat:b", "b1").await;
    world.days_pass(59);
    world.expires(KEPT).await;
    assert_eq!(database.look(WORDS).await, "1|0|1");
    world.days_pass(2);
    world.expires(KEPT).await;
    assert_eq!(database.look(WORDS).await, "0|0|1");
    assert_eq!(
        ends(database).await,
        "post|sent|\npost|suppressed|retention"
    );
    assert!(matches!(world.claim("mail:list").await, Claim::Idle));
    let notices = world.store.notices(10).await.unwrap();
    let told: Vec<_> = notices
        .iter()
        .map(|it| format!("{} {}", it.kind, it.text))
        .collect();
    crate::assert_text!(told.join("\n"), @"words-expired some of what waited for mail:list was not sent, for its words are kept no longer (`[retention]`): why it waited, `causeway status` says");
}

async fn what_staff_has_not_looked_at_outlives_its_days_but_not_twice(database: &Database) {
    let mut world = World::new(database).await;
    world.posts("chat:a", "Ana", "1", "Who brings bread?").await;
    world.delivers("mail:list", "m1").await;
    let work = world.work("chat:b").await;
    let reason = "refused".to_owned();
    world.finishes(&work, &[], Progress::Dead { reason }).await;
    world.days_pass(31);
    world.expires(KEPT).await;
    let stopped = world
        .store
        .stopped_deliveries("riverside", None, 10)
        .await
        .unwrap();
    assert_eq!(stopped[0].message_excerpt, "Who brings bread?");
    world.days_pass(30);
    world.expires(KEPT).await;
    assert!(
        world
            .store
            .stopped_deliveries("riverside", None, 10)
            .await
            .unwrap()
            .is_empty()
    );
    assert_eq!(
        ends(database).await,
        "post|suppressed|retention\npost|sent|"
    );
}

async fn what_waits_for_a_reader_outlives_its_days_but_not_twice(database: &Database) {
    let mut world = World::new(database).await;
    said_and_sent(&mut world).await;
    database
        .execute(
            "insert into reader_delivery (community_id, channel_id, delivery_id, part, reader, seq, state, doubts, at)
             select community_id, channel_id, id, 0, 1, seq, 'waiting', 0, 0 from delivery where operation = 'post'
               and channel_id in (select id from channel where remote_id = 'list')",
        )
        .await;
    world.days_pass(31);
    world.expires(KEPT).await;
    assert_eq!(database.look(WORDS).await, "1|0|1");
    world.days_pass(30);
    world.expires(KEPT).await;
    assert_eq!(database.look(WORDS).await, "0|0|1");
    assert_eq!(
        database.look("select count(*) from reader_delivery").await,
        "0"
    );
    let notices = world.store.notices(10).await.unwrap();
    assert_eq!(notices[0].about, "mail:list");
}

async fn an_edit_of_what_is_kept_no_longer_says_the_new_words(database: &Database) {
    let mut world = World::new(database).await;
    said_and_sent(&mut world).await;
    world.days_pass(31);
    world.expires(KEPT).await;
    world.edits("chat:a", "Ana", "1", "I bring bread").await;
    let edit = world.work("chat:b").await;
    assert_eq!(edit.operation, OperationKind::Edit);
    assert_eq!(edit.said.content.text.plain_text(), "I bring bread");
    assert_eq!(
        edit.standing.outdated.unwrap().content.text.plain_text(),
        ""
    );
    assert_eq!(
        database
            .look("select count(*) from message where erased_at is null")
            .await,
        "1"
    );
}

async fn an_answer_to_what_is_kept_no_longer_quotes_nothing(database: &Database) {
    let mut world = World::new(database).await;
    said_and_sent(&mut world).await;
    world.days_pass(31);
    world.expires(KEPT).await;
    world.replies("chat:b", "Bo", ("b2", "b1"), "I do").await;
    let answer = world.work("chat:a").await;
    assert_eq!(answer.context.reply.unwrap().to, "1".into());
    assert!(answer.context.parent.is_none());
    let mail = world.work("mail:list").await;
    assert_eq!(mail.context.reply.unwrap().to, "m1".into());
}

async fn a_reaction_to_what_is_kept_no_longer_is_set_and_told(database: &Database) {
    let mut world = World::new(database).await;
    said_and_sent(&mut world).await;
    world.days_pass(31);
    world.expires(KEPT).await;
    world.reacts("chat:a", "Bo", "1", ("👍", "")).await;
    assert_eq!(world.work("chat:b").await.said.emoji, ["👍"]);
    database
        .execute(
            "update delivery set state = 'waiting', waits_for = 'digest' where operation = 'react'",
        )
        .await;
    let entry = world.entry("chat:b");
    let now = world.now;
    let said = world.store.write(move |tx| {
        let entry = entry.clone();
        Box::pin(async move { tx.outbox(&entry).say_digest(now, now).await })
    });
    assert!(said.await.unwrap());
    let own = world.work("chat:b").await.own.word.unwrap();
    let told = conversation::digest_lines(&own.quotes, conversation::Language::ENGLISH);
    assert_eq!(told.unwrap(), " 👍 1 for something said long ago (Ana)");
}

async fn what_is_kept_no_longer_can_be_deleted(database: &Database) {
    let mut world = World::new(database).await;
    said_and_sent(&mut world).await;
    world.days_pass(31);
    world.expires(KEPT).await;
    world.deletes("chat:a", "Ana", "1").await;
    let work = world.work("chat:b").await;
    assert_eq!(
        (work.operation, work.standing.parts),
        (OperationKind::Delete, vec![vec!["b1".into()]])
    );
}

async fn a_message_goes_after_its_months_and_an_answer_begins_a_thread(database: &Database) {
    let mut world = World::new(database).await;
    said_and_sent(&mut world).await;
    world.reacts("chat:a", "Bo", "1", ("👍", "")).await;
    world.days_pass(394);
    world.expires(KEPT).await;
    assert_eq!(database.look(WORDS).await, "0|0|1");
    world.days_pass(2);
    world.expires(KEPT).await;
    for table in [
        "message",
        "copy",
        "delivery",
        "reaction",
        "engagement",
        "body",
    ] {
        let left = database
            .look(&format!("select count(*) from {table}"))
            .await;
        assert_eq!(left, "0", "{table}");
    }
    let answer = world.event("chat:b", "Bo", Event::Posted(posted("b2", &["b1"], "I do")));
    world.take_in(answer).await.unwrap();
    let alone = "select count(*) from message where thread_id = id and reply_to is null";
    assert_eq!(database.look(alone).await, "1");
    assert_eq!(world.work("chat:a").await.said.subject, "I do");
}

async fn a_change_of_a_message_that_is_forgotten_is_of_nothing_known(database: &Database) {
    let mut world = World::new(database).await;
    said_and_sent(&mut world).await;
    world.days_pass(400);
    world.expires(KEPT).await;
    let messages = vec!["1".into()];
    let delete = world.event("chat:a", "Ana", Event::Deleted { messages });
    let (verdict, _) = world.take_in(delete).await.unwrap();
    assert_eq!(verdict, conversation::Verdict::Drop("unknown-target"));
}

async fn a_name_goes_with_what_was_said_under_it(database: &Database) {
    let names = "select display_name from name order by since, id";
    let mut world = World::new(database).await;
    world.named("chat:a", "club", "Ana").await;
    world.named("chat:a", "club", "Bo").await;
    world.days_pass(300);
    world.named("chat:a", "club", "Cy").await;
    world.days_pass(100);
    world.expires(KEPT).await;
    assert_eq!(database.look(names).await, "Bo\nCy");
    world.days_pass(300);
    world.expires(KEPT).await;
    assert_eq!(database.look(names).await, "Cy");
    world.named("chat:a", "club", "Ana").await;
    assert_eq!(world.newest("chat:b").await.said.speaker.name, "Ana");
}

async fn a_name_stays_for_what_was_changed_lately(database: &Database) {
    let mut world = World::new(database).await;
    world.named("chat:a", "club", "Ana").await;
    world.named("chat:a", "club", "Bo").await;
    world.days_pass(400);
    let lately = world.now.0;
    let changed = format!(
        "update message set revision = 1, revised_at = {lately} where name_id in (select id from name where display_name = 'Ana')"
    );
    database.execute(&changed).await;
    world.expires(KEPT).await;
    let names = "select display_name from name order by since, id";
    assert_eq!(database.look(names).await, "Ana\nBo");
    world.days_pass(61);
    world.expires(KEPT).await;
    world.expires(KEPT).await;
    assert_eq!(database.look(names).await, "Bo");
}

async fn the_configuration_may_shorten_it(database: &Database) {
    let kept = Retention {
        body_days: 2,
        metadata_months: 1,
    };
    let mut world = World::new(database).await;
    said_and_sent(&mut world).await;
    world.days_pass(3);
    world.expires(kept).await;
    assert_eq!(database.look(WORDS).await, "0|0|1");
    world.days_pass(30);
    world.expires(kept).await;
    assert_eq!(database.look(WORDS).await, "0|0|0");
}

async fn more_than_one_piece_goes_piece_by_piece(database: &Database) {
    let mut world = World::new(database).await;
    for n in 0..1003 {
        world.posts("chat:a", "Ana", &n.to_string(), "Hello").await;
    }
    database.execute("update delivery set state = 'sent'").await;
    world.days_pass(31);
    assert_eq!(world.expires(KEPT).await, 3 + 4);
    assert_eq!(database.look(WORDS).await, "0|0|1003");
    world.days_pass(400);
    assert_eq!(world.expires(KEPT).await, 1 + 11 + 3 + 2);
    assert_eq!(database.look(WORDS).await, "0|0|0");
}
