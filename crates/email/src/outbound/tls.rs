//! TLS to the mail server. It lies below lettre, whose own trusts no pinned certificate and names no cause.
//!
//! **Invariant:** a certificate is trusted if it is pinned, or if it bears the server's name and is signed by a known
//! authority, and in both cases the server has proved in the handshake that the key is its own.

mod certificate;
mod verifier;
mod words;

use std::sync::Arc;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio_rustls::{
    TlsConnector,
    client::TlsStream,
    rustls::{ClientConfig, client::Resumption, crypto::ring, pki_types::ServerName},
};

use self::verifier::Verifier;
use crate::{authorities::name_of, settings::Smtp};

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
