//! What its author takes back is nowhere any more, and nothing fails for it.

use conversation::{
    Attachment, AttachmentKind, AttachmentSource, DELETED_BEFORE_SENT, Event, Verdict,
};
use store::{Count, DueKind, Progress};

use crate::support::{Database, World, posted};

crate::on_both_engines!(
    no_word_of_a_deleted_message_stays,
    what_was_not_sent_yet_is_not_sent,
    what_staff_was_to_look_at_is_not_sent_either,
    words_stay_while_nobody_knows_whether_they_arrived,
    an_older_revision_goes_once_no_copy_shows_it,
    what_is_held_for_staff_goes_when_its_author_takes_it_back,
    an_answer_to_an_erased_message_quotes_nothing,
    a_reader_who_waits_for_it_gets_nothing,
);

/// Every text of every table, so that none is forgotten.
pub(crate) async fn stands_anywhere(database: &Database, words: &str) -> Vec<String> {
    let columns = if database.is_sqlite() {
        "select t.name || '.' || c.name from sqlite_schema t join pragma_table_info(t.name) c
         where t.type = 'table' and t.name not like '\\_sqlx%' escape '\\' and lower(c.type) = 'text'"
    } else {
        "select cast(table_name as text) || '.' || cast(column_name as text) from information_schema.columns
         where table_schema = 'public' and table_name not like '\\_sqlx%' and data_type = 'text'"
    };
    let mut found = Vec::new();
    for column in database.look(columns).await.lines() {
        let (table, name) = column.split_once('.').unwrap();
        let n = format!("select count(*) from {table} where {name} like '%{words}%'");
        if database.look(&n).await != "0" {
            found.push(column.to_owned());
        }
    }
    found
}

fn with_a_file(id: &str, text: &str) -> Event {
    let mut said = posted(id, &[], text);
    said.content.attachments.push(Attachment {
        kind: AttachmentKind::Photo,
        name: Some("my house.jpg".to_owned()),
        mime: Some("image/jpeg".to_owned()),
        size: Some(3),
        alt: Some("My house in Elm Street".to_owned()),
        source: AttachmentSource::Remote {
            channel: crate::support::at("chat:a"),
            file: "the file".into(),
        },
    });
    Event::Posted(said)
}

async fn no_word_of_a_deleted_message_stays(database: &Database) {
    let mut world = World::new(database).await;
    let said = world.event("chat:a", "Ana", with_a_file("1", "I live in Elm Street 5"));
    world.take_in(said).await.unwrap();
    let work = world.delivers("chat:b", "b1").await;
    assert_eq!(
        work.said.content.attachments[0].name.as_deref(),
        Some("my house.jpg")
    );
    world.delivers("mail:list", "m1").await;
    world
        .edits("chat:a", "Ana", "1", "I live in Elm Street 7")
        .await;
    world.delivers("chat:b", "b1").await;
    assert!(!stands_anywhere(database, "Elm Street").await.is_empty());
    assert!(!stands_anywhere(database, "my house").await.is_empty());
    // As of one that came after the words.
    database
        .execute("update delivery set files = '[\"my house.jpg\"]' where operation = 'post'")
        .await;
    world.deletes("chat:a", "Ana", "1").await;
    assert_eq!(stands_anywhere(database, "Elm Street").await, [""; 0]);
    assert_eq!(stands_anywhere(database, "my house").await, [""; 0]);
    assert_eq!(stands_anywhere(database, "the file").await, [""; 0]);
    let delete = world.work("chat:b").await;
    assert_eq!(delete.standing.parts, [["b1".into()]]);
    let lines = world.deliveries().await;
    assert!(lines.contains("(its words were erased)"), "{lines}");
}

async fn what_was_not_sent_yet_is_not_sent(database: &Database) {
    let mut world = World::new(database).await;
    world.posts("chat:a", "Ana", "1", "Never mind").await;
    world.edits("chat:a", "Ana", "1", "Never mind that").await;
    world.deletes("chat:a", "Ana", "1").await;
    let lines = world.deliveries().await;
    let posts = lines.lines().filter(|it| it.starts_with("post"));
    let unsent = format!("suppressed x0 ({DELETED_BEFORE_SENT})");
    assert!(posts.clone().all(|it| it.ends_with(&unsent)), "{lines}");
    assert_eq!(posts.count(), 2);
    let late = world.event(
        "chat:a",
        "Ana",
        Event::Edited {
            message: "1".into(),
            content: conversation::Content::plain("Once more"),
        },
    );
    let (verdict, _) = world.take_in(late).await.unwrap();
    assert!(matches!(verdict, Verdict::Drop(_)), "{verdict:?}");
}

async fn what_staff_was_to_look_at_is_not_sent_either(database: &Database) {
    let mut world = World::new(database).await;
    world.posts("chat:a", "Ana", "1", "Never mind").await;
    let work = world.work("chat:b").await;
    let reason = "refused".to_owned();
    world.finishes(&work, &[], Progress::Dead { reason }).await;
    database
        .execute("update delivery set state = 'held' where state = 'to_do'")
        .await;
    world.deletes("chat:a", "Ana", "1").await;
    let stopped = world.store.stopped_deliveries("riverside", None, 10).await;
    assert!(stopped.unwrap().is_empty());
}

async fn words_stay_while_nobody_knows_whether_they_arrived(database: &Database) {
    let mut world = World::new(database).await;
    world.posts("chat:a", "Ana", "1", "Perhaps").await;
    let work = world.work("chat:b").await;
    let doubt = Progress::InDoubt {
        at: world.now,
        reason: "no answer".to_owned(),
        done: None,
        count: Count::First,
    };
    world.finishes(&work, &[], doubt).await;
    world.deletes("chat:a", "Ana", "1").await;
    let again = world.work("chat:b").await;
    assert!(again.attempt.in_doubt && again.said.deleted);
    assert_eq!(again.said.content.text.plain_text(), "Perhaps");
    world.erases_the_rest().await;
    assert!(!stands_anywhere(database, "Perhaps").await.is_empty());
    let rule = DELETED_BEFORE_SENT;
    world
        .finishes(&again, &[], Progress::Suppressed { rule })
        .await;
    world.erases_the_rest().await;
    assert_eq!(world.due(DueKind::Erasure).await, []);
    assert_eq!(stands_anywhere(database, "Perhaps").await, [""; 0]);
}

async fn an_older_revision_goes_once_no_copy_shows_it(database: &Database) {
    let mut world = World::new(database).await;
    world.posts("chat:a", "Ana", "1", "Call me: 555 0100").await;
    world.delivers("chat:b", "b1").await;
    let rule = "edits-unsupported";
    let list = world.work("mail:list").await;
    world
        .finishes(&list, &[], Progress::Suppressed { rule })
        .await;
    world.edits("chat:a", "Ana", "1", "Call me: at work").await;
    let still_shown = ["body.subject", "body.content"];
    assert_eq!(stands_anywhere(database, "555 0100").await, still_shown);
    let (edit, at) = (world.work("chat:b").await, world.now);
    let sent = crate::support::finish(&edit, &["b1"], Progress::Sent { revision: 1, at });
    let done = world.store.write(move |tx| {
        let sent = sent.clone();
        Box::pin(async move {
            tx.outcome(&sent).record().await?;
            tx.outcome(&sent).record_edit(1).await
        })
    });
    done.await.unwrap();
    assert_eq!(stands_anywhere(database, "555 0100").await, [""; 0]);
    assert_eq!(stands_anywhere(database, "at work").await, still_shown);
}

async fn what_is_held_for_staff_goes_when_its_author_takes_it_back(database: &Database) {
    let mut world = World::new(database).await;
    let said = world.event(
        "chat:a",
        "Ana",
        Event::Posted(posted("1", &[], "Hot words")),
    );
    let entry = world.entry("chat:a");
    let now = world.now;
    let (event, held) = (said.clone(), entry.clone());
    let done = world.store.write(move |tx| {
        let (mut event, entry) = (event.clone(), held.clone());
        Box::pin(async move {
            tx.events()
                .first_time(&entry.community.0, &mut event, now)
                .await?;
            tx.held(&entry.community)
                .hold(&entry.channel, &event, "said-again", now)
                .await
        })
    });
    done.await.unwrap();
    let messages = vec!["1".into()];
    let taken_back = world.event("chat:a", "Ana", Event::Deleted { messages });
    let kept = world.store.write(move |tx| {
        let (event, entry) = (taken_back.clone(), entry.clone());
        Box::pin(async move { tx.messages(&entry).keep_early(&event, now).await })
    });
    assert!(kept.await.unwrap());
    assert_eq!(stands_anywhere(database, "Hot words").await, [""; 0]);
    let verdicts = world.store.recent_events(10).await.unwrap();
    assert!(verdicts.iter().any(|it| it.verdict == DELETED_BEFORE_SENT));
}

async fn an_answer_to_an_erased_message_quotes_nothing(database: &Database) {
    let mut world = World::new(database).await;
    world.posts("chat:a", "Ana", "1", "Who is coming?").await;
    world.delivers("chat:b", "b1").await;
    world.replies("chat:a", "Bo", ("2", "1"), "I am").await;
    world.deletes("chat:a", "Ana", "1").await;
    let answer = world.work("chat:b").await;
    assert_eq!(answer.said.content.text.plain_text(), "I am");
    assert!(answer.context.parent.is_none());
    assert_eq!(answer.said.subject, "");
}

async fn a_reader_who_waits_for_it_gets_nothing(database: &Database) {
    use crate::support::reading::{LIST, hand_out, waits};
    let mut world = World::new(database).await;
    world.meets(&["cy"]).await;
    world.posts("chat:a", "Ana", "1", "On Friday").await;
    let work = world.work(LIST).await;
    let it = hand_out(&work);
    world.begins(&it).await;
    world.settles(&it, 1, waits(world.now), 1).await;
    world.ends(&it, 1).await;
    let (at, revision) = (world.now, 0);
    world
        .finishes(&work, &["m1"], Progress::Sent { revision, at })
        .await;
    world.deletes("chat:a", "Ana", "1").await;
    let now = world.now;
    assert!(matches!(world.claims_late(now).await, store::Late::Idle));
}
