//! How a fake platform takes what the engine hands out, and what it then tells.

use async_trait::async_trait;
use conversation::{
    Adapter, Attachment, ByteStream, Capabilities, ChannelRef, Described, Distribution, Intake,
    Operation, Outbound, Platform, Readers, Receipt, Reconciled, RemoteId, SendError, Standing,
    Support, WayBack,
};

use super::FakePlatform;
use crate::asking::described;
use crate::mailboxes;
use crate::seen::receipt;

#[async_trait]
impl Adapter for FakePlatform {
    fn platform(&self) -> Platform {
        Platform(self.name.clone())
    }

    fn capabilities(&self, _channel: &ChannelRef) -> Capabilities {
        let panics = std::mem::take(&mut self.state().panics_at_capabilities);
        assert!(!panics, "the adapter stumbles over an event");
        self.can.clone()
    }

    fn describe(&self, channel: &ChannelRef) -> Described {
        described(channel)
    }

    async fn receive(&self, _intake: &dyn Intake) -> Result<(), SendError> {
        std::future::pending().await
    }

    fn readers(&self, _channel: &ChannelRef) -> Option<Readers> {
        self.readers_of_all()
    }

    async fn standing(
        &self,
        channel: &ChannelRef,
        account: &RemoteId,
    ) -> Result<Standing, SendError> {
        if self.state().is_silent {
            std::future::pending::<()>().await;
        }
        let asked = (channel.id.clone(), account.clone());
        Ok(match self.state().administrators.contains(&asked) {
            true => Standing::Administrator,
            false => Standing::Member,
        })
    }

    async fn leave_unanswered(&self, way_back: &WayBack) {
        self.state().left.push(way_back.token.clone());
    }

    fn own_id(&self, outbound: &Outbound) -> Option<RemoteId> {
        Some(mailboxes::id_of(outbound))
    }

    async fn send(&self, outbound: &Outbound) -> Result<Receipt, SendError> {
        self.state().n_sends += 1;
        if let Some(Some(error)) = self.state().failures.pop_front() {
            return Err(error);
        }
        if self.is_down() {
            return Err(SendError::Unavailable("down".to_owned()));
        }
        if self.state().cuts_calls {
            return Err(SendError::Uncertain("the connection was cut".to_owned()));
        }
        if let Some(way_back) = &outbound.way_back {
            return self.whisper(way_back, outbound);
        }
        let receipt = match &outbound.operation {
            Operation::Post(post) => {
                self.check_files(post)?;
                let cut = self.state().cut_at.clone();
                if cut.is_some_and(|it| post.part.text.plain_text().contains(&it)) {
                    return Err(SendError::Uncertain("the connection was cut".to_owned()));
                }
                let poison = self.state().panic_at.clone();
                if let Some(words) = poison {
                    let text = post.part.text.plain_text();
                    assert!(
                        !text.contains(&words),
                        "the adapter stumbles over {words:?}"
                    );
                }
                match &outbound.to {
                    Some(to) => self.post_to_reader(&to.account, outbound, post)?,
                    None => self.post(outbound, post).await,
                }
            }
            Operation::Edit { targets, post } => {
                self.check_edit(&targets[0]);
                self.change(&targets[0], |it| {
                    it.text = post.part.text.plain_text();
                    it.buttons.clone_from(&post.part.buttons);
                    it.edited = true;
                });
                receipt(targets[0].clone())
            }
            Operation::Delete { targets } => {
                assert_eq!(self.can.deletes, Support::Native, "a delete was declared");
                targets
                    .iter()
                    .for_each(|id| self.change(id, |it| it.deleted = true));
                Receipt::default()
            }
            Operation::React { target, emoji } => {
                assert_eq!(
                    self.can.reactions,
                    Support::Native,
                    "reactions were declared"
                );
                self.change(target, |it| it.reactions.clone_from(emoji));
                Receipt::default()
            }
        };
        let hang = std::mem::take(&mut self.state().hang_after_next);
        if hang {
            self.hung.notify_one();
            std::future::pending::<()>().await;
        }
        let lost = self.state().lost_answers;
        if lost > 0 {
            self.state().lost_answers -= 1;
            return Err(SendError::Uncertain("the answer got lost".into()));
        }
        Ok(receipt)
    }

    /// A platform with a history finds its post by our key.
    async fn reconcile(&self, outbound: &Outbound) -> Result<Reconciled, SendError> {
        if self.can.history == Support::None {
            return Ok(Reconciled::CannotTell);
        }
        if let Some(error) = self.state().failing_looks.pop_front() {
            return Err(error);
        }
        let state = self.state();
        let found = state
            .posts
            .iter()
            .find(|it| it.key.as_ref() == Some(&outbound.key));
        Ok(found.map_or(Reconciled::NotFound, |it| {
            Reconciled::Found(receipt(it.id.clone()))
        }))
    }

    async fn fetch(&self, attachment: &Attachment) -> Result<ByteStream, SendError> {
        if let Some(error) = self.state().failing_fetches.pop_front() {
            return Err(error);
        }
        if self.state().sits_on_files {
            std::future::pending::<()>().await;
        }
        let is_kept = attachment.name.is_some() && attachment.name == self.state().kept_file;
        if is_kept || self.state().keeps_files {
            return Err(SendError::Unavailable("no files today".into()));
        }
        Ok(Box::pin(futures::stream::iter([Ok("a picture".into())])))
    }

    fn door(&self, word: &str) -> Option<String> {
        self.has_door
            .then(|| format!("https://chat.example/bot?start={word}"))
    }

    fn answers_presses(&self) -> bool {
        self.name == "discord"
    }

    fn answers_with_files(&self) -> bool {
        self.name == "discord" || self.can.distribution == Distribution::ByUs
    }

    async fn open_direct_channel(&self, account: &RemoteId) -> Result<ChannelRef, SendError> {
        Ok(ChannelRef {
            platform: self.platform(),
            id: RemoteId(account.as_str().replace("account-of-", "@")),
        })
    }
}
