//! What somebody said and is still to go out stays where it is.
//!
//! **Invariant:** whatever would hold their words or their name elsewhere ends in the transaction that asks for it. An attempt that is
//! under way ends by itself, and nothing follows from it.

use std::collections::BTreeSet;

use conversation::{ChannelId, Inbound, MessageId, PRIVATE, PersonId, Timestamp};
use sqlx::Row;

use super::for_person;
use crate::{Result, parts::Wishes, text};

impl Wishes<'_> {
    /// Everything of theirs that waits, anywhere. What stands elsewhere already stays there. Says which lanes have to do with it.
    pub async fn keep_back(&mut self, person: &PersonId, now: Timestamp) -> Result<Vec<ChannelId>> {
        self.end_deliveries(person).await?;
        self.end_events(person).await?;
        let mut woken = Vec::new();
        for quoting in self.quoting(person).await? {
            let mut own_words = self.tx.own_words();
            woken.extend(own_words.say_anew(self.community, &quoting, now).await?);
        }
        Ok(woken)
    }

    /// A delete of theirs still goes; so does what others put under what stands there.
    async fn end_deliveries(&mut self, person: &PersonId) -> Result<()> {
        sqlx::query(
            "update delivery set state = 'suppressed', waits_for = null, reason = $3 where community_id = $1 and id in (
               select d.id from identity i
               join message m on m.identity_id = i.id and m.community_id = i.community_id
               join delivery d on d.message_id = m.id and d.community_id = m.community_id
               where i.person_id = $2 and i.community_id = $1 and d.channel_id <> m.channel_id
                 and (d.state = 'waiting'
                   or d.operation in ('post', 'edit') and d.state in ('to_do', 'dead', 'held'))
             )",
        )
        .bind(&self.community.0)
        .bind(&person.0)
        .bind(PRIVATE)
        .execute(self.tx.connection().await?)
        .await?;
        for_person(
            self.tx,
            (self.community, person),
            &["delete from reader_delivery where state = 'waiting' and community_id = $1 and delivery_id in (
                 select d.id from identity i
                 join message m on m.identity_id = i.id and m.community_id = i.community_id
                 join delivery d on d.message_id = m.id and d.community_id = m.community_id
                 where i.person_id = $2 and i.community_id = $1 and d.channel_id <> m.channel_id
               )"],
        )
        .await
        .map(drop)
    }

    /// What staff holds of them, and what came before the message that it changes.
    async fn end_events(&mut self, person: &PersonId) -> Result<()> {
        let accounts = self.accounts(person).await?;
        let held = sqlx::query("select id, event from held where community_id = $1")
            .bind(&self.community.0)
            .fetch_all(self.tx.reading().await?)
            .await?;
        for row in &held {
            if let Some(event) = of_one(row.get("event"), &accounts) {
                self.end(
                    &event,
                    (
                        "delete from held where id = $2 and community_id = $1",
                        row.get("id"),
                    ),
                )
                .await?;
            }
        }
        let early = sqlx::query("select key, event from early_change where community_id = $1")
            .bind(&self.community.0)
            .fetch_all(self.tx.reading().await?)
            .await?;
        for row in &early {
            if let Some(event) = of_one(row.get("event"), &accounts) {
                let sql = "delete from early_change where key = $2 and community_id = $1";
                self.end(&event, (sql, row.get("key"))).await?;
            }
        }
        Ok(())
    }

    async fn end(&mut self, event: &Inbound, (sql, id): (&'static str, String)) -> Result<()> {
        sqlx::query(sql)
            .bind(&self.community.0)
            .bind(id)
            .execute(self.tx.connection().await?)
            .await?;
        let mut events = self.tx.events();
        events
            .record_verdict(&self.community.0, event, PRIVATE)
            .await
    }

    /// By platform and account.
    async fn accounts(&mut self, person: &PersonId) -> Result<BTreeSet<(String, String)>> {
        let rows = sqlx::query(
            "select platform, account from identity where person_id = $2 and community_id = $1",
        )
        .bind(&self.community.0)
        .bind(&person.0)
        .fetch_all(self.tx.reading().await?)
        .await?;
        Ok(rows
            .iter()
            .map(|it| (it.get("platform"), it.get("account")))
            .collect())
    }

    /// Our own words that quote something of theirs.
    async fn quoting(&mut self, person: &PersonId) -> Result<Vec<MessageId>> {
        let quoting: Vec<String> = sqlx::query_scalar(
            "select distinct q.by_message from identity i
             join message m on m.identity_id = i.id and m.community_id = i.community_id
             join quoted q on q.of_message = m.id and q.community_id = m.community_id
             where i.person_id = $2 and i.community_id = $1 order by q.by_message",
        )
        .bind(&self.community.0)
        .bind(&person.0)
        .fetch_all(self.tx.reading().await?)
        .await?;
        Ok(quoting.into_iter().map(MessageId).collect())
    }
}

/// The event, where one of them is its author's.
fn of_one(event: &str, accounts: &BTreeSet<(String, String)>) -> Option<Inbound> {
    let event: Inbound = serde_json::from_str(event).ok()?;
    let account = text::key(&event.actor.account.0);
    let by = (event.channel.platform.0.clone(), account);
    accounts.contains(&by).then_some(event)
}
