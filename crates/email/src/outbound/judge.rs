//! What an answer of a mail server means. Pure.
//!
//! **Invariant:** an answer is judged by the command that it answers: what is said of the server, of us or of the mail holds for
//! every reader, and what is said of one reader for nobody else.

use lettre::{Address, transport::smtp::Error};

use super::connections::Failure;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Command {
    Mail,
    Rcpt,
    /// The command, or the mail after it.
    Data,
}

/// How one dialogue ended.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// The connection was lost before the mail went out.
    Broken(String),
    Answered(Failure),
}

pub(super) fn judge(command: Command, error: &Error, from: &Address) -> Step {
    match error.status() {
        None => Step::Broken(error.to_string()),
        Some(status) => {
            let words = std::error::Error::source(error).map(ToString::to_string);
            said(
                command,
                &status.to_string(),
                &words.unwrap_or_default(),
                from,
            )
        }
    }
}

fn said(command: Command, code: &str, words: &str, from: &Address) -> Step {
    let told = format!("{code} {words}").trim().to_owned();
    let status = enhanced(words);
    let about = status.map_or("", |it| &it[1..]);
    Step::Answered(match code {
        // The server says goodbye to all.
        "421" => return Step::Broken(told),
        "530" | "534" | "535" | "538" => Failure::Unauthorised(told),
        _ if about == ".3.4" || (code == "552" && about != ".2.2") => Failure::TooLarge(told),
        _ if command == Command::Mail => Failure::Server(told),
        _ if is_of_the_server(status) || is_of_us(about, words, from) => Failure::Server(told),
        _ if code.starts_with('5') => Failure::Refused(told),
        _ => Failure::Later(told),
    })
}

/// RFC 3463: 4.3.x is the mail system's state, as a full disk is, and so are two of the permanent ones.
fn is_of_the_server(status: Option<&str>) -> bool {
    status.is_some_and(|it| it.starts_with("4.3.") || ["5.3.2", "5.3.5"].contains(&it))
}

/// Many servers refuse a sender or a client only when they hear the recipient (Postfix's `smtpd_delay_reject`).
fn is_of_us(about: &str, words: &str, from: &Address) -> bool {
    const OF_US: [&str; 3] = ["sender address rejected", "client host rejected", "relay"];
    let words = words.to_lowercase();
    let names_us = words.contains(&from.to_string().to_lowercase());
    let is_policy = about.starts_with(".7.") || about.is_empty();
    [".1.7", ".1.8"].contains(&about)
        || (is_policy && (names_us || OF_US.iter().any(|it| words.contains(it))))
}

/// RFC 2034: `5.1.1` before the words, if the server says it.
fn enhanced(words: &str) -> Option<&str> {
    let first = words.split([' ', '\n']).next()?;
    let parts: Vec<&str> = first.split('.').collect();
    let is_number =
        |it: &&str| (1..=3).contains(&it.len()) && it.bytes().all(|b| b.is_ascii_digit());
    let is_status = parts.len() == 3 && parts.iter().all(is_number) && parts[0].len() == 1;
    is_status.then_some(first)
}

#[cfg(test)]
mod tests {
    use Command::{Data, Mail, Rcpt};

    use super::*;

    fn meaning(command: Command, answer: &str) -> &'static str {
        let from = "spring-bounces+0a1b@lists.example".parse().unwrap();
        let (code, words) = answer.split_once(' ').unwrap_or((answer, ""));
        match said(command, code, words, &from) {
            Step::Broken(_) => "broken",
            Step::Answered(Failure::Server(_)) => "server",
            Step::Answered(Failure::Later(_)) => "later",
            Step::Answered(Failure::Refused(_)) => "refused",
            Step::Answered(Failure::TooLarge(_)) => "too large",
            Step::Answered(Failure::Uncertain(_)) => "uncertain",
            Step::Answered(Failure::Unauthorised(_)) => "unauthorised",
            Step::Answered(Failure::Ours(_)) => "ours",
        }
    }

    #[test]
    fn what_is_said_to_the_sender_is_everybodys() {
        for answer in [
            "451 4.7.1 try again",
            "452 4.3.1 Insufficient system storage",
            "450 4.1.8 <x@y>: Sender address rejected: Domain not found",
            "553 5.7.1 <x@y>: Sender address rejected: not owned by user causeway",
            "550 rate limit",
        ] {
            assert_eq!(meaning(Mail, answer), "server", "{answer}");
        }
        assert_eq!(
            meaning(Mail, "530 5.7.0 Authentication required"),
            "unauthorised"
        );
        assert_eq!(
            meaning(Mail, "552 5.3.4 Message size exceeds fixed limit"),
            "too large"
        );
        assert_eq!(meaning(Mail, "421 4.7.0 too many connections"), "broken");
    }

    #[test]
    fn what_is_said_to_a_recipient_is_theirs_alone() {
        for (answer, means) in [
            (
                "450 4.2.0 <bo@y.org>: Recipient address rejected: Greylisted",
                "later",
            ),
            (
                "451 4.7.1 Greylisting in action, please come back later",
                "later",
            ),
            (
                "452 4.2.2 The email account that you tried to reach is over quota",
                "later",
            ),
            ("452", "later"),
            (
                "550 5.1.1 <bo@y.org>: Recipient address rejected: User unknown",
                "refused",
            ),
            (
                "550 5.7.1 this user accepts mail from friends only",
                "refused",
            ),
            ("553 5.1.3 no such address can be", "refused"),
            ("552 5.2.2 mailbox full", "refused"),
            ("554 5.7.1 our policy", "refused"),
            ("552 too much mail data", "too large"),
            ("550 5.3.4 too big for this person", "too large"),
        ] {
            assert_eq!(meaning(Rcpt, answer), means, "{answer}");
        }
    }

    #[test]
    fn what_is_said_of_the_server_or_of_us_is_everybodys_whenever_it_is_said() {
        for answer in [
            "452 4.3.1 Insufficient system storage",
            "451 4.3.0 Temporary lookup failure",
            "451 4.3.5 Server configuration error",
            "553 5.7.1 <spring-bounces+0a1b@lists.example>: Sender address rejected: not owned",
            "450 4.1.8 <x@y>: Sender address rejected: Domain not found",
            "554 5.7.1 <bo@y.org>: Relay access denied",
            "454 4.7.1 <bo@y.org>: Relay access denied",
            "554 5.7.1 <localhost[127.0.0.1]>: Client host rejected: Access denied",
            "550 relaying denied",
        ] {
            assert_eq!(meaning(Rcpt, answer), "server", "{answer}");
        }
        assert_eq!(meaning(Data, "451 4.3.0 queue file write error"), "server");
        assert_eq!(meaning(Data, "451 4.7.1 greylisted"), "later");
        assert_eq!(meaning(Data, "554 5.7.1 this is spam"), "refused");
        assert_eq!(meaning(Data, "552 5.3.4 too big"), "too large");
    }
}
