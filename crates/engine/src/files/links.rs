//! Links to files that a channel cannot take: signed, so that nobody can make one but we, and good for some days.
//!
//! **Invariant:** the signature covers all that the answer depends on: the file, its name, its type and the end of the
//! link. The key is made once, and is in the store alone.

use std::{error::Error, path::PathBuf, time::Duration};

use blobs::Blobs;
use conversation::{Attachment, BlobRef, Timestamp, visible};
use hmac::{Hmac, Mac};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use sha2::Sha256;
use store::{Result, Store};
use tokio::sync::OnceCell;

use super::Files;
use crate::LinkSettings;

/// Under the empty community, for the listener is everybody's.
const KEY: &str = "file_link_key";
const DAY_S: i64 = 24 * 3600;
/// In bytes, of the 32 that there are: a link is to be read, too (RFC 2104, 5).
const SIGNATURE: usize = 16;
/// In characters.
const LONGEST_NAME: usize = 80;

pub(crate) struct Links {
    settings: LinkSettings,
    store: Store,
    key: OnceCell<String>,
}

/// What a link says, of which nothing is believed yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileLink {
    pub sha256: String,
    pub name: String,
    /// Empty where nobody knows it.
    pub mime: String,
    /// In seconds since 1970.
    pub until: i64,
    /// In hex.
    pub signature: String,
}

/// What came of a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Linked {
    File(PathBuf),
    /// We never made it.
    Forged,
    Expired,
    /// The file had to make room for others.
    Gone,
}

impl Files {
    pub(crate) async fn follow_link(&self, link: &FileLink, now: Timestamp) -> Result<Linked> {
        let Some(links) = &self.links else {
            return Ok(Linked::Forged);
        };
        if !link.is_signed_with(links.key().await?) {
            return Ok(Linked::Forged);
        }
        if now.0 / 1000 >= link.until {
            return Ok(Linked::Expired);
        }
        let path = self.blobs.path(&BlobRef {
            sha256: link.sha256.clone(),
            size: 0,
        });
        match path.exists() {
            true => Ok(Linked::File(path)),
            false => Ok(Linked::Gone),
        }
    }
}

impl Links {
    pub(crate) fn new(settings: LinkSettings, store: Store) -> Links {
        Links {
            settings,
            store,
            key: OnceCell::new(),
        }
    }

    pub(crate) fn days(&self) -> u32 {
        self.settings.days
    }

    /// The file stays for as long as the link is good, if it can. The same all day, so that the same message looks the
    /// same at each attempt.
    pub(crate) async fn to(
        &self,
        attachment: &Attachment,
        blob: &BlobRef,
        blobs: &Blobs,
        now: Timestamp,
    ) -> Result<String, Box<dyn Error + Send + Sync>> {
        let until = (now.0 / 1000 / DAY_S + 1 + i64::from(self.settings.days)) * DAY_S;
        let name = match visible(attachment.name.as_deref().unwrap_or_default()) {
            empty if empty.is_empty() => "file".to_owned(),
            name => name.chars().take(LONGEST_NAME).collect(),
        };
        let mut link = FileLink {
            sha256: blob.sha256.clone(),
            name,
            mime: attachment.mime.clone().unwrap_or_default(),
            until,
            signature: String::new(),
        };
        link.signature =
            hex::encode(&link.signed(self.key().await?).finalize().into_bytes()[..SIGNATURE]);
        let left = u64::try_from(until - now.0 / 1000).unwrap_or(0);
        blobs.needed_for(blob, Duration::from_secs(left)).await?;
        Ok(link.url(&self.settings.public_url))
    }

    /// Made by the first who needs it.
    async fn key(&self) -> Result<&str> {
        let made = self.key.get_or_try_init(|| async {
            let fresh = store::fresh_key();
            let kept = self.store.write(move |tx| {
                let fresh = fresh.clone();
                Box::pin(async move {
                    if let Some(key) = tx.setting("", KEY).await? {
                        return Ok(key);
                    }
                    tx.set("", KEY, &fresh).await?;
                    Ok(fresh)
                })
            });
            kept.await
        });
        Ok(made.await?)
    }
}

impl FileLink {
    /// Compares in constant time.
    fn is_signed_with(&self, key: &str) -> bool {
        let mut signature = [0; SIGNATURE];
        hex::decode_to_slice(&self.signature, &mut signature).is_ok()
            && hex::decode_to_slice(&self.sha256, &mut [0; 32]).is_ok()
            && (self.signed(key).verify_truncated_left(&signature)).is_ok()
    }

    /// Each field with its length, so that no two links say the same bytes.
    fn signed(&self, key: &str) -> Hmac<Sha256> {
        let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes())
            .expect("a key of any length will do for HMAC");
        for field in [
            &self.sha256,
            &self.name,
            &self.mime,
            &self.until.to_string(),
        ] {
            mac.update(&(field.len() as u64).to_be_bytes());
            mac.update(field.as_bytes());
        }
        mac
    }

    fn url(&self, public_url: &str) -> String {
        format!(
            "{public_url}/files/{}/{}?type={}&until={}&sig={}",
            self.sha256,
            encoded(&self.name),
            encoded(&self.mime),
            self.until,
            self.signature
        )
    }
}

/// Every sign but letters, digits and full stops: what is left has no meaning in any markup.
fn encoded(text: &str) -> String {
    const SIGNS: &AsciiSet = &NON_ALPHANUMERIC.remove(b'.');
    let rest = utf8_percent_encode(text.strip_prefix('.').unwrap_or(text), SIGNS);
    match text.starts_with('.') {
        true => format!("%2E{rest}"),
        false => rest.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link() -> FileLink {
        let mut link = FileLink {
            sha256: "ab".repeat(32),
            name: "../plan_2.zip".to_owned(),
            mime: "application/zip".to_owned(),
            until: 1_790_000_000,
            signature: String::new(),
        };
        link.signature = hex::encode(&link.signed("key").finalize().into_bytes()[..SIGNATURE]);
        link
    }

    #[test]
    fn a_link_is_letters_digits_and_full_stops() {
        let url = link().url("https://causeway.example.org");
        assert!(url.contains("/%2E.%2Fplan%5F2.zip?type=application%2Fzip&until=1790000000&sig="));
    }

    #[test]
    fn whatever_is_changed_in_a_link_is_noticed() {
        assert!(link().is_signed_with("key"));
        assert!(!link().is_signed_with("another key"));
        let changes: [fn(&mut FileLink); 9] = [
            |it| it.sha256 = "cd".repeat(32),
            |it| it.name = "plan_3.zip".to_owned(),
            |it| it.mime = "text/html".to_owned(),
            |it| it.until += 1,
            |it| it.signature.clear(),
            |it| it.signature.truncate(2),
            |it| it.signature.push('0'),
            |it| it.signature = "é".repeat(SIGNATURE),
            |it| {
                it.name.push('a');
                it.mime = "pplication/zip".to_owned();
            },
        ];
        for change in changes {
            let mut forged = link();
            change(&mut forged);
            assert!(!forged.is_signed_with("key"), "{forged:?}");
        }
    }
}
