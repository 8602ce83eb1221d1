//! Two communities in one store: whatever is done in one leaves the other as it is.

use std::time::Duration;

use conversation::{CommunityId, Event, Link, Proof};
use futures::future::BoxFuture;
use store::{Notice, NoticeKind, Progress, Tx};

use crate::support::{Database, NOW, World, at, posted};

crate::on_both_engines!(
    staff_retries_what_its_own_community_gave_up,
    staff_drops_what_its_own_community_gave_up,
    staff_sees_what_its_own_community_gave_up_or_holds,
    staff_releases_and_drops_what_its_own_community_holds,
    corrections_are_said_in_their_own_community,
    a_channel_is_closed_moved_and_unlinked_in_its_own_community,
    what_was_not_heard_is_noted_in_the_room,
    each_community_has_clocks,
    of_two_of_one_name_the_younger_is_called_otherwise,
);

const COMMUNITIES: [&str; 2] = ["riverside", "hillside"];
/// Of each, one where people speak and one where it goes.
const CHANNELS: [[&str; 2]; 2] = [["chat:a", "chat:b"], ["chat:c", "chat:d"]];
/// Every kind that staff is told of once for each community.
const TOLD: [NoticeKind; 3] = [
    NoticeKind::DeadLetter,
    NoticeKind::StormBrake,
    NoticeKind::Held,
];

async fn two(database: &Database) -> World {
    let mut world = World::on(database.bridge().await);
    world.now = NOW;
    for (community, channels) in COMMUNITIES.iter().zip(CHANNELS) {
        world.add_room(community, "general").await.unwrap();
        for channel in channels {
            world.link(community, "general", channel).await.unwrap();
        }
        for kind in TOLD {
            let notice = Notice::new(kind, "something", "look".to_owned(), NOW);
            in_community(&world, community, move |tx, community| {
                let notice = notice.clone();
                Box::pin(async move { tx.notices(&community).tell_once(&notice).await })
            })
            .await;
        }
    }
    world
}

async fn in_community<T: Send + 'static>(
    world: &World,
    community: &str,
    work: impl for<'t> Fn(&'t mut Tx, CommunityId) -> BoxFuture<'t, store::Result<T>> + Send + 'static,
) -> T {
    let community = world.community(community).await;
    let done = world.store.write(move |tx| work(tx, community.clone()));
    done.await.unwrap()
}

/// One message that cannot be sent, and one that a reader was refused.
async fn gives_up(world: &mut World, database: &Database) {
    for [here, there] in CHANNELS {
        world.posts(here, "Ana", here, "Hello").await;
        let work = world.work(there).await;
        let reason = "refused".to_owned();
        world.finishes(&work, &[], Progress::Dead { reason }).await;
    }
    for sql in [
        "insert into reader (community_id, channel_id, number, account_hash, token, attempts, returned)
         select community_id, channel_id, 1, 'hash', community_id, 7, 0 from delivery",
        "insert into reader_delivery (community_id, channel_id, delivery_id, part, reader, seq, state, doubts, at)
         select community_id, channel_id, id, 0, 1, seq, 'refused', 0, 0 from delivery",
        "insert into reader_delivery (community_id, channel_id, delivery_id, part, reader, seq, state, doubts, at)
         select community_id, channel_id, id, 1, 1, seq, 'waiting', 0, 0 from delivery",
    ] {
        database.execute(sql).await;
    }
}

/// All that staff could have changed in that community.
async fn as_it_is(database: &Database, community: &str) -> String {
    let mut all = Vec::new();
    for sql in [
        "select x.state, x.reason, x.attempts, x.created_at from delivery x",
        "select x.state, x.doubts from reader_delivery x",
        "select x.due_at, x.attempts from reader x",
        "select x.kind, x.about from notice x",
        "select x.released_at, x.reason from held x",
        "select x.verdict, x.platform from event x",
        "select x.remote_id, x.link, x.room_id, x.unheard_since from channel x",
    ] {
        let sql = format!(
            "{sql} join community m on m.community_id = x.community_id where m.name = '{community}' order by 1, 2"
        );
        all.push(database.look(&sql).await);
    }
    all.join("\n")
}

async fn staff_retries_what_its_own_community_gave_up(database: &Database) {
    let mut world = two(database).await;
    gives_up(&mut world, database).await;
    let before = as_it_is(database, "hillside").await;
    let now = world.now;
    let retried = in_community(&world, "riverside", move |tx, it| {
        Box::pin(async move { tx.held(&it).retry_stopped("", now).await })
    });
    assert_eq!(retried.await, 1);
    assert_eq!(as_it_is(database, "hillside").await, before);
    crate::assert_text!(database.look("select m.name, d.state, w.state, r.attempts from delivery d
        join community m on m.community_id = d.community_id
        join reader_delivery w on w.delivery_id = d.id and w.part = 0
        join reader r on r.community_id = d.community_id order by m.name").await, @r"
    hillside|dead|refused|7
    riverside|to_do|waiting|0
    ");
    crate::assert_text!(database.look(NOTICES).await, @r"
    hillside|dead-letter
    hillside|held
    hillside|storm-brake
    riverside|held
    ");
}

const NOTICES: &str = "select m.name, n.kind from notice n join community m on m.community_id = n.community_id order by m.name, n.kind";

async fn staff_drops_what_its_own_community_gave_up(database: &Database) {
    let mut world = two(database).await;
    gives_up(&mut world, database).await;
    let before = as_it_is(database, "hillside").await;
    let dropped = in_community(&world, "riverside", |tx, it| {
        Box::pin(async move { tx.held(&it).drop_stopped("").await })
    });
    assert_eq!(dropped.await, 1);
    assert_eq!(as_it_is(database, "hillside").await, before);
    assert!(
        as_it_is(database, "riverside")
            .await
            .contains("dropped-by-staff")
    );
}

async fn staff_sees_what_its_own_community_gave_up_or_holds(database: &Database) {
    let mut world = two(database).await;
    gives_up(&mut world, database).await;
    holds(&mut world).await;
    for (community, [here, there]) in COMMUNITIES.iter().zip(CHANNELS) {
        let stopped = world.store.stopped_deliveries(community, 10).await.unwrap();
        let to: Vec<_> = stopped.iter().map(|it| &*it.to).collect();
        assert_eq!(to, [there]);
        let held = world.store.held(community, 10).await.unwrap();
        let at: Vec<_> = held.iter().map(|it| &*it.channel).collect();
        assert_eq!(at, [here]);
    }
}

async fn holds(world: &mut World) {
    for [here, _] in CHANNELS {
        let mut event = world.event(here, "Ana", Event::Posted(posted("held", &[], "Me")));
        event.proof = Proof::Missing;
        world.take_in(event).await.unwrap();
    }
}

async fn staff_releases_and_drops_what_its_own_community_holds(database: &Database) {
    let mut world = two(database).await;
    holds(&mut world).await;
    let before = as_it_is(database, "hillside").await;
    let now = world.now;
    let released = in_community(&world, "riverside", move |tx, it| {
        Box::pin(async move { tx.held(&it).release_held("", now).await })
    });
    assert_eq!(released.await, 1);
    assert_eq!(as_it_is(database, "hillside").await, before);
    let before = as_it_is(database, "riverside").await;
    let dropped = in_community(&world, "hillside", |tx, it| {
        Box::pin(async move { tx.held(&it).drop_held("").await })
    });
    assert_eq!(dropped.await, 1);
    assert_eq!(as_it_is(database, "riverside").await, before);
    crate::assert_text!(database.look(NOTICES).await, @r"
    hillside|dead-letter
    hillside|storm-brake
    riverside|dead-letter
    riverside|storm-brake
    ");
}

async fn corrections_are_said_in_their_own_community(database: &Database) {
    let mut world = two(database).await;
    for [here, _] in CHANNELS {
        world.posts(here, "Ana", here, "Hello").await;
        world.edits(here, "Ana", here, "Hello!").await;
        world.edits(here, "Ana", here, "Hello!!").await;
    }
    database
        .execute("update delivery set state = 'waiting', waits_for = 'correction' where operation = 'edit'")
        .await;
    let later = world.now.plus(Duration::from_secs(600));
    let before = as_it_is(database, "hillside").await;
    let channel = world.entry("chat:b").channel.id;
    let released = in_community(&world, "riverside", move |tx, it| {
        let channel = channel.clone();
        Box::pin(async move {
            tx.backlog(&it, &channel)
                .release_corrections(later, later)
                .await
        })
    });
    assert_eq!(released.await, 1);
    assert_eq!(as_it_is(database, "hillside").await, before);
    assert!(
        as_it_is(database, "riverside")
            .await
            .contains("said-by-a-later-one")
    );
}

/// Also where two of them have one id, as after a move from another installation.
async fn a_channel_is_closed_moved_and_unlinked_in_its_own_community(database: &Database) {
    let world = two(database).await;
    for channel in ["a", "c"] {
        let sql = format!("update channel set id = 'the same' where remote_id = '{channel}'");
        database.execute(&sql).await;
    }
    world.rename_room("general", "meadow").await.unwrap();
    let before = as_it_is(database, "hillside").await;
    let entry = world.entry("chat:a");
    let closed = world.store.write(move |tx| {
        let entry = entry.clone();
        Box::pin(async move { tx.channel(&entry).set_link(Link::Suspended).await })
    });
    closed.await.unwrap();
    assert_eq!(as_it_is(database, "hillside").await, before);
    assert!(
        as_it_is(database, "riverside")
            .await
            .contains("a|suspended")
    );
    world.moves("chat:a", "chat:new").await;
    assert_eq!(as_it_is(database, "hillside").await, before);
    let refused = world.unlink_from("riverside", "chat:c").await.unwrap_err();
    assert!(refused.to_string().contains("linked channel"), "{refused}");
    world.unlink_from("riverside", "chat:new").await.unwrap();
    assert_eq!(as_it_is(database, "hillside").await, before);
    crate::assert_text!(world.rooms().await, @r"
    hillside/general: chat:d chat:c
    riverside/meadow: chat:b
    ");
}

/// A channel that left one community may stand in another's room.
async fn what_was_not_heard_is_noted_in_the_room(database: &Database) {
    let world = two(database).await;
    world.unlink("chat:a").await.unwrap();
    world.link("hillside", "general", "chat:a").await.unwrap();
    let before = as_it_is(database, "riverside").await;
    let noted = world.store.write(|tx| {
        Box::pin(async move { tx.events().note_unheard(&at("chat:a"), Some(NOW)).await })
    });
    noted.await.unwrap();
    assert_eq!(as_it_is(database, "riverside").await, before);
    assert_eq!(world.store.unread(None).await.unwrap().len(), 1);
}

async fn each_community_has_clocks(database: &Database) {
    let mut world = two(database).await;
    for id in ["1", "2"] {
        world.posts("chat:a", "Ana", id, "Hello").await;
    }
    world.store.close().await;
    world.store = database.bridge().await;
    world.posts("chat:a", "Ana", "3", "Hello again").await;
    world.posts("chat:c", "Cy", "1", "Hello over there").await;
    let seqs = "select m.name, d.seq from delivery d
        join community m on m.community_id = d.community_id order by m.name, d.seq";
    crate::assert_text!(database.look(seqs).await, @r"
    hillside|1
    riverside|1
    riverside|2
    riverside|3
    ");
    let clocks = "select m.name, p.id, p.next_seq from community m
        join partition p on p.community_id = m.community_id order by m.name";
    crate::assert_text!(database.look(clocks).await, @r"
    hillside|0|2
    riverside|0|4
    ");
}

/// With the rows of the version before, in which nothing kept two processes from making one each.
async fn of_two_of_one_name_the_younger_is_called_otherwise(database: &Database) {
    crate::migrations::up_to(database, 5).await;
    for id in ["0195d000-0000-7000-8000-00001234abcd", "c0"] {
        let sql = format!(
            "insert into community (community_id, name, engagement_key, created_at) values ('{id}', 'Riverside', '{id}', 1774000000000)"
        );
        database.execute(&sql).await;
    }
    let mut world = World::on(database.bridge().await);
    crate::assert_text!(database.look("select name, community_id from community order by community_id").await, @r"
    Riverside|0195d000-0000-7000-8000-00001234abcd
    Riverside (c0)|c0
    Riverside (c1)|c1
    ");
    let mut renamed = world.store.notices(100).await.unwrap();
    renamed.retain(|it| it.about == "Riverside (c0)");
    crate::assert_text!(renamed[0].text, @r#"two communities were called "Riverside", and a name is one community's: the younger is "Riverside (c0)" from now on. `causeway community rename "Riverside (c0)" NAME` gives it another"#);
    world.later(Duration::from_secs(1));
    let renaming = world.store.write(|tx| {
        Box::pin(async move { tx.communities().rename("Riverside (c0)", "Hill Farm").await })
    });
    renaming.await.unwrap();
    let left = database
        .look("select community_id from notice where kind = 'community-renamed'")
        .await;
    assert_eq!(left, "c1");
    let partitions = "select count(*) from partition";
    assert_eq!(database.look(partitions).await, "3");
}
