//! An adapter as the bridge knows it. **Invariant:** whatever a platform says of a call, nothing of this configuration's
//! secrets comes further than here: not into the store, not to an author, not to staff.

use std::sync::Arc;

use async_trait::async_trait;
use conversation::{
    Adapter, Attachment, Author, BlobError, ByteStream, Capabilities, ChannelRef, Described,
    Intake, Outbound, Platform, Readers, Receipt, Reconciled, RemoteId, Secrets, SendError,
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

    async fn open_direct_channel(&self, account: &RemoteId) -> Result<ChannelRef, SendError> {
        self.told(self.adapter.open_direct_channel(account).await)
    }
}
