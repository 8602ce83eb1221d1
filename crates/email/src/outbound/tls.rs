//! TLS to the mail server. It lies below lettre, whose own trusts no pinned certificate and names no cause.
//!
//! **Invariant:** a certificate is trusted if it is pinned, or if it bears the server's name and is signed by a known
//! authority, and in both cases the server has proved in the handshake that the key is its own.

mod certificate;
mod verifier;
mod words;

use std::{path::Path, sync::Arc};

use tokio::io::{AsyncRead, AsyncWrite};
use tokio_rustls::{
    TlsConnector,
    client::TlsStream,
    rustls::{
        ClientConfig, RootCertStore,
        client::Resumption,
        crypto::ring,
        pki_types::{CertificateDer, ServerName, pem::PemObject},
    },
};

use self::verifier::Verifier;
use crate::settings::Smtp;

pub(super) struct Tls {
    config: Arc<ClientConfig>,
    name: ServerName<'static>,
}

impl Tls {
    pub(super) fn new(smtp: &Smtp) -> Result<Tls, String> {
        let provider = Arc::new(ring::default_provider());
        let verifier = Verifier::new(smtp, &provider)?;
        let mut config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|error| error.to_string())?
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(verifier))
            .with_no_client_auth();
        // A session that is resumed shows no certificate, and one that expired meanwhile would go unseen.
        config.resumption = Resumption::disabled();
        Ok(Tls {
            config: Arc::new(config),
            name: name_of(&smtp.host)?,
        })
    }

    /// `speaks` says what to try where the server does not answer in TLS at all.
    pub(super) async fn over<S: AsyncRead + AsyncWrite + Unpin>(
        &self,
        stream: S,
        speaks: &str,
    ) -> Result<TlsStream<S>, String> {
        let connector = TlsConnector::from(self.config.clone());
        let shaken = connector.connect(self.name.clone(), stream).await;
        shaken.map_err(|error| words::of(&error, speaks))
    }
}

pub(crate) fn name_of(host: &str) -> Result<ServerName<'static>, String> {
    let name = ServerName::try_from(host.to_owned());
    name.map_err(|_| {
        "is no name that a certificate can bear: write it as in mail.example.org".to_owned()
    })
}

/// The certificates in a file that is named by `ca_file`.
pub(crate) fn authorities(path: &Path) -> Result<RootCertStore, String> {
    let shown = path.display();
    let text = std::fs::read(path).map_err(|error| {
        format!("names {shown}, which cannot be read ({error}): correct the name, or let causeway read the file")
    })?;
    let mut roots = RootCertStore::empty();
    for (number, found) in CertificateDer::pem_slice_iter(&text).enumerate() {
        let added = found.map_err(|e| format!("{e:?}"));
        let added = added.and_then(|it| roots.add(it).map_err(|e| e.to_string()));
        added.map_err(|error| {
            let number = number + 1;
            format!("names {shown}, whose certificate number {number} is none ({error}): put in the authority's, as PEM")
        })?;
    }
    match roots.is_empty() {
        true => Err(format!(
            "names {shown}, which holds no certificate: put in the authority's, as PEM"
        )),
        false => Ok(roots),
    }
}
