//! Brings the files of a message to this machine before they are sent on.

use std::{
    collections::HashMap,
    path::PathBuf,
    sync::{Arc, Mutex},
};

use conversation::{
    Adapter, Attachment, AttachmentSource, BlobRef, ByteStream, Content, Node, Platform, SendError,
};
use store::{Blobs, Result};
use tokio::sync::OnceCell;

/// Several destinations of one message fetch its file once.
type Fetches = HashMap<String, Arc<OnceCell<BlobRef>>>;

/// So many fetched files are remembered; older ones are fetched again.
const REMEMBERED: usize = 1000;

pub(crate) struct Files {
    blobs: Blobs,
    fetches: Mutex<Fetches>,
}

impl Files {
    pub(crate) fn new(blobs: Blobs) -> Files {
        Files {
            blobs,
            fetches: Mutex::default(),
        }
    }

    pub(crate) async fn keep(&self, file: ByteStream) -> Result<BlobRef> {
        self.blobs.keep(file).await
    }

    pub(crate) fn path(&self, attachment: &Attachment) -> Option<PathBuf> {
        match &attachment.source {
            AttachmentSource::Blob(blob) => Some(self.blobs.path(blob)),
            AttachmentSource::Remote { .. } => None,
        }
    }

    /// The content with every file on this machine. A file that cannot be had is named in the text.
    pub(crate) async fn localise(
        &self,
        content: &Content,
        adapters: &HashMap<Platform, Arc<dyn Adapter>>,
    ) -> Result<Content, SendError> {
        let mut local = Content {
            text: content.text.clone(),
            attachments: Vec::new(),
        };
        for attachment in &content.attachments {
            match self.bring(attachment, adapters).await {
                Ok(here) => local.attachments.push(here),
                Err(SendError::Refused(why)) => local.text.0.push(absent(attachment, &why)),
                Err(error) => return Err(error),
            }
        }
        Ok(local)
    }

    async fn bring(
        &self,
        attachment: &Attachment,
        adapters: &HashMap<Platform, Arc<dyn Adapter>>,
    ) -> Result<Attachment, SendError> {
        let blob = match &attachment.source {
            AttachmentSource::Blob(blob) => blob.clone(),
            AttachmentSource::Remote { channel, file } => {
                let adapter = adapters.get(&channel.platform).ok_or_else(|| {
                    SendError::Refused(format!("{} is switched off", channel.platform))
                })?;
                self.fetch(&format!("{}:{file}", channel.platform), attachment, adapter)
                    .await?
            }
        };
        if !self.blobs.path(&blob).exists() {
            return Err(SendError::Refused("it is no longer kept".into()));
        }
        Ok(Attachment {
            size: Some(blob.size),
            source: AttachmentSource::Blob(blob),
            ..attachment.clone()
        })
    }

    async fn fetch(
        &self,
        key: &str,
        attachment: &Attachment,
        adapter: &Arc<dyn Adapter>,
    ) -> Result<BlobRef, SendError> {
        let cell = self.cell(key);
        let blob = cell
            .get_or_try_init(|| async {
                let stream = adapter.fetch(attachment).await?;
                self.keep(stream).await.map_err(|error| match error {
                    store::Error::TooLarge { limit } => {
                        SendError::Refused(format!("larger than {limit} bytes"))
                    }
                    other => SendError::Unavailable(other.to_string()),
                })
            })
            .await?;
        Ok(blob.clone())
    }

    fn cell(&self, key: &str) -> Arc<OnceCell<BlobRef>> {
        let mut fetches = self.fetches.lock().expect("no panic under this lock");
        let gone = fetches
            .get(key)
            .and_then(|cell| cell.get())
            .is_some_and(|blob| !self.blobs.path(blob).exists());
        if gone || fetches.len() >= REMEMBERED {
            fetches.retain(|it, cell| it != key && cell.get().is_none());
        }
        fetches.entry(key.to_owned()).or_default().clone()
    }
}

fn absent(attachment: &Attachment, why: &str) -> Node {
    let name = attachment.name.as_deref().unwrap_or("a file");
    Node::Text(format!("\n[{name} could not be brought along: {why}]"))
}
