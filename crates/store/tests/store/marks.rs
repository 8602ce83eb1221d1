//! A transaction goes back to where it was.

use conversation::Event;
use store::Error;

use crate::support::{Database, World, posted};

crate::on_both_engines!(
    what_is_tried_leaves_no_trace,
    what_fails_on_the_way_is_taken_back_and_the_rest_stays,
);

/// Rows, those that wait to be written, and what the transaction knew of the rooms.
async fn what_is_tried_leaves_no_trace(database: &Database) {
    let mut world = World::new(database).await;
    let before = world.rooms().await;
    let event = world.event("chat:a", "Ana", Event::Posted(posted("1", &[], "Hello")));
    let community = world.community("riverside").await;
    let (entry, now) = (world.entry("chat:a"), world.now);
    let tried = world.store.write(move |tx| {
        let (community, entry, mut event) = (community.clone(), entry.clone(), event.clone());
        Box::pin(async move {
            let mark = tx.mark().await?;
            let is_first = tx
                .events()
                .first_time(&community.0, &mut event, now)
                .await?;
            tx.rooms(&community).unlink(&entry.channel.at).await?;
            let rooms = tx.directory().rooms_of(&community).await?;
            let has_left = rooms
                .find(&entry.channel.at)
                .is_none_or(|it| it.channel.room.is_none());
            tx.go_back_to(mark).await?;
            let is_first_again = tx
                .events()
                .first_time(&community.0, &mut event, now)
                .await?;
            let rooms = tx.directory().rooms_of(&community).await?;
            let is_back = rooms
                .find(&entry.channel.at)
                .is_some_and(|it| it.channel.room.is_some());
            Ok((is_first, has_left, is_first_again, is_back))
        })
    });
    assert_eq!(tried.await.unwrap(), (true, true, true, true));
    assert_eq!(world.rooms().await, before);
}

/// A server lets nothing be done behind a statement that failed, until it has gone back.
async fn what_fails_on_the_way_is_taken_back_and_the_rest_stays(database: &Database) {
    let world = World::new(database).await;
    let done = world.store.write(|tx| {
        Box::pin(async move {
            tx.set("", "before", "here").await?;
            let mark = tx.mark().await?;
            tx.set("", "meanwhile", "here").await?;
            let refused = tx.communities().known("nowhere").await;
            assert!(matches!(refused, Err(Error::Unknown { .. })));
            tx.go_back_to(mark).await?;
            let mark = tx.mark().await?;
            tx.set("", "afterwards", "here").await?;
            tx.go_on_from(mark).await
        })
    });
    done.await.unwrap();
    let kept = "select group_concat(name, ' ') from (select name from setting where value = 'here' order by name)";
    let kept = match database.is_sqlite() {
        true => kept.to_owned(),
        false => kept
            .replace("group_concat(name, ' ')", "string_agg(name, ' ')")
            .replace("order by name)", "order by name) n"),
    };
    assert_eq!(database.look(&kept).await, "afterwards before");
}
