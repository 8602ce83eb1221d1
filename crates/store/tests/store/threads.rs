//! What stands above a message.

use std::time::{Duration, Instant};

use conversation::{Event, RemoteId, Verdict};

use crate::support::{Database, World, posted};

crate::on_both_engines!(
    a_reply_knows_its_parent_where_it_stands_in_the_channel,
    a_reply_to_what_never_arrived_there_is_told_in_words,
    a_deleted_parent_is_not_quoted,
    what_is_missing_in_a_channel_is_left_out_of_the_ancestors,
    a_deep_thread_keeps_its_root_and_its_newest,
    a_reply_takes_the_subject_of_its_thread,
    a_thread_that_is_known_by_name_only_has_its_first_message_for_a_root,
    a_message_takes_its_id_back_from_a_name,
);

async fn a_reply_knows_its_parent_where_it_stands_in_the_channel(database: &Database) {
    let mut world = World::new(database).await;
    world.posts("chat:a", "Ana", "1", "Who is coming?").await;
    world.delivers("chat:b", "b1").await;
    world.replies("chat:b", "Bo", ("b2", "b1"), "I am").await;
    world.delivers("chat:a", "2").await;
    world.replies("chat:a", "Cy", ("3", "2"), "Me too").await;
    let work = world.work("chat:b").await;
    let reply = work.context.reply.unwrap();
    assert_eq!(reply.to, "b2".into());
    assert_eq!(reply.ancestors, ids(&["b1", "b2"]));
    let parent = work.context.parent.unwrap();
    let author = parent.author.unwrap();
    assert_eq!((author.name.as_str(), parent.text.as_str()), ("Bo", "I am"));
}

fn ids(ids: &[&str]) -> Vec<RemoteId> {
    ids.iter().map(|&id| id.into()).collect()
}

async fn a_reply_to_what_never_arrived_there_is_told_in_words(database: &Database) {
    let mut world = World::new(database).await;
    world.posts("chat:a", "Ana", "1", "Who is coming?").await;
    world.replies("chat:a", "Bo", ("2", "1"), "I am").await;
    let root = world.work("chat:b").await;
    let dead = store::Progress::Dead {
        reason: "refused".to_owned(),
    };
    world.finishes(&root, &[], dead).await;
    let work = world.work("chat:b").await;
    assert_eq!(work.context.reply, None);
    assert_eq!(work.context.parent.unwrap().text, "Who is coming?");
}

async fn a_deleted_parent_is_not_quoted(database: &Database) {
    let mut world = World::new(database).await;
    world.posts("chat:a", "Ana", "1", "Never mind").await;
    world.delivers("mail:list", "m1").await;
    world.replies("chat:a", "Bo", ("2", "1"), "What?").await;
    world.deletes("chat:a", "Ana", "1").await;
    let work = world.work("mail:list").await;
    assert!(work.context.parent.is_none());
    assert_eq!(work.context.reply.unwrap().to, "m1".into());
}

async fn what_is_missing_in_a_channel_is_left_out_of_the_ancestors(database: &Database) {
    let mut world = World::new(database).await;
    world.posts("chat:a", "Ana", "1", "one").await;
    world.replies("chat:a", "Bo", ("2", "1"), "two").await;
    world.replies("chat:a", "Ana", ("3", "2"), "three").await;
    world.replies("chat:a", "Bo", ("4", "3"), "four").await;
    world.delivers("chat:b", "b1").await;
    let lost = world.work("chat:b").await;
    let dead = store::Progress::Dead {
        reason: "refused".to_owned(),
    };
    world.finishes(&lost, &[], dead).await;
    world.delivers("chat:b", "b3").await;
    let reply = world.work("chat:b").await.context.reply.unwrap();
    assert_eq!(reply.ancestors, ids(&["b1", "b3"]));
}

/// 1,500 replies, each to the one before it, written straight into the tables.
async fn a_deep_thread_keeps_its_root_and_its_newest(database: &Database) {
    const DEPTH: usize = 1500;
    let mut world = World::new(database).await;
    let root = world.posts("chat:a", "Ana", "1", "The beginning").await;
    let channel = world.entry("chat:b").channel.id;
    let name = |n: usize| match n {
        0 => root.0.clone(),
        n => format!("deep-{n}"),
    };
    let replies = (1..=DEPTH).map(|n| format!("('{}', '{}')", name(n), name(n - 1)));
    database
        .execute(&format!(
            "insert into message (community_id, id, room_id, channel_id, identity_id, thread_id, reply_to,
               own_subject, said_at, taken_at, revision, revised_at, name_id)
             select m.community_id, v.column1, room_id, channel_id, identity_id, thread_id, v.column2,
               0, said_at, taken_at, revision, revised_at, name_id
             from message m join (values {}) v on true where m.id = '{root}'",
            replies.collect::<Vec<_>>().join(", ")
        ))
        .await;
    let copies = (0..=DEPTH).map(|n| format!("('b{n}', '{}')", name(n)));
    database
        .execute(&format!(
            "insert into copy (community_id, channel_id, remote_id, message_id, part)
             select m.community_id, '{channel}', v.column1, v.column2, 0
             from message m join (values {}) v on true where m.id = '{root}'",
            copies.collect::<Vec<_>>().join(", ")
        ))
        .await;
    world.delivers("chat:b", "unknown").await;
    world
        .replies("chat:b", "Bo", ("here", &format!("b{DEPTH}")), "The end")
        .await;
    world.delivers("chat:a", "2").await;
    world.replies("chat:a", "Ana", ("3", "2"), "Really").await;
    let started = Instant::now();
    let reply = world.work("chat:b").await.context.reply.unwrap();
    let took = started.elapsed();
    assert!(took < Duration::from_millis(500), "it took {took:?}");
    assert_eq!(reply.ancestors.len(), 20);
    assert_eq!(reply.ancestors.first(), Some(&"b0".into()), "the root");
    assert_eq!(reply.ancestors[1], format!("b{}", DEPTH - 17).into());
    assert_eq!(reply.ancestors.last(), Some(&reply.to));
}

async fn a_reply_takes_the_subject_of_its_thread(database: &Database) {
    let mut world = World::new(database).await;
    let long = "Who brings the long table, the two tents and the lamps for the party?\nAnd when?";
    world.posts("chat:a", "Ana", "1", long).await;
    world.replies("chat:a", "Bo", ("2", "1"), "I do").await;
    let first = world.delivers("mail:list", "m1").await;
    assert_eq!(
        first.said.subject,
        "Who brings the long table, the two tents and the lamps for…"
    );
    assert_eq!(
        world.work("mail:list").await.said.subject,
        first.said.subject
    );
}

fn in_thread(id: &str, thread: &str) -> Event {
    let mut said = posted(id, &["nobody knows"], "Hello");
    said.thread = Some(thread.into());
    Event::Posted(said)
}

async fn a_thread_that_is_known_by_name_only_has_its_first_message_for_a_root(database: &Database) {
    let mut world = World::new(database).await;
    for id in ["1", "2"] {
        let event = world.event("chat:a", "Ana", in_thread(id, "a thread"));
        world.take_in(event).await.unwrap();
    }
    crate::assert_text!(database.look("select count(*), count(reply_to), count(distinct thread_id) from message").await, @"2|1|1");
    world.delivers("chat:b", "b1").await;
    let reply = world.work("chat:b").await;
    assert_eq!(reply.context.reply.unwrap().to, "b1".into());
    // A name is nothing that can be deleted.
    let messages = vec!["a thread".into()];
    let event = world.event("chat:a", "Ana", Event::Deleted { messages });
    let verdict = world.take_in(event).await.unwrap().0;
    assert_eq!(verdict, Verdict::Drop("unknown-target"));
}

async fn a_message_takes_its_id_back_from_a_name(database: &Database) {
    let mut world = World::new(database).await;
    let event = world.event("chat:a", "Ana", in_thread("2", "1"));
    world.take_in(event).await.unwrap();
    let root = world.posts("chat:a", "Bo", "1", "This began it").await;
    let event = world.event("chat:a", "Ana", in_thread("3", "1"));
    world.take_in(event).await.unwrap();
    crate::assert_text!(database.look("select remote_id, part from copy order by remote_id").await, @r"
    1|0
    2|0
    3|0
    ");
    assert_eq!(world.deletes("chat:a", "Bo", "1").await, root);
}
