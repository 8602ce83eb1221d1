//! A small SMTP server that keeps what it is given and fails as told.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

#[derive(Debug, Clone)]
pub(crate) struct Delivered {
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) mail: Vec<u8>,
}

/// What happens to the mails of one recipient, instead of being taken.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Fault {
    /// At RCPT.
    Answer(&'static str),
    /// After the mail.
    AnswerAfter(&'static str),
    /// The connection is cut after the mail.
    Cut,
    /// The connection is cut at RCPT.
    CutEarly,
}

#[derive(Default)]
pub(crate) struct Sink {
    pub(crate) delivered: Mutex<Vec<Delivered>>,
    pub(crate) faults: Mutex<HashMap<String, Fault>>,
    pub(crate) connections: AtomicUsize,
    /// To MAIL, instead of a welcome.
    declines: Mutex<Option<&'static str>>,
    /// As EHLO says it; 0 is not said.
    largest: AtomicUsize,
    open: AtomicUsize,
    pub(crate) most_open: AtomicUsize,
}

impl Sink {
    pub(crate) async fn start() -> (Arc<Sink>, u16) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let sink = Arc::new(Sink::default());
        let served = Arc::clone(&sink);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let sink = Arc::clone(&served);
                tokio::spawn(async move { sink.session(stream).await });
            }
        });
        (sink, port)
    }

    pub(crate) fn fail(&self, recipient: &str, fault: Fault) {
        self.faults
            .lock()
            .unwrap()
            .insert(recipient.to_owned(), fault);
    }

    pub(crate) fn decline_senders(&self, answer: &'static str) {
        *self.declines.lock().unwrap() = Some(answer);
    }

    pub(crate) fn takes_at_most(&self, bytes: usize) {
        self.largest.store(bytes, Ordering::SeqCst);
    }

    pub(crate) fn heal(&self) {
        *self.declines.lock().unwrap() = None;
        self.faults.lock().unwrap().clear();
    }

    /// To whom, in order of the alphabet.
    pub(crate) fn recipients(&self) -> Vec<String> {
        let mut all: Vec<String> = self
            .delivered
            .lock()
            .unwrap()
            .iter()
            .map(|it| it.to.clone())
            .collect();
        all.sort();
        all
    }

    pub(crate) fn first(&self) -> Delivered {
        self.delivered.lock().unwrap()[0].clone()
    }

    async fn session(&self, stream: TcpStream) {
        self.connections.fetch_add(1, Ordering::SeqCst);
        let open = self.open.fetch_add(1, Ordering::SeqCst) + 1;
        self.most_open.fetch_max(open, Ordering::SeqCst);
        // A client that goes away is no matter.
        let _ = self.dialogue(stream).await;
        self.open.fetch_sub(1, Ordering::SeqCst);
    }

    async fn dialogue(&self, stream: TcpStream) -> std::io::Result<()> {
        let mut stream = BufReader::new(stream);
        stream.write_all(b"220 sink\r\n").await?;
        let (mut from, mut to) = (String::new(), String::new());
        let mut line = String::new();
        while stream.read_line(&mut line).await? > 0 {
            let command = std::mem::take(&mut line);
            let verb = command.get(..4).unwrap_or_default().to_ascii_uppercase();
            let answer = match verb.as_str() {
                "EHLO" => match self.largest.load(Ordering::SeqCst) {
                    0 => "250-sink\r\n250 8BITMIME\r\n".to_owned(),
                    most => format!("250-sink\r\n250-SIZE {most}\r\n250 8BITMIME\r\n"),
                },
                "MAIL" => {
                    from = address(&command);
                    let declines = *self.declines.lock().unwrap();
                    format!("{}\r\n", declines.unwrap_or("250 ok"))
                }
                "RCPT" => {
                    to = address(&command);
                    match self.fault(&to) {
                        Some(Fault::Answer(answer)) => format!("{answer}\r\n"),
                        Some(Fault::CutEarly) => return Ok(()),
                        _ => "250 ok\r\n".to_owned(),
                    }
                }
                "DATA" => {
                    stream.write_all(b"354 go on\r\n").await?;
                    let mail = read_mail(&mut stream).await?;
                    match self.fault(&to) {
                        Some(Fault::Cut) => return Ok(()),
                        Some(Fault::AnswerAfter(answer)) => format!("{answer}\r\n"),
                        _ => {
                            let (from, to) = (from.clone(), to.clone());
                            self.delivered
                                .lock()
                                .unwrap()
                                .push(Delivered { from, to, mail });
                            "250 taken\r\n".to_owned()
                        }
                    }
                }
                _ => "250 ok\r\n".to_owned(),
            };
            stream.write_all(answer.as_bytes()).await?;
        }
        Ok(())
    }

    fn fault(&self, recipient: &str) -> Option<Fault> {
        self.faults.lock().unwrap().get(recipient).copied()
    }
}

fn address(command: &str) -> String {
    command
        .split(['<', '>'])
        .nth(1)
        .unwrap_or_default()
        .to_owned()
}

async fn read_mail(stream: &mut BufReader<TcpStream>) -> std::io::Result<Vec<u8>> {
    let mut mail = Vec::new();
    loop {
        let begin = mail.len();
        stream.read_until(b'\n', &mut mail).await?;
        if mail[begin..] == *b".\r\n" || mail.len() == begin {
            mail.truncate(begin);
            return Ok(mail);
        }
        if mail[begin..].starts_with(b".") {
            mail.remove(begin);
        }
    }
}
