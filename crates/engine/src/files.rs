//! Brings the files of a message to this machine before they are sent on.
//!
//! **Invariant:** no file is whole in memory, and one that does not go along is said to be elsewhere.

use std::{
    collections::HashMap,
    path::PathBuf,
    sync::{Arc, Mutex},
    time::Duration,
};

use conversation::{
    Absent, Adapter, Attachment, AttachmentSource, BlobRef, ByteStream, Capabilities, Content,
    Platform, SendError, Timestamp, Whereabouts, misfit,
};
use store::{Blobs, Result, Store};
use tokio::sync::OnceCell;

use crate::LinkSettings;

pub(crate) mod links;

use links::Links;

/// Several destinations of one message fetch its file once.
type Fetches = HashMap<String, Arc<OnceCell<BlobRef>>>;

/// So many fetched files are remembered; older ones are fetched again.
const REMEMBERED: usize = 1000;

pub(crate) struct Files {
    blobs: Blobs,
    fetches: Mutex<Fetches>,
    links: Option<Links>,
}

/// For one message to one channel.
pub(crate) struct Bringing<'a> {
    pub(crate) adapters: &'a HashMap<Platform, Arc<dyn Adapter>>,
    pub(crate) to: &'a Capabilities,
    /// Where the message was said.
    pub(crate) home: &'a Platform,
    /// A file that may be had later is waited for.
    pub(crate) waits: bool,
    pub(crate) now: Timestamp,
}

impl Files {
    pub(crate) fn new(blobs: Blobs, links: Option<LinkSettings>, store: &Store) -> Files {
        Files {
            blobs,
            fetches: Mutex::default(),
            links: links.map(|settings| Links::new(settings, store.clone())),
        }
    }

    pub(crate) async fn keep(&self, file: ByteStream) -> Result<BlobRef> {
        self.blobs.keep(file).await
    }

    pub(crate) fn path(&self, attachment: &Attachment) -> Option<PathBuf> {
        match &attachment.source {
            AttachmentSource::Blob(blob) => Some(self.blobs.path(blob)),
            AttachmentSource::Remote { .. } | AttachmentSource::Absent(_) => None,
        }
    }

    /// The content with every file on this machine. A file that cannot be had, or that the channel cannot take,
    /// bears the words for that; one that may be had later is an error as long as the message waits for it.
    pub(crate) async fn localise(
        &self,
        content: &Content,
        bringing: &Bringing<'_>,
    ) -> Result<Content, SendError> {
        let mut local = Content {
            text: content.text.clone(),
            attachments: Vec::new(),
        };
        for attachment in &content.attachments {
            local
                .attachments
                .push(self.fitting(attachment, bringing).await?);
        }
        Ok(local)
    }

    async fn fitting(
        &self,
        attachment: &Attachment,
        bringing: &Bringing<'_>,
    ) -> Result<Attachment, SendError> {
        let limits = &bringing.to.attachments;
        if self.links.is_none()
            && let Some(why) = misfit(attachment, limits)
        {
            return Ok(absent(attachment, why, where_it_is(attachment, bringing)));
        }
        let here = match self.bring(attachment, bringing.adapters).await {
            Ok(here) => here,
            Err(error) => {
                let why = why_absent(error, bringing.waits)?;
                return Ok(absent(attachment, &why, where_it_is(attachment, bringing)));
            }
        };
        let Some(why) = misfit(&here, limits) else {
            return Ok(here);
        };
        let whereabouts = match self.linked(&here, bringing.now).await {
            Some(link) => link,
            None => where_it_is(attachment, bringing),
        };
        Ok(absent(&here, why, whereabouts))
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
            AttachmentSource::Absent(absent) => return Err(SendError::Refused(absent.why.clone())),
        };
        // Used now, it is not the oldest of the cache.
        let is_here = self.blobs.needed_for(&blob, Duration::ZERO).await;
        if !is_here.map_err(|error| SendError::Unavailable(error.to_string()))? {
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
                    store::Error::TooLarge { limit } => SendError::Refused(format!(
                        "larger than the {} MB that are taken along",
                        limit / 1_000_000
                    )),
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

    /// None without a listener of ours, or where no link can be made now.
    pub(crate) async fn linked(&self, here: &Attachment, now: Timestamp) -> Option<Whereabouts> {
        let links = self.links.as_ref()?;
        let AttachmentSource::Blob(blob) = &here.source else {
            return None;
        };
        match links.to(here, blob, &self.blobs, now).await {
            Ok(url) => Some(Whereabouts::Link {
                url,
                days: links.days(),
            }),
            Err(error) => {
                tracing::warn!(%error, "no link could be made to a file");
                None
            }
        }
    }
}

fn where_it_is(attachment: &Attachment, bringing: &Bringing<'_>) -> Whereabouts {
    let platform = match &attachment.source {
        AttachmentSource::Remote { channel, .. } => &channel.platform,
        AttachmentSource::Blob(_) | AttachmentSource::Absent(_) => bringing.home,
    };
    match bringing.adapters.get(platform) {
        Some(adapter) => {
            let channel = conversation::ChannelRef::new(platform.as_str(), "");
            Whereabouts::On(adapter.capabilities(&channel).label.to_owned())
        }
        None => Whereabouts::Unknown,
    }
}

fn absent(attachment: &Attachment, why: &str, whereabouts: Whereabouts) -> Attachment {
    Attachment {
        source: AttachmentSource::Absent(Absent {
            why: why.to_owned(),
            whereabouts,
        }),
        ..attachment.clone()
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
