//! The SHA-256 fingerprint of a certificate, by which one is trusted that nobody else vouches for.

use std::{fmt, str::FromStr};

use hex::FromHex;
use serde::Deserialize;
use sha2::{Digest, Sha256};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fingerprint([u8; 32]);

impl Fingerprint {
    pub(crate) fn of(der: &[u8]) -> Fingerprint {
        Fingerprint(Sha256::digest(der).into())
    }
}

/// As openssl prints it, with its label or without, with colons or without, in any case.
impl FromStr for Fingerprint {
    type Err = String;

    fn from_str(text: &str) -> Result<Fingerprint, String> {
        let digits = text.rsplit('=').next().unwrap_or(text).trim();
        let digits: String = digits.chars().filter(|it| *it != ':').collect();
        let why = "a SHA-256 fingerprint has 64 hexadecimal digits, as `openssl x509 -noout -fingerprint -sha256` \
                   prints them";
        let bytes = <[u8; 32]>::from_hex(&digits);
        bytes.map(Fingerprint).map_err(|_| why.to_owned())
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pairs: Vec<String> = self.0.iter().map(|it| format!("{it:02X}")).collect();
        f.write_str(&pairs.join(":"))
    }
}

/// One, or several with commas between: while a certificate is being replaced, the old one's and the new one's.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Fingerprints(Vec<Fingerprint>);

impl Fingerprints {
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn contain(&self, fingerprint: Fingerprint) -> bool {
        self.0.contains(&fingerprint)
    }
}

impl TryFrom<String> for Fingerprints {
    type Error = String;

    fn try_from(text: String) -> Result<Fingerprints, String> {
        let all: Result<_, _> = text.split(',').map(str::parse).collect();
        all.map(Fingerprints)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_is_read_as_openssl_prints_it_and_as_people_copy_it() {
        let one = Fingerprint::of(b"one");
        let shown = one.to_string();
        for text in [
            shown.clone(),
            shown.to_lowercase(),
            shown.replace(':', ""),
            format!(" {shown} "),
            format!("sha256 Fingerprint={shown}"),
            format!("SHA256 Fingerprint={}\n", shown.to_lowercase()),
        ] {
            assert_eq!(text.parse(), Ok(one), "{text}");
        }
    }

    #[test]
    fn what_is_no_fingerprint_is_refused() {
        let shown = Fingerprint::of(b"one").to_string();
        for text in [
            "",
            ",",
            &shown[2..],
            &format!("{shown}:AB"),
            "é".repeat(32).as_str(),
        ] {
            assert!(text.parse::<Fingerprint>().is_err(), "{text}");
        }
        let two = format!("{shown}, {}", Fingerprint::of(b"two"));
        let two = Fingerprints::try_from(two).unwrap();
        assert!(two.contain(Fingerprint::of(b"one")) && two.contain(Fingerprint::of(b"two")));
        assert!(!two.contain(Fingerprint::of(b"three")));
        assert!(Fingerprints::try_from(format!("{shown},")).is_err());
    }
}
