//! What an answer of a mail server means. Pure.
//!
//! **Invariant:** an answer is judged by the command that it answers: what is said of the server, of us or of the mail holds for
//! every reader, and what is said of one reader for nobody else.

use lettre::transport::smtp::{Error, response::Response};

use super::failure::Failure;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Command {
    Mail,
    Rcpt,
    /// The command, or the mail after it.
    Data,
}

impl Command {
    /// RFC 5321, 4.3.2: another yes than this is to something else.
    pub(super) fn is_answered_by(self, answer: &Response) -> bool {
        match self {
            Command::Data => answer.has_code(354),
            Command::Mail | Command::Rcpt => [250, 251, 252].iter().any(|it| answer.has_code(*it)),
        }
    }
}

/// How one dialogue ended.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// The connection was lost before the mail went out, at that command.
    Broken(Command, String),
    Answered(Failure),
}

pub(super) fn judge(command: Command, error: &Error) -> Step {
    match error.status() {
        None => Step::Broken(command, error.to_string()),
        Some(status) => {
            let words = std::error::Error::source(error).map(ToString::to_string);
            said(command, &status.to_string(), &words.unwrap_or_default())
        }
    }
}

impl Step {
    /// On a connection that was fresh.
    pub(super) fn failure(self) -> Failure {
        match self {
            Step::Answered(failure) => failure,
            Step::Broken(Command::Mail, told) => Failure::Server(told),
            Step::Broken(_, told) => {
                let is_final = false;
                Failure::Unclear { told, is_final }
            }
        }
    }
}

fn said(command: Command, code: &str, words: &str) -> Step {
    let told = format!("{code} {words}").trim().to_owned();
    let status = enhanced(words);
    let about = status.map_or("", |it| &it[1..]);
    let is_final = code.starts_with('5');
    // At RCPT nobody has said how large the mail is: without more, a 552 is of the mailbox.
    let is_large = [".3.4", ".2.3"].contains(&about)
        || (code == "552" && status.is_none() && command != Command::Rcpt);
    Step::Answered(match code {
        // What was kept too long ends so, and a fresh connection may do better.
        "421" if command == Command::Mail => return Step::Broken(command, told),
        "530" | "534" | "535" | "538" if command == Command::Mail => Failure::Unauthorised(told),
        _ if is_large => Failure::TooLarge(told),
        _ if command == Command::Mail => Failure::Server(told),
        _ => match whose(code, status, words) {
            Whose::Everybodys => Failure::Server(told),
            Whose::Theirs if is_final => Failure::Refused(told),
            Whose::Theirs => Failure::Later(told),
            Whose::Unclear => Failure::Unclear { told, is_final },
        },
    })
}

/// Whom an answer after MAIL is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Whose {
    Theirs,
    Everybodys,
    Unclear,
}

/// RFC 3463: x.1.x is an address, x.2.x a mailbox, x.3.x the mail system, x.4.x the way, x.5.x what we say, x.7.x a policy.
fn whose(code: &str, status: Option<&str>, words: &str) -> Whose {
    const OURS: [&str; 6] = [".1.7", ".1.8", ".4.5", ".7.8", ".7.9", ".7.13"];
    let about = status.map_or("", |it| &it[1..]);
    let protocol = ["500", "501", "502", "503", "504"].contains(&code);
    let subject = about.get(..3).unwrap_or_default();
    match told_by_words(words) {
        Some(whose) => whose,
        None if OURS.contains(&about) || subject == ".5." || protocol => Whose::Everybodys,
        None if status == Some("4.3.1") => Whose::Everybodys,
        None if [".1.", ".2.", ".6."].contains(&subject) => Whose::Theirs,
        None => Whose::Unclear,
    }
}

/// Many servers refuse a sender or a client only when they hear the recipient, as Postfix does (`smtpd_delay_reject`), and
/// say which in words alone: `<address>: Sender address rejected`.
fn told_by_words(words: &str) -> Option<Whose> {
    const EVERYBODYS: &str = "sender address rejected|client host|helo command rejected|data command rejected|\
        relay access denied|relaying denied|not permitted to relay|relay not permitted|allowed rcpthosts";
    let lower = words.to_lowercase();
    let bare = |it: &str| it.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let is_name = |it: &&str| it.contains('@') || bare(it).contains('.');
    let plain = lower.split_whitespace().filter(|it| !is_name(it));
    let plain = plain.collect::<Vec<_>>().join(" ");
    if EVERYBODYS.split('|').any(|it| plain.contains(it)) {
        return Some(Whose::Everybodys);
    }
    let is_theirs = plain.contains("recipient address rejected");
    is_theirs.then_some(Whose::Theirs)
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
        let (code, words) = answer.split_once(' ').unwrap_or((answer, ""));
        match said(command, code, words) {
            Step::Broken(..) => "broken",
            Step::Answered(Failure::Server(_)) => "server",
            Step::Answered(Failure::Later(_)) => "later",
            Step::Answered(Failure::Refused(_)) => "refused",
            Step::Answered(Failure::TooLarge(_)) => "too large",
            Step::Answered(Failure::Unclear { is_final: true, .. }) => "unclear, for good",
            Step::Answered(Failure::Unclear { .. }) => "unclear",
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
        assert_eq!(meaning(Mail, "421 4.7.0 too many connections"), "broken");
        assert_eq!(
            meaning(Mail, "530 5.7.0 Authentication required"),
            "unauthorised"
        );
        assert_eq!(
            meaning(Mail, "552 5.3.4 Message size exceeds fixed limit"),
            "too large"
        );
    }

    #[test]
    fn what_is_said_to_a_recipient_is_theirs_alone() {
        for (answer, means) in [
            (
                "450 4.2.0 <bo@y.org>: Recipient address rejected: Greylisted",
                "later",
            ),
            (
                "452 4.2.2 The email account that you tried to reach is over quota",
                "later",
            ),
            (
                "450 4.7.1 <bo@relay.example.org>: Recipient address rejected: later",
                "later",
            ),
            (
                "550 5.1.1 <bo@y.org>: Recipient address rejected: User unknown",
                "refused",
            ),
            (
                "550 5.7.1 <bo@relay.example.org>: Recipient address rejected: Access denied",
                "refused",
            ),
            ("553 5.1.3 no such address can be", "refused"),
            ("552 5.2.2 mailbox full", "refused"),
            ("550 5.2.3 too big for this person", "too large"),
            ("550 5.3.4 too big for this person", "too large"),
        ] {
            assert_eq!(meaning(Rcpt, answer), means, "{answer}");
        }
    }

    #[test]
    fn what_may_be_either_is_told_by_whoever_comes_next() {
        for (answer, means) in [
            (
                "421 4.7.0 TLS required for RCPT domain, closing connection",
                "unclear",
            ),
            (
                "451 4.7.1 Greylisting in action, please come back later",
                "unclear",
            ),
            ("451 4.7.500 Server busy", "unclear"),
            ("432 4.3.2 recipient thread limit exceeded", "unclear"),
            (
                "454 Throttling failure: maximum sending rate exceeded",
                "unclear",
            ),
            ("452", "unclear"),
            ("552 <bo@y.org> Mail quota exceeded", "unclear, for good"),
            (
                "550 5.7.1 bo does not accept mail from <spring-bounces+0a1b@lists.example>",
                "unclear, for good",
            ),
            (
                "550 5.7.60 client does not have permissions to send as this sender",
                "unclear, for good",
            ),
            (
                "554 Message rejected: Email address is not verified",
                "unclear, for good",
            ),
            ("550 User unknown", "unclear, for good"),
            ("554 5.7.1 our policy", "unclear, for good"),
        ] {
            assert_eq!(meaning(Rcpt, answer), means, "{answer}");
        }
    }

    #[test]
    fn what_is_said_of_the_server_or_of_us_is_everybodys_whenever_it_is_said() {
        for answer in [
            "452 4.3.1 Insufficient system storage",
            "553 5.7.1 <spring-bounces+0a1b@lists.example>: Sender address rejected: not owned",
            "450 4.1.8 <x@y>: Sender address rejected: Domain not found",
            "550 5.1.0 <x@y>: Sender address rejected: User unknown in local recipient table",
            "554 5.7.1 <bo@y.org>: Relay access denied",
            "454 4.7.1 <bo@y.org>: Relay access denied",
            "554 5.7.1 <localhost[127.0.0.1]>: Client host rejected: Access denied",
            "554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.example",
            "450 4.7.1 <mx.example>: Helo command rejected: Host not found",
            "504 5.5.2 <mx>: Helo command rejected: need fully-qualified hostname",
            "553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)",
            "550 5.4.5 Daily user sending limit exceeded",
            "452 4.5.3 too many recipients",
        ] {
            assert_eq!(meaning(Rcpt, answer), "server", "{answer}");
        }
        assert_eq!(meaning(Data, "451 4.3.1 no room"), "server");
        assert_eq!(meaning(Data, "451 4.7.1 greylisted"), "unclear");
        assert_eq!(meaning(Data, "554 5.7.1 this is spam"), "unclear, for good");
        assert_eq!(meaning(Data, "552 too much mail data"), "too large");
        assert_eq!(
            meaning(Data, "552 5.7.0 potential security issue"),
            "unclear, for good"
        );
    }
}
