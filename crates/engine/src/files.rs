//! Brings the files of a message to this machine before they are sent on.
//!
//! **Invariant:** no file is whole in memory, none holds words back for longer than a few seconds, and one that does
//! not go along is said to be elsewhere.

use std::{
    path::PathBuf,
    time::{Duration, SystemTime},
};

use blobs::{Blobs, Result};
use conversation::{
    Absent, Attachment, AttachmentSource, BlobRef, ByteStream, Capabilities, Distribution,
    Language, Platform, Timestamp, Whereabouts, misfit,
};
use futures::{StreamExt, stream};
use store::Store;
use tokio::time::Instant;

use crate::{LinkSettings, adapters::Adapters};

mod fetches;
pub(crate) mod links;
mod missing;

use fetches::Fetches;
use links::Links;
pub(crate) use missing::Missing;

/// As long as files may hold back anybody.
pub(crate) fn soon() -> Instant {
    Instant::now() + Duration::from_secs(5)
}

pub(crate) struct Files {
    blobs: Blobs,
    fetches: Fetches,
    links: Option<Links>,
}

/// For one message to one channel.
pub(crate) struct Bringing<'a> {
    pub(crate) adapters: &'a Adapters,
    pub(crate) to: Capabilities,
    /// Where the message was said.
    pub(crate) home: &'a Platform,
    /// So long its files may hold back its words.
    pub(crate) until: Instant,
    pub(crate) now: Timestamp,
    /// Of those who read what is said in a file's place.
    pub(crate) language: Language,
}

impl Files {
    pub(crate) fn new(blobs: Blobs, links: Option<LinkSettings>, store: &Store) -> Files {
        Files {
            fetches: Fetches::new(blobs.clone()),
            blobs,
            links: links.map(|settings| Links::new(settings, store.clone())),
        }
    }

    pub(crate) async fn keep(&self, file: ByteStream) -> Result<BlobRef> {
        self.blobs.keep(file).await
    }

    /// The same words are the same file.
    pub(crate) async fn keep_text(&self, text: String) -> Result<BlobRef> {
        let bytes = stream::once(async move { Ok(text.into()) });
        self.blobs.keep(bytes.boxed()).await
    }

    /// What was made to be sent once.
    pub(crate) async fn take_away(&self, made: &[Attachment]) {
        for it in made {
            let AttachmentSource::Blob(blob) = &it.source else {
                continue;
            };
            if let Err(error) = self.blobs.take_away(blob).await {
                tracing::warn!(%error, "a file that was made to be sent once could not be taken away");
            }
        }
    }

    /// What nobody has needed since then. Says how many.
    pub(crate) async fn forget(&self, unneeded_since: SystemTime) -> Result<usize> {
        self.blobs.forget(unneeded_since).await
    }

    /// The most bytes that a file may have to be kept.
    pub(crate) fn largest(&self) -> u64 {
        self.blobs.largest()
    }

    pub(crate) fn path(&self, attachment: &Attachment) -> Option<PathBuf> {
        match &attachment.source {
            AttachmentSource::Blob(blob) => Some(self.blobs.path(blob)),
            AttachmentSource::Remote { .. } | AttachmentSource::Absent(_) => None,
        }
    }

    /// The file as it goes to the channel: on this machine, or in words where the channel cannot take it.
    pub(crate) async fn fitting(
        &self,
        attachment: &Attachment,
        bringing: &Bringing<'_>,
    ) -> Result<Attachment, Missing> {
        let limits = &bringing.to.attachments;
        if self.links.is_none()
            && let Some(why) = misfit(attachment, limits)
        {
            return Ok(bringing.absent(attachment, why.fixed(bringing.language)));
        }
        let here = self
            .bring(attachment, bringing.adapters, bringing.until)
            .await?;
        match misfit(&here, limits) {
            Some(why) => {
                let why = why.fixed(bringing.language);
                Ok(self.refused(&here, why, bringing).await)
            }
            None => Ok(here),
        }
    }

    /// The file in words, with a link where one can be made.
    pub(crate) async fn refused(
        &self,
        here: &Attachment,
        why: &str,
        bringing: &Bringing<'_>,
    ) -> Attachment {
        let whereabouts = match self.linked(here, bringing.now).await {
            Some(link) => link,
            None => bringing.where_it_is(here),
        };
        absent(here, why, whereabouts)
    }

    /// Looks whether it can be had, and has it here if it can.
    pub(crate) async fn look_for(
        &self,
        attachment: &Attachment,
        adapters: &Adapters,
    ) -> Result<(), Missing> {
        self.bring(attachment, adapters, soon()).await.map(|_| ())
    }

    async fn bring(
        &self,
        attachment: &Attachment,
        adapters: &Adapters,
        until: Instant,
    ) -> Result<Attachment, Missing> {
        let blob = match &attachment.source {
            AttachmentSource::Blob(blob) => blob.clone(),
            AttachmentSource::Remote { channel, file } => {
                let adapter = adapters.get(&channel.platform).ok_or_else(|| {
                    Missing::Never(format!("{} is switched off", channel.platform))
                })?;
                let key = format!("{}:{file}", channel.platform);
                self.fetches.fetch(key, attachment, adapter, until).await?
            }
            AttachmentSource::Absent(absent) => return Err(Missing::Never(absent.why.clone())),
        };
        // Used now, it is not the oldest of the cache.
        let is_here = self.blobs.needed_for(&blob, Duration::ZERO).await;
        if !is_here.map_err(|error| Missing::unkept(&error))? {
            return Err(match &attachment.source {
                AttachmentSource::Remote { .. } => Missing::withheld("it left the cache at once"),
                _ => Missing::Never("it is no longer kept".into()),
            });
        }
        Ok(Attachment {
            size: Some(blob.size),
            source: AttachmentSource::Blob(blob),
            ..attachment.clone()
        })
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

impl Bringing<'_> {
    /// The file in words.
    pub(crate) fn absent(&self, attachment: &Attachment, why: &str) -> Attachment {
        absent(attachment, why, self.where_it_is(attachment))
    }

    fn where_it_is(&self, attachment: &Attachment) -> Whereabouts {
        let platform = attachment.source.platform().unwrap_or(self.home);
        match self.adapters.label(platform) {
            // A list's readers have what it sends them, and nothing else.
            Some(there) if self.to.distribution == Distribution::ByUs && there == self.to.label => {
                Whereabouts::Unknown
            }
            Some(there) => Whereabouts::On(there.to_owned()),
            None => Whereabouts::Unknown,
        }
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
