//! What people ask of the bridge: the way on which they alone are answered, and the buttons that they press.
//!
//! **Invariant:** a way back lies here encrypted, until the first hourly look after its end, and no word of a person's does. A
//! button does something once, where it was offered.

use conversation::{
    ChannelId, CommunityId, IdentityId, Language, MessageId, Timestamp, WayBack, command::Offices,
};
use serde_json::Value;
use sqlx::{Row, any::AnyRow};

use crate::{
    Entry, Result, Store,
    id::new_id,
    parts::{Outbox, Requests},
    row, text,
};

/// Something that somebody asked.
#[derive(Debug)]
pub struct Request<'a> {
    /// Where, and of which community.
    pub entry: &'a Entry,
    /// Who, if the community knows them.
    pub identity: Option<&'a IdentityId>,
    pub surface: Surface,
    /// What was understood: a kind and ids.
    pub act: &'a Value,
    pub way_back: &'a WayBack,
}

/// How it was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Surface {
    Command,
    Button,
    Words,
}

/// Who sees one of our own messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SeenBy {
    /// Whoever reads its channel.
    All,
    /// Whoever asked, alone.
    Asker(WayBack),
    /// Whoever asked could be answered no longer.
    Nobody,
}

/// What the bridge says to one person alone. Its deliveries wait in no channel's queue, which `waits_for` says (`asker`) for as
/// long as they are open.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Answer {
    /// Where it was asked.
    pub channel: ChannelId,
    pub message: MessageId,
}

/// A button that was pressed, as it stands.
#[derive(Debug, Clone)]
pub struct Button {
    pub community: CommunityId,
    pub id: String,
    /// The message below which it stands.
    pub message: MessageId,
    pub act: Value,
    /// Whose it is, if it is one person's.
    pub for_identity: Option<IdentityId>,
    pub until: Option<Timestamp>,
    /// It was pressed, or what was asked is settled.
    pub is_done: bool,
}

impl Surface {
    fn as_str(self) -> &'static str {
        match self {
            Surface::Command => "command",
            Surface::Button => "button",
            Surface::Words => "words",
        }
    }
}

impl Requests<'_> {
    /// Keeps the way back of a request that is answered now. Its id.
    pub async fn note(&mut self, request: &Request<'_>, now: Timestamp) -> Result<String> {
        let (entry, id) = (request.entry, new_id(now));
        let channel = &entry.channel;
        let way_back = &request.way_back;
        sqlx::query(
            "insert into request (community_id, id, identity_id, channel_id, surface, act, state, way_back_cipher, until)
             values ($1, $2, $3, $4, $5, $6, 'answered', $7, $8)",
        )
        .bind(&entry.community.0)
        .bind(&id)
        .bind(request.identity.map(|it| it.0.clone()))
        .bind(&channel.id.0)
        .bind(request.surface.as_str())
        .bind(request.act.to_string())
        .bind(entry.keys.seal(channel.at.platform.as_str(), &way_back.token))
        .bind(way_back.until.0)
        .execute(self.tx.connection().await?)
        .await?;
        Ok(id)
    }

    /// What somebody alone sees is changed by the way that came with their newest press below it, which lasts longest; of some
    /// platforms no other way leads there.
    pub async fn renew_way_back(
        &mut self,
        entry: &Entry,
        message: &MessageId,
        way_back: &WayBack,
    ) -> Result<()> {
        let platform = entry.channel.at.platform.as_str();
        sqlx::query(
            "update request set way_back_cipher = $3, until = $4 where community_id = $1 and id = (
               select request_id from own_word where community_id = $1 and message_id = $2
             )",
        )
        .bind(&entry.community.0)
        .bind(&message.0)
        .bind(entry.keys.seal(platform, &way_back.token))
        .bind(way_back.until.0)
        .execute(self.tx.connection().await?)
        .await?;
        Ok(())
    }

    /// By what came back from the platform: only where it was offered, and under the community whose it is.
    pub async fn button(&mut self, entry: &Entry, pressed: &str) -> Result<Option<Button>> {
        let Some((short, id)) = pressed.split_once('.') else {
            return Ok(None);
        };
        let row = sqlx::query(
            "select b.id, b.message_id, b.act, b.for_identity, b.until,
               case when b.pressed_at is null and w.closed_at is null then 0 else 1 end as is_done
             from button b
             join community m on m.community_id = b.community_id
             join own_word w on w.message_id = b.message_id and w.community_id = b.community_id
             where b.community_id = $1 and b.id = $2 and m.short = $3 and exists (
               select 1 from delivery d
               where d.message_id = b.message_id and d.channel_id = $4 and d.community_id = b.community_id
             )",
        )
        .bind(&entry.community.0)
        .bind(text::key(id))
        .bind(text::key(short))
        .bind(&entry.channel.id.0)
        .fetch_optional(self.tx.reading().await?)
        .await?;
        row.map(|it| Button::of(entry, &it)).transpose()
    }

    /// Below what the person of that account was told, wherever that was: what can still be pressed of a kind of acts, the newest
    /// first.
    pub async fn offered_to(
        &mut self,
        (entry, whose): (&Entry, &IdentityId),
        kind: &str,
        now: Timestamp,
    ) -> Result<Vec<Button>> {
        let rows = sqlx::query(
            "select b.id, b.message_id, b.act, b.for_identity, b.until, 0 as is_done
             from identity i
             join identity o on o.person_id = i.person_id and o.community_id = i.community_id
             join button b on b.for_identity = o.id and b.community_id = o.community_id and b.pressed_at is null
             join own_word w on w.message_id = b.message_id and w.community_id = b.community_id
             where i.community_id = $1 and i.id = $2 and w.closed_at is null
               and b.act like $3 and (b.until is null or b.until >= $4)
             order by b.id desc limit 500",
        )
        .bind(&entry.community.0)
        .bind(&whose.0)
        .bind(format!("{{\"{kind}\":%"))
        .bind(now.0)
        .fetch_all(self.tx.reading().await?)
        .await?;
        rows.iter().map(|it| Button::of(entry, it)).collect()
    }

    /// Of a kind of acts, for whichever account of the person: none of them does anything from now on.
    pub async fn withdraw(
        &mut self,
        (community, whose): (&CommunityId, &IdentityId),
        kind: &str,
        now: Timestamp,
    ) -> Result<()> {
        sqlx::query(
            "update button set pressed_at = $3 where community_id = $1 and pressed_at is null and act like $4
               and for_identity in (
                 select o.id from identity i
                 join identity o on o.person_id = i.person_id and o.community_id = i.community_id
                 where i.community_id = $1 and i.id = $2
               )",
        )
        .bind(&community.0)
        .bind(&whose.0)
        .bind(now.0)
        .bind(format!("{{\"{kind}\":%"))
        .execute(self.tx.connection().await?)
        .await?;
        Ok(())
    }

    /// The newest that the account asked and can still be answered by the way that came with it, and where that was.
    pub async fn answerable(
        &mut self,
        (community, identity): (&CommunityId, &IdentityId),
        now: Timestamp,
    ) -> Result<Option<(String, ChannelId)>> {
        let row = sqlx::query(
            "select id, channel_id from request where community_id = $1 and identity_id = $2 and until > $3
               and way_back_cipher is not null
             order by id desc limit 1",
        )
        .bind(&community.0)
        .bind(&identity.0)
        .bind(now.0)
        .fetch_optional(self.tx.reading().await?)
        .await?;
        Ok(row.map(|it| (it.get("id"), ChannelId(it.get("channel_id")))))
    }

    /// It does nothing more from now on.
    pub async fn note_pressed(
        &mut self,
        button: &Button,
        by: Option<&IdentityId>,
        at: Timestamp,
    ) -> Result<()> {
        sqlx::query(
            "update button set pressed_at = $3, pressed_by = $4 where community_id = $1 and id = $2 and pressed_at is null",
        )
        .bind(&button.community.0)
        .bind(&button.id)
        .bind(at.0)
        .bind(by.map(|it| it.0.clone()))
        .execute(self.tx.connection().await?)
        .await?;
        Ok(())
    }
}

/// Whom alone we said something to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SaidTo {
    pub identity: Option<IdentityId>,
    /// By this account or another of theirs, now.
    pub offices: Offices,
}

impl Store {
    /// What a button asks for, by what came back from its platform, whoever pressed it and wherever.
    pub async fn offered_act(&self, pressed: &str) -> Result<Option<Value>> {
        let Some((short, id)) = pressed.split_once('.') else {
            return Ok(None);
        };
        let act: Option<String> = sqlx::query_scalar(
            "select b.act from community m join button b on b.community_id = m.community_id
             where m.short = $1 and b.id = $2",
        )
        .bind(text::key(short))
        .bind(text::key(id))
        .fetch_optional(&self.pool)
        .await?;
        let act = act.map(|it| serde_json::from_str(&it));
        Ok(act.transpose()?)
    }

    pub async fn said_to(&self, community: &CommunityId, message: &MessageId) -> Result<SaidTo> {
        let found: Option<String> = sqlx::query_scalar(
            "select i.id from own_word w
             join message m on m.id = w.message_id and m.community_id = w.community_id
             join channel c on c.id = m.channel_id and c.community_id = m.community_id
             left join request r on r.id = w.request_id and r.community_id = w.community_id
             join identity i on i.id = coalesce(r.identity_id, c.identity_id) and i.community_id = w.community_id
             where w.community_id = $1 and w.message_id = $2 limit 1",
        )
        .bind(&community.0)
        .bind(&message.0)
        .fetch_optional(&self.pool)
        .await?;
        let Some(identity) = found.map(IdentityId) else {
            return Ok(SaidTo::default());
        };
        Ok(SaidTo {
            offices: self.offices_of(community, &identity).await?,
            identity: Some(identity),
        })
    }
}

impl Button {
    fn of(entry: &Entry, row: &AnyRow) -> Result<Button> {
        Ok(Button {
            community: entry.community.clone(),
            id: row.get("id"),
            message: MessageId(row.get("message_id")),
            act: serde_json::from_str(row.get("act"))?,
            for_identity: row.get::<Option<String>, _>("for_identity").map(IdentityId),
            until: row.get::<Option<i64>, _>("until").map(Timestamp),
            is_done: row.get::<i64, _>("is_done") == 1,
        })
    }
}

impl Outbox<'_> {
    /// Of one of our own messages; with the language of whoever alone sees it, where they chose one.
    pub(crate) async fn seen_by(
        &mut self,
        message: &MessageId,
    ) -> Result<(SeenBy, Option<Language>)> {
        let asked = sqlx::query(
            "select w.request_id, r.way_back_cipher, r.until, p.language from own_word w
             left join request r on r.id = w.request_id and r.community_id = w.community_id
             left join identity i on i.id = r.identity_id and i.community_id = r.community_id
             left join person p on p.id = i.person_id and p.community_id = i.community_id
             where w.community_id = $1 and w.message_id = $2",
        )
        .bind(&self.entry.community.0)
        .bind(&message.0)
        .fetch_optional(self.tx.reading().await?)
        .await?;
        let Some(asked) = asked.filter(|it| it.get::<Option<&str>, _>("request_id").is_some())
        else {
            return Ok((SeenBy::All, None));
        };
        let cipher: Option<String> = asked.get("way_back_cipher");
        let platform = self.entry.channel.at.platform.as_str();
        let token = cipher.and_then(|it| self.entry.keys.open(platform, &it));
        let until = asked.get::<Option<i64>, _>("until").map(Timestamp);
        let seen_by = match token.zip(until) {
            Some((token, until)) => SeenBy::Asker(WayBack { token, until }),
            None => SeenBy::Nobody,
        };
        Ok((seen_by, row::language(&asked)))
    }
}

impl Entry {
    /// A name of an account that tells nothing of it, for what is said to it once.
    pub fn account_hash(&self, account: &str) -> String {
        self.keys
            .account_hash(self.channel.at.platform.as_str(), &text::key(account))
    }
}
