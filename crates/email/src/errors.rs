//! What can be wrong before any mail flows.

/// An error that stops the program from using email at all.
#[derive(Debug, thiserror::Error)]
pub enum EmailError {
    #[error("`{key}` {problem}")]
    Settings { key: String, problem: String },
    #[error("cannot listen for mail on {address} (`email.lmtp.listen`)")]
    Listen {
        address: std::net::SocketAddr,
        #[source]
        cause: std::io::Error,
    },
    #[error("`email.smtp`: {0}")]
    Transport(String),
}
