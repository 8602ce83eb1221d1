//! What people agree to, what waits for their yes, and where everybody is told.

use conversation::{ChannelRef, command::Aim};
use store::{Retention, Tx};

use crate::support::World;

pub(crate) async fn people_agree(world: &World) {
    let (entry, now) = (world.entry("chat:a"), world.now);
    let done = world.store.write(move |tx| {
        let entry = entry.clone();
        Box::pin(async move {
            let ana = tx.speakers(&entry).identity_of("account-of-Ana").await?;
            let ana = ana.expect("she was heard");
            let whose = &entry.community;
            tx.agreements(whose).put("Be kind.", now).await?;
            assert_eq!(tx.agreements(whose).said(&ana, Aim::Relay).await?, None);
            for is_given in [false, true] {
                let said = (Aim::Relay, is_given);
                tx.agreements(whose).say(&ana, said, now).await?;
            }
            tx.agreements(whose).forget_a_no(&ana, Aim::Relay).await?;
            let account = ("chat", &"account-of-Ana".into());
            let said = tx.agreements(whose).relay_said_by(account).await?;
            assert_eq!(said, Some(true));
            let mut unagreed = tx.unagreed(whose);
            assert_eq!(unagreed.of(&ana).await?, []);
            assert_eq!(unagreed.since(&ana).await?, None);
            assert_eq!(unagreed.questions(&ana, "may-it-go").await?, []);
            let none = ["none".to_owned().into()];
            unagreed.keep_back(&none[0]).await?;
            assert!(!unagreed.is_refused(&none[0]).await?);
            unagreed.release(&none, now).await?;
            unagreed.end(&none, now).await?;
            everybody_is_told(tx, &entry).await
        })
    });
    done.await.unwrap();
    let entry = world.entry("chat:a");
    assert_eq!(world.store.unagreed(None).await.unwrap(), 0);
    let agreement = world.store.agreement(&entry.community).await.unwrap();
    assert_eq!(agreement.text, "Be kind.");
    let nobody = "nobody".to_owned().into();
    let said = world.store.consents(&entry.community, &nobody).await;
    assert_eq!(said.unwrap(), []);
}

async fn everybody_is_told(tx: &mut Tx, entry: &store::Entry) -> store::Result<()> {
    let now = entry.channel.heard_at.unwrap_or_default();
    let room = entry.room_name.clone().expect("it stands in one");
    let kept = Retention {
        body_days: 30,
        metadata_months: 13,
    };
    let mut rooms = tx.rooms(&entry.community);
    rooms.announce_all(Some(kept)).await?;
    rooms.announce_new(now).await?;
    let to_be = ChannelRef::new("chat", "to-be");
    let places = conversation::Arg::Places(Default::default());
    rooms.announce((&room, &to_be), places, now).await?;
    rooms.link_with((&room, &to_be), true, now).await?;
    rooms.unlink(&to_be).await?;
    rooms.announce_all(None).await?;
    let asks = rooms.asks_first(&room).await?;
    rooms.set_asks_first(&room, asks).await
}
