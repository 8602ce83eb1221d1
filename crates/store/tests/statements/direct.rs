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
    assert_eq!(world.store.open_private_chats().await.unwrap(), [id]);
}
