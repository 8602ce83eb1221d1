//! What is wrong with a certificate, for people, and what to do about it.

use jiff::Timestamp;
use tokio_rustls::rustls::{
    CertificateError, Error, RootCertStore,
    client::verify_server_cert_signed_by_trust_anchor,
    pki_types::{CertificateDer, SignatureVerificationAlgorithm, UnixTime},
    server::ParsedCertificate,
};

use crate::fingerprint::Fingerprint;

/// What is wrong with a certificate if it vouches for itself: nobody else does where that is not an unknown issuer.
pub(super) fn alone(
    shown: &CertificateDer<'_>,
    now: UnixTime,
    algorithms: &[&dyn SignatureVerificationAlgorithm],
) -> Option<Error> {
    let mut itself = RootCertStore::empty();
    itself.add(shown.clone().into_owned()).ok()?;
    let parsed = ParsedCertificate::try_from(shown).ok()?;
    verify_server_cert_signed_by_trust_anchor(&parsed, &itself, &[], now, algorithms).err()
}

pub(super) fn in_words(
    host: &str,
    error: &Error,
    alone: Option<&Error>,
    fingerprint: Fingerprint,
) -> String {
    use CertificateError::*;
    let Error::InvalidCertificate(error) = error else {
        return format!("its certificate cannot be used ({error})");
    };
    match error {
        ExpiredContext { not_after, .. } => {
            format!("{} expired on {}: whoever runs the server must renew it", whose(error, alone), day(*not_after))
        }
        NotValidYetContext { not_before, time } => format!(
            "{} is not valid before {}, and the clock here says {}: one of the two is wrong",
            whose(error, alone),
            day(*not_before),
            day(*time)
        ),
        NotValidForNameContext { presented, .. } if presented.is_empty() => format!(
            "its certificate bears no name at all, for a common name counts for nothing: it must be made again, with \
             {host} as a subjectAltName"
        ),
        NotValidForNameContext { presented, .. } => format!(
            "its certificate is made for another name: not for {host}, but for {}. Set email.smtp.host to a name that \
             it bears",
            names(presented)
        ),
        UnknownIssuer | Other(_) if !is_signed_by_another(alone) => format!(
            "its certificate is signed by itself alone, so nobody vouches for it. If `openssl x509 -noout -fingerprint \
             -sha256 -in CERTIFICATE`, on the server, prints the same, set email.smtp.fingerprint = \"{fingerprint}\""
        ),
        UnknownIssuer => "its certificate is signed by nobody whom we know: set email.smtp.ca_file to the certificate of \
             whoever signed it, or let the server send its whole chain"
            .to_owned(),
        InvalidPurposeContext { .. } => "its certificate is not made for servers".to_owned(),
        other => format!("its certificate cannot be used ({other})"),
    }
}

pub(super) fn another(fingerprint: Fingerprint) -> String {
    format!(
        "its certificate is another than the pinned one. If it was renewed there, and `openssl x509 -noout -fingerprint \
         -sha256 -in CERTIFICATE`, on the server, prints the same, set email.smtp.fingerprint = \"{fingerprint}\""
    )
}

fn is_signed_by_another(alone: Option<&Error>) -> bool {
    use CertificateError::{BadSignature, UnknownIssuer};
    matches!(
        alone,
        Some(Error::InvalidCertificate(UnknownIssuer | BadSignature))
    )
}

/// A whole chain can fail by any of its links.
fn whose(error: &CertificateError, alone: Option<&Error>) -> &'static str {
    match alone {
        Some(Error::InvalidCertificate(of_its_own)) if of_its_own == error => "its certificate",
        _ => "its signer's certificate",
    }
}

fn day(at: UnixTime) -> String {
    let seconds = i64::try_from(at.as_secs()).unwrap_or(i64::MAX);
    let at = Timestamp::from_second(seconds).unwrap_or(Timestamp::MAX);
    at.strftime("%Y-%m-%d %H:%M UTC").to_string()
}

/// The library writes `DnsName("mail.example.org")`.
fn names(presented: &[String]) -> String {
    const MOST: usize = 5;
    let bare = presented.iter().map(|it| {
        let inner = it.split_once('(').map_or(it.as_str(), |(_, rest)| rest);
        inner.trim_end_matches(')').trim_matches('"')
    });
    bare.take(MOST).collect::<Vec<_>>().join(", ")
}
