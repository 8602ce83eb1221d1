//! How somebody wants to be left alone: what is kept of them, and what is not.

use std::time::Duration;

use conversation::{AccountRef, IdentityId};
use store::Wish;

use crate::support::{Database, World};

crate::on_both_engines!(
    who_does_not_want_to_be_counted_is_in_no_row,
    ten_thousand_messages_are_kept_back_at_once,
    what_either_of_two_accounts_wanted_holds_for_both,
    nobody_is_called_as_somebody_else_is,
);

impl World {
    pub(crate) async fn identity(&self, channel: &str, who: &str) -> IdentityId {
        let (entry, account) = (self.entry(channel), format!("account-of-{who}"));
        let found = self.store.write(move |tx| {
            let (entry, account) = (entry.clone(), account.clone());
            Box::pin(async move { tx.speakers(&entry).identity_of(&account).await })
        });
        found.await.unwrap().unwrap()
    }

    async fn wish(&self, channel: &str, who: &str) -> Wish {
        let (community, identity) = (
            self.community("riverside").await,
            self.identity(channel, who).await,
        );
        let found = self.store.write(move |tx| {
            let (community, identity) = (community.clone(), identity.clone());
            Box::pin(async move { tx.wishes(&community).of(&identity).await })
        });
        found.await.unwrap()
    }

    async fn wishes(&self, wish: Wish) {
        let community = self.community("riverside").await;
        let done = self.store.write(move |tx| {
            let (community, wish) = (community.clone(), wish.clone());
            Box::pin(async move { tx.wishes(&community).set(&wish).await })
        });
        done.await.unwrap();
    }

    async fn keeps_back(&self, wish: &Wish) {
        let (community, person, now) = (
            self.community("riverside").await,
            wish.person.clone(),
            self.now,
        );
        let done = self.store.write(move |tx| {
            let (community, person) = (community.clone(), person.clone());
            Box::pin(async move { tx.wishes(&community).keep_back(&person, now).await })
        });
        done.await.unwrap();
    }

    async fn counts(&self, wish: &Wish, counts: bool) -> u64 {
        let (community, person, now) = (
            self.community("riverside").await,
            wish.person.clone(),
            self.now,
        );
        let done = self.store.write(move |tx| {
            let (community, person) = (community.clone(), person.clone());
            Box::pin(async move {
                let mut wishes = tx.wishes(&community);
                match counts {
                    true => wishes.count_again(&person, now).await.map(|()| 0),
                    false => wishes.stop_counting(&person, now).await,
                }
            })
        });
        done.await.unwrap()
    }
}

fn account(text: &str) -> AccountRef {
    text.parse().unwrap()
}

async fn who_does_not_want_to_be_counted_is_in_no_row(database: &Database) {
    let mut world = World::new(database).await;
    world.posts("chat:a", "Ana", "1", "Hello").await;
    world
        .posts("mail:list", "Ana", "m1", "I am here, too")
        .await;
    world.replies("chat:a", "Bo", ("2", "1"), "Hi").await;
    let (community, now) = (world.community("riverside").await, world.now);
    let joined = world.store.write(move |tx| {
        let community = community.clone();
        Box::pin(async move {
            let (chat, mail) = (
                account("chat:account-of-Ana"),
                account("mail:account-of-Ana"),
            );
            tx.people(&community).join(&chat, &mail, now).await
        })
    });
    joined.await.unwrap();
    let rows = "select (select count(*) from engagement) as n, (select count(*) from engagement where answers_key is not null) as m,
                  (select count(*) from counted) as k";
    assert_eq!(database.look(rows).await, "3|1|1");
    let ana = world.wish("mail:list", "Ana").await;
    assert!(ana.is_counted);
    assert_eq!(world.counts(&ana, false).await, 2);
    assert_eq!(database.look(rows).await, "1|0|0");
    world.posts("chat:a", "Ana", "3", "Still here").await;
    world.replies("chat:a", "Bo", ("4", "3"), "Good").await;
    assert_eq!(database.look(rows).await, "2|0|0");
    assert!(!world.wish("chat:a", "Ana").await.is_counted);
    world.counts(&ana, true).await;
    world.posts("chat:a", "Ana", "5", "Count me in").await;
    assert_eq!(database.look(rows).await, "3|0|1");
}

/// A member of many years says it while the bridge is at work: others wait for that transaction.
async fn ten_thousand_messages_are_kept_back_at_once(database: &Database) {
    let mut world = World::new(database).await;
    let root = world.posts("chat:a", "Ana", "1", "Hello").await.0;
    database
        .execute(&format!(
            "insert into message (community_id, id, room_id, channel_id, identity_id, name_id, thread_id, own_subject, said_at, taken_at,
               revision, revised_at)
             with recursive n (n) as (select 1 union all select n + 1 from n where n < 9999)
             select m.community_id, m.id || '-' || n.n, m.room_id, m.channel_id, m.identity_id, m.name_id, m.id || '-' || n.n, 0, m.said_at,
               m.taken_at, 0, m.revised_at from message m cross join n where m.id = '{root}'"
        ))
        .await;
    database
        .execute(
            "insert into delivery (community_id, id, seq, message_id, channel_id, operation, state, attempts, epoch, remote_ids, revision,
               created_at, next_attempt_at)
             select d.community_id, d.id || '-' || m.id, d.seq, m.id, d.channel_id, 'post', 'sent', 1, 1, '[]', 0, 1, 1
             from delivery d join message m on m.community_id = d.community_id and m.id <> d.message_id",
        )
        .await;
    let ana = world.wish("chat:a", "Ana").await;
    world.later(Duration::from_secs(1));
    let began = std::time::Instant::now();
    world.keeps_back(&ana).await;
    let took = began.elapsed();
    assert!(took < Duration::from_secs(2), "{took:?}");
    let states = "select state, count(*) as n from delivery group by state order by state";
    assert_eq!(database.look(states).await, "sent|19998\nsuppressed|2");
}

async fn what_either_of_two_accounts_wanted_holds_for_both(database: &Database) {
    let mut world = World::new(database).await;
    world.posts("chat:a", "Ana", "1", "Hello").await;
    world
        .posts("mail:list", "Ana", "m1", "I am here, too")
        .await;
    let mail = world.wish("mail:list", "Ana").await;
    let now = world.now;
    world
        .wishes(Wish {
            private_since: Some(now),
            ..mail.clone()
        })
        .await;
    world.counts(&mail, false).await;
    let community = world.community("riverside").await;
    let joined = world.store.write(move |tx| {
        let community = community.clone();
        Box::pin(async move {
            let (chat, mail) = (
                account("chat:account-of-Ana"),
                account("mail:account-of-Ana"),
            );
            tx.people(&community).join(&chat, &mail, now).await
        })
    });
    assert!(joined.await.unwrap());
    let chat = world.wish("chat:a", "Ana").await;
    assert_eq!((chat.private_since, chat.is_counted), (Some(now), false));
}

async fn nobody_is_called_as_somebody_else_is(database: &Database) {
    let mut world = World::new(database).await;
    world
        .posts("chat:a", "Member 1", "1", "That is my name")
        .await;
    for (who, id) in [("Ana", "2"), ("Bo", "3")] {
        world.posts("chat:a", who, id, "Hello").await;
        let wish = world.wish("chat:a", who).await;
        let nameless_since = Some(world.now);
        world
            .wishes(Wish {
                nameless_since,
                ..wish
            })
            .await;
        world
            .posts("chat:a", who, &format!("{id}0"), "Hello again")
            .await;
    }
    world.posts("chat:a", "Member 3", "4", "I come later").await;
    let names = "select n.display_name, n.namesake, n.pseudonym from message m
                 join name n on n.id = m.name_id and n.community_id = m.community_id order by m.taken_at, m.id";
    crate::assert_text!(database.look(names).await, @"
    Member 1|1|0
    Ana|1|0
    Member 2|1|1
    Bo|1|0
    Member 3|1|1
    Member 3|2|0
    ");
}
