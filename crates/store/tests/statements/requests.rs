//! What people ask of the bridge, and what a platform says later.

use conversation::{Arg, RemoteId, WayBack};
use serde_json::json;
use store::{Choice, Request, Say, Surface, To};

use crate::support::{World, phrase};

pub(crate) async fn somebody_asks(world: &World) {
    let (entry, now) = (world.entry("chat:a"), world.now);
    let asked = world.store.write(move |tx| {
        let entry = entry.clone();
        Box::pin(async move {
            let identity = tx.identity_of(&entry, "account-of-Ana").await?;
            let alone = tx.private_chat_of(&entry, identity.as_ref().unwrap());
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
            let request = tx.note_request(&request, now).await?;
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
            tx.say(&words, now).await?.expect("it is news");
            let said = tx
                .open_word(&alone, "help")
                .await?
                .expect("it stands there");
            tx.button(&alone, "no.button").await?;
            tx.open_window(&alone).await?;
            tx.confirm(&entry, &said).await?;
            Ok(alone)
        })
    });
    let alone = asked.await.unwrap();
    while let store::Claim::Work(work) = world.try_claim(alone.clone()).await.unwrap() {
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
                if let Some(button) = tx.button(&alone, &button.unwrap_or_default()).await? {
                    tx.note_pressed(&button, None, now).await?;
                    let way_back = WayBack {
                        token: "newer".to_owned(),
                        until: now,
                    };
                    tx.renew_way_back(&alone, &work.message, &way_back).await?;
                    let instead = phrase("community-meant");
                    tx.close(&alone, &work.message, Some(&instead), now).await?;
                }
                let part = RemoteId(work.delivery.0.clone());
                tx.fail_later(&alone, &work.message, &part, "closed").await
            })
        });
        failed.await.unwrap();
    }
}
