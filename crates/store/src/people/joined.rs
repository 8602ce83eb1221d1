//! Which accounts are one human being, and how they part again.
//!
//! **Invariant:** the engagement log is not touched: what counts for whom is a tree of rows beside it. What somebody asked for
//! themselves outlives both: joined, the stricter of two wishes holds; parted, both sides keep it.

use conversation::{AccountRef, IdentityId, PersonId, Timestamp};
use sqlx::Row;

use super::account_ref;
use crate::{Error, Refusal, Result, Thing, keys::KEY_NO, parts::People, text};

/// An account as far as joining needs it.
pub(super) struct Known {
    pub(super) identity: IdentityId,
    pub(super) person: PersonId,
    /// What it was before it was joined with any, and is once it stands alone.
    pub(super) own_person: PersonId,
    hash: String,
    /// Of all its person's accounts the one that the engagement log counts.
    counted_as: String,
}

impl People<'_> {
    /// From now on the accounts are one human being. The first one's setting of mentions holds, and its account is the
    /// one that the engagement log counts. False if they were one already.
    pub async fn join(
        &mut self,
        first: &AccountRef,
        second: &AccountRef,
        now: Timestamp,
    ) -> Result<bool> {
        let one = self.known_account(first).await?;
        let other = self.known_account(second).await?;
        if one.person == other.person {
            return Ok(false);
        }
        self.keep_the_stricter((&other.person, &one.person)).await?;
        sqlx::query(
            "update identity set person_id = $1 where person_id = $2 and community_id = $3",
        )
        .bind(&one.person.0)
        .bind(&other.person.0)
        .bind(&self.community.0)
        .execute(self.tx.connection().await?)
        .await?;
        sqlx::query(
            "insert into counted (community_id, key_no, account_key, person_key, since) values ($1, $2, $3, $4, $5)",
        )
        .bind(&self.community.0)
        .bind(KEY_NO)
        .bind(&other.counted_as)
        .bind(&one.counted_as)
        .bind(now.0)
        .execute(self.tx.connection().await?)
        .await?;
        self.tx.directory().next_revision(self.community).await?;
        self.keep_to_the_stricter(&one, now).await?;
        Ok(true)
    }

    /// What either side did not want happens with nothing of the other's, either.
    async fn keep_to_the_stricter(&mut self, joined: &Known, now: Timestamp) -> Result<()> {
        let mut wishes = self.tx.wishes(self.community);
        let wish = wishes.of(&joined.identity).await?;
        let mut woken = Vec::new();
        if wish.private_since.is_some() {
            woken.extend(wishes.keep_back(&wish.person, now).await?);
        }
        if wish.nameless_since.is_some() {
            woken.extend(wishes.say_quotations_anew(&wish.person, now).await?);
        }
        if !wish.is_counted {
            wishes.stop_counting(&wish.person, now).await?;
        }
        let channels = woken.into_iter().collect();
        let mut rooms = self.tx.rooms(self.community);
        rooms.channels_changed(&channels).await
    }

    /// Whether it was heard in the community.
    pub async fn is_known(&mut self, account: &AccountRef) -> Result<bool> {
        match self.known_account(account).await {
            Ok(_) => Ok(true),
            Err(Error::Unknown { .. }) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// The account is a human being of its own again; the others of its person stay together. These are they.
    pub async fn part(&mut self, account: &AccountRef) -> Result<Vec<IdentityId>> {
        let known = self.known_account(account).await?;
        let others = self.others_of(&known).await?;
        let Some((_, first)) = others.first() else {
            return Err(Refusal::AloneAlready.into());
        };
        self.forget_codes_of(&known.identity).await?;
        let (leaves, stay) = match known.person == known.own_person {
            true => (&known.person, first),
            false => (&known.own_person, &known.person),
        };
        for to in [leaves, stay].into_iter().filter(|it| **it != known.person) {
            self.keep_the_same((&known.person, to)).await?;
        }
        self.move_apart(&known, (leaves, stay)).await?;
        self.count_apart(&known).await?;
        self.tx.directory().next_revision(self.community).await?;
        Ok(others.into_iter().map(|it| it.0).collect())
    }

    async fn move_apart(
        &mut self,
        known: &Known,
        (leaves, stay): (&PersonId, &PersonId),
    ) -> Result<()> {
        sqlx::query(
            "update identity set person_id = case id when $1 then $2 else $3 end where person_id = $4 and community_id = $5",
        )
        .bind(&known.identity.0)
        .bind(&leaves.0)
        .bind(&stay.0)
        .bind(&known.person.0)
        .bind(&self.community.0)
        .execute(self.tx.connection().await?)
        .await?;
        Ok(())
    }

    /// What counted under the account counts under what that counted under, or, where it was the root, under one of the others.
    async fn count_apart(&mut self, known: &Known) -> Result<()> {
        let above: Option<String> = sqlx::query_scalar(
            "select person_key from counted where community_id = $1 and key_no = $2 and account_key = $3",
        )
        .bind(&self.community.0)
        .bind(KEY_NO)
        .bind(&known.hash)
        .fetch_optional(self.tx.reading().await?)
        .await?;
        let below: Option<String> = sqlx::query_scalar(
            "select min(account_key) from counted where community_id = $1 and key_no = $2 and person_key = $3",
        )
        .bind(&self.community.0)
        .bind(KEY_NO)
        .bind(&known.hash)
        .fetch_one(self.tx.reading().await?)
        .await?;
        let root = match &above {
            Some(_) => known.hash.clone(),
            None => below.clone().unwrap_or_default(),
        };
        sqlx::query(
            "delete from counted where community_id = $1 and key_no = $2 and account_key = $3",
        )
        .bind(&self.community.0)
        .bind(KEY_NO)
        .bind(&root)
        .execute(self.tx.connection().await?)
        .await?;
        sqlx::query(
            "update counted set person_key = $4 where community_id = $1 and key_no = $2 and person_key = $3",
        )
        .bind(&self.community.0)
        .bind(KEY_NO)
        .bind(&known.hash)
        .bind(above.unwrap_or(root))
        .execute(self.tx.connection().await?)
        .await?;
        Ok(())
    }

    /// Of the same person, the oldest acquaintance first, each with its own person.
    async fn others_of(&mut self, known: &Known) -> Result<Vec<(IdentityId, PersonId)>> {
        let rows = sqlx::query(
            "select id, own_person_id from identity where person_id = $1 and community_id = $2 and id <> $3
             order by created_at, id",
        )
        .bind(&known.person.0)
        .bind(&self.community.0)
        .bind(&known.identity.0)
        .fetch_all(self.tx.reading().await?)
        .await?;
        let other =
            |it: &sqlx::any::AnyRow| (IdentityId(it.get("id")), PersonId(it.get("own_person_id")));
        Ok(rows.iter().map(other).collect())
    }

    pub async fn are_one(&mut self, one: &IdentityId, other: &IdentityId) -> Result<bool> {
        let found = sqlx::query(
            "select 1 from identity i join identity o on o.person_id = i.person_id and o.community_id = i.community_id
             where i.community_id = $1 and i.id = $2 and o.id = $3",
        );
        let found = found.bind(&self.community.0).bind(&one.0).bind(&other.0);
        let found = found.fetch_optional(self.tx.reading().await?).await?;
        Ok(found.is_some())
    }

    /// Of an account that was heard.
    pub async fn identity_at(&mut self, account: &AccountRef) -> Result<IdentityId> {
        Ok(self.known_account(account).await?.identity)
    }

    pub async fn account_of(&mut self, identity: &IdentityId) -> Result<AccountRef> {
        let row = sqlx::query(
            "select platform, account from identity where community_id = $1 and id = $2",
        )
        .bind(&self.community.0)
        .bind(&identity.0)
        .fetch_optional(self.tx.reading().await?)
        .await?;
        row.as_ref().map(account_ref).ok_or(Error::Closed)
    }

    pub(super) async fn known_account(&mut self, account: &AccountRef) -> Result<Known> {
        let found = sqlx::query(
            "select i.id, i.person_id, i.own_person_id, i.account_hash, (
               select min(a.account_hash) from identity a
               where a.person_id = i.person_id and a.community_id = i.community_id and not exists (
                 select 1 from counted c
                 where c.community_id = a.community_id and c.key_no = $4 and c.account_key = a.account_hash
               )
             ) as counted_as
             from identity i where i.community_id = $1 and i.platform = $2 and i.account = $3",
        )
        .bind(&self.community.0)
        .bind(&account.platform.0)
        .bind(text::key(&account.account.0))
        .bind(KEY_NO)
        .fetch_optional(self.tx.reading().await?)
        .await?;
        let Some(found) = found else {
            return Err(Error::Unknown {
                what: Thing::Account,
                name: account.to_string(),
            });
        };
        Ok(Known {
            identity: IdentityId(found.get("id")),
            person: PersonId(found.get("person_id")),
            own_person: PersonId(found.get("own_person_id")),
            hash: found.get("account_hash"),
            counted_as: found.get("counted_as"),
        })
    }

    /// Of both persons' wishes, for the second.
    async fn keep_the_stricter(&mut self, (from, to): (&PersonId, &PersonId)) -> Result<()> {
        for sql in [
            "update person set
               private_since = case when person.private_since is null or person.private_since > f.private_since
                 then coalesce(f.private_since, person.private_since) else person.private_since end,
               nameless_since = case when person.nameless_since is null or person.nameless_since > f.nameless_since
                 then coalesce(f.nameless_since, person.nameless_since) else person.nameless_since end,
               rests_until = case when person.rests_until is null or person.rests_until < f.rests_until
                 then coalesce(f.rests_until, person.rests_until) else person.rests_until end
             from (
               select o.community_id as of_community, o.private_since, o.nameless_since, o.rests_until from person o
               where o.community_id = $1 and o.id = $2
             ) f where person.community_id = $1 and person.id = $3 and f.of_community = person.community_id",
            "insert into consent (community_id, person_id, purpose, is_given, version, at)
             select c.community_id, $3, c.purpose, c.is_given, c.version, c.at from consent c
             where c.community_id = $1 and c.person_id = $2
             on conflict (person_id, purpose, community_id) do update
             set is_given = excluded.is_given, version = excluded.version, at = excluded.at
             where consent.is_given > excluded.is_given
               or consent.is_given = excluded.is_given and consent.version < excluded.version",
        ] {
            self.carry_wishes(sql, (from, to)).await?;
        }
        Ok(())
    }

    async fn keep_the_same(&mut self, (from, to): (&PersonId, &PersonId)) -> Result<()> {
        for sql in [
            "update person set private_since = f.private_since, nameless_since = f.nameless_since,
               rests_until = f.rests_until, mentions = f.mentions, language = f.language, zone = f.zone
             from (
               select o.community_id as of_community, o.private_since, o.nameless_since, o.rests_until, o.mentions,
                 o.language, o.zone from person o
               where o.community_id = $1 and o.id = $2
             ) f where person.community_id = $1 and person.id = $3 and f.of_community = person.community_id",
            "delete from consent where community_id = $1 and person_id = $3 and person_id <> $2",
            "insert into consent (community_id, person_id, purpose, is_given, version, at)
             select c.community_id, $3, c.purpose, c.is_given, c.version, c.at from consent c
             where c.community_id = $1 and c.person_id = $2",
        ] {
            self.carry_wishes(sql, (from, to)).await?;
        }
        Ok(())
    }

    async fn carry_wishes(
        &mut self,
        sql: &'static str,
        (from, to): (&PersonId, &PersonId),
    ) -> Result<()> {
        sqlx::query(sql)
            .bind(&self.community.0)
            .bind(&from.0)
            .bind(&to.0)
            .execute(self.tx.connection().await?)
            .await?;
        Ok(())
    }
}
