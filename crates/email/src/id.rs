//! Message-IDs, and the keys under which mails are known. Made and read only here.
//!
//! **Invariant:** an id that we keep is visible ASCII without blanks or angle brackets, so that it can stand in
//! a header as it is.

use conversation::{EventKey, RemoteId};
use sha2::{Digest, Sha256};

pub const PLATFORM: &str = "email";

/// RFC 5322 allows 998 characters in a line; a longer id could not be written down.
const LONGEST_ID: usize = 500;

/// The ids in a header such as References, in their order; what is no id is skipped.
pub(crate) fn message_ids(header: &str) -> Vec<String> {
    let found: Vec<&str> = match header.contains('<') {
        true => {
            let bracketed = header
                .split('<')
                .skip(1)
                .filter_map(|it| it.split_once('>'));
            bracketed.map(|(id, _)| id.trim()).collect()
        }
        // Some programs leave the brackets out.
        false => header
            .split_whitespace()
            .filter(|it| it.contains('@'))
            .collect(),
    };
    let ids = found.into_iter().filter(|it| is_message_id(it));
    ids.map(str::to_owned).collect()
}

pub(crate) fn is_message_id(id: &str) -> bool {
    let fits = |b: u8| b.is_ascii_graphic() && !b"<>".contains(&b);
    (1..=LONGEST_ID).contains(&id.len()) && id.bytes().all(fits)
}

/// For a mail without an id, or with one that another mail bears already: the same mail gets the same id.
pub(crate) fn synthesised(fingerprint: &str, domain: &str) -> String {
    format!("mail-{fingerprint:.32}@{domain}")
}

/// For a mail that we write: the same for every attempt. What an id cannot hold is replaced, and a
/// fingerprint keeps the ids of different keys apart.
pub(crate) fn from_key(key: &str, domain: &str) -> String {
    let fits = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    let clean = key.replace(|c| !fits(c), ".");
    let clean: String = clean.chars().take(100).collect();
    let tidy = clean.trim_matches('.');
    let same = tidy == key && !key.contains("..");
    match same {
        true => format!("{key}@{domain}"),
        false => {
            let (tidy, of_key) = (tidy.replace("..", "."), fingerprint(&[key.as_bytes()]));
            format!("{tidy}-{}@{domain}", &of_key[..12])
        }
    }
}

/// Several lists can hear the same mail, each once.
pub(crate) fn event_key(list: &str, message_id: &str) -> EventKey {
    EventKey(format!("mail:{list}:{message_id}"))
}

pub(crate) fn is_from_domain(message_id: &RemoteId, domain: &str) -> bool {
    let parts = message_id.as_str().rsplit_once('@');
    parts.is_some_and(|(_, it)| it.eq_ignore_ascii_case(domain))
}

/// SHA-256 in hex.
pub(crate) fn fingerprint(parts: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hex::encode(hash.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_read_from_odd_headers() {
        assert_eq!(
            message_ids("<a@x>\r\n <b@y> (comment) <broken"),
            ["a@x", "b@y"]
        );
        assert_eq!(message_ids("a@x b@y"), ["a@x", "b@y"]);
        assert_eq!(message_ids("Your message of Friday"), Vec::<String>::new());
        assert_eq!(message_ids("<a b@x> <c\r\nBcc:@x>"), Vec::<String>::new());
    }

    #[test]
    fn the_id_of_a_key_is_stable_and_apart_from_others() {
        assert_eq!(from_key("0192-abc.0", "x.org"), "0192-abc.0@x.org");
        let odd = from_key("0192/0 <>\r\n", "x.org");
        assert!(is_message_id(&odd), "{odd}");
        assert_ne!(odd, from_key("0192/0 <>\r", "x.org"));
    }
}
