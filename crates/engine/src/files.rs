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

    /// The content with every file on this machine. A file that cannot be had is named in the text; one that may
    /// be had later is an error as long as the message `waits` for it.
    pub(crate) async fn localise(
        &self,
        content: &Content,
        adapters: &HashMap<Platform, Arc<dyn Adapter>>,
        waits: bool,
    ) -> Result<Content, SendError> {
        let mut local = Content {
            text: content.text.clone(),
            attachments: Vec::new(),
        };
        for attachment in &content.attachments {
            match self.bring(attachment, adapters).await {
                Ok(here) => local.attachments.push(here),
                Err(error) => {
                    let why = why_absent(error, waits)?;
                    local.text.0.push(absent(attachment, &why));
                }
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
        if gone {
            fetches.remove(key);
        }
        if fetches.len() >= REMEMBERED {
            // Somebody waits for those that are held elsewhere too.
            fetches.retain(|_, cell| Arc::strong_count(cell) > 1);
        }
        fetches.entry(key.to_owned()).or_default().clone()
    }
}

/// What the platform that holds the file says of itself must not count against the one that the message goes to.
fn why_absent(error: SendError, waits: bool) -> Result<String, SendError> {
    match error {
        SendError::Refused(why) => Ok(why),
        SendError::RateLimited { .. } if waits => Err(error),
        SendError::Unavailable(_)
        | SendError::PutOff(_)
        | SendError::Uncertain(_)
        | SendError::Interrupted { .. }
            if waits =>
        {
            Err(SendError::Unavailable(format!("for its file, {error}")))
        }
        _ => Ok("the platform that holds it does not hand it out".into()),
    }
}

fn absent(attachment: &Attachment, why: &str) -> Node {
    let name = attachment.name.as_deref().unwrap_or("a file");
    Node::Text(format!("\n[{name} could not be brought along: {why}]"))
}
