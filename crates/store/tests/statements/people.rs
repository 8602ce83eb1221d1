//! Who is who: two accounts of one person, namesakes, and whom a mention rings; who may what, and what was done.

use conversation::{
    AccountRef, Event, Language, MessageId, Node, Phrase, Timestamp, command::Office,
};
use store::{CodeKind, Mentions, Tx, parts::People};

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
    may_do_what(world).await;
}

/// Roles, codes, the audit log, and accounts that part again.
async fn may_do_what(world: &mut World) {
    let now = world.now;
    let told = world.store.write(move |tx| {
        Box::pin(async move {
            let community = tx.communities().add("riverside", now).await?;
            tx.communities().only().await?;
            let mut people = tx.people(&community);
            let chat: AccountRef = "chat:account-of-Ana".parse().unwrap();
            people.grant(&chat, Office::Owner, now).await?;
            people.grant(&chat, Office::Trainer, now).await?;
            people.revoke(&chat, Office::Trainer).await?;
            assert!(people.is_owned().await?);
            codes(&mut people, &chat, now).await?;
            parts(tx, &community, &chat, now).await?;
            Ok(community)
        })
    });
    let community = told.await.unwrap();
    let store = &world.store;
    assert_eq!(store.granted(&community).await.unwrap().len(), 1);
    assert_eq!(store.audit(&community, 12).await.unwrap().1, 1);
    assert_eq!(store.offered_act("short.id").await.unwrap(), None);
    let nobody = MessageId("nobody".to_owned());
    store.said_to(&community, &nobody).await.unwrap();
}

async fn codes(people: &mut People<'_>, whose: &AccountRef, now: Timestamp) -> store::Result<()> {
    let id = people.identity_at(whose).await?;
    let by = Some(&id);
    let effect = Phrase {
        name: "effect-owner".to_owned(),
        args: std::collections::BTreeMap::new(),
    };
    people.note_done(("owner", &effect), by, now).await?;
    let code = (CodeKind::Owner, "7K3QH2M9");
    people.set_code(code, None, (now, now)).await?;
    assert_eq!(people.use_code(code, now).await?, Some(None));
    people.show_code("chance", &id, (now, now)).await?;
    assert!(people.offices_of(&id).await?.has(Office::Owner));
    people.account_of(&id).await.map(drop)
}

async fn parts(
    tx: &mut Tx,
    community: &conversation::CommunityId,
    account: &AccountRef,
    now: Timestamp,
) -> store::Result<()> {
    let id = tx.people(community).identity_at(account).await?;
    let whose = (community, &id);
    tx.requests().withdraw(whose, "join", now).await?;
    assert_eq!(tx.requests().answerable(whose, now).await?, None);
    let channel = conversation::ChannelId("none".to_owned());
    tx.private_chats().or_room(community, &channel).await?;
    let mut people = tx.people(community);
    assert!(people.offices(account).await?.has(Office::Owner));
    let others = people.part(account).await?;
    assert_eq!(others.len(), 1);
    assert!(!people.are_one(&id, &others[0]).await?);
    let other = people.account_of(&others[0]).await?;
    people.join(account, &other, now).await.map(drop)
}
