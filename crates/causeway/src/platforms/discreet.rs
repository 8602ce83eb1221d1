//! An adapter as the bridge knows it. **Invariant:** whatever a platform says of a call, nothing of this configuration's
//! secrets comes further than here: not into the store, not to an author, not to staff.

use std::sync::Arc;

use async_trait::async_trait;
use conversation::{
    Adapter, Attachment, Author, BlobError, ByteStream, Capabilities, ChannelRef, Described,
    Intake, Outbound, Platform, Readers, Receipt, Reconciled, RemoteId, Secrets, SendError,
    Standing, WayBack,
};
use futures::StreamExt;

pub(crate) struct Discreet {
    adapter: Arc<dyn Adapter>,
    secrets: Arc<Secrets>,
}

impl Discreet {
    pub(crate) fn over(adapter: Arc<dyn Adapter>, secrets: &Arc<Secrets>) -> Arc<dyn Adapter> {
        let secrets = secrets.clone();
        Arc::new(Discreet { adapter, secrets })
    }

    fn told<T>(&self, answer: Result<T, SendError>) -> Result<T, SendError> {
        answer.map_err(|error| error.in_words(&|words| self.secrets.without(words)))
    }
}

#[async_trait]
impl Adapter for Discreet {
    fn platform(&self) -> Platform {
        self.adapter.platform()
    }

    fn capabilities(&self, channel: &ChannelRef) -> Capabilities {
        self.adapter.capabilities(channel)
    }

    fn describe(&self, channel: &ChannelRef) -> Described {
        self.adapter.describe(channel)
    }

    async fn receive(&self, intake: &dyn Intake) -> Result<(), SendError> {
        self.told(self.adapter.receive(intake).await)
    }

    fn readers(&self, channel: &ChannelRef) -> Option<Readers> {
        self.adapter.readers(channel)
    }

    fn own_id(&self, outbound: &Outbound) -> Option<RemoteId> {
        self.adapter.own_id(outbound)
    }

    async fn send(&self, outbound: &Outbound) -> Result<Receipt, SendError> {
        self.told(self.adapter.send(outbound).await)
    }

    async fn reconcile(&self, outbound: &Outbound) -> Result<Reconciled, SendError> {
        self.told(self.adapter.reconcile(outbound).await)
    }

    async fn fetch(&self, attachment: &Attachment) -> Result<ByteStream, SendError> {
        let file = self.told(self.adapter.fetch(attachment).await)?;
        let secrets = self.secrets.clone();
        let told = move |error: BlobError| BlobError(secrets.without(&error.0));
        Ok(file.map(move |piece| piece.map_err(&told)).boxed())
    }

    async fn introduce(&self, account: &RemoteId) -> Option<Author> {
        self.adapter.introduce(account).await
    }

    async fn standing(
        &self,
        channel: &ChannelRef,
        account: &RemoteId,
    ) -> Result<Standing, SendError> {
        self.told(self.adapter.standing(channel, account).await)
    }

    async fn leave_unanswered(&self, way_back: &WayBack) {
        self.adapter.leave_unanswered(way_back).await;
    }

    fn door(&self, word: &str) -> Option<String> {
        self.adapter.door(word)
    }

    fn answers_presses(&self) -> bool {
        self.adapter.answers_presses()
    }

    fn answers_with_files(&self) -> bool {
        self.adapter.answers_with_files()
    }

    async fn open_direct_channel(&self, account: &RemoteId) -> Result<ChannelRef, SendError> {
        self.told(self.adapter.open_direct_channel(account).await)
    }
}

#[cfg(test)]
mod tests {
    /// What the trait answers by itself would else hide what the adapter knows.
    #[test]
    fn all_that_an_adapter_can_do_goes_through() {
        let contract = include_str!("../../../conversation/src/adapter.rs");
        let (adapter, _) = contract
            .split_once("pub trait Intake")
            .expect("the second door");
        let ours = include_str!("discreet.rs");
        let named = |it: &str| it.split_once("fn ").map(|it| it.1.to_owned());
        let methods = adapter.lines().filter_map(named);
        let methods: Vec<_> = methods
            .map(|it| it.split('(').next().map(str::to_owned))
            .collect();
        assert!(methods.len() > 10, "{methods:?}");
        for method in methods.into_iter().flatten() {
            assert!(
                ours.contains(&format!("self.adapter.{method}(")),
                "{method}"
            );
        }
    }
}
