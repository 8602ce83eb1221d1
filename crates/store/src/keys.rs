//! The keys of a store: one of the installation, in a file beside it, and one of each community, in it and wrapped by that.
//!
//! **Invariant:** without the file nothing here can be made again or read: no hash tells whose it is, and no cipher opens.

use base64::{Engine, engine::general_purpose::STANDARD};
use conversation::CommunityId;
use hmac::{Hmac, Mac};
use ring::{
    aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey},
    rand::{SecureRandom, SystemRandom},
};
use sha2::Sha256;
use sqlx::AnyConnection;

use crate::{Error, Result, id::secret_of, text};

/// Of the key under which each community's hashes are made; there is one so far.
pub(crate) const KEY_NO: i64 = 1;
/// In hex digits, of what stands in rows by the million.
const SHORT: usize = 32;

/// Hashes and ciphers under one secret. What it prints says nothing of it.
#[derive(Debug)]
struct Keyed {
    mac: Hmac<Sha256>,
    cipher: LessSafeKey,
}

/// What the key file holds.
#[derive(Debug)]
pub(crate) struct InstallationKey(Keyed);

/// Of one community; of an old one it is the text that has made its hashes from the first day.
#[derive(Debug)]
pub(crate) struct CommunityKey(Keyed);

impl Keyed {
    fn new(secret: &[u8]) -> Keyed {
        let mac = Hmac::new_from_slice(secret).expect("HMAC takes a key of any length");
        // No platform's name begins so: nothing that is hashed is this.
        let under = digest(&mac, b"\0cipher");
        let cipher = UnboundKey::new(&CHACHA20_POLY1305, &under).expect("a key of 32 bytes");
        Keyed {
            mac,
            cipher: LessSafeKey::new(cipher),
        }
    }

    fn hash(&self, of: &str) -> String {
        hex::encode(digest(&self.mac, of.as_bytes()))
    }

    fn short_hash(&self, of: &str) -> String {
        let mut hash = self.hash(of);
        hash.truncate(SHORT);
        hash
    }

    /// Another text each time. It opens for `whose` alone.
    fn seal(&self, whose: &str, what: &[u8]) -> String {
        let nonce: [u8; NONCE_LEN] = random();
        let mut sealed = what.to_vec();
        self.cipher
            .seal_in_place_append_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(whose),
                &mut sealed,
            )
            .expect("it is short");
        STANDARD.encode([&nonce[..], &sealed].concat())
    }

    fn open(&self, whose: &str, sealed: &str) -> Option<Vec<u8>> {
        let mut sealed = STANDARD.decode(sealed).ok()?;
        let (nonce, sealed) = sealed.split_first_chunk_mut::<NONCE_LEN>()?;
        let nonce = Nonce::assume_unique_for_key(*nonce);
        let opened = self.cipher.open_in_place(nonce, Aad::from(whose), sealed);
        Some(opened.ok()?.to_vec())
    }
}

impl InstallationKey {
    pub(crate) fn new(secret: &[u8; 32]) -> InstallationKey {
        InstallationKey(Keyed::new(secret))
    }

    /// 32 hex digits. `what` it is keeps uses apart.
    pub(crate) fn hash(&self, what: &str, of: &str) -> String {
        self.0.short_hash(&format!("{what}:{of}"))
    }

    /// Under which an event is known: its own key may hold the id of an account.
    pub(crate) fn event_hash(&self, key: &str) -> String {
        self.hash("event", &text::key(key))
    }

    /// For a new community.
    pub(crate) fn fresh(&self, community: &str) -> String {
        self.wrap(community, &random::<32>())
    }

    pub(crate) fn wrap(&self, community: &str, key: &[u8]) -> String {
        self.0.seal(community, key)
    }

    pub(crate) fn unwrap(&self, community: &str, wrapped: &str) -> Result<CommunityKey> {
        let key = self.0.open(community, wrapped);
        let key = key.ok_or_else(|| {
            Error::Unreadable(format!(
                "the key of the community {community} in `community_key`"
            ))
        })?;
        Ok(CommunityKey::new(&key))
    }

    /// As it stands in the store.
    pub(crate) async fn of(
        &self,
        connection: &mut AnyConnection,
        community: &CommunityId,
    ) -> Result<CommunityKey> {
        let wrapped: Option<String> = sqlx::query_scalar(
            "select k.wrapped from community m
             join community_key k on k.community_id = m.community_id and k.no = m.key_no
             where m.community_id = $1",
        )
        .bind(&community.0)
        .fetch_optional(connection)
        .await?;
        self.unwrap(&community.0, &wrapped.unwrap_or_default())
    }
}

impl CommunityKey {
    pub(crate) fn new(secret: &[u8]) -> CommunityKey {
        CommunityKey(Keyed::new(secret))
    }

    /// In 64 hex digits, of parts with a colon between them.
    pub(crate) fn hash(&self, parts: &[&str]) -> String {
        self.0.hash(&parts.join(":"))
    }

    /// To be shown to somebody: 40 bits that nobody makes of it without the key.
    pub(crate) fn code(&self, of: &str) -> String {
        let bits = self.hash(&["shown", of]);
        let bits = u64::from_str_radix(&bits[..16], 16).unwrap_or_default();
        secret_of(bits)
    }

    /// In 32 hex digits, of an account, or of a place that is one person's own, as the store writes them.
    pub(crate) fn account_hash(&self, platform: &str, account: &str) -> String {
        self.0.short_hash(&format!("{platform}:{account}"))
    }

    /// Another text each time, for those who hold the key file.
    pub(crate) fn account_cipher(&self, platform: &str, account: &str) -> String {
        self.0.seal(platform, account.as_bytes())
    }

    /// As `account_cipher`, of what is no account.
    pub(crate) fn seal(&self, whose: &str, what: &str) -> String {
        self.0.seal(whose, what.as_bytes())
    }

    /// None where another key sealed it, or for another.
    pub(crate) fn open(&self, whose: &str, sealed: &str) -> Option<String> {
        String::from_utf8(self.0.open(whose, sealed)?).ok()
    }
}

pub(crate) fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    let filled = SystemRandom::new().fill(&mut bytes);
    filled.expect("the system gives chance");
    bytes
}

fn digest(mac: &Hmac<Sha256>, of: &[u8]) -> [u8; 32] {
    let mac = mac.clone().chain_update(of);
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn community() -> CommunityKey {
        let installation = InstallationKey::new(&[7; 32]);
        let wrapped = installation.wrap("c1", b"a-key-of-the-community");
        installation.unwrap("c1", &wrapped).unwrap()
    }

    #[test]
    fn a_community_hashes_accounts_as_it_always_did() {
        // `openssl dgst -sha256 -hmac a-key-of-the-community`
        let hash = community().hash(&["chat", "account-of-ana"]);
        assert_eq!(
            hash,
            "aa9d473603b8fba420519133f93d056e35ddfcba160d0261e774c87f4fb65ac9"
        );
        assert_eq!(
            community().account_hash("chat", "account-of-ana"),
            hash[..SHORT]
        );
    }

    #[test]
    fn an_account_is_read_with_its_communitys_key_alone() {
        let (ours, again) = (community(), community());
        let sealed = ours.account_cipher("chat", "account-of-ana");
        assert_ne!(sealed, ours.account_cipher("chat", "account-of-ana"));
        assert_eq!(again.0.open("chat", &sealed).unwrap(), b"account-of-ana");
        assert_eq!(again.0.open("mail", &sealed), None);
        assert_eq!(Keyed::new(b"another").open("chat", &sealed), None);
        for broken in ["", "AAAA", "not base64!", &sealed[4..]] {
            assert_eq!(ours.0.open("chat", broken), None);
        }
    }

    #[test]
    fn a_way_back_is_read_with_its_communitys_key_alone() {
        let sealed = community().seal("chat", "canary");
        assert!(!sealed.contains("canary"));
        assert_eq!(community().open("chat", &sealed).as_deref(), Some("canary"));
        assert_eq!(community().open("mail", &sealed), None);
        let another = InstallationKey::new(&[8; 32]);
        let another = another.unwrap("c2", &another.fresh("c2")).unwrap();
        assert_eq!(another.open("chat", &sealed), None);
    }

    #[test]
    fn a_key_opens_under_the_file_and_for_the_community_that_it_was_wrapped_for() {
        let wrapped = InstallationKey::new(&[7; 32]).fresh("c1");
        for (file, community) in [([7; 32], "c2"), ([8; 32], "c1")] {
            let refused = InstallationKey::new(&file).unwrap(community, &wrapped);
            assert!(matches!(refused, Err(Error::Unreadable(_))));
        }
    }

    #[test]
    fn what_is_printed_of_a_key_says_nothing_of_it() {
        let printed = format!("{:?} {:?}", community(), InstallationKey::new(&[7; 32]));
        assert!(
            !printed.contains('7') && !printed.contains("a-key"),
            "{printed}"
        );
    }
}
