//! One LMTP session (RFC 2033): who sends, to whom, the mail, and an answer for each recipient.

use std::{io, sync::Arc};

use smtp_proto::{Error as Syntax, Request};
use tokio::io::{AsyncRead, AsyncWrite};

use super::{
    TOO_MANY,
    data::Data,
    deliver::{Desk, Mail},
    foreign::is_http,
    seats::Seat,
    wire::{Read, Wire},
};
use crate::{doors::Door, settings::Settings};

const FOREIGN: &str = "421 4.7.0 this is LMTP, and what you speak is not";

/// A client that makes more mistakes is no mail server.
const MOST_ERRORS: usize = 10;
/// Nor is one that says so much without a mail, recipients apart.
const MOST_COMMANDS: usize = 1_000;

pub(super) struct Session<'a, S> {
    settings: &'a Settings,
    desk: Desk<'a>,
    wire: Wire<S>,
    seat: &'a Seat,
    is_greeted: bool,
    envelope: Option<Envelope<'a>>,
    errors: usize,
    /// Since the last mail.
    commands: usize,
}

struct Envelope<'a> {
    from: String,
    recipients: Vec<Door<'a>>,
}

#[derive(PartialEq, Eq)]
enum Then {
    Continue,
    Close,
}

impl<'a, S: AsyncRead + AsyncWrite + Unpin> Session<'a, S> {
    pub(super) fn new(
        settings: &'a Settings,
        desk: Desk<'a>,
        wire: Wire<S>,
        seat: &'a Seat,
    ) -> Session<'a, S> {
        Session {
            settings,
            desk,
            wire,
            seat,
            is_greeted: false,
            envelope: None,
            errors: 0,
            commands: 0,
        }
    }

    /// Until either side has had enough.
    pub(super) async fn run(mut self) -> io::Result<()> {
        self.wire
            .answer(&format!("220 {} LMTP", self.settings.domain));
        loop {
            let then = match self.wire.line().await {
                Ok(Read::Line(line)) if is_http(&line) => Ok(self.hang_up(FOREIGN)),
                Ok(Read::Line(line)) => self.command(&line).await,
                Ok(Read::Foreign) => Ok(self.hang_up(FOREIGN)),
                Ok(Read::TooLong) => self.mistake("500 5.5.2 the line is too long"),
                Ok(Read::Closed) => return Ok(()),
                Err(error) => Err(error),
            };
            match then {
                Ok(Then::Continue) => {}
                Ok(Then::Close) => return self.wire.flush().await,
                Err(error) if error.kind() == io::ErrorKind::TimedOut => {
                    self.wire.answer("421 4.4.2 nothing was heard for too long");
                    return self.wire.flush().await;
                }
                Err(error) if error.kind() == io::ErrorKind::ConnectionAborted => {
                    self.wire.leave_with(TOO_MANY);
                    return Ok(());
                }
                Err(error) => return Err(error),
            }
        }
    }

    async fn command(&mut self, line: &[u8]) -> io::Result<Then> {
        self.commands += 1;
        if self.commands > MOST_COMMANDS + self.settings.lmtp.max_recipients {
            return Ok(self.hang_up("421 4.7.0 too many commands without a mail"));
        }
        match Request::parse(&mut line.iter()) {
            Ok(Request::Lhlo { .. }) => self.hello(),
            Ok(Request::Ehlo { .. } | Request::Helo { .. }) => {
                return self.mistake("500 5.5.1 this is LMTP: say LHLO");
            }
            Ok(Request::Mail { from }) => return self.mail(from.address.to_string(), from.size),
            Ok(Request::Rcpt { to }) => return self.recipient(&to.address),
            Ok(Request::Data) => return self.data().await,
            Ok(Request::Rset) => {
                self.envelope = None;
                self.wire.answer("250 2.0.0 forgotten");
            }
            Ok(Request::Noop { .. }) => self.wire.answer("250 2.0.0 still here"),
            Ok(Request::Vrfy { .. }) => self.wire.answer("252 2.5.2 send it and see"),
            Ok(Request::Quit) => {
                return Ok(self.hang_up("221 2.0.0 goodbye"));
            }
            Ok(_) => return self.mistake("502 5.5.1 not offered here"),
            Err(Syntax::SyntaxError { syntax }) => {
                return self.mistake(&format!("501 5.5.4 write it as: {syntax}"));
            }
            Err(Syntax::InvalidSenderAddress) => {
                return self.mistake("501 5.1.7 no such address can be");
            }
            Err(Syntax::InvalidRecipientAddress) => {
                return self.mistake("501 5.1.3 no such address can be");
            }
            Err(Syntax::UnsupportedParameter { .. } | Syntax::InvalidParameter { .. }) => {
                return self.mistake("555 5.5.4 an unknown parameter");
            }
            Err(_) => return self.mistake("500 5.5.2 not understood"),
        }
        Ok(Then::Continue)
    }

    fn hello(&mut self) {
        self.is_greeted = true;
        self.envelope = None;
        let (domain, size) = (&self.settings.domain, self.settings.lmtp.max_message_bytes);
        self.wire.answer(&format!("250-{domain}"));
        for offer in ["PIPELINING", "ENHANCEDSTATUSCODES", "8BITMIME", "SMTPUTF8"] {
            self.wire.answer(&format!("250-{offer}"));
        }
        self.wire.answer(&format!("250 SIZE {size}"));
    }

    fn mail(&mut self, from: String, size: usize) -> io::Result<Then> {
        if !self.is_greeted {
            return self.mistake("503 5.5.1 say LHLO first");
        }
        if self.envelope.is_some() {
            return self.mistake("503 5.5.1 one mail at a time");
        }
        if size > self.settings.lmtp.max_message_bytes {
            self.wire.answer(&self.too_large());
            return Ok(Then::Continue);
        }
        self.envelope = Some(Envelope {
            from,
            recipients: Vec::new(),
        });
        self.wire.answer("250 2.1.0 go on");
        Ok(Then::Continue)
    }

    fn recipient(&mut self, address: &str) -> io::Result<Then> {
        let most = self.settings.lmtp.max_recipients;
        let found = self.settings.door(address);
        let answer = match (self.envelope.as_mut(), found) {
            (None, _) => return self.mistake("503 5.5.1 say MAIL first"),
            (Some(envelope), _) if envelope.recipients.len() >= most => {
                "452 4.5.3 too many recipients"
            }
            (Some(_), None) => "550 5.1.1 there is no such list here",
            (Some(envelope), Some(recipient)) => {
                envelope.recipients.push(recipient);
                "250 2.1.5 go on"
            }
        };
        self.wire.answer(answer);
        Ok(Then::Continue)
    }

    async fn data(&mut self) -> io::Result<Then> {
        let Some(envelope) = self.envelope.take_if(|it| !it.recipients.is_empty()) else {
            return self.mistake("503 5.5.1 there is no recipient");
        };
        self.wire.answer("354 end with a dot on a line of its own");
        let Some(data) = self.wire.data(self.settings.lmtp.max_message_bytes).await? else {
            return Ok(Then::Close);
        };
        let raw = match data {
            Data::Whole(raw) => raw,
            Data::TooLarge | Data::Endless => {
                for _ in &envelope.recipients {
                    self.wire.answer(&self.too_large());
                }
                return Ok(match data {
                    Data::Endless => Then::Close,
                    _ => Then::Continue,
                });
            }
        };
        self.commands = 0;
        let mail = Mail {
            from: envelope.from,
            raw: Arc::new(raw),
        };
        for recipient in envelope.recipients {
            let answer = match recipient {
                Door::List(list) => self.desk.deliver(&mail, list).await,
                Door::Commands(at) => self.desk.commanded(&mail, &at).await.to_owned(),
                Door::Bounces(list, token) => self.desk.bounced(&mail, list, &token).await,
            };
            if answer.starts_with('2') {
                self.seat.handed_in();
            }
            self.wire.answer(&answer);
        }
        Ok(Then::Continue)
    }

    /// RFC 5321 lets a server close after 421 alone (3.8, 4.2.1).
    fn hang_up(&mut self, answer: &str) -> Then {
        self.wire.answer(answer);
        Then::Close
    }

    fn too_large(&self) -> String {
        let most = self.settings.lmtp.max_message_bytes;
        format!("552 5.3.4 a mail may hold {most} bytes")
    }

    fn mistake(&mut self, answer: &str) -> io::Result<Then> {
        self.wire.answer(answer);
        self.errors += 1;
        if self.errors < MOST_ERRORS {
            return Ok(Then::Continue);
        }
        Ok(self.hang_up("421 4.7.0 too many mistakes"))
    }
}
