//! What is held of somebody, and how they are forgotten.

use conversation::{ChannelRef, CommunityId, Content, Event, IdentityId, MessageId};
use store::{Can, Phase, Say};

use crate::support::{World, phrase};

/// Dia, who has a chat, and Eli, for whom one is opened.
pub(crate) async fn somebody_is_forgotten(world: &mut World) {
    world
        .posts("chat:a", "Dia", "first", "For the first time")
        .await;
    world
        .posts("chat:a", "Eli", "last", "For the last time")
        .await;
    world.reacts("chat:a", "Dia", "last", ("🎉", "")).await;
    let answer = ("answer", "first");
    world.replies("chat:a", "Fay", answer, "Welcome").await;
    let entry = world.entry("chat:a");
    let community = entry.community.clone();
    for who in ["account-of-Dia", "account-of-Eli"] {
        let (of, now) = (entry.clone(), world.now);
        let identity = world.store.write(move |tx| {
            let of = of.clone();
            Box::pin(async move {
                let identity = tx.speakers(&of).identity_of(who).await?.unwrap();
                let at = ChannelRef::new("chat", "alone-with-dia");
                if who == "account-of-Dia" {
                    tx.private_chats().hear(&at, &who.into(), now).await?;
                }
                let mut people = tx.people(&of.community);
                assert!(people.may_be_handed(&identity, 1, now).await?);
                people.count_staff().await?;
                people.short().await?;
                Ok(identity)
            })
        });
        let identity = identity.await.unwrap();
        is_told(world, &community, &identity).await;
        is_forgotten(world, &community, &identity).await;
    }
    let edit = Event::Edited {
        message: "first".into(),
        content: Content::plain("Nobody"),
    };
    let event = world.event("chat:a", "Dia", edit);
    let known = world.store.write(move |tx| {
        let (entry, event) = (entry.clone(), event.clone());
        Box::pin(async move { tx.messages(&entry).is_forgotten(&event).await })
    });
    assert!(known.await.unwrap());
    assert!(world.store.presented("nothing").await.unwrap().is_none());
    let short = &community.0;
    world.store.presented(short).await.unwrap();
}

async fn is_told(world: &World, community: &CommunityId, identity: &IdentityId) {
    let store = &world.store;
    let person = store.person_of(community, identity).await.unwrap().unwrap();
    let accounts = store.accounts_of(community, &person).await.unwrap();
    assert!(!accounts.is_empty());
    store
        .person_held(community, &person)
        .await
        .unwrap()
        .unwrap();
    store.held_of(community, &accounts).await.unwrap();
    let behind = MessageId(String::new());
    let said = store.said_by((community, identity), &behind, world.now);
    assert!(!said.await.unwrap().is_empty());
    store
        .reactions_by(community, identity, world.now)
        .await
        .unwrap();
}

async fn is_forgotten(world: &mut World, community: &CommunityId, identity: &IdentityId) {
    let (of, whose, now) = (community.clone(), identity.clone(), world.now);
    let begun = world.store.write(move |tx| {
        let (of, whose) = (of.clone(), whose.clone());
        Box::pin(async move {
            let mut forgettings = tx.forgettings(&of);
            let person = forgettings.person_of(&whose).await?.unwrap();
            forgettings.would_take_back(&person).await?;
            forgettings.begin(&person, now).await?;
            Ok(person)
        })
    });
    begun.await.unwrap();
    let due = world
        .store
        .earliest_due(&[store::DueKind::TakingBack], 1)
        .await
        .unwrap();
    let about = due[0].about.clone();
    world.store.to_be_told(community, &about).await.unwrap();
    tells(world, community, &about).await;
    let (of, row) = (community.clone(), due[0].clone());
    let gone = world.store.write(move |tx| {
        let (of, row) = (of.clone(), row.clone());
        Box::pin(async move {
            let at = ChannelRef::new("chat", "alone-with-eli");
            tx.private_chats().of_forgotten(&at).await?;
            let mut forgettings = tx.forgettings(&of);
            let platforms = vec!["chat".into()];
            let can = Can {
                delete: platforms.clone(),
                react: platforms,
            };
            for _ in 0..5 {
                let it = forgettings.one(&row.about).await?.unwrap();
                forgettings.take_back(&it, &can, now).await?;
            }
            forgettings.with_something_to_do().await?;
            let it = forgettings.one(&row.about).await?.unwrap();
            forgettings.go_on(&it, Phase::Telling).await?;
            let mut it = forgettings.one(&row.about).await?.unwrap();
            if it.channel.is_none() {
                it = forgettings.reached(&it, Some(&at), now).await?;
            }
            forgettings.chat(&it).await?;
            forgettings.is_told(&it).await?;
            forgettings.go_on(&it, Phase::Sweeping).await?;
            while let Some(it) = forgettings.one(&row.about).await? {
                forgettings.sweep(&it, now).await?;
            }
            tx.clock().done_until(&row, None).await
        })
    });
    gone.await.unwrap();
}

/// In their private chat, if they have one.
async fn tells(world: &World, community: &CommunityId, about: &str) {
    let (of, about, now) = (community.clone(), about.to_owned(), world.now);
    let said = world.store.write(move |tx| {
        let (of, about) = (of.clone(), about.clone());
        Box::pin(async move {
            let mut forgettings = tx.forgettings(&of);
            let it = forgettings.one(&about).await?.unwrap();
            let Some(chat) = forgettings.chat(&it).await? else {
                return Ok(None);
            };
            let to = vec![chat.channel.id.clone()];
            let words = Say::to(chat, about, phrase("help"), to);
            tx.own_words().say(&words, now).await
        })
    });
    if let Some(said) = said.await.unwrap() {
        let receipt = world.store.receipt(community, &said).await.unwrap();
        assert_eq!(receipt.unwrap().messages, 1);
    }
}
