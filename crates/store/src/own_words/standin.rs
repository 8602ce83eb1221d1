//! A stand-in of the one door for the bridge's own words: it composes English at once, over what stands.

use conversation::{
    Arg, ChannelId, CommunityId, Content, Fate, IdentityId, MessageId, OperationKind, Phrase,
    PlannedDelivery, Timestamp,
};
use serde_json::Value;
use sqlx::{Row, any::AnyRow};

use crate::{Entry, Result, Tx, accept::first_words, body::Body, id::new_id, together::Together};

/// Something that the bridge says.
#[derive(Debug, Clone)]
pub struct Say {
    /// In whose name, and where it belongs.
    pub home: Entry,
    /// What it is known by: the same is said once.
    pub key: String,
    pub phrase: Phrase,
    pub subject: Option<Phrase>,
    pub to: To,
    pub fate: Fate,
    /// The messages that it quotes.
    pub quotes: Vec<MessageId>,
    pub buttons: Vec<Choice>,
    /// For how long its buttons can be pressed.
    pub until: Option<Timestamp>,
}

#[derive(Debug, Clone)]
pub enum To {
    Channels(Vec<ChannelId>),
    /// In answer to it, where it was said.
    Message(MessageId),
    /// Alone, by the way back of a request.
    Asker(String),
}

/// A button.
#[derive(Debug, Clone)]
pub struct Choice {
    pub label: Phrase,
    /// What a press asks for: a kind and ids.
    pub act: Value,
    pub for_identity: Option<IdentityId>,
}

/// A button, as it is handed to a platform.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offered {
    /// Of the wire.
    pub id: String,
    pub label: String,
    pub act: Value,
}

impl Tx {
    /// None if it was said before.
    pub async fn say(&mut self, say: &Say, now: Timestamp) -> Result<Option<MessageId>> {
        let (community, id) = (&say.home.community.0, new_id(now));
        let channel = &say.home.channel;
        let request = match &say.to {
            To::Asker(request) => Some(request.clone()),
            _ => None,
        };
        let done = sqlx::query(
            "insert into own_word (community_id, message_id, key, phrase, args, request_id) values ($1, $2, $3, $4, $5, $6)
             on conflict (key, community_id) do nothing",
        )
        .bind(community)
        .bind(&id)
        .bind(&say.key)
        .bind(&say.phrase.name)
        .bind(serde_json::to_string(&say.phrase.args)?)
        .bind(request)
        .execute(self.connection())
        .await?;
        if done.rows_affected() == 0 {
            return Ok(None);
        }
        let us = self.ourselves(&say.home, now).await?;
        let answers = match &say.to {
            To::Message(message) => Some(message.0.clone()),
            _ => None,
        };
        sqlx::query(
            "insert into message (community_id, id, room_id, channel_id, identity_id, thread_id, reply_to, own_subject,
               said_at, taken_at, revision, revised_at, name_id)
             values ($1, $2, $3, $4, $5, coalesce((select thread_id from message where community_id = $1 and id = $6), $2), $6, 0,
               $7, $7, 0, $7, $5)",
        )
        .bind(community)
        .bind(&id)
        .bind(channel.room.as_ref().map(|it| it.0.clone()))
        .bind(&channel.id.0)
        .bind(&us.0)
        .bind(answers)
        .bind(now.0)
        .execute(self.connection())
        .await?;
        let content = Content::plain(&self.in_words(&say.phrase).await?);
        let body = Body {
            home: &say.home,
            message: (community, &id),
            revision: 0,
            author: &us.0,
            subject: Some(&first_words(&content)),
            content: &content,
            at: now,
        };
        let mut rows = Together::default();
        body.put(&mut rows)?;
        self.write_together(rows).await?;
        for (number, choice) in (0_i64..).zip(&say.buttons) {
            self.offer(say, (&id, number), choice, now).await?;
        }
        let to = match &say.to {
            To::Channels(channels) => channels.clone(),
            To::Message(_) | To::Asker(_) => vec![channel.id.clone()],
        };
        let delivery = |channel| PlannedDelivery {
            channel,
            operation: OperationKind::Post,
            fate: say.fate,
        };
        let deliveries: Vec<_> = to.into_iter().map(delivery).collect();
        let message = MessageId(id);
        self.insert_deliveries(&say.home, &message, &deliveries, now)
            .await?;
        Ok(Some(message))
    }

    async fn offer(
        &mut self,
        say: &Say,
        (message, number): (&str, i64),
        choice: &Choice,
        now: Timestamp,
    ) -> Result<()> {
        sqlx::query(
            "insert into button (community_id, id, message_id, number, label, act, for_identity, until)
             values ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(&say.home.community.0)
        .bind(new_id(now))
        .bind(message)
        .bind(number)
        .bind(serde_json::to_string(&choice.label)?)
        .bind(choice.act.to_string())
        .bind(choice.for_identity.as_ref().map(|it| it.0.clone()))
        .bind(say.until.map(|it| it.0))
        .execute(self.connection())
        .await?;
        Ok(())
    }

    /// Takes the buttons away from what we said, and says something else in its place. Once. Where there is something to
    /// change then.
    pub async fn close(
        &mut self,
        community: &CommunityId,
        message: &MessageId,
        instead: Option<&Phrase>,
        now: Timestamp,
    ) -> Result<Vec<ChannelId>> {
        let closed: Option<String> = sqlx::query_scalar(
            "update own_word set closed_at = $3, phrase = coalesce($4, phrase), args = coalesce($5, args)
             where community_id = $1 and message_id = $2 and closed_at is null returning message_id",
        )
        .bind(&community.0)
        .bind(&message.0)
        .bind(now.0)
        .bind(instead.map(|it| it.name.clone()))
        .bind(instead.map(|it| serde_json::to_string(&it.args)).transpose()?)
        .fetch_optional(self.connection())
        .await?;
        let (Some(_), Some(instead)) = (closed, instead) else {
            return Ok(Vec::new());
        };
        let content = serde_json::to_string(&Content::plain(&self.in_words(instead).await?))?;
        for sql in [
            "update message set revision = revision + 1, revised_at = $3 where community_id = $1 and id = $2 and $4 = $4",
            "insert into body (community_id, message_id, revision, author_id, content, files, at)
             select community_id, id, revision, identity_id, $4, 0, $3 from message where community_id = $1 and id = $2",
        ] {
            sqlx::query(sql)
                .bind(&community.0)
                .bind(&message.0)
                .bind(now.0)
                .bind(&content)
                .execute(self.connection())
                .await?;
        }
        let channels: Vec<String> = sqlx::query_scalar(
            "select channel_id from delivery where community_id = $1 and message_id = $2 and operation = 'post'",
        )
        .bind(&community.0)
        .bind(&message.0)
        .fetch_all(self.connection())
        .await?;
        for channel in &channels {
            let seq = self.take_seqs(1);
            sqlx::query(
                "insert into delivery (community_id, id, seq, message_id, channel_id, operation, state, attempts, epoch,
                   remote_ids, revision, created_at, next_attempt_at)
                 values ($1, $2, $3, $4, $5, 'edit', 'to_do', 0, 0, '[]', 0, $6, 0)",
            )
            .bind(&community.0)
            .bind(new_id(now))
            .bind(seq)
            .bind(&message.0)
            .bind(channel)
            .bind(now.0)
            .execute(self.connection())
            .await?;
        }
        Ok(channels.into_iter().map(ChannelId).collect())
    }

    /// What stands below one of our own messages; nothing, once it is closed.
    pub(crate) async fn offered(
        &mut self,
        entry: &Entry,
        message: &MessageId,
    ) -> Result<Vec<Offered>> {
        let rows = sqlx::query(
            "select b.id, b.label, b.act, c.short from own_word w
             join button b on b.message_id = w.message_id and b.community_id = w.community_id
             join community c on c.community_id = w.community_id
             where w.community_id = $1 and w.message_id = $2 and w.closed_at is null order by b.number",
        )
        .bind(&entry.community.0)
        .bind(&message.0)
        .fetch_all(self.connection())
        .await?;
        let mut offered = Vec::new();
        for row in &rows {
            offered.push(self.offered_in(row).await?);
        }
        Ok(offered)
    }

    async fn offered_in(&mut self, row: &AnyRow) -> Result<Offered> {
        let label: Phrase = serde_json::from_str(row.get("label"))?;
        Ok(Offered {
            id: format!(
                "{}.{}",
                row.get::<&str, _>("short"),
                row.get::<&str, _>("id")
            ),
            label: self.in_words(&label).await?,
            act: serde_json::from_str(row.get("act"))?,
        })
    }

    async fn in_words(&mut self, phrase: &Phrase) -> Result<String> {
        let mut text = english(&phrase.name).to_owned();
        for (name, arg) in &phrase.args {
            let value = match arg {
                Arg::Number(number) => number.to_string(),
                Arg::Id(id) => {
                    let found: Option<String> =
                        sqlx::query_scalar("select name from community where community_id = $1")
                            .bind(id)
                            .fetch_optional(self.connection())
                            .await?;
                    found.unwrap_or_else(|| id.clone())
                }
            };
            text = text.replace(&format!("{{{name}}}"), &value);
        }
        Ok(text)
    }
}

/// The sentences of requests, by their names.
pub fn english(name: &str) -> &'static str {
    match name {
        "help" => {
            "I carry what is said in a room to all its other channels. What is said to me alone, here or with /causeway, goes to nobody and is not kept. \
             There are no commands yet but `help`."
        }
        "welcome" => {
            "Hello. You take part in {community}, and I carry what is said there between its channels. What you write to me alone goes to nobody and is not kept. \
             `help` says what I can do."
        }
        "not-understood" => {
            "I do not understand that yet. It goes to nobody and is not kept. `help` says what I can do."
        }
        "talk-alone" => {
            "That was for me, so it goes to nobody else. Press the button, and I answer you alone."
        }
        "talk-alone-label" => "Talk to me alone",
        "which-community" => {
            "You take part in {number} communities here. Which one do you mean? Press its button, or answer with its number or its name. \
             You are asked once; to mean another one later, write that one's."
        }
        "which-community-answered" => "To mean another community later, write its name.",
        "community-meant" => "What you write here is for {community} from now on.",
        "community-name" => "{community}",
        "stranger" => {
            "I know you from none of my rooms, so I keep nothing of what you write and can do nothing for you here. Write in a room that I \
             carry first, and then to me again."
        }
        "in-no-room" => {
            "I carry nothing from this channel, so there is nothing that I can do here."
        }
        "button-gone" => "That button is gone, and nothing happened.",
        "button-pressed" => "That was decided already, and nothing more happened.",
        "button-of-another" => "That button is somebody else's, and nothing happened.",
        "button-expired" => "It is too late for that button, and nothing happened.",
        _ => "",
    }
}
