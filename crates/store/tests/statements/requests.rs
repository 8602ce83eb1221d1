//! What people ask of the bridge, and what a platform says later.

use conversation::{Arg, Fate, RemoteId, WaitsFor, WayBack};
use serde_json::json;
use store::{Choice, Request, Say, Surface, To};

use crate::support::{World, phrase};

pub(crate) async fn somebody_asks(world: &World) {
    let (entry, now) = (world.entry("chat:a"), world.now);
    let asked = world.store.write(move |tx| {
        let entry = entry.clone();
        Box::pin(async move {
            let identity = tx.speakers(&entry).identity_of("account-of-Ana").await?;
            let mut chats = tx.private_chats();
            let alone = chats.of(&entry, identity.as_ref().unwrap());
            let alone = alone.await?.expect("she was spoken to");
            let way_back = WayBack {
                token: "token".to_owned(),
                until: now,
            };
            let request = Request {
                entry: &entry,
                identity: identity.as_ref(),
                surface: Surface::Command,
                act: &json!("help"),
                way_back: &way_back,
            };
            let request = tx.requests().note(&request, now).await?;
            let community = Arg::Community(entry.community.clone());
            let words = Say {
                to: To::Asker(request),
                buttons: vec![Choice {
                    label: phrase("community-name").with("community", community),
                    act: json!("help"),
                    for_identity: identity,
                }],
                ..Say::to(
                    alone.clone(),
                    "asked".to_owned(),
                    phrase("help"),
                    Vec::new(),
                )
            };
            tx.own_words().say(&words, now).await?.expect("it is news");
            let said = tx
                .own_words()
                .open_word(&alone, "help")
                .await?
                .expect("it stands there");
            tx.requests().button(&alone, "no.button").await?;
            let ana = tx.speakers(&entry).identity_of("account-of-Ana").await?;
            let ana = ana.expect("she was heard");
            let mut requests = tx.requests();
            let offered = requests.offered_to((&entry, &ana), "fly", now).await?;
            assert_eq!(offered.len(), 0);
            for key in ["first", "second"] {
                let words = Say {
                    fate: Fate::Wait(WaitsFor::Window),
                    ..Say::to(
                        alone.clone(),
                        key.to_owned(),
                        phrase(key),
                        vec![alone.channel.id.clone()],
                    )
                };
                tx.own_words().say(&words, now).await?.expect("it is news");
            }
            tx.backlog(&alone.community, &alone.channel.id)
                .open_window()
                .await?;
            tx.outbox(&entry).confirm(&said).await?;
            Ok(alone)
        })
    });
    let alone = asked.await.unwrap();
    let (store, nothing) = (&world.store, "nothing".into());
    let said = store.said_to(&alone.community, &nothing);
    assert_eq!(said.await.unwrap(), store::SaidTo::default());
    let look = world.at_the_answer(now).await;
    while let store::Claim::Work(work) = world.look(alone.clone(), look.clone()).await.unwrap() {
        let sent = store::Progress::Sent {
            revision: work.said.revision,
            at: world.now,
        };
        let button = work
            .own
            .word
            .as_ref()
            .and_then(|it| Some(it.buttons.first()?.id.clone()));
        world.finishes(&work, &[work.delivery.as_str()], sent).await;
        let alone = alone.clone();
        let failed = world.store.write(move |tx| {
            let (alone, work, button) = (alone.clone(), work.clone(), button.clone());
            Box::pin(async move {
                if let Some(button) = tx
                    .requests()
                    .button(&alone, &button.unwrap_or_default())
                    .await?
                {
                    tx.requests().note_pressed(&button, None, now).await?;
                    let way_back = WayBack {
                        token: "newer".to_owned(),
                        until: now,
                    };
                    tx.requests()
                        .renew_way_back(&alone, &work.message, &way_back)
                        .await?;
                    let instead = phrase("community-meant");
                    tx.own_words()
                        .close(&alone, &work.message, Some(&instead), now)
                        .await?;
                }
                let part = RemoteId(work.delivery.0.clone());
                tx.outbox(&alone)
                    .fail_later(&work.message, &part, "closed")
                    .await
            })
        });
        failed.await.unwrap();
    }
}
