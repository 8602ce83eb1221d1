//! What somebody and the bridge say to each other alone.

use conversation::RemoteId;

use crate::support::{World, at};

pub(crate) async fn somebody_is_spoken_to_alone(world: &World) {
    let now = world.now;
    let heard = world.store.write(move |tx| {
        Box::pin(async move {
            let account = RemoteId::from("account-of-Ana");
            let chat = tx
                .hear_in_private(&at("chat:4711"), &account, now)
                .await?
                .remove(0);
            tx.note_asked(&chat, now).await?;
            tx.mean(&chat, now).await?;
            let words = ("welcome".to_owned(), "Welcome");
            tx.say_in_private(&chat.entry, words, now).await?;
            Ok(chat.entry.channel.id)
        })
    });
    let id = heard.await.unwrap();
    assert!(world.store.channel(&id).await.unwrap().is_some());
    assert!(world.store.open_channels().await.unwrap().contains(&id));
    is_a_rooms_for_a_while(world).await;
}

async fn is_a_rooms_for_a_while(world: &World) {
    let alone = "chat:4711";
    let before = world.store.directory();
    world.link("riverside", "general", alone).await.unwrap();
    world.unlink(alone).await.unwrap();
    let (now, community) = (world.now, world.community("riverside").await);
    let (of, among) = (community.clone(), before.revision_of(&community));
    let heard = world.store.write(move |tx| {
        let of = of.clone();
        Box::pin(async move {
            let account = RemoteId::from("account-of-Ana");
            tx.hear_in_private(&at("chat:4711"), &account, now).await?;
            tx.rooms_of(&of).await
        })
    });
    let after = heard.await.unwrap();
    assert!(after.revision_of(&community) > among);
    assert!(after.find(&at(alone)).is_none());
}
