//! Who is who: two accounts of one person, namesakes, and whom a mention rings.

use conversation::{Event, Language, Node};
use store::Mentions;

use crate::support::{World, posted};

pub(crate) async fn are_told_apart(world: &mut World) {
    world
        .posts("mail:list", "Ana", "m1", "I am here, too")
        .await;
    let now = world.now;
    let entry = world.entry("chat:a");
    let told = world.store.write(move |tx| {
        let entry = entry.clone();
        Box::pin(async move {
            let community = tx.communities().add("riverside", now).await?;
            let chat = "chat:account-of-Ana".parse().unwrap();
            let mail = "mail:account-of-Ana".parse().unwrap();
            tx.people(&community)
                .set_mentions(&chat, Mentions::Account)
                .await?;
            tx.people(&community)
                .set_staff(std::slice::from_ref(&chat))
                .await?;
            let joined = tx.people(&community).join(&chat, &mail, now).await?;
            tx.communities()
                .speak(&community, Language::SPANISH)
                .await?;
            let ana = tx.speakers(&entry).identity_of("account-of-Ana").await?;
            let before = tx
                .people(&community)
                .speak_with(&ana.unwrap(), Some(Language::ENGLISH))
                .await?;
            assert_eq!(before, None);
            Ok(joined)
        })
    });
    assert!(told.await.unwrap());
    let first = [("chat:account-of-Bo".parse().unwrap(), "Ana".to_owned())];
    let named = world.store.name_first("riverside", &first, now);
    named.await.unwrap();
    assert_eq!(
        world
            .store
            .people("riverside", u32::MAX)
            .await
            .unwrap()
            .len(),
        3
    );
    let mut posted = posted("m2", &[], "");
    posted.content.text.0.push(Node::Mention {
        account: Some("account-of-Ana".into()),
        name: "Ana".to_owned(),
    });
    let event = world.event("mail:list", "Ana", Event::Posted(posted));
    world.take_in(event).await.unwrap();
    let mut rung = 0;
    for id in ["the bridge's own", "m1", "m2"] {
        rung += world.delivers("chat:a", id).await.context.mentions.len();
    }
    assert_eq!(rung, 1);
}
