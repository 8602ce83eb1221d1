//! After a doubt: did it arrive? **Invariant:** "not found" is said only of a place that was read to its end.
//!
//! What is compared is who spoke (our webhooks, or the bot), under which name, and the words. Two equal messages of
//! one author are told apart as long as this process lives.

use conversation::{Outbound, Post, Receipt, Reconciled, RemoteId, SendError};

use crate::bot::Discord;
use crate::errors::{CallError, code};
use crate::id::{Snowflake, Spot};
use crate::known::KnownChannel;
use crate::outbound::{APART, Home, existing, nonce, speaks_by_webhook, text, username};
use crate::rest::Call;
use crate::webhooks;
use crate::wire::{Channel, HasId, Message, ThreadList};

const PAGE: usize = 100;
const MOST_PAGES: usize = 50;
/// Clocks may differ by so much; and a mail may be dated five minutes ahead.
const SLACK: std::time::Duration = std::time::Duration::from_secs(7 * 60);

pub(crate) async fn find(
    discord: &Discord,
    channel: Snowflake,
    outbound: &Outbound,
    post: &Post,
) -> Result<Reconciled, SendError> {
    let look = Look::new(discord, channel, outbound, post).await?;
    let found = look.find().await;
    found.map_err(CallError::harmless)
}

struct Look<'a> {
    discord: &'a Discord,
    channel: Snowflake,
    outbound: &'a Outbound,
    post: &'a Post,
    place: KnownChannel,
    /// As Discord shows it.
    words: String,
    bot: Snowflake,
    since: Snowflake,
}

impl<'a> Look<'a> {
    async fn new(
        discord: &'a Discord,
        channel: Snowflake,
        outbound: &'a Outbound,
        post: &'a Post,
    ) -> Result<Look<'a>, SendError> {
        let named = |error: CallError| error.harmless();
        let since = post.at.minus(SLACK);
        let place = discord.place(channel).await.map_err(named)?;
        if speaks_by_webhook(discord, &place) {
            // After a restart nobody has said yet which one is ours.
            webhooks::find(discord, channel).await.map_err(named)?;
        }
        Ok(Look {
            discord,
            channel,
            outbound,
            post,
            place,
            words: plain(&text(post)?),
            bot: discord.bot().await.map_err(named)?,
            since: Snowflake::at(since),
        })
    }

    async fn find(&self) -> Result<Reconciled, CallError> {
        match existing(self.discord, &self.place, self.post) {
            Some(Home::Thread { id, .. }) => self.read(id).await,
            Some(Home::Channel { .. }) => self.read(self.channel).await,
            Some(Home::NewForumPost { .. }) => self.read_new_posts().await,
            // Its thread was not known here before: it has the id of the root, if it was begun.
            None => {
                let reply = self.post.reply.as_ref();
                let root = reply.map(|it| it.ancestors.first().unwrap_or(&it.to));
                match root.and_then(Spot::parse) {
                    Some(root) => self.read(root.message).await,
                    None => Ok(Reconciled::NotFound),
                }
            }
        }
    }

    async fn read(&self, within: Snowflake) -> Result<Reconciled, CallError> {
        let mut after = self.since;
        for _ in 0..MOST_PAGES {
            let call = Call::new("GET /channels/{}/messages", &[&within])
                .with("after", after)
                .with("limit", PAGE);
            let mut page: Vec<Message> = match self.discord.rest.call_for(&call).await {
                Ok(page) => page,
                // A thread that was never opened, or is deleted.
                Err(error) if error.is(code::UNKNOWN_CHANNEL) && within != self.channel => {
                    return Ok(Reconciled::NotFound);
                }
                Err(error) if error.is_shut() => return Ok(Reconciled::CannotTell),
                Err(error) => return Err(error),
            };
            page.sort_by_key(|it| it.id);
            if let Some(found) = page.iter().find(|it| self.is_it(it)) {
                return Ok(Reconciled::Found(self.receipt(found)));
            }
            match page.last() {
                Some(last) if page.len() == PAGE => after = last.id,
                None if after == self.since && !self.is_readable(within).await? => {
                    return Ok(Reconciled::CannotTell);
                }
                _ => return Ok(Reconciled::NotFound),
            }
        }
        Ok(Reconciled::CannotTell)
    }

    /// To whoever may not read a history, Discord shows an empty one.
    async fn is_readable(&self, within: Snowflake) -> Result<bool, CallError> {
        let call = Call::new("GET /channels/{}/messages", &[&within]).with("limit", 1);
        let newest: Vec<HasId> = self.discord.rest.call_for(&call).await?;
        if !newest.is_empty() {
            return Ok(true);
        }
        let call = Call::new("GET /channels/{}", &[&within]);
        let channel: Channel = self.discord.rest.call_for(&call).await?;
        Ok(channel.last_message_id.is_none())
    }

    /// The posts that were opened in a forum since then, by their first message.
    async fn read_new_posts(&self) -> Result<Reconciled, CallError> {
        let Some(guild) = self.place.guild else {
            return Ok(Reconciled::CannotTell);
        };
        let call = Call::new("GET /guilds/{}/threads/active", &[&guild]);
        let list: ThreadList = self.discord.rest.call_for(&call).await?;
        let is_new = |it: &Channel| it.parent_id == Some(self.channel) && it.id >= self.since;
        for thread in list.threads.into_iter().filter(is_new) {
            let call = Call::new("GET /channels/{}/messages/{}", &[&thread.id, &thread.id]);
            let message: Result<Message, _> = self.discord.rest.call_for(&call).await;
            match message {
                Ok(message) if self.is_it(&message) => {
                    return Ok(Reconciled::Found(self.receipt(&message)));
                }
                Ok(_) => {}
                Err(error) if error.is(code::UNKNOWN_MESSAGE) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(Reconciled::NotFound)
    }

    fn is_it(&self, message: &Message) -> bool {
        let named = message.nonce.as_ref().and_then(|it| it.as_str());
        if let Some(named) = named.filter(|_| self.is_by_us(message)) {
            return named == nonce(&self.outbound.key);
        }
        self.is_by_us(message)
            && plain(&message.content) == self.words
            && message.attachments.len() == self.post.part.files.len()
            && !self
                .discord
                .sent
                .is_of_another(&self.spot(message), self.outbound)
    }

    fn is_by_us(&self, message: &Message) -> bool {
        let Some(author) = &message.author else {
            return false;
        };
        if !speaks_by_webhook(self.discord, &self.place) {
            return author.id == self.bot;
        }
        let known = self.discord.known();
        let of_program = known.application.is_some() && message.application_id == known.application;
        let of_webhook = message
            .webhook_id
            .is_some_and(|it| known.webhooks.contains(&it));
        (of_program || of_webhook) && plain(&author.username) == plain(&username(self.post))
    }

    fn spot(&self, message: &Message) -> RemoteId {
        let spot = Spot {
            thread: Some(message.channel_id).filter(|it| *it != self.channel),
            message: message.id,
        };
        spot.remote()
    }

    fn receipt(&self, message: &Message) -> Receipt {
        let is_named = self.place.is_forum() && message.id == message.channel_id;
        Receipt {
            remote_ids: vec![self.spot(message)],
            thread: Some(message.channel_id.remote()).filter(|_| is_named),
        }
    }
}

/// Discord takes spaces away at the ends, and marks of no width anywhere; those within a name are ours.
fn plain(text: &str) -> String {
    let visible = text.chars().filter(|it| !matches!(*it, '\u{200b}' | APART));
    let text: String = visible.collect();
    text.trim().replace("\r\n", "\n")
}
