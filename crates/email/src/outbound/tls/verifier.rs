//! Whether the certificate that a server shows is trusted, and whether the key behind it is the server's.
//!
//! **Invariant:** what the server signs in the handshake is verified with the key of the certificate, whoever vouches for
//! that: a pinned certificate is public, and shown by anybody.

use std::sync::Arc;

use tokio_rustls::rustls::{
    CertificateError, DigitallySignedStruct, Error, OtherError, RootCertStore, SignatureScheme,
    client::{
        WebPkiServerVerifier,
        danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    },
    crypto::{
        CryptoProvider, WebPkiSupportedAlgorithms, verify_tls12_signature, verify_tls13_signature,
    },
    pki_types::{CertificateDer, ServerName, UnixTime},
};

use super::certificate;
use crate::{
    authorities::authorities,
    fingerprint::{Fingerprint, Fingerprints},
    settings::Smtp,
};

#[derive(Debug)]
pub(super) struct Verifier {
    host: String,
    /// Trusted whatever their names and dates: whoever pins a certificate has looked at it.
    pinned: Fingerprints,
    /// None where only what is pinned is trusted.
    signed: Option<Arc<WebPkiServerVerifier>>,
    algorithms: WebPkiSupportedAlgorithms,
}

impl Verifier {
    pub(super) fn new(smtp: &Smtp, provider: &Arc<CryptoProvider>) -> Result<Verifier, String> {
        let signed = known(smtp)?.map(|roots| {
            WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider.clone()).build()
        });
        Ok(Verifier {
            host: smtp.host.clone(),
            pinned: smtp.fingerprint.clone(),
            signed: signed.transpose().map_err(|error| error.to_string())?,
            algorithms: provider.signature_verification_algorithms,
        })
    }
}

/// The public authorities, unless somebody else is named.
fn known(smtp: &Smtp) -> Result<Option<RootCertStore>, String> {
    match &smtp.ca_file {
        Some(path) => authorities(path).map(Some),
        None if smtp.fingerprint.is_empty() => Ok(Some(RootCertStore {
            roots: webpki_roots::TLS_SERVER_ROOTS.to_vec(),
        })),
        None => Ok(None),
    }
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        shown: &CertificateDer<'_>,
        between: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let fingerprint = Fingerprint::of(shown);
        if self.pinned.contain(fingerprint) {
            return Ok(ServerCertVerified::assertion());
        }
        let Some(signed) = &self.signed else {
            return Err(refused(certificate::another(fingerprint)));
        };
        let verified = signed.verify_server_cert(shown, between, name, ocsp, now);
        verified.map_err(|error| {
            let alone = certificate::alone(shown, now, self.algorithms.all);
            let why = certificate::in_words(&self.host, &error, alone.as_ref(), fingerprint);
            refused(why)
        })
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        shown: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, shown, signature, &self.algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        shown: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, shown, signature, &self.algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.algorithms.supported_schemes()
    }
}

#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Words(String);

/// Only here the certificate is at hand, so the words for people go along inside the error.
fn refused(words: String) -> Error {
    Error::InvalidCertificate(CertificateError::Other(OtherError(Arc::new(Words(words)))))
}
