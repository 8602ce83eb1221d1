//! The client side of LMTP (RFC 2033): one connection, kept for many mails, one answer for each recipient.

use std::io;
use std::time::Duration;

use serde::Serialize;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::time::timeout;

const CONNECT: Duration = Duration::from_secs(5);
const ANSWER: Duration = Duration::from_secs(60);
const MAX_LINE: u64 = 4096;

/// What the server said, its lines joined.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Answer {
    pub code: u16,
    pub text: String,
}

impl Answer {
    pub fn is_yes(&self) -> bool {
        (200..300).contains(&self.code)
    }

    /// The server asks to come back later.
    pub fn is_later(&self) -> bool {
        (400..500).contains(&self.code)
    }
}

impl std::fmt::Display for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.code, self.text)
    }
}

pub(crate) struct Connection {
    stream: BufReader<TcpStream>,
    pub(crate) address: String,
    eight_bit: bool,
    utf8: bool,
    size: bool,
    pipelining: bool,
}

impl Connection {
    pub(crate) async fn open(address: &str) -> io::Result<Connection> {
        let stream = timeout(CONNECT, TcpStream::connect(address)).await??;
        stream.set_nodelay(true)?;
        let mut connection = Connection {
            stream: BufReader::new(stream),
            address: address.to_owned(),
            eight_bit: false,
            utf8: false,
            size: false,
            pipelining: false,
        };
        connection.greet().await?;
        Ok(connection)
    }

    /// Answers in the order of `recipients`. After an error the connection is of no more use.
    pub(crate) async fn send(
        &mut self,
        sender: &str,
        recipients: &[String],
        mail: &[u8],
    ) -> io::Result<Vec<Answer>> {
        let (go, mut answers) = self.envelope(sender, recipients, mail).await?;
        if let Go::Ahead = go {
            self.content(mail).await?;
        }
        for answer in answers.iter_mut().filter(|it| it.is_yes()) {
            *answer = match &go {
                Go::Ahead => self.answer().await?,
                Go::Refused(all) => all.clone(),
            };
        }
        if let Go::Refused(_) = go {
            self.ask("RSET\r\n").await?;
        }
        Ok(answers)
    }

    async fn greet(&mut self) -> io::Result<()> {
        let greeting = self.answer().await?;
        refuse!(greeting.code != 220 => io::Error::other(greeting.to_string()));
        let answer = self.ask("LHLO sandbox.invalid\r\n").await?;
        refuse!(!answer.is_yes() => io::Error::other(answer.to_string()));
        let offers = answer.text.to_ascii_uppercase();
        self.eight_bit = offers.contains("8BITMIME");
        self.utf8 = offers.contains("SMTPUTF8");
        self.size = offers.contains("SIZE");
        self.pipelining = offers.contains("PIPELINING");
        Ok(())
    }

    /// All at once where the server takes that, else step by step.
    async fn envelope(
        &mut self,
        sender: &str,
        recipients: &[String],
        mail: &[u8],
    ) -> io::Result<(Go, Vec<Answer>)> {
        let mut commands = vec![self.mail_command(sender, recipients, mail)];
        commands.extend(recipients.iter().map(|it| format!("RCPT TO:<{it}>\r\n")));
        if !self.pipelining {
            return self.by_steps(&commands).await;
        }
        self.say(&(commands.concat() + "DATA\r\n")).await?;
        let from = self.answer().await?;
        let mut answers = Vec::with_capacity(recipients.len());
        for _ in recipients {
            let answer = self.answer().await?;
            answers.push(if from.is_yes() { answer } else { from.clone() });
        }
        let data = self.answer().await?;
        if data.code != 354 {
            return Ok((Go::Refused(data), answers));
        }
        if !answers.iter().any(Answer::is_yes) {
            // RFC 2033 lets the server say 354 all the same; an empty mail ends it.
            let nothing = self.ask(".\r\n").await?;
            return Ok((Go::Refused(nothing), answers));
        }
        Ok((Go::Ahead, answers))
    }

    async fn by_steps(&mut self, commands: &[String]) -> io::Result<(Go, Vec<Answer>)> {
        let mut answers = Vec::with_capacity(commands.len());
        for command in commands {
            answers.push(self.ask(command).await?);
            if !answers[0].is_yes() {
                let from = answers.remove(0);
                return Ok((Go::Refused(from.clone()), vec![from; commands.len() - 1]));
            }
        }
        answers.remove(0);
        if let Some(refused) = answers
            .last()
            .filter(|_| !answers.iter().any(Answer::is_yes))
        {
            return Ok((Go::Refused(refused.clone()), answers));
        }
        let data = self.ask("DATA\r\n").await?;
        match data.code {
            354 => Ok((Go::Ahead, answers)),
            _ => Ok((Go::Refused(data), answers)),
        }
    }

    fn mail_command(&self, sender: &str, recipients: &[String], mail: &[u8]) -> String {
        let mut command = format!("MAIL FROM:<{sender}>");
        if self.size {
            command.push_str(&format!(" SIZE={}", mail.len()));
        }
        if self.eight_bit && !mail.is_ascii() {
            command.push_str(" BODY=8BITMIME");
        }
        let is_foreign = !sender.is_ascii() || recipients.iter().any(|it| !it.is_ascii());
        if self.utf8 && is_foreign {
            command.push_str(" SMTPUTF8");
        }
        command + "\r\n"
    }

    async fn ask(&mut self, command: &str) -> io::Result<Answer> {
        self.say(command).await?;
        self.answer().await
    }

    async fn say(&mut self, text: &str) -> io::Result<()> {
        self.stream.get_mut().write_all(text.as_bytes()).await
    }

    async fn content(&mut self, mail: &[u8]) -> io::Result<()> {
        let mut stuffed = Vec::with_capacity(mail.len() + 64);
        for line in mail.split_inclusive(|it| *it == b'\n') {
            if line.starts_with(b".") {
                stuffed.push(b'.');
            }
            stuffed.extend_from_slice(line);
        }
        if !stuffed.is_empty() && !stuffed.ends_with(b"\r\n") {
            stuffed.extend_from_slice(b"\r\n");
        }
        stuffed.extend_from_slice(b".\r\n");
        self.stream.get_mut().write_all(&stuffed).await
    }

    async fn answer(&mut self) -> io::Result<Answer> {
        let mut text = String::new();
        loop {
            let line = timeout(ANSWER, self.line()).await??;
            let (code, rest) = line.split_at_checked(3).unwrap_or(("", ""));
            let what = |_| format!("not an answer of a mail server: {line:?}");
            let code = code.parse().map_err(what);
            let code = code.map_err(|it| io::Error::new(io::ErrorKind::InvalidData, it))?;
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(rest.get(1..).unwrap_or_default());
            if !rest.starts_with('-') {
                return Ok(Answer { code, text });
            }
        }
    }

    async fn line(&mut self) -> io::Result<String> {
        let mut line = Vec::new();
        let mut limited = (&mut self.stream).take(MAX_LINE);
        limited.read_until(b'\n', &mut line).await?;
        refuse!(!line.ends_with(b"\n") => io::ErrorKind::UnexpectedEof);
        Ok(String::from_utf8_lossy(&line).trim_end().to_owned())
    }
}

/// Whether the server waits for the mail now.
enum Go {
    Ahead,
    Refused(Answer),
}
