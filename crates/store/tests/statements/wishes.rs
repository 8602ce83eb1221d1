//! Who steps back: what of theirs waits, what they are called, and what is counted.

use conversation::{Content, Event, Inbound, Node, Proof};
use store::Wish;

use crate::support::{World, posted};

pub(crate) async fn somebody_steps_back(world: &mut World) {
    world.add_room("riverside", "garden").await.unwrap();
    for channel in ["chat:g", "chat:h"] {
        world.link("riverside", "garden", channel).await.unwrap();
    }
    world.posts("chat:g", "Nell", "n1", "Here I am").await;
    let event = letter(world, "n2");
    world.take_in(event).await.unwrap();
    let edit = Event::Edited {
        message: "not yet".into(),
        content: Content::plain("Later"),
    };
    let early = world.event("chat:g", "Nell", edit);
    let (entry, now) = (world.entry("chat:g"), world.now);
    let kept = world.store.write(move |tx| {
        let (entry, early) = (entry.clone(), early.clone());
        Box::pin(async move {
            assert!(tx.messages(&entry).keep_early(&early, now).await?);
            let nell = tx.speakers(&entry).identity_of("account-of-Nell").await?;
            assert!(!tx.speakers(&entry).is_private(&early).await?);
            let mut wishes = tx.wishes(&entry.community);
            let wish = wishes.of(&nell.unwrap()).await?;
            wishes.count_again(&wish.person, now).await?;
            wishes.stop_counting(&wish.person, now).await?;
            wishes.keep_back(&wish.person, now).await?;
            let nameless_since = Some(now);
            wishes
                .set(&Wish {
                    nameless_since,
                    ..wish
                })
                .await
        })
    });
    kept.await.unwrap();
    world.posts("chat:g", "Nell", "n3", "Here I am, too").await;
    world
        .edits("chat:g", "Nell", "n3", "Here I am, too #local")
        .await;
    let mut called = posted("n4", &[], "");
    called.content.text.0.push(Node::Mention {
        account: Some("account-of-Nell".into()),
        name: "@Nell".to_owned(),
    });
    let event = world.event("chat:g", "Ana", Event::Posted(called));
    let said = world.take_in(event).await.unwrap().1.message.unwrap();
    let mut number = 0;
    let work = loop {
        number += 1;
        let work = world.delivers("chat:h", &format!("b-of-{number}")).await;
        if work.message == said {
            break work;
        }
    };
    assert_eq!(work.said.content.text.plain_text(), "@Member 1");
    assert!(
        world
            .store
            .held("riverside", None, 10)
            .await
            .unwrap()
            .is_empty()
    );
}

/// Held, for nobody knows whether she wrote it.
fn letter(world: &mut World, id: &str) -> Inbound {
    let event = Event::Posted(posted(id, &[], "Is it me?"));
    Inbound {
        proof: Proof::Missing,
        ..world.event("chat:g", "Nell", event)
    }
}
