//! Accounts that are joined and part again, with what they count and what their person wished; codes and roles.

use std::time::Duration;

use conversation::{AccountRef, CommunityId, Timestamp, command::Office};
use futures::future::BoxFuture;
use store::{CodeKind, Result, Tx};

use super::people::COUNTED;
use crate::support::{Database, NOW, World};

crate::on_both_engines!(
    whoever_parts_counts_for_themselves_whatever_was_joined_before,
    the_stricter_wish_holds_and_both_keep_it,
    no_row_holds_a_code,
    roles_stay_with_whom_they_were_granted_to,
);

const ACCOUNTS: usize = 7;

fn account(number: usize) -> AccountRef {
    format!("chat:account-of-a{number}").parse().unwrap()
}

/// Each has said one thing.
async fn all(database: &Database) -> World {
    let mut world = World::new(database).await;
    for number in 0..ACCOUNTS {
        let name = format!("a{number}");
        world.named("chat:a", &name, &format!("Nr {name}")).await;
    }
    world
}

impl World {
    async fn does<T: Send + 'static>(
        &self,
        work: impl for<'t> Fn(&'t mut Tx, CommunityId) -> BoxFuture<'t, Result<T>> + Send + 'static,
    ) -> Result<T> {
        let community = self.community("riverside").await;
        let done = self.store.write(move |tx| work(tx, community.clone()));
        done.await
    }

    async fn are_joined(&self, first: usize, second: usize) -> bool {
        let joined = self.does(move |tx, it| {
            Box::pin(async move {
                let both = (account(first), account(second));
                tx.people(&it).join(&both.0, &both.1, NOW).await
            })
        });
        joined.await.unwrap()
    }

    async fn parts(&self, number: usize) -> Result<usize> {
        let parted = self.does(move |tx, it| {
            Box::pin(async move { Ok(tx.people(&it).part(&account(number)).await?.len()) })
        });
        parted.await
    }
}

/// Against sets that are kept beside it, for many steps of a chance that is always the same.
async fn whoever_parts_counts_for_themselves_whatever_was_joined_before(database: &Database) {
    let world = all(database).await;
    let log = database.look("select * from engagement order by id").await;
    let mut groups: Vec<usize> = (0..ACCOUNTS).collect();
    let mut chance: usize = 7;
    for _ in 0..200 {
        chance = chance
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let (one, other) = ((chance >> 33) % ACCOUNTS, (chance >> 43) % ACCOUNTS);
        let is_alone = groups.iter().filter(|it| **it == groups[one]).count() == 1;
        if chance >> 60 < 7 {
            assert_eq!(world.parts(one).await.is_err(), is_alone);
            groups[one] = groups.iter().max().unwrap() + 1;
        } else {
            let (from, to) = (groups[other], groups[one]);
            assert_eq!(world.are_joined(one, other).await, from != to);
            groups
                .iter_mut()
                .filter(|it| **it == from)
                .for_each(|it| *it = to);
        }
        let mut distinct = groups.clone();
        distinct.sort_unstable();
        distinct.dedup();
        let number = distinct.len().to_string();
        assert_eq!(database.look(COUNTED).await, number, "{groups:?}");
        let persons = "select count(distinct person_id) from identity";
        assert_eq!(database.look(persons).await, number);
    }
    assert_eq!(
        database.look("select * from engagement order by id").await,
        log
    );
}

async fn the_stricter_wish_holds_and_both_keep_it(database: &Database) {
    let world = all(database).await;
    for sql in [
        "update person set private_since = 7, rests_until = 50 where id = (select person_id from identity where account = 'account-of-a0')",
        "update person set nameless_since = 8, rests_until = 60 where id = (select person_id from identity where account = 'account-of-a1')",
        "insert into consent (community_id, person_id, purpose, is_given, version, at)
         select community_id, person_id, 'relay', 1, 3, 5 from identity where account = 'account-of-a0'",
        "insert into consent (community_id, person_id, purpose, is_given, version, at)
         select community_id, person_id, 'relay', 0, 2, 4 from identity where account = 'account-of-a1'",
        "insert into consent (community_id, person_id, purpose, is_given, version, at)
         select community_id, person_id, 'pulse', 1, 2, 4 from identity where account = 'account-of-a1'",
    ] {
        database.execute(sql).await;
    }
    assert!(world.are_joined(0, 1).await);
    assert_eq!(world.parts(0).await.unwrap(), 1);
    for number in 0..2 {
        let of = format!("(select person_id from identity where account = 'account-of-a{number}')");
        let wishes = format!(
            "select private_since, nameless_since, rests_until from person where id = {of}"
        );
        assert_eq!(database.look(&wishes).await, "7|8|60");
        let consents = format!(
            "select purpose, is_given, version from consent where person_id = {of} order by purpose"
        );
        assert_eq!(database.look(&consents).await, "pulse|1|2\nrelay|0|2");
    }
}

async fn no_row_holds_a_code(database: &Database) {
    let world = all(database).await;
    let kept = world.does(|tx, it| {
        Box::pin(async move {
            let mut people = tx.people(&it);
            let whose = people.identity_at(&account(0)).await?;
            let when = (NOW.plus(Duration::from_secs(60)), NOW);
            for code in ["7K3QH2M9", "AAAAAAAA"] {
                people.set_code((CodeKind::Owner, code), None, when).await?;
                people
                    .set_code((CodeKind::Connect, code), Some(&whose), when)
                    .await?;
            }
            Ok(())
        })
    });
    kept.await.unwrap();
    let rows = database.look("select * from code").await;
    assert!(
        !rows.contains("7K3QH2M9") && !rows.contains("AAAAAAAA"),
        "{rows}"
    );
    assert_eq!(rows.lines().count(), 2, "the newest of each kind");
    let says = |kind, code: &'static str, now: Timestamp| {
        world.does(move |tx, it| {
            Box::pin(async move { tx.people(&it).use_code((kind, code), now).await })
        })
    };
    let (owner, connect) = (CodeKind::Owner, CodeKind::Connect);
    assert_eq!(says(owner, "7K3QH2M9", NOW).await.unwrap(), None);
    let late = NOW.plus(Duration::from_secs(61));
    assert_eq!(says(owner, "AAAAAAAA", late).await.unwrap(), None);
    assert!(
        says(connect, "AAAAAAAA", NOW)
            .await
            .unwrap()
            .flatten()
            .is_some()
    );
    assert_eq!(says(connect, "AAAAAAAA", NOW).await.unwrap(), None);
}

async fn roles_stay_with_whom_they_were_granted_to(database: &Database) {
    let world = all(database).await;
    let offices = |number: usize| {
        let found = world.does(move |tx, it| {
            Box::pin(async move { tx.people(&it).offices(&account(number)).await })
        });
        async move {
            let found = found.await.unwrap();
            (found.has(Office::Owner), found.has(Office::Trainer))
        }
    };
    let granted = world.does(|tx, it| {
        Box::pin(async move {
            let mut people = tx.people(&it);
            people.grant(&account(0), Office::Owner, NOW).await?;
            people.grant(&account(1), Office::Trainer, NOW).await
        })
    });
    granted.await.unwrap();
    assert!(world.are_joined(1, 0).await);
    assert_eq!(offices(0).await, (true, true));
    assert_eq!(offices(1).await, (true, true));
    assert_eq!(world.parts(1).await.unwrap(), 1);
    assert_eq!(offices(0).await, (true, false));
    assert_eq!(offices(1).await, (false, true));
}
