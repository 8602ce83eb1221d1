//! What the bridge says, with all that is needed to put it into words.

use std::collections::BTreeMap;

use conversation::{Arg, Attachment, CommunityId, MessageId, Phrase, Platform, Reacted, Timestamp};
use sqlx::{Row, any::AnyRow};

use super::LookedUp;
use crate::{
    Error, Result,
    claim::{is_nameless, shown_name, without_file_names},
    parts::Outbox,
};

#[derive(Debug, Clone)]
pub struct OwnWord {
    pub phrase: Phrase,
    pub said_at: Timestamp,
    /// The names of the communities that it speaks of.
    pub communities: BTreeMap<CommunityId, String>,
    /// The messages that it tells of, as they stand now, without those that are erased.
    pub quotes: Vec<Reacted>,
    /// What is offered below it, until it is closed.
    pub buttons: Vec<Offered>,
    /// Said in the same message, behind it.
    pub others: Vec<OwnWord>,
    /// What no row holds.
    pub looked_up: LookedUp,
    /// What its command tells, once that was looked up.
    pub told: Option<String>,
    /// What goes with that, and is kept for as long as it is on its way.
    pub files: Vec<Attachment>,
}

/// A button as it goes out.
#[derive(Debug, Clone)]
pub struct Offered {
    /// As a platform hands it back: which community's it is, and which of its buttons.
    pub id: String,
    pub label: Phrase,
    /// What a press asks for.
    pub act: serde_json::Value,
}

impl Outbox<'_> {
    /// None for what an older version said, whose words stand in `body`.
    pub(crate) async fn own_word(&mut self, message: &MessageId) -> Result<Option<OwnWord>> {
        let Some(mut own) = self.one(message).await? else {
            return Ok(None);
        };
        let others: Vec<String> = sqlx::query_scalar(
            "select w.message_id from quoted q
             join own_word w on w.message_id = q.of_message and w.community_id = q.community_id
             join delivery d on d.message_id = w.message_id and d.community_id = w.community_id
             where q.by_message = $2 and q.community_id = $1 and d.channel_id = $3 and d.reason = 'said-with-others'
             order by d.seq",
        )
        .bind(&self.entry.community.0)
        .bind(&message.0)
        .bind(&self.entry.channel.id.0)
        .fetch_all(self.tx.reading().await?)
        .await?;
        for other in others {
            own.others.extend(self.one(&MessageId(other)).await?);
        }
        Ok(Some(own))
    }

    async fn one(&mut self, message: &MessageId) -> Result<Option<OwnWord>> {
        let found = sqlx::query(
            "select o.phrase, o.args, o.closed_at, m.said_at from own_word o
             join message m on m.community_id = o.community_id and m.id = o.message_id
             where o.message_id = $2 and o.community_id = $1 and o.phrase <> ''",
        )
        .bind(&self.entry.community.0)
        .bind(&message.0)
        .fetch_optional(self.tx.reading().await?)
        .await?;
        let Some(row) = found else { return Ok(None) };
        let mut own = OwnWord {
            phrase: Phrase {
                name: row.get("phrase"),
                args: serde_json::from_str(row.get("args"))?,
            },
            said_at: Timestamp(row.get("said_at")),
            communities: BTreeMap::new(),
            quotes: Vec::new(),
            buttons: Vec::new(),
            others: Vec::new(),
            looked_up: LookedUp::default(),
            told: None,
            files: Vec::new(),
        };
        own.quotes = self.quotes(message, &own).await?;
        if row.get::<Option<i64>, _>("closed_at").is_none() {
            own.buttons = self.buttons(message).await?;
        }
        own.communities = self.communities(&own).await?;
        own.looked_up = self.look_up(&own.phrase).await?;
        Ok(Some(own))
    }

    /// Of another message than the one that goes out, which must not wait for a version that knows its arguments.
    pub(crate) async fn own_word_beside(&mut self, message: &MessageId) -> Result<Option<OwnWord>> {
        match self.own_word(message).await {
            Err(Error::Unreadable(_)) => Ok(None),
            own => own,
        }
    }

    async fn buttons(&mut self, message: &MessageId) -> Result<Vec<Offered>> {
        let rows = sqlx::query(
            "select c.short, b.id, b.label, b.act from button b join community c on c.community_id = b.community_id
             where b.message_id = $2 and b.community_id = $1 order by b.number",
        )
        .bind(&self.entry.community.0)
        .bind(&message.0)
        .fetch_all(self.tx.reading().await?)
        .await?;
        let offered = |row: &AnyRow| {
            let (short, id): (&str, &str) = (row.get("short"), row.get("id"));
            Ok(Offered {
                id: format!("{short}.{id}"),
                label: serde_json::from_str(row.get("label"))?,
                act: serde_json::from_str(row.get("act"))?,
            })
        };
        rows.iter().map(offered).collect()
    }

    async fn communities(&mut self, own: &OwnWord) -> Result<BTreeMap<CommunityId, String>> {
        let labels = own.buttons.iter().map(|it| &it.label);
        let args = std::iter::once(&own.phrase).chain(labels);
        let args = args.flat_map(|it| it.args.values());
        let mut names = BTreeMap::new();
        for id in args.filter_map(Arg::community) {
            let name: Option<String> =
                sqlx::query_scalar("select name from community where community_id = $1")
                    .bind(&id.0)
                    .fetch_optional(self.tx.reading().await?)
                    .await?;
            names.extend(name.map(|it| (id.clone(), it)));
        }
        Ok(names)
    }

    /// With the reactions that it tells of: those of people elsewhere that came in its time, and stand there still.
    async fn quotes(&mut self, message: &MessageId, own: &OwnWord) -> Result<Vec<Reacted>> {
        let rows = sqlx::query(
            "select m.id, m.revision, b.content, b.files as n_files, n.display_name, n.pseudonym, p.nameless_since,
               h.platform from quoted q
             join message m on m.community_id = q.community_id and m.id = q.of_message
             left join body b on b.community_id = m.community_id and b.message_id = m.id and b.revision = m.revision
             join name n on n.community_id = m.community_id and n.id = m.name_id
             join identity i on i.community_id = m.community_id and i.id = m.identity_id
             join person p on p.community_id = i.community_id and p.id = i.person_id
             join channel h on h.community_id = m.community_id and h.id = m.channel_id
             where q.by_message = $2 and q.community_id = $1 and m.deleted_at is null and m.stays is null
               and p.private_since is null order by m.taken_at, m.id",
        )
        .bind(&self.entry.community.0)
        .bind(&message.0)
        .fetch_all(self.tx.reading().await?)
        .await?;
        let mut quotes = Vec::new();
        for row in &rows {
            let message = MessageId(row.get("id"));
            let revision = (message.as_str(), row.get("revision"));
            let mut words = self.tx.words(&self.entry.community.0);
            let mut content = words.content(revision, row).await?.unwrap_or_default();
            let home = Platform(row.get("platform"));
            self.rename_mentioned(&home, &mut [&mut content]).await?;
            if is_nameless(row) {
                without_file_names(&mut content.attachments);
            }
            quotes.push(Reacted {
                author: shown_name(row),
                content,
                counts: self.reactions(&message, own).await?,
            });
        }
        Ok(quotes)
    }

    async fn reactions(
        &mut self,
        message: &MessageId,
        own: &OwnWord,
    ) -> Result<BTreeMap<String, usize>> {
        let since = own.phrase.since().unwrap_or(Timestamp(i64::MIN));
        let rows = sqlx::query(
            "select emoji, count(*) as n from reaction
             where community_id = $1 and message_id = $2 and channel_id <> $3 and taken_at >= $4 and taken_at <= $5
               and not exists (
                 select 1 from identity i join person p on p.id = i.person_id and p.community_id = i.community_id
                 where i.id = reaction.identity_id and i.community_id = reaction.community_id and p.private_since is not null
               )
             group by emoji",
        )
        .bind(&self.entry.community.0)
        .bind(&message.0)
        .bind(&self.entry.channel.id.0)
        .bind(since.0)
        .bind(own.said_at.0)
        .fetch_all(self.tx.reading().await?)
        .await?;
        let count = |row: &AnyRow| {
            let n = usize::try_from(row.get::<i64, _>("n")).unwrap_or(0);
            (row.get("emoji"), n)
        };
        Ok(rows.iter().map(count).collect())
    }
}
