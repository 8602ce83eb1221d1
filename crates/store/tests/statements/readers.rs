//! What the bridge does with the readers of a list.

use conversation::Whose;
use store::{Became, Progress, Trouble};

use crate::support::{
    World,
    reading::{LIST, hand_out, refused, waits},
};

/// One at once, one later, one never, and one who is no reader any more.
pub(crate) async fn readers_are_reached(world: &mut World) {
    world.meets(&["ana@x.org", "bo@y.org", "chi@z.org"]).await;
    let work = world.work(LIST).await;
    let it = hand_out(&work);
    world.begins(&it).await;
    world.settles(&it, 2, waits(world.now), 0).await;
    world.settles(&it, 3, Became::Reached, 0).await;
    world.settles(&it, 1, Became::Reached, 3).await;
    world.ends(&it, 3).await;
    let sent = Progress::Sent {
        revision: 0,
        at: world.now,
    };
    world.finishes(&work, &["m"], sent).await;
    let late = world.late_work().await;
    world.puts_back(&late).await;
    world.settles_late(&late, Some(waits(world.now))).await;
    world.settles_late(&late, Some(Became::Reached)).await;
    world.settles(&it, 2, waits(world.now), 0).await;
    let late = world.late_work().await;
    let (entry, number) = (world.entry(LIST), late.reader);
    world.settles_late(&late, Some(refused())).await;
    world.settles(&it, 2, waits(world.now), 0).await;
    world
        .returns("report", Whose::Account("bo@y.org".into()))
        .await;
    let done = world.store.write(move |tx| {
        let entry = entry.clone();
        Box::pin(async move {
            tx.readers(&entry)
                .note_trouble(number, Some(Trouble::Waits))
                .await?;
            tx.backlog(&entry.community, &entry.channel.id)
                .stop_readers(Some(number))
                .await
        })
    });
    done.await.unwrap();
    // For whoever tries again what was given up.
    let died = Progress::Dead {
        reason: "no".to_owned(),
    };
    world.settles(&it, 2, refused(), 0).await;
    world.finishes(&work, &["m"], died).await;
}
