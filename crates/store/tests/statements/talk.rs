//! People talk, and the bridge carries what they say.

use conversation::{Arg, Event, IdentityId, Phrase, Twin, WaitsFor};
use store::{Progress, Say, To};

use crate::support::{World, finish, phrase, posted};

pub(crate) async fn people_talk(world: &mut World) {
    world.posts("chat:a", "Ana", "1", "Who is coming?").await;
    world.replies("chat:a", "Bo", ("2", "1"), "I am").await;
    let entry = world.entry("chat:a");
    assert!(world.store.knows(&entry, &"2".into()).await.unwrap());
    world.edits("chat:a", "Bo", "2", "I am!").await;
    world.reacts("chat:a", "Ana", "2", ("👍 🎉", "")).await;
    world.reacts("chat:a", "Ana", "2", ("", "🎉")).await;
    let long = "a long story ".repeat(10_000);
    world.posts("chat:a", "Cy", "3", &long).await;
    world.deletes("chat:a", "Cy", "3").await;
    let mut renamed = world.event("chat:a", "Ana", Event::Posted(posted("4", &[], "Hello")));
    renamed.actor.display_name = "Ana María".to_owned();
    for fingerprint in ["one", "another"] {
        let Event::Posted(posted) = &mut renamed.event else {
            unreachable!()
        };
        posted.twin = Some(Twin {
            fingerprint: fingerprint.to_owned(),
            key: fingerprint.into(),
            message: fingerprint.into(),
        });
        world.take_in(renamed.clone()).await.unwrap();
    }
    let messages = vec!["unknown".into()];
    let dropped = world.event("chat:a", "Ana", Event::Deleted { messages });
    world.take_in(dropped).await.unwrap();
}

pub(crate) async fn the_bridge_relays(world: &mut World) {
    world.delivers("chat:b", "b1").await;
    world.delivers("chat:b", "b2").await;
    let edit = world.work("chat:b").await;
    let at = world.now;
    let what = WaitsFor::Window;
    world
        .finishes(&edit, &[], Progress::Waits { what, at })
        .await;
    let sent = finish(&edit, &["b2"], Progress::Sent { revision: 1, at });
    let done = world.store.write(move |tx| {
        let sent = sent.clone();
        Box::pin(async move {
            tx.outcome(&sent).record().await?;
            tx.outcome(&sent).record_edit(1).await
        })
    });
    done.await.unwrap();
    world.delivers("chat:b", "").await;
    let reason = "refused".to_owned();
    let work = world.work("chat:b").await;
    world.finishes(&work, &[], Progress::Dead { reason }).await;
}

pub(crate) async fn one_was_edited_before_anybody_knows_whether_it_arrived(world: &mut World) {
    let said = world.posts("chat:a", "Ana", "9", "Friday").await;
    let mut work = world.work("chat:b").await;
    while work.message != said {
        let at = world.now;
        world
            .finishes(&work, &[], Progress::Sent { revision: 0, at })
            .await;
        work = world.work("chat:b").await;
    }
    let doubt = Progress::InDoubt {
        at: world.now,
        reason: "no answer".to_owned(),
        done: None,
        count: store::Count::First,
    };
    world.finishes(&work, &[], doubt).await;
    world.edits("chat:a", "Ana", "9", "Saturday").await;
    assert!(world.work("chat:b").await.attempt.in_doubt);
}

pub(crate) async fn the_bridge_speaks(world: &World) {
    let list = world.entry("chat:b");
    let overdue = world.store.write(move |tx| {
        let list = list.clone();
        Box::pin(async move {
            let place = (&list.community, &list.channel.id);
            assert!(tx.backlog(place.0, place.1).has_open_posts().await?);
            tx.backlog(place.0, place.1).untold(10).await
        })
    });
    let overdue = overdue.await.unwrap();
    let home = world.entry(&overdue[0].home.to_string());
    let say = Say {
        to: To::Message(overdue[0].message.clone()),
        ..Say::to(home, overdue[0].news.clone(), about_somebody(), Vec::new())
    };
    let now = world.now;
    let said = world.store.write(move |tx| {
        let say = say.clone();
        Box::pin(async move {
            Ok((
                tx.own_words().say(&say, now).await?,
                tx.own_words().say(&say, now).await?,
            ))
        })
    });
    let (first, again) = said.await.unwrap();
    assert!(first.is_some() && again.is_none());
}

/// Whoever that is, is looked up where it goes.
fn about_somebody() -> Phrase {
    let somebody = IdentityId("somebody".to_owned());
    phrase("not-yet").with("who", Arg::Person(somebody))
}
