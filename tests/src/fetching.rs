//! A file that an adapter brings, to its end.

use conversation::{Adapter, Attachment};
use futures::StreamExt;

/// How it ends, in words.
pub async fn fetched(adapter: &dyn Adapter, file: &Attachment) -> String {
    let mut stream = match adapter.fetch(file).await {
        Ok(stream) => stream,
        Err(error) => return error.to_string(),
    };
    let mut bytes = 0;
    while let Some(piece) = stream.next().await {
        match piece {
            Ok(piece) => bytes += piece.len(),
            Err(error) => return format!("broken off: {error}"),
        }
    }
    format!("{bytes} bytes")
}

/// Where nobody may be sent to.
pub struct Stranger(std::net::TcpListener);

impl Stranger {
    pub fn nearby() -> Stranger {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("loopback");
        listener.set_nonblocking(true).expect("it is ours");
        Stranger(listener)
    }

    pub fn address(&self) -> String {
        let address = self.0.local_addr().expect("it listens");
        format!("http://{address}/file")
    }

    pub fn was_asked(&self) -> bool {
        self.0.accept().is_ok()
    }
}
