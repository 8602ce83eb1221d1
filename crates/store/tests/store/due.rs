//! One table says what is done later, and when.

use std::time::Duration;

use conversation::{CommunityId, Timestamp};
use store::{Due, DueKind, Error};

use super::migrations::up_to;
use crate::support::{Database, World};

crate::on_both_engines!(
    the_earlier_time_counts,
    what_is_done_goes_with_its_work_or_not_at_all,
    what_fails_waits_ever_longer_and_alone,
    a_kind_of_a_newer_program_is_never_the_earliest_and_stays,
    what_goes_through_at_once_leaves_no_row,
    what_a_clock_that_was_ahead_set_comes_no_later_than_usual,
    a_new_community_is_looked_over_from_its_first_hour,
    what_waited_in_an_older_version_waits_still_and_falls_due,
);

const ALL: &str =
    "select kind, about, at, attempts from due where kind <> 'retention' order by at, kind, about";

async fn the_earlier_time_counts(database: &Database) {
    let world = World::new(database).await;
    for at in [200, 100, 300] {
        world
            .falls_due(DueKind::File, "a file", Timestamp(at))
            .await;
    }
    world
        .falls_due(DueKind::File, "another", Timestamp(150))
        .await;
    assert_eq!(
        database.look(ALL).await,
        "file|a file|100|0\nfile|another|150|0"
    );
    let due = world.store.earliest_due(&DueKind::ALL, 1).await.unwrap();
    assert_eq!((due.len(), due[0].at), (1, Timestamp(100)));
    // However many files wait before it.
    let other = DueKind::Correction;
    world.falls_due(other, "a channel", Timestamp(200)).await;
    let due = world.store.earliest_due(&[other], 1).await.unwrap();
    assert_eq!((due.len(), due[0].kind), (1, other));
}

async fn what_is_done_goes_with_its_work_or_not_at_all(database: &Database) {
    let world = World::new(database).await;
    world
        .falls_due(DueKind::File, "a file", Timestamp(100))
        .await;
    let due = world.due(DueKind::File).await.remove(0);
    for (next, fails, left) in [
        (None, true, "file|a file|100|0"),
        (Some(Timestamp(200)), true, "file|a file|100|0"),
        (Some(Timestamp(200)), false, "file|a file|200|0"),
        (None, false, ""),
    ] {
        let due = due.clone();
        let done = world.store.write(move |tx| {
            let due = due.clone();
            Box::pin(async move {
                tx.clock().done_until(&due, next).await?;
                match fails {
                    true => Err(Error::Unreadable("its work failed".to_owned())),
                    false => Ok(()),
                }
            })
        });
        assert_eq!(done.await.is_err(), fails);
        assert_eq!(database.look(ALL).await, left);
    }
}

async fn what_fails_waits_ever_longer_and_alone(database: &Database) {
    let world = World::new(database).await;
    for about in ["a file", "another"] {
        world.falls_due(DueKind::File, about, Timestamp(100)).await;
    }
    let mut waits = Vec::new();
    for _ in 0..9 {
        let due = world.due(DueKind::File).await;
        let failed = due.into_iter().find(|it| it.about == "a file").unwrap();
        world.puts_off(&failed).await;
        let again = world.due(DueKind::File).await.remove(1);
        assert_eq!(
            (again.about.as_str(), again.attempts),
            ("a file", failed.attempts + 1)
        );
        waits.push(again.at.since(world.now).as_secs());
    }
    assert_eq!(waits, [30, 60, 120, 240, 480, 960, 1920, 1920, 1920]);
    assert_eq!(world.due(DueKind::File).await[0].at, Timestamp(100));
}

async fn a_kind_of_a_newer_program_is_never_the_earliest_and_stays(database: &Database) {
    let world = World::new(database).await;
    world.sets_the_clock().await;
    let known = world.store.earliest_due(&DueKind::ALL, 1000).await.unwrap();
    database
        .execute("insert into due (community_id, kind, about, at, attempts) values ('', 'nudge', 'somebody', 0, 7)")
        .await;
    assert_eq!(
        world.store.earliest_due(&DueKind::ALL, 1000).await.unwrap(),
        known
    );
    assert!(known.iter().all(|it| it.at > Timestamp(0)));
    world.sets_the_clock().await;
    let nudge = "select about, at, attempts from due where kind = 'nudge'";
    assert_eq!(database.look(nudge).await, "somebody|0|7");
}

async fn what_goes_through_at_once_leaves_no_row(database: &Database) {
    let mut world = World::new(database).await;
    world.posts("chat:a", "Ana", "1", "Who is coming?").await;
    world.delivers("chat:b", "b1").await;
    world.delivers("mail:list", "m1").await;
    world.may_be_late("chat:b").await;
    assert_eq!(database.look(ALL).await, "");
    let said = world.now;
    world
        .posts("chat:a", "Ana", "2", "And who brings bread?")
        .await;
    world.later(Duration::from_secs(30));
    for _ in 0..2 {
        world.may_be_late("chat:b").await;
    }
    let due = world.due(DueKind::Lateness).await;
    let list = world.entry("chat:b");
    assert_eq!(due.len(), 1);
    assert_eq!(
        (&due[0].about, due[0].community.clone()),
        (&list.channel.id.0, list.community)
    );
    assert!(due[0].at.since(said) <= Duration::from_secs(601), "{due:?}");
}

async fn what_a_clock_that_was_ahead_set_comes_no_later_than_usual(database: &Database) {
    let mut world = World::new(database).await;
    world.sets_the_clock().await;
    world.later(Duration::from_secs(365 * 24 * 3600));
    world.falls_due(DueKind::File, "a file", world.now).await;
    world.now = world.now.minus(Duration::from_secs(365 * 24 * 3600));
    world.sets_the_clock().await;
    let due = world.due(DueKind::File).await;
    assert_eq!(due[0].at, world.now.plus(Duration::from_secs(60)));
    let at_once = world.due(DueKind::Retention).await;
    assert!(at_once.iter().all(|it| it.at <= world.now));
}

async fn a_new_community_is_looked_over_from_its_first_hour(database: &Database) {
    let world = World::new(database).await;
    world.add_room("hillside", "general").await.unwrap();
    let due = world.due(DueKind::Retention).await;
    let whose: Vec<CommunityId> = due.into_iter().map(|it: Due| it.community).collect();
    for name in ["riverside", "hillside"] {
        assert!(whose.contains(&world.community(name).await), "{name}");
    }
    assert_eq!(whose.len(), 2);
}

async fn what_waited_in_an_older_version_waits_still_and_falls_due(database: &Database) {
    up_to(database, 6).await;
    for (id, reason) in [
        ("w1", "correction-waits"),
        ("w2", "next-digest"),
        ("w3", "file-follows"),
    ] {
        let sql = format!(
            "insert into delivery (community_id, id, seq, message_id, channel_id, operation, state, reason, attempts, epoch,
               remote_ids, revision, created_at, next_attempt_at)
             values ('c1', '{id}', 100, 'm1', 'ch3', 'edit', 'suppressed', '{reason}', 0, 0, '[]', 0, 1774000005000, 0)"
        );
        database.execute(&sql).await;
    }
    let world = World::on(database.bridge().await);
    let waiting = "select id, state, waits_for, reason from delivery where created_at = 1774000005000 order by id";
    crate::assert_text!(database.look(waiting).await, @r"
    w1|waiting|correction|correction-waits
    w2|waiting|digest|next-digest
    w3|waiting|file|file-follows
    ");
    let others = "select count(*) from delivery where state = 'waiting' or waits_for is not null";
    assert_eq!(database.look(others).await, "3");
    world.sets_the_clock().await;
    let due =
        "select kind, about from due where kind in ('correction', 'digest', 'file') order by kind";
    assert_eq!(
        database.look(due).await,
        "correction|ch3\ndigest|ch3\nfile|w3"
    );
}
