//! Who somebody is, what they said and what they wish goes, all in the transaction that wants it.

use conversation::{ChannelId, IdentityId, PersonId, Platform, Timestamp};
use sqlx::{Row, any::AnyRow};

use super::{Elsewhere, Forgetting, Phase};
use crate::{
    DueKind, Notice, NoticeKind, Result, id::new_id, keys::random, parts::Forgettings,
    wishes::for_person,
};

/// Theirs, of the person `$2`.
const WORDS: &[&str] = &[
    "delete from attachment where community_id = $1 and message_id in (
       select m.id from identity i join message m on m.identity_id = i.id and m.community_id = i.community_id
       where i.person_id = $2 and i.community_id = $1 and m.erased_at is not null
     )",
    "delete from body where community_id = $1 and message_id in (
       select m.id from identity i join message m on m.identity_id = i.id and m.community_id = i.community_id
       where i.person_id = $2 and i.community_id = $1 and m.erased_at is not null
     )",
];

const WHO: &[&str] = &[
    "delete from name where community_id = $1 and identity_id in (
       select i.id from identity i where i.person_id = $2 and i.community_id = $1
     ) and id <> identity_id",
    "update name set display_name = '', skeleton = '', look = '', namesake = 1, until = null
     where community_id = $1 and identity_id in (
       select i.id from identity i where i.person_id = $2 and i.community_id = $1
     )",
    // Under what each account was before it was joined with the others, too.
    "delete from role where community_id = $1 and (person_id = $2 or person_id in (
       select i.own_person_id from identity i where i.person_id = $2 and i.community_id = $1
     ))",
    "delete from consent where community_id = $1 and (person_id = $2 or person_id in (
       select i.own_person_id from identity i where i.person_id = $2 and i.community_id = $1
     ))",
    "delete from handed where community_id = $1 and (person_id = $2 or person_id in (
       select i.own_person_id from identity i where i.person_id = $2 and i.community_id = $1
     ))",
    "delete from code where community_id = $1 and identity_id in (
       select i.id from identity i where i.person_id = $2 and i.community_id = $1
     )",
    "update reader set identity_id = null where community_id = $1 and identity_id in (
       select i.id from identity i where i.person_id = $2 and i.community_id = $1
     )",
    "update person set mentions = 'name', language = null, zone = null, private_since = null, nameless_since = null,
       rests_until = null where community_id = $1 and (id = $2 or id in (
       select i.own_person_id from identity i where i.person_id = $2 and i.community_id = $1
     ))",
];

/// Whose account it is stands in that file, and nowhere else any more.
const NAMED: &str = "somebody asked to be forgotten whom the configuration names, under `[community] staff` or as a list's member: \
                     they are asked to tell you, for that file is yours to change";

impl Forgettings<'_> {
    /// How much of what they said is known and not taken back yet, and where else it stands.
    pub async fn would_take_back(&mut self, person: &PersonId) -> Result<(i64, Vec<Elsewhere>)> {
        let messages = self.count_messages(person).await?;
        let copies = sqlx::query(
            "select c.platform, count(*) as n from identity i
             join message m on m.identity_id = i.id and m.community_id = i.community_id
             join delivery d on d.message_id = m.id and d.community_id = m.community_id
             join channel c on c.community_id = d.community_id and c.id = d.channel_id
             where i.person_id = $2 and i.community_id = $1 and m.deleted_at is null and d.operation = 'post'
               and d.channel_id <> m.channel_id and (d.remote_ids <> '[]' or d.handed_to > 0)
             group by c.platform order by c.platform",
        )
        .bind(&self.community.0)
        .bind(&person.0)
        .fetch_all(self.tx.reading().await?)
        .await?;
        let elsewhere = |row: &AnyRow| Elsewhere {
            platform: Platform(row.get("platform")),
            copies: row.get("n"),
        };
        Ok((messages, copies.iter().map(elsewhere).collect()))
    }

    async fn count_messages(&mut self, person: &PersonId) -> Result<i64> {
        Ok(sqlx::query_scalar(
            "select count(*) from identity i
             join message m on m.identity_id = i.id and m.community_id = i.community_id
             where i.person_id = $2 and i.community_id = $1 and m.deleted_at is null",
        )
        .bind(&self.community.0)
        .bind(&person.0)
        .fetch_one(self.tx.reading().await?)
        .await?)
    }

    /// Whose account it is.
    pub async fn person_of(&mut self, identity: &IdentityId) -> Result<Option<PersonId>> {
        let person: Option<String> = sqlx::query_scalar(
            "select person_id from identity where id = $2 and community_id = $1",
        )
        .bind(&self.community.0)
        .bind(&identity.0)
        .fetch_optional(self.tx.reading().await?)
        .await?;
        Ok(person.map(PersonId))
    }

    /// Says which lanes have to do with it.
    pub async fn begin(&mut self, person: &PersonId, now: Timestamp) -> Result<Vec<ChannelId>> {
        let channel = self.chat_of(person).await?;
        let it = Forgetting {
            reach: match channel {
                Some(_) => None,
                None => self.reach(person).await?,
            },
            id: new_id(now),
            person: person.clone(),
            channel,
            asked_at: now,
            phase: Phase::TakingBack,
            through: String::new(),
            messages: self.count_messages(person).await?,
            is_named: self.is_named(person).await?,
        };
        let mut wishes = self.tx.wishes(self.community);
        let woken = wishes.keep_back(person, now).await?;
        let mut wishes = self.tx.wishes(self.community);
        wishes.stop_counting(person, now).await?;
        self.erase_words(person, now).await?;
        for_person(self.tx, (self.community, person), WHO).await?;
        self.empty_accounts(person, now).await?;
        self.tx.directory().next_revision(self.community).await?;
        self.begin_row(&it, now).await?;
        if it.is_named {
            let notice = Notice::new(NoticeKind::ForgottenIsNamed, it.id, NAMED.to_owned(), now);
            self.tx.notices(self.community).tell_once(&notice).await?;
        }
        Ok(woken)
    }

    /// By the operator's file, which the bridge does not write.
    async fn is_named(&mut self, person: &PersonId) -> Result<bool> {
        let found: Option<i64> = sqlx::query_scalar(
            "select 1 from identity i
             join staff s on s.community_id = i.community_id and s.platform = i.platform and s.account = i.account
             where i.person_id = $2 and i.community_id = $1
             union all
             select 1 from identity i
             join reader r on r.account_hash = i.account_hash and r.community_id = i.community_id
             where i.person_id = $2 and i.community_id = $1
             limit 1",
        )
        .bind(&self.community.0)
        .bind(&person.0)
        .fetch_optional(self.tx.reading().await?)
        .await?;
        Ok(found.is_some())
    }

    /// What is under way, or may be, is found by its words alone: those go once that is known.
    async fn erase_words(&mut self, person: &PersonId, now: Timestamp) -> Result<()> {
        sqlx::query(
            "update message set deleted_at = coalesce(deleted_at, $3), name_id = identity_id, erased_at = case
               when erased_at is not null then erased_at
               when exists (
                 select 1 from delivery d where d.message_id = message.id and d.community_id = message.community_id
                   and d.state in ('sending', 'uncertain')
               ) then null else $3 end
             where community_id = $1 and id in (
               select m.id from identity i join message m on m.identity_id = i.id and m.community_id = i.community_id
               where i.person_id = $2 and i.community_id = $1
             )",
        )
        .bind(&self.community.0)
        .bind(&person.0)
        .bind(now.0)
        .execute(self.tx.connection().await?)
        .await?;
        for_person(self.tx, (self.community, person), WORDS).await?;
        let under_way: Vec<String> = sqlx::query_scalar(
            "select m.id from identity i
             join message m on m.identity_id = i.id and m.community_id = i.community_id
             where i.person_id = $2 and i.community_id = $1 and m.erased_at is null",
        )
        .bind(&self.community.0)
        .bind(&person.0)
        .fetch_all(self.tx.reading().await?)
        .await?;
        for message in under_way {
            let due = (DueKind::Erasure, message.as_str());
            self.tx
                .clock()
                .fall_due_at(self.community, due, now)
                .await?;
        }
        Ok(())
    }

    /// Whoever is heard under one of them is somebody new from now on.
    async fn empty_accounts(&mut self, person: &PersonId, now: Timestamp) -> Result<()> {
        let identities: Vec<String> = sqlx::query_scalar(
            "select id from identity where person_id = $2 and community_id = $1",
        )
        .bind(&self.community.0)
        .bind(&person.0)
        .fetch_all(self.tx.reading().await?)
        .await?;
        for identity in identities {
            sqlx::query(
                "update identity set account = $3, account_hash = $4, account_cipher = '', picture = null, name_id = id,
                   own_person_id = person_id, created_at = $5 where community_id = $1 and id = $2",
            )
            .bind(&self.community.0)
            .bind(&identity)
            .bind(format!("forgotten-{identity}"))
            .bind(hex::encode(random::<16>()))
            .bind(now.0)
            .execute(self.tx.connection().await?)
            .await?;
        }
        Ok(())
    }
}
