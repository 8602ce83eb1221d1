//! What was not heard, and a time in which nobody was at work.

use std::time::Duration;

use crate::support::World;

pub(crate) async fn nothing_is_heard_for_a_while(world: &World) {
    let channel = world.entry("chat:a").channel.at;
    let later = world.now.plus(Duration::from_secs(3600));
    let noted = world.store.write(move |tx| {
        let channel = channel.clone();
        Box::pin(async move { tx.events().note_unheard(&channel, Some(later)).await })
    });
    noted.await.unwrap();
    world.store.beat(world.now).await.unwrap();
    world.store.beat(later).await.unwrap();
    assert_eq!(world.store.pauses()[0].ended_at, later);
    // It was the clock that had jumped.
    let before = later.minus(Duration::from_secs(600));
    world.store.beat(before).await.unwrap();
    assert_eq!(world.store.pauses()[0].ended_at, before);
}
