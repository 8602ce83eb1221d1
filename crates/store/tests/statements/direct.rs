//! What somebody and the bridge say to each other alone.

use conversation::{Arg, Phrase, RemoteId};
use store::{Choice, Claim, Entry, Say};

use crate::support::{World, at, phrase};

fn named(entry: &Entry) -> Phrase {
    let community = Arg::Community(entry.community.clone());
    phrase("community-name").with("community", community)
}

pub(crate) async fn somebody_is_spoken_to_alone(world: &World) {
    let now = world.now;
    let heard = world.store.write(move |tx| {
        Box::pin(async move {
            let account = RemoteId::from("account-of-Ana");
            let chat = tx
                .private_chats()
                .hear(&at("chat:4711"), &account, now)
                .await?
                .remove(0);
            tx.private_chats().note_asked(&chat, now).await?;
            tx.private_chats().mean(&chat, now).await?;
            let to = vec![chat.entry.channel.id.clone()];
            let choice = Choice {
                label: named(&chat.entry),
                act: serde_json::json!({}),
                for_identity: None,
            };
            let say = Say {
                buttons: vec![choice],
                ..Say::to(
                    chat.entry.clone(),
                    "which".to_owned(),
                    phrase("which-community"),
                    to,
                )
            };
            let message = tx.own_words().say(&say, now).await?.unwrap();
            let Claim::Work(work) = tx.outbox(&chat.entry).claim(0, now).await? else {
                panic!("it is to be said");
            };
            let own = work.own.word.as_ref().unwrap();
            assert_eq!(own.communities[&chat.entry.community], "riverside");
            assert!(own.buttons[0].id.len() <= 64);
            let instead = named(&chat.entry);
            let mut words = tx.own_words();
            let closed = words.close(&chat.entry, &message, Some(&instead), now);
            assert_eq!(closed.await?, std::slice::from_ref(&chat.entry.channel.id));
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
            tx.private_chats()
                .hear(&at("chat:4711"), &account, now)
                .await?;
            tx.directory().rooms_of(&of).await
        })
    });
    let after = heard.await.unwrap();
    assert!(after.revision_of(&community) > among);
    assert!(after.find(&at(alone)).is_none());
}
