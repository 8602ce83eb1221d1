//! Why a handshake failed, for people.

use std::io;

use tokio_rustls::rustls::{
    AlertDescription, CertificateError, Error, InvalidMessage, PeerIncompatible,
};

pub(super) fn of(error: &io::Error, speaks: &str) -> String {
    match error.get_ref().and_then(|it| it.downcast_ref::<Error>()) {
        Some(error) => of_tls(error, speaks),
        None if error.kind() == io::ErrorKind::UnexpectedEof => {
            "it closed the connection in the middle of the TLS handshake".to_owned()
        }
        None => format!("the TLS handshake broke off ({error})"),
    }
}

fn of_tls(error: &Error, speaks: &str) -> String {
    use PeerIncompatible as Peer;
    match error {
        Error::InvalidCertificate(CertificateError::Other(words)) => words.to_string(),
        Error::InvalidCertificate(CertificateError::BadSignature) => {
            "it shows a certificate whose key it does not have: this is another server".to_owned()
        }
        Error::InvalidMessage(InvalidMessage::InvalidContentType) => speaks.to_owned(),
        Error::AlertReceived(AlertDescription::ProtocolVersion)
        | Error::PeerIncompatible(
            Peer::ServerDoesNotSupportTls12Or13
            | Peer::ServerTlsVersionIsDisabledByOurConfig
            | Peer::Tls12NotOfferedOrEnabled,
        ) => "its TLS is older than 1.2, which is not safe any more: it must be brought up to date"
            .to_owned(),
        Error::AlertReceived(AlertDescription::HandshakeFailure) => {
            "it has no encryption in common with us: its TLS is very old, or set up wrongly"
                .to_owned()
        }
        other => format!("the TLS handshake failed ({other})"),
    }
}
