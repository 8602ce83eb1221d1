//! One SMTP session as a pure machine (RFC 5321, with PIPELINING, SIZE, 8BITMIME and SMTPUTF8): a command
//! goes in, the answer and what happens next come out.

use super::faults::Recipient;

/// In bytes; what a large provider takes.
pub(crate) const MAX_MAIL: usize = 50 * 1024 * 1024;
/// RFC 5321 asks for 100 at least.
const MAX_RECIPIENTS: usize = 1000;

#[derive(Debug, Default)]
pub(crate) struct Session {
    greeted: bool,
    sender: Option<String>,
    recipients: Vec<String>,
}

#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Answer(String),
    /// Answer, then read the mail up to the final dot.
    TakeMail(String),
    /// Answer, then close.
    Close(String),
}

impl Session {
    pub(crate) fn command(&mut self, line: &str, look_up: impl Fn(&str) -> Recipient) -> Step {
        let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
        match verb.to_ascii_uppercase().as_str() {
            "EHLO" => self.greet(EHLO),
            "HELO" => self.greet("250 sandbox.invalid\r\n"),
            "MAIL" => self.mail(rest),
            "RCPT" => self.rcpt(rest, look_up),
            "DATA" => self.data(),
            "RSET" => {
                self.forget();
                answer("250 2.0.0 Forgotten")
            }
            "NOOP" => answer("250 2.0.0 Still here"),
            "VRFY" => answer("252 2.1.5 Send it and see"),
            "HELP" => answer("214 2.0.0 EHLO MAIL RCPT DATA RSET NOOP QUIT"),
            "QUIT" => Step::Close("221 2.0.0 Goodbye\r\n".to_owned()),
            "STARTTLS" | "AUTH" => answer("502 5.5.1 Not offered here"),
            _ => answer("500 5.5.2 Command not recognised"),
        }
    }

    /// The recipients of the mail whose final dot was read; the next mail starts anew.
    pub(crate) fn finish(&mut self) -> Vec<String> {
        self.sender = None;
        std::mem::take(&mut self.recipients)
    }

    fn greet(&mut self, text: &str) -> Step {
        self.greeted = true;
        self.forget();
        Step::Answer(text.to_owned())
    }

    fn forget(&mut self) {
        self.sender = None;
        self.recipients.clear();
    }

    fn mail(&mut self, rest: &str) -> Step {
        if !self.greeted {
            return answer("503 5.5.1 Say EHLO first");
        }
        if self.sender.is_some() {
            return answer("503 5.5.1 One sender at a time");
        }
        let Some((address, parameters)) = path(rest, "FROM:") else {
            return answer("501 5.5.4 Syntax: MAIL FROM:<address>");
        };
        match refuse_parameters(parameters) {
            Some(refusal) => answer(refusal),
            None => {
                self.sender = Some(address.to_owned());
                answer("250 2.1.0 Sender ok")
            }
        }
    }

    fn rcpt(&mut self, rest: &str, look_up: impl Fn(&str) -> Recipient) -> Step {
        if self.sender.is_none() {
            return answer("503 5.5.1 Say MAIL first");
        }
        let Some((address, _)) = path(rest, "TO:").filter(|(address, _)| !address.is_empty())
        else {
            return answer("501 5.5.4 Syntax: RCPT TO:<address>");
        };
        if self.recipients.len() >= MAX_RECIPIENTS {
            return answer("452 4.5.3 Too many recipients");
        }
        match look_up(address) {
            Recipient::Known => {
                self.recipients.push(address.to_owned());
                answer("250 2.1.5 Recipient ok")
            }
            Recipient::Later => answer("451 4.7.1 Greylisted, come back later"),
            Recipient::Unknown => answer("550 5.1.1 Nobody has this address here"),
            // Servers repeat the address as a rule.
            Recipient::Refused => answer(&format!(
                "550 5.2.1 <{address}>: Recipient address rejected: this mailbox takes no mail"
            )),
        }
    }

    fn data(&mut self) -> Step {
        if self.sender.is_none() {
            return answer("503 5.5.1 Say MAIL first");
        }
        if self.recipients.is_empty() {
            return answer("554 5.5.1 No valid recipients");
        }
        Step::TakeMail("354 End with a dot alone on a line\r\n".to_owned())
    }
}

const EHLO: &str = "250-sandbox.invalid\r\n250-PIPELINING\r\n250-SIZE 52428800\r\n250-8BITMIME\r\n\
                    250-ENHANCEDSTATUSCODES\r\n250 SMTPUTF8\r\n";

fn answer(text: &str) -> Step {
    Step::Answer(format!("{text}\r\n"))
}

/// The address between the angle brackets after `keyword`, and the parameters behind them.
fn path<'a>(rest: &'a str, keyword: &str) -> Option<(&'a str, &'a str)> {
    let head = rest.get(..keyword.len())?;
    if !head.eq_ignore_ascii_case(keyword) {
        return None;
    }
    let inside = rest[keyword.len()..].trim_start().strip_prefix('<')?;
    let (address, parameters) = inside.split_once('>')?;
    let is_clean = !address.contains(|it: char| it.is_whitespace() || it == '<');
    is_clean.then_some((address, parameters.trim()))
}

fn refuse_parameters(parameters: &str) -> Option<&'static str> {
    parameters.split_ascii_whitespace().find_map(|parameter| {
        let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
        match name.to_ascii_uppercase().as_str() {
            "SIZE" => match value.parse::<usize>() {
                Ok(size) if size <= MAX_MAIL => None,
                Ok(_) => Some("552 5.3.4 Larger than 52428800 bytes"),
                Err(_) => Some("501 5.5.4 SIZE takes a number"),
            },
            "BODY" if ["7BIT", "8BITMIME"].contains(&value.to_ascii_uppercase().as_str()) => None,
            "SMTPUTF8" if value.is_empty() => None,
            _ => Some("555 5.5.4 Parameter not recognised"),
        }
    })
}
