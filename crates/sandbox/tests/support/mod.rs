//! The two ends of mail, small: a client that types lines and a server that keeps what it is given.
#![allow(clippy::unwrap_used, dead_code, unreachable_pub)]

use std::sync::{Arc, Mutex};

use sandbox::mail::Mail;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// A mail world whose server listens; its address.
pub async fn served() -> (Mail, String) {
    let mail = Mail::new();
    mail.add_person("Ana", "ana@town.example");
    mail.add_person("Bo", "bo@fund.example");
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let serving = mail.clone();
    tokio::spawn(async move { serving.serve(listener).await });
    (mail, address)
}

/// Types the lines all at once and returns everything that the server says until it closes.
pub async fn typed(address: &str, lines: &str) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let lines = lines.replace('\n', "\r\n");
    stream.write_all(lines.as_bytes()).await.unwrap();
    let mut said = Vec::new();
    // A cut connection ends what was said, too.
    let _ = stream.read_to_end(&mut said).await;
    String::from_utf8(said).unwrap().replace("\r\n", "\n")
}

#[derive(Clone, Default)]
pub struct Lmtp {
    /// Said instead of 250 after the dot, the next one first.
    pub answers: Arc<Mutex<Vec<&'static str>>>,
    /// Connections to cut after the dot.
    pub cuts: Arc<Mutex<u32>>,
    pub taken: Arc<Mutex<Vec<String>>>,
    pub connections: Arc<Mutex<u32>>,
}

impl Lmtp {
    pub async fn start(&self) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let server = self.clone();
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                *server.connections.lock().unwrap() += 1;
                tokio::spawn(server.clone().talk(stream));
            }
        });
        address
    }

    pub fn taken(&self) -> Vec<String> {
        self.taken.lock().unwrap().clone()
    }

    async fn talk(self, stream: TcpStream) -> Option<()> {
        stream.set_nodelay(true).ok()?;
        let mut stream = BufReader::new(stream);
        say(&mut stream, "220 tiny").await?;
        let mut recipients = 0;
        loop {
            let line = line(&mut stream).await?;
            match line.get(..4)? {
                "LHLO" => say(&mut stream, "250-tiny\r\n250 PIPELINING").await?,
                "RCPT" if line.contains("nobody@") => say(&mut stream, "550 5.1.1 Nobody").await?,
                "RCPT" => {
                    recipients += 1;
                    say(&mut stream, "250 ok").await?;
                }
                "DATA" if recipients == 0 => say(&mut stream, "503 no recipients").await?,
                "DATA" => {
                    say(&mut stream, "354 go").await?;
                    self.content(&mut stream, recipients).await?;
                    recipients = 0;
                }
                _ => say(&mut stream, "250 ok").await?,
            }
        }
    }

    async fn content(&self, stream: &mut BufReader<TcpStream>, recipients: u32) -> Option<()> {
        let mut mail = String::new();
        loop {
            match line(stream).await?.as_str() {
                "." => break,
                line => mail.push_str(&format!("{}\n", line.strip_prefix('.').unwrap_or(line))),
            }
        }
        if std::mem::take(&mut *self.cuts.lock().unwrap()) > 0 {
            return None;
        }
        for _ in 0..recipients {
            let answer = self.answers.lock().unwrap().pop();
            say(stream, answer.unwrap_or("250 kept")).await?;
            if answer.is_none() {
                self.taken.lock().unwrap().push(mail.clone());
            }
        }
        Some(())
    }
}

async fn line(stream: &mut BufReader<TcpStream>) -> Option<String> {
    let mut line = String::new();
    let read = stream.read_line(&mut line).await.ok()?;
    (read > 0).then(|| line.trim_end().to_owned())
}

async fn say(stream: &mut BufReader<TcpStream>, text: &str) -> Option<()> {
    let text = format!("{text}\r\n");
    stream.get_mut().write_all(text.as_bytes()).await.ok()
}
