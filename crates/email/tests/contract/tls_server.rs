//! A mail server that speaks TLS, or does not, as told, and writes down what it heard in the clear and what under TLS.

use std::sync::{Arc, Mutex};

use tokio::{
    io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        ServerConfig, SupportedProtocolVersion,
        crypto::ring,
        sign::{CertifiedKey, SingleCertAndKey},
        version,
    },
};

use crate::certificates::Shown;

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Manner {
    Implicit,
    Starttls,
    NoStarttls,
    /// Refuses what it has offered.
    StarttlsFails,
    /// Somebody on the way adds to the answer to STARTTLS.
    Injected,
    /// Goes on in the clear after its answer to STARTTLS.
    Pretended,
    /// As a server whose TLS is 1.0 answers ours.
    Old,
    Silent,
    /// Says no to every password, and repeats it.
    NoPassword,
    /// Says under TLS what never ends.
    Endless,
}

pub(crate) struct TlsServer {
    manner: Manner,
    acceptor: TlsAcceptor,
    heard: Mutex<Vec<String>>,
}

const BOTH: &[&SupportedProtocolVersion] = &[&version::TLS13, &version::TLS12];

impl TlsServer {
    pub(crate) async fn start(manner: Manner, shown: Shown) -> (Arc<TlsServer>, u16) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        TlsServer::serve(listener, manner, shown, BOTH)
    }

    /// The key need not be the certificate's.
    pub(crate) fn serve(
        listener: TcpListener,
        manner: Manner,
        shown: Shown,
        versions: &[&'static SupportedProtocolVersion],
    ) -> (Arc<TlsServer>, u16) {
        let provider = Arc::new(ring::default_provider());
        let key = provider.key_provider.load_private_key(shown.key).unwrap();
        let certified = CertifiedKey::new(shown.chain, key);
        let config = ServerConfig::builder_with_provider(provider)
            .with_protocol_versions(versions)
            .unwrap()
            .with_no_client_auth()
            .with_cert_resolver(Arc::new(SingleCertAndKey::from(certified)));
        let port = listener.local_addr().unwrap().port();
        let server = Arc::new(TlsServer {
            manner,
            acceptor: TlsAcceptor::from(Arc::new(config)),
            heard: Mutex::new(Vec::new()),
        });
        let served = Arc::clone(&server);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let server = Arc::clone(&served);
                // A client that goes away is no matter.
                tokio::spawn(async move {
                    let _ = server.session(stream).await;
                });
            }
        });
        (server, port)
    }

    /// Each as `clear EHLO` or `tls EHLO`.
    pub(crate) fn heard(&self) -> Vec<String> {
        self.heard.lock().unwrap().clone()
    }

    async fn session(&self, mut stream: TcpStream) -> std::io::Result<()> {
        match self.manner {
            Manner::Silent => stream.read_to_end(&mut Vec::new()).await.map(|_| ()),
            Manner::Old => {
                stream.read_exact(&mut [0; 64]).await?;
                // A record of TLS 1.0: fatal, protocol_version.
                stream.write_all(&[0x15, 3, 1, 0, 2, 2, 70]).await
            }
            Manner::Starttls | Manner::StarttlsFails | Manner::NoStarttls => {
                self.in_the_clear(stream, b"").await
            }
            Manner::Injected => {
                self.in_the_clear(stream, b"250-evil\r\n250 AUTH PLAIN\r\n")
                    .await
            }
            Manner::Pretended => self.in_the_clear(stream, b"").await,
            Manner::Implicit | Manner::NoPassword | Manner::Endless => {
                let mut stream = self.acceptor.accept(stream).await?;
                stream.write_all(b"220 tls\r\n").await?;
                self.dialogue(BufReader::new(stream), "tls")
                    .await
                    .map(|_| ())
            }
        }
    }

    async fn in_the_clear(&self, mut stream: TcpStream, added: &[u8]) -> std::io::Result<()> {
        stream.write_all(b"220 clear\r\n").await?;
        let Some(mut stream) = self.dialogue(BufReader::new(stream), "clear").await? else {
            return Ok(());
        };
        stream
            .write_all(&[b"220 go on\r\n", added].concat())
            .await?;
        if self.manner == Manner::Pretended {
            stream.write_all(b"220 clear again\r\n").await?;
            return self.dialogue(stream, "clear").await.map(|_| ());
        }
        let stream = self.acceptor.accept(stream.into_inner()).await?;
        self.dialogue(BufReader::new(stream), "tls")
            .await
            .map(|_| ())
    }

    /// Until the client goes, or asks for TLS, where the stream is given back.
    async fn dialogue<S: AsyncRead + AsyncWrite + Unpin>(
        &self,
        mut stream: BufReader<S>,
        how: &str,
    ) -> std::io::Result<Option<BufReader<S>>> {
        let (mut line, mut is_mail) = (String::new(), false);
        while stream.read_line(&mut line).await? > 0 {
            let said = std::mem::take(&mut line);
            if is_mail && said != ".\r\n" {
                continue;
            }
            let verb = said
                .split_whitespace()
                .next()
                .unwrap_or_default()
                .to_owned();
            self.heard.lock().unwrap().push(format!("{how} {verb}"));
            is_mail = verb == "DATA";
            match verb.as_str() {
                "STARTTLS" if self.manner != Manner::StarttlsFails => return Ok(Some(stream)),
                "EHLO" if self.manner == Manner::Endless => loop {
                    stream.write_all(b"250-and so on").await?;
                },
                "AUTH" if self.manner == Manner::NoPassword => {
                    let repeated = said.trim();
                    let no = format!("535-5.7.8 no, bo@y.org: {repeated}\r\n535 5.7.8 tomato\r\n");
                    stream.write_all(no.as_bytes()).await?;
                }
                _ => stream.write_all(self.answer(&verb, how)).await?,
            }
            stream.flush().await?;
        }
        Ok(None)
    }

    fn answer(&self, verb: &str, how: &str) -> &'static [u8] {
        match verb {
            "EHLO" if how == "tls" => b"250-sink\r\n250 AUTH PLAIN LOGIN\r\n",
            "EHLO" if self.manner == Manner::NoStarttls => b"250-sink\r\n250 AUTH PLAIN\r\n",
            "EHLO" => b"250-sink\r\n250-STARTTLS\r\n250 AUTH PLAIN\r\n",
            "STARTTLS" => b"454 4.7.0 TLS not available due to temporary reason\r\n",
            "AUTH" => b"235 2.7.0 welcome\r\n",
            "DATA" => b"354 go on\r\n",
            _ => b"250 2.0.0 ok\r\n",
        }
    }
}
