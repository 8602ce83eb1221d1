//! Who reads a list, and what became of each post for each of them.

use std::time::Duration;

use conversation::{Timestamp, Whose};
use store::{Became, Late, Notice, NoticeKind, Progress, Trouble};

use crate::support::{
    Database, World,
    reading::{LIST, hand_out, refused, waits},
};

crate::on_both_engines!(
    a_reader_keeps_number_and_token_and_no_account_stands_anywhere,
    a_list_of_thousands_leaves_no_row_of_those_who_were_reached,
    who_waits_gets_all_in_order_and_nobody_else_waits,
    a_post_that_reached_nobody_is_dead_with_its_last_reader,
    a_retry_of_a_dead_one_asks_its_readers_again,
    who_is_reached_late_is_not_reached_again_by_a_round_that_goes_on,
    a_report_counts_once_and_for_its_reader_alone,
    nothing_waits_in_a_channel_that_left_its_room,
    trouble_is_remembered_until_it_is_over,
    who_was_taken_off_the_list_is_told_of_no_more,
);

const ROWS: &str = "select reader, part, state, said from reader_delivery order by seq, reader";

async fn three(database: &Database) -> World {
    let world = World::new(database).await;
    world.meets(&["ana@x.org", "bo@y.org", "chi@z.org"]).await;
    world
}

async fn a_reader_keeps_number_and_token_and_no_account_stands_anywhere(database: &Database) {
    let world = World::new(database).await;
    let first = world.meets(&["ana@x.org", "bo@y.org"]).await;
    let again = world.meets(&["chi@z.org", "bo@y.org"]).await;
    assert_eq!(again[0], first[1]);
    assert_eq!(
        (again[1].number, again[1].account.as_str()),
        (3, "chi@z.org")
    );
    assert_ne!(again[1].token, first[0].token);
    let rows = database.look("select * from reader").await;
    assert!(!rows.contains('@'), "{rows}");
}

async fn a_list_of_thousands_leaves_no_row_of_those_who_were_reached(database: &Database) {
    let mut world = World::new(database).await;
    let accounts: Vec<String> = (0..5_000).map(|n| format!("r{n}@x.org")).collect();
    let accounts: Vec<&str> = accounts.iter().map(String::as_str).collect();
    assert_eq!(world.meets(&accounts).await.len(), 5_000);
    world.posts("chat:a", "Ana", "1", "Hello").await;
    let work = world.work(LIST).await;
    let it = hand_out(&work);
    world.begins(&it).await;
    // Four ways out, of which the first is the slowest: the others have rows until it is done.
    for (reader, through) in [(2, 0), (4, 0), (3, 0)] {
        world.settles(&it, reader, Became::Reached, through).await;
    }
    crate::assert_text!(database.look(ROWS).await, @r"
    2|0|sent|-
    3|0|sent|-
    4|0|sent|-
    ");
    let begun = world.begins(&it).await;
    assert_eq!((begun.through, begun.settled.len()), (0, 3));
    world.settles(&it, 1, Became::Reached, 4).await;
    assert_eq!(database.look(ROWS).await, "");
    // What was written down late takes nothing back.
    world.settles(&it, 5, Became::Reached, 5).await;
    assert_eq!(world.begins(&it).await.through, 5);
    let progress = "select handed_through, handed_to from delivery where handed_to > 0";
    assert_eq!(database.look(progress).await, "5|5");
}

async fn who_waits_gets_all_in_order_and_nobody_else_waits(database: &Database) {
    let mut world = three(database).await;
    let later = world.now.plus(Duration::from_secs(60));
    for (id, words) in [("1", "one"), ("2", "two")] {
        world.posts("chat:a", "Ana", id, words).await;
        let work = world.work(LIST).await;
        let it = hand_out(&work);
        let begun = world.begins(&it).await;
        world.settles(&it, 1, Became::Reached, 1).await;
        if begun.settled.is_empty() {
            world.settles(&it, 2, waits(later), 1).await;
        }
        world.settles(&it, 3, Became::Reached, 3).await;
        let sent = Progress::Sent {
            revision: 0,
            at: world.now,
        };
        world.finishes(&work, &["m"], sent).await;
    }
    crate::assert_text!(database.look(ROWS).await, @r"
    2|0|waiting|452 4.2.2 full
    2|0|waiting|-
    ");
    assert!(matches!(world.claims_late(world.now).await, Late::NotBefore(at) if at == later));
    world.later(Duration::from_secs(60));
    let first = world.late_work().await;
    assert_eq!((first.attempts, first.reader), (2, 2));
    assert_eq!(first.work.said.content.text.plain_text(), "one");
    let until = world.now.plus(Duration::from_secs(10));
    assert!(!world.settles_late(&first, Some(waits(until))).await);
    world.later(Duration::from_secs(10));
    for words in ["one", "two"] {
        let late = world.late_work().await;
        assert_eq!(late.work.said.content.text.plain_text(), words);
        assert!(!late.work.attempt.in_doubt);
        world.settles_late(&late, Some(Became::Reached)).await;
    }
    assert!(matches!(world.claims_late(world.now).await, Late::Idle));
    assert_eq!(database.look(ROWS).await, "");
}

/// To nobody but Bo, who waits.
async fn waits_alone(database: &Database) -> World {
    let mut world = World::new(database).await;
    world.meets(&["bo@y.org"]).await;
    world.posts("chat:a", "Ana", "1", "Hello").await;
    let work = world.work(LIST).await;
    let it = hand_out(&work);
    world.begins(&it).await;
    world.settles(&it, 1, waits(world.now), 0).await;
    let sent = Progress::Sent {
        revision: 0,
        at: world.now,
    };
    world.finishes(&work, &["m"], sent).await;
    world
}

async fn a_post_that_reached_nobody_is_dead_with_its_last_reader(database: &Database) {
    let world = waits_alone(database).await;
    let late = world.late_work().await;
    assert!(world.settles_late(&late, Some(refused())).await);
    let stopped = world
        .store
        .stopped_deliveries("riverside", 10)
        .await
        .unwrap();
    assert_eq!(stopped[0].reason.as_deref(), Some("550 5.1.1 no"));
    assert!(matches!(world.claims_late(world.now).await, Late::Idle));
}

async fn a_retry_of_a_dead_one_asks_its_readers_again(database: &Database) {
    let world = waits_alone(database).await;
    let late = world.late_work().await;
    world.settles_late(&late, Some(refused())).await;
    let (community, now) = (world.community("riverside").await, world.now);
    let retried = world.store.write(move |tx| {
        let community = community.clone();
        Box::pin(async move { tx.held(&community).retry_stopped("", now).await })
    });
    assert_eq!(retried.await.unwrap(), 1);
    let again = world.late_work().await;
    assert_eq!((again.reader, again.attempts), (1, 1));
}

async fn who_is_reached_late_is_not_reached_again_by_a_round_that_goes_on(database: &Database) {
    let mut world = three(database).await;
    world.posts("chat:a", "Ana", "1", "Hello").await;
    let it = hand_out(&world.work(LIST).await);
    world.begins(&it).await;
    world.settles(&it, 1, Became::Reached, 1).await;
    world.settles(&it, 2, waits(world.now), 1).await;
    // The third finds the server gone, and meanwhile the second is reached.
    let late = world.late_work().await;
    world.settles_late(&late, Some(Became::Reached)).await;
    let begun = world.begins(&it).await;
    assert_eq!((begun.through, begun.is_awaited), (1, false));
    assert_eq!(begun.settled, [2].into());
    world.settles(&it, 3, Became::Reached, 3).await;
    world.ends(&it, 3).await;
    assert_eq!(database.look(ROWS).await, "");
}

async fn a_report_counts_once_and_for_its_reader_alone(database: &Database) {
    let world = three(database).await;
    let readers = world.meets(&["ana@x.org", "bo@y.org", "chi@z.org"]).await;
    let bo = Whose::Token(readers[1].token.clone());
    let counted = world.returns("r1", bo.clone()).await.unwrap();
    assert_eq!((counted.number, counted.times), (2, 1));
    assert_eq!(world.returns("r1", bo.clone()).await, None);
    assert_eq!(world.returns("r2", bo).await.unwrap().times, 2);
    let chi = Whose::Account("chi@z.org".into());
    assert_eq!(world.returns("r3", chi).await.unwrap().number, 3);
    for nobody in [Whose::Nobody, Whose::Token("made-up\0".to_owned())] {
        assert_eq!(world.returns("r4", nobody).await, None);
    }
}

async fn nothing_waits_in_a_channel_that_left_its_room(database: &Database) {
    let world = waits_alone(database).await;
    world.unlink(LIST).await.unwrap();
    assert_eq!(database.look(ROWS).await, "");
    world.link("riverside", "general", LIST).await.unwrap();
    assert!(matches!(world.claims_late(world.now).await, Late::Idle));
}

async fn trouble_is_remembered_until_it_is_over(database: &Database) {
    let world = three(database).await;
    for trouble in [Some(Trouble::Waits), Some(Trouble::Refused), None] {
        let entry = world.entry(LIST);
        let noted = world.store.write(move |tx| {
            let entry = entry.clone();
            Box::pin(async move { tx.readers(&entry).note_trouble(2, trouble).await })
        });
        noted.await.unwrap();
        let readers = world.meets(&["ana@x.org", "bo@y.org"]).await;
        assert_eq!((readers[0].trouble, readers[1].trouble), (None, trouble));
    }
}

async fn who_was_taken_off_the_list_is_told_of_no_more(database: &Database) {
    let world = three(database).await;
    let entry = world.entry(LIST);
    let told = world.store.write(move |tx| {
        let entry = entry.clone();
        Box::pin(async move {
            for reader in [2, 3] {
                let about = format!("{LIST}#{reader}");
                let text = "refused".to_owned();
                let notice = Notice::new(NoticeKind::ReaderTrouble, about, text, Timestamp(0));
                let trouble = Some(Trouble::Refused);
                tx.readers(&entry).note_trouble(reader, trouble).await?;
                tx.notices(&entry.community).tell_once(&notice).await?;
            }
            Ok(())
        })
    });
    told.await.unwrap();
    world.meets(&["ana@x.org", "chi@z.org"]).await;
    let notices = world.store.open_notices(None).await.unwrap();
    let abouts: Vec<_> = notices.iter().map(|it| it.about.as_str()).collect();
    assert_eq!(abouts, [format!("{LIST}#3")]);
    let again = world.meets(&["ana@x.org", "bo@y.org"]).await;
    assert_eq!(again[1].trouble, None);
}
